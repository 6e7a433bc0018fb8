// The draft: sentences as they arrive, each fact with its source, and what the checks changed.

import { draftOpen, face } from "../state.js";
import { formatTime } from "../strings.js";
import { button, h, icon } from "./dom.js";
import { notes } from "./triage.js";

// One bubble for all sources: shown by hover and focus, hidden by Escape. Its words are read by aria-describedby.
export function createBubble() {
  const bubble = h("div", { class: "bubble", role: "presentation", "aria-hidden": "true", hidden: true });
  const hide = () => (bubble.hidden = true);
  const show = (event) => {
    const fact = event.target.closest?.(".fact");
    if (!fact) return hide();
    bubble.textContent = fact.dataset.source;
    bubble.hidden = false;
    const box = fact.getClientRects()[0];
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - bubble.offsetWidth - 8));
    const below = box.bottom + 6 + bubble.offsetHeight < innerHeight;
    bubble.style.left = `${left}px`;
    bubble.style.top = `${below ? box.bottom + 6 : box.top - bubble.offsetHeight - 6}px`;
  };
  document.addEventListener("mouseover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("focusout", hide);
  document.addEventListener("scroll", hide, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || bubble.hidden) return;
    hide();
    event.stopImmediatePropagation();
  });
  document.body.append(bubble);
  return hide;
}

function sourceOf(paths, state, { t, locale }) {
  const lines = paths
    .map((path) => state.facts[path])
    .filter(Boolean)
    .map((fact) => (fact.read_at ? t("draft.read", { source: fact.source, time: formatTime(locale, fact.read_at) }) : fact.source));
  return [...new Set(lines)].join("\n");
}

function piece(part, state, tools, id) {
  const source = part.facts?.length ? sourceOf(part.facts, state, tools) : "";
  if (!source) return part.text;
  const quiet = part.facts.every((path) => /^(pharmacy|sender)\./.test(path));
  return [
    h("span", { class: quiet ? "fact house" : "fact", tabindex: "0", role: "note", "aria-describedby": id, "data-source": source, "data-focus": id }, part.text),
    h("span", { id, hidden: true }, source),
  ];
}

function draftPart(part, index, state, tools) {
  if (!part) return null;
  const { t } = tools;
  const replaced = index in state.replaced;
  const line = part.kind === "closing" ? "br" : null;
  const words = part.sentences.map((sentence, s) => [
    s > 0 && (line ? h(line) : " "),
    h(
      "span",
      { class: `sentence ${sentence.origin}`, title: sentence.origin === "staff" ? t("draft.staffMark") : null },
      sentence.pieces.map((one, p) => piece(one, state, tools, `source-${index}-${s}-${p}`)),
    ),
  ]);
  return h("p", { class: `part${replaced ? " replaced" : ""}` }, words, replaced && h("span", { class: "sr-only" }, ` (${t("draft.replacedMark")})`));
}

// The draft as the host gets it: plain text, and the same as paragraphs with everything escaped.
export function asText(parts) {
  return parts
    .map((part) => part.sentences.map((s) => s.pieces.map((p) => p.text).join("")).join(part.kind === "closing" ? "\n" : " "))
    .filter(Boolean)
    .join("\n\n");
}

export function asHtml(text) {
  const escaped = text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  return escaped.split("\n\n").map((block) => `<p>${block.replaceAll("\n", "<br>")}</p>`).join("");
}

function menu(label, focus, value, choices, onchange) {
  return h(
    "label",
    { class: "menu" },
    h("span", { class: "sr-only" }, label),
    h(
      "select",
      { "data-focus": focus, onchange: (event) => onchange(event.target.value) },
      choices.map(([key, words]) => h("option", { value: key, selected: key === value }, words)),
    ),
  );
}

function menus(state, { t, act }) {
  if (state.phase !== "ready") return null;
  const language = state.reply?.draft?.language ?? state.triage?.reply_language;
  const languages = state.pane?.pharmacy?.languages ?? ["nl", "en"];
  const tone = state.options.tone ?? "formal";
  return h(
    "div",
    { class: "menus" },
    languages.length > 1 &&
      menu(t("draft.language"), "language", language, languages.map((code) => [code, code.toUpperCase()]), (value) => act.redraft({ language: value })),
    menu(t("draft.tone"), "tone", tone, ["formal", "informal"].map((key) => [key, t(`draft.tone.${key}`)]), (value) => act.redraft({ tone: value })),
  );
}

