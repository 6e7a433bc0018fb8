// The playground's own words, Dutch and English, with the same keys. The pane has its own in addin/.

const nl = {
  title: "Balie · speeltuin",
  banner: "Demo-apotheek, verzonnen patiënten. Er wordt nooit echt iets verstuurd.",
  brand: "Balie",
  language: "Taal",
  "language.nl": "Nederlands",
  "language.en": "English",
  theme: "Thema",
  "theme.light": "Licht",
  "theme.dark": "Donker",
  folders: "Mappen",
  inbox: "Postvak IN",
  sent: "Verzonden (demo)",
  dropHint: "Sleep een .eml-bestand hierheen om uw eigen mail te proberen.",
  choose: "Kies een .eml-bestand",
  list: "Mails",
  empty: "Geen mails in deze map.",
  noMail: "Kies een mail uit de lijst.",
  noSubject: "(geen onderwerp)",
  to: "Aan {names}",
  attachment: "Bijlage: {name}",
  messages: "Berichten in dit gesprek",
  mailBody: "Inhoud van de mail van {name}",
  compose: "Antwoord",
  composeTo: "Aan {name}",
  composeText: "Tekst van het antwoord",
  send: "Verzenden (demo)",
  throwAway: "Weggooien",
  sentToast: "Dit is een demo: er is niets echt verstuurd. Uw tekst staat bij Verzonden (demo).",
  sentChanged: "Uw wijzigingen zijn vastgelegd.",
  undone: "Het invoegen is ongedaan gemaakt.",
  paneTitle: "Balie",
  paneFrame: "Balie, het paneel in de mail",
  paneWidth: "Breedte van het paneel",
  what: "Wat gebeurde er?",
  whatEmpty: "Maak een concept; daarna staat hier stap voor stap wat er gebeurde.",
  whatSteps: "Stappen",
  whatFacts: "Feiten in het concept",
  whatFindings: "Regels en controles die iets zeiden",
  whatAudit: "Logboek",
  whatNone: "Geen",
  whatTotal: "Samen {ms} ms",
  "col.step": "Stap",
  "col.ms": "ms",
  "col.fact": "Feit",
  "col.value": "Waarde",
  "col.source": "Bron",
  "col.code": "Code",
  "col.part": "Wie",
  "col.rule": "Regel",
  "col.severity": "Ernst",
  "step.thread": "Gesprek",
  "step.patient": "Patiënt",
  "step.triage": "Beoordeling",
  "step.draft": "Concept",
  "step.safety": "Controle",
  "step.audit": "Logboek",
  dropHere: "Laat los om deze mail te openen",
  dropFailed: "Dit bestand kon niet worden gelezen als mail.",
  dropDone: "Uw mail staat bovenaan in Postvak IN.",
  loadFailed: "De mails konden niet worden geladen. Draait de server nog?",
  retry: "Probeer opnieuw",
  skip: "Naar het paneel",
  yesterday: "gisteren",
};

const en = {
  title: "Balie · playground",
  banner: "Demo pharmacy, invented patients. Nothing is ever really sent.",
  brand: "Balie",
  language: "Language",
  "language.nl": "Nederlands",
  "language.en": "English",
  theme: "Theme",
  "theme.light": "Light",
  "theme.dark": "Dark",
  folders: "Folders",
  inbox: "Inbox",
  sent: "Sent (demo)",
  dropHint: "Drop an .eml file here to try a mail of your own.",
  choose: "Choose an .eml file",
  list: "Mails",
  empty: "No mails in this folder.",
  noMail: "Choose a mail from the list.",
  noSubject: "(no subject)",
  to: "To {names}",
  attachment: "Attachment: {name}",
  messages: "Messages in this conversation",
  mailBody: "Content of the mail from {name}",
  compose: "Reply",
  composeTo: "To {name}",
  composeText: "Text of the reply",
  send: "Send (demo)",
  throwAway: "Throw away",
  sentToast: "This is a demo: nothing was really sent. Your text is in Sent (demo).",
  sentChanged: "Your changes were recorded.",
  undone: "The insert was undone.",
  paneTitle: "Balie",
  paneFrame: "Balie, the pane in the mail",
  paneWidth: "Width of the pane",
  what: "What happened?",
  whatEmpty: "Make a draft; then this shows step by step what happened.",
  whatSteps: "Steps",
  whatFacts: "Facts in the draft",
  whatFindings: "Rules and checks that spoke",
  whatAudit: "Log",
  whatNone: "None",
  whatTotal: "{ms} ms in all",
  "col.step": "Step",
  "col.ms": "ms",
  "col.fact": "Fact",
  "col.value": "Value",
  "col.source": "Source",
  "col.code": "Code",
  "col.part": "Who",
  "col.rule": "Rule",
  "col.severity": "Severity",
  "step.thread": "Conversation",
  "step.patient": "Patient",
  "step.triage": "Assessment",
  "step.draft": "Draft",
  "step.safety": "Check",
  "step.audit": "Log",
  dropHere: "Let go to open this mail",
  dropFailed: "This file could not be read as a mail.",
  dropDone: "Your mail is at the top of the inbox.",
  loadFailed: "The mails could not be loaded. Is the server still running?",
  retry: "Try again",
  skip: "To the pane",
  yesterday: "yesterday",
};

export const STRINGS = { nl, en };

export function translate(locale, key, values = {}) {
  const text = STRINGS[locale][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// A mail's moment as a list shows it: the time today, "yesterday", else the day.
export function formatWhen(locale, value, now = new Date()) {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return "";
  const language = locale === "nl" ? "nl-NL" : "en-GB";
  const midnight = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(at);
  if (days === 1) return translate(locale, "yesterday");
  return new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" }).format(at);
}

export function formatFull(locale, value) {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return "";
  const options = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(locale === "nl" ? "nl-NL" : "en-GB", options).format(at);
}
