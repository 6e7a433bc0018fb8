// The pane on screen: which sections there are, in which order, and what each depends on.

import { face } from "./state.js";
import { translate } from "./strings.js";
import { h, mount } from "./view/dom.js";
import { addSentence, createBubble, draft, noteList } from "./view/draft.js";
import { history } from "./view/history.js";
import { person } from "./view/person.js";
import { bar, footer, idle, notice, problem, withheld, working } from "./view/status.js";
import { alert, intents, reasons } from "./view/triage.js";

const common = (s) => [s.locale, s.access, s.phase];

const SECTIONS = [
  ["problem", problem, (s) => [...common(s), s.problem]],
  ["idle", idle, (s) => [...common(s), s.item, s.threadState, s.notice]],
  ["working", working, (s) => [...common(s), s.steps, s.slow, Boolean(s.triage)]],
  ["alert-first", (s, tools) => (face(s) === "emergency" ? alert(s, tools) : null), (s) => alertParts(s)],
  ["person", person, (s) => [...common(s), s.patient, s.triage, s.confirming, s.declined, s.choice]],
  ["intents", intents, (s) => [...common(s), s.triage, s.openIntent]],
  ["alert", (s, tools) => (face(s) === "emergency" ? null : alert(s, tools)), (s) => alertParts(s)],
  ["history", history, (s) => [...common(s), s.reply?.history]],
  ["withheld", withheld, (s) => [...common(s), s.reply, s.triage, s.showAnyway]],
  ["draft", draft, (s) => [...common(s), s.parts, s.facts, s.replaced, s.reply, s.triage, s.opened, s.showAnyway, s.options, s.pane]],
  ["notes", noteList, (s) => [...common(s), s.patient, s.triage, s.replaced, s.retracted, s.reply, s.opened, s.showAnyway]],
  ["add", addSentence, (s) => [...common(s), s.reply, s.opened, s.showAnyway, s.inserted, s.options]],
];

const alertParts = (s) => [...common(s), s.triage, s.patient, s.item, s.pane, s.opened, s.askReason, s.busy, s.reply, s.confirming, s.declined];

// What is said once, at the end, to somebody who does not see the pane.
function announcement(state, t) {
  if (state.phase === "problem") return t("problem.title");
  if (state.inserted) return t(state.inserted.sent ? "draft.sent" : "draft.inserted");
  if (state.notice) return t(state.notice);
  if (state.phase !== "ready") return "";
  const shown = face(state);
  if (state.reply?.withheld === "staff_sentence") return `${t("announce.ready")} ${t("draft.ownRefusedShort")}`;
  if (shown === "routine" || shown === "degraded") return t("announce.ready");
  if (shown === "emergency" || shown === "escalate") {
    if (state.opened) return t(state.opened === "handed" ? "escalate.handed" : "escalate.opened");
    const why = reasons(state, t).map((reason) => reason.words).join(", ");
    return shown === "emergency" ? `${t("emergency.title")}. ${why}.` : t("announce.escalate", { reasons: why });
  }
  return t(`announce.${shown}`);
}

// Builds the pane in `root`; `act` is what a person can do. Returns show(state).
export function createView(root, act) {
  const title = h("h1", { class: "sr-only" });
  const scroll = h("main", { class: "scroll" }, title);
  const bottom = h("section", { class: "bottom" });
  const voice = h("div", { class: "sr-only", role: "status", "aria-live": "polite" });
  root.replaceChildren(scroll, bottom, voice);
  const hideBubble = createBubble();
  let tools = {};
  const section = (name, render, select, place) => ({ name, select, place, render: (s) => render(s, tools) });
  const update = mount(scroll, [
    ...SECTIONS.map(([name, render, select]) => section(name, render, select, scroll)),
    section("notice", notice, (s) => [s.locale, s.notice], bottom),
    section("bar", bar, (s) => [...common(s), s.steps, s.inserted, s.busy, s.reply, s.opened, s.showAnyway], bottom),
    section("footer", footer, (s) => [...common(s), s.reply, s.opened, s.showAnyway], bottom),
  ]);

  return function show(state) {
    const t = (key, values, fallback) => translate(state.locale, key, values, fallback);
    tools = { t, act, locale: state.locale };
    document.documentElement.lang = state.locale;
    document.documentElement.dataset.theme = state.theme;
    document.documentElement.dataset.face = state.phase === "ready" ? face(state) : state.phase;
    document.title = t("app.name");
    title.textContent = t("app.name");
    bottom.setAttribute("aria-label", t("action.group"));
    hideBubble();
    update(state);
    const words = announcement(state, t);
    if (voice.textContent !== words) voice.textContent = words;
  };
}