function checkWords(state, t) {
  const codes = [...new Set((state.reply?.findings ?? []).filter((f) => f.severity !== "note").map((f) => f.code))];
  return codes.map((code) => t(`check.${code}`, {}, "check.other")).join(", ");
}

// Why a part was replaced: a check's code, or why the model did not deliver.
function reasonWords(reason, t) {
  if (!reason) return "";
  const known = [`check.${reason}`, `fallback.${reason}`].find((key) => t(key) !== key);
  return t(known ?? "check.other");
}

function checkLines(state, t) {
  const lines = [];
  if (state.reply?.draft?.subject) lines.push({ pic: "info", text: t("draft.plain") });
  const own = state.reply?.withheld === "staff_sentence";
  if (own) lines.push({ pic: "warning", strong: true, text: t("draft.ownRefused", { reason: checkWords(state, t) }) });
  const count = Object.keys(state.replaced).length;
  if (count) {
    const why = [...new Set(Object.values(state.replaced).filter(Boolean))].map((reason) => reasonWords(reason, t)).join(", ") || checkWords(state, t);
    lines.push({ pic: "info", text: t(`draft.swapped${why ? "" : "Bare"}.${count > 1 ? "many" : "one"}`, { count, reason: why }) });
  }
  const soft = (state.reply?.findings ?? []).filter((f) => f.severity === "soft" && !count && !own);
  for (const f of soft) lines.push({ pic: "info", text: [t(`check.${f.code}`, {}, "check.other"), ...f.quotes.map((words) => `“${words}”`)].join(": ") });
  if (state.retracted) lines.push({ pic: "info", text: t("draft.retracted", { reason: reasonWords(state.retracted, t) }) });
  const fallback = state.reply?.draft?.fallback;
  if (fallback) lines.push({ pic: "offline", text: t("degraded.model", { reason: t(`fallback.${fallback}`, {}, "fallback.other") }) });
  return lines;
}

export function noteList(state, tools) {
  const { t } = tools;
  const lines = [...notes(state, tools), ...(draftOpen(state) ? checkLines(state, t) : [])];
  if (!lines.length) return null;
  return h(
    "ul",
    { class: "notes" },
    lines.map((line) => h("li", { class: line.strong ? "strong" : null }, icon(line.pic), h("span", {}, line.text))),
  );
}

export function draft(state, tools) {
  const { t } = tools;
  if (!draftOpen(state)) return null;
  const shown = face(state);
  const title = shown === "escalate" || shown === "emergency" ? t("escalate.ack") : t("draft.title");
  const lang = state.reply?.draft?.language ?? state.triage?.reply_language;
  return h(
    "section",
    { class: "draft card", "aria-labelledby": "draft-title" },
    h("div", { class: "draft-head" }, h("h2", { id: "draft-title" }, title), menus(state, tools)),
    h("div", { class: "draft-body", lang, "aria-busy": String(state.phase === "working") }, state.parts.map((part, i) => draftPart(part, i, state, tools))),
    state.phase === "working" && h("p", { class: "help" }, t("draft.arriving")),
  );
}

// One sentence by staff; applied by drawing the reply up again, so that it is checked like the rest.
export function addSentence(state, { t, act }) {
  if (state.phase !== "ready" || !draftOpen(state) || state.inserted) return null;
  const present = state.options.staffSentence;
  const away = button(t("action.discard"), { kind: "quiet away", focus: "discard", onclick: () => act.discard() });
  const add = h(
    "details",
    { class: "add", open: Boolean(present) },
    h("summary", { "data-focus": "add" }, icon("plus"), t("add.title")),
    h(
      "form",
      {
        class: "form",
        onsubmit: (event) => {
          event.preventDefault();
          const words = new FormData(event.currentTarget).get("sentence").trim();
          if (words !== present) act.redraft({ staffSentence: words });
        },
      },
      h("label", { for: "sentence" }, t("add.label")),
      h("input", { id: "sentence", name: "sentence", type: "text", maxlength: 300, autocomplete: "off", value: present, placeholder: t("add.example"), "data-focus": "sentence", "aria-describedby": "sentence-help" }),
      h("p", { id: "sentence-help", class: "help" }, t("add.help")),
      h(
        "div",
        { class: "row" },
        h("button", { type: "submit", class: "button secondary" }, t("add.apply")),
        present && button(t("add.remove"), { onclick: () => act.redraft({ staffSentence: "" }) }),
      ),
    ),
  );
  return h("div", { class: "below" }, add, away);
}
