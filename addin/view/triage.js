// What the mail asks and what is dangerous about it: quiet chips when all is well, unmistakable when it is not.

import { face } from "../state.js";
import { formatTime } from "../strings.js";
import { button, h, icon } from "./dom.js";
import { choice, why } from "./person.js";

const quoted = (words) => `“${words}”`;

// Intents as chips; a click shows the words of the mail that say so.
export function intents(state, { t, act }) {
  const list = state.triage?.intents ?? [];
  if (!list.length) return null;
  const open = list.find((intent) => intent.id === state.openIntent);
  return h(
    "section",
    { class: "intents", "aria-label": t("intents.label") },
    h(
      "ul",
      { class: "chips" },
      list.map((intent) =>
        h(
          "li",
          {},
          button(t(`intent.${intent.id}`, {}, "intent.other"), {
            kind: "chip",
            focus: `intent-${intent.id}`,
            "aria-expanded": String(state.openIntent === intent.id),
            "aria-controls": "intent-words",
            onclick: () => act.send({ type: "intentToggled", id: intent.id }),
          }),
        ),
      ),
    ),
    h(
      "div",
      { id: "intent-words", class: "words", hidden: !open },
      open && (open.quotes ?? []).map((words) => h("blockquote", {}, quoted(words))),
    ),
  );
}

const standing = (state) => (state.triage?.findings ?? []).filter((f) => f.severity === "hard" && !f.cleared_by);

const plain = (words) => words.toLowerCase().replace(/\s+/g, " ").trim();

// Distinct words of the mail, the longest first; words that another quote already holds are left out.
export function longestFirst(quotes) {
  const kept = [];
  for (const one of [...quotes].sort((a, b) => b.length - a.length)) {
    if (!kept.some((other) => plain(other).includes(plain(one)))) kept.push(one);
  }
  return kept;
}

const READERS = ["floor", "caution", "model"];

function labelOf(code, count, t) {
  const many = `trigger.${code}.many`;
  return count > 1 && t(many) !== many ? t(many) : t(`trigger.${code}`, {}, "trigger.other");
}

// The reasons, each once, with every word of the mail that made a reader speak and which readers did; reasons with the
// same words stand together.
export function reasons(state, t) {
  const byCode = new Map();
  for (const finding of standing(state)) {
    const known = byCode.get(finding.code) ?? { quotes: [], readers: [] };
    byCode.set(finding.code, { quotes: [...known.quotes, ...(finding.quotes ?? [])], readers: [...known.readers, finding.part] });
  }
  const byWords = new Map();
  for (const [code, said] of byCode) {
    const quotes = longestFirst(said.quotes);
    const key = quotes.join("\n");
    const label = labelOf(code, quotes.length, t);
    const before = byWords.get(key);
    byWords.set(key, {
      quotes,
      words: before ? `${before.words} · ${label}` : label,
      readers: READERS.filter((part) => said.readers.includes(part) || before?.readers.includes(part)),
    });
  }
  return [...byWords.values()];
}

// What each reader is, for the readers that spoke.
function readers(state, { t }) {
  const parts = READERS.filter((part) => standing(state).some((f) => f.part === part));
  if (!parts.length) return null;
  const model = state.triage?.opinion?.model ?? "";
  return h(
    "details",
    { class: "why" },
    h("summary", { "data-focus": "readers" }, t("reader.title")),
    h("ul", {}, parts.map((part) => h("li", {}, t(`reader.${part}.about`, { model })))),
  );
}

const reasonList = (state, t) =>
  h(
    "ul",
    { class: "reasons" },
    reasons(state, t).map((reason) =>
      h(
        "li",
        {},
        h("strong", {}, reason.words),
        reason.readers.length > 0 && h("span", { class: "reader" }, reason.readers.map((part) => t(`reader.${part}`)).join(" · ")),
        reason.quotes.map((words) => h("blockquote", { "aria-label": t("quotes.label") }, quoted(words))),
      ),
    ),
  );

function reasonForm(state, { t, act }) {
  return h(
    "form",
    {
      class: "form",
      onsubmit: (event) => {
        event.preventDefault();
        const reason = new FormData(event.currentTarget).get("reason").trim();
        if (reason) act.escalate(reason);
      },
    },
    h("label", { for: "reason" }, t("escalate.reason")),
    h("input", { id: "reason", name: "reason", type: "text", required: true, maxlength: 300, autocomplete: "off", "data-focus": "reason", "aria-describedby": "reason-help" }),
    h("p", { id: "reason-help", class: "help" }, t("escalate.reasonHelp")),
    h(
      "div",
      { class: "row" },
      h("button", { type: "submit", class: "button secondary", disabled: state.busy === "escalate" }, t("escalate.reasonOpen")),
      button(t("person.close"), { onclick: () => act.send({ type: "reasonAsked", open: false }) }),
    ),
  );
}

function handOver(state, tools) {
  const { t, act } = tools;
  if (state.phase !== "ready") return null;
  if (state.opened) return h("p", { class: "done-line" }, icon("done"), t(state.opened === "opened" ? "escalate.opened" : state.reply?.draft ? "escalate.handed" : "escalate.handedOnly"));
  if (state.askReason) return reasonForm(state, tools);
  return h(
    "div",
    { class: "row" },
    button(t("escalate.hand"), { kind: "primary", focus: "hand", disabled: state.busy === "escalate", onclick: () => act.escalate("") }),
    state.reply?.draft &&
      button(t("escalate.open"), { kind: "secondary", focus: "open-anyway", onclick: () => act.send({ type: "reasonAsked", open: true }) }),
  );
}

const dialled = (phone) => `tel:${phone.replace(/[^\d+]/g, "")}`;

function callNow(state, { t, locale }) {
  const phone = state.patient?.phone;
  const number = state.pane?.pharmacy?.emergency_phone ?? "112";
  const sent = state.item?.sentAt && formatTime(locale, state.item.sentAt);
  return [
    phone
      ? h("a", { class: "button call", href: dialled(phone), "data-focus": "call" }, icon("phone"), h("span", {}, t("emergency.call", { phone })))
      : h("p", {}, t("emergency.noPhone")),
    h("p", { class: "numbers" }, h("a", { href: dialled(number) }, t("emergency.number", { number })), sent && ` · ${t("emergency.sent", { time: sent })}`),
  ];
}

export function alert(state, tools) {
  const { t } = tools;
  const shown = face(state);
  if (shown === "emergency") {
    return h(
      "section",
      { class: "alert emergency", "aria-labelledby": "alert-title" },
      h("h2", { id: "alert-title" }, icon("phone"), t("emergency.title")),
      h("p", {}, t("emergency.lead")),
      callNow(state, tools),
      reasonList(state, t),
      handOver(state, tools),
    );
  }
  if (shown === "escalate") {
    return h(
      "section",
      { class: "alert danger", "aria-labelledby": "alert-title" },
      h("h2", { id: "alert-title" }, icon("warning"), t("escalate.title")),
      reasonList(state, t),
      readers(state, tools),
      h("p", { class: "lead" }, t("escalate.lead")),
      handOver(state, tools),
    );
  }
  if (shown === "verify") {
    return h(
      "section",
      { class: "alert warn", "aria-labelledby": "alert-title" },
      h("h2", { id: "alert-title" }, icon("unknown"), t("verify.title")),
      h("p", {}, t("verify.lead")),
      choice(state, tools),
      why(state.patient, tools),
    );
  }
  if (shown === "degraded") {
    return h(
      "section",
      { class: "alert warn", "aria-labelledby": "alert-title" },
      h("h2", { id: "alert-title" }, icon("offline"), t("degraded.title")),
      h("p", {}, t("degraded.record")),
      state.phase === "ready" && h("div", { class: "row" }, button(t("degraded.retry"), { kind: "secondary", focus: "retry-record", onclick: () => tools.act.redraft({}) })),
    );
  }
  return null;
}

const MOST_QUOTES = 3; // of one line under the draft

function shortened(quotes, t) {
  const shown = longestFirst(quotes).slice(0, MOST_QUOTES).map(quoted);
  return quotes.length > MOST_QUOTES ? [...shown, t("finding.more", { count: quotes.length - MOST_QUOTES })] : shown;
}

function softLine(finding, t) {
  const quotes = shortened(finding.quotes ?? [], t);
  const words = [labelOf(finding.code, finding.quotes?.length ?? 0, t), quotes.join(" ")].filter(Boolean).join(": ");
  if (!finding.cleared_by) return { pic: "info", text: words };
  const [kind, model] = [finding.cleared_by.split(":")[0], finding.cleared_by.replace(/^\w+:/, "")];
  const by = t(`finding.by.${kind}`, { model }) === `finding.by.${kind}` ? finding.cleared_by : t(`finding.by.${kind}`, { model });
  return { pic: "done", text: `${t("finding.cleared", { by })}. ${words}` };
}

// Why the configured second reader was not heard; silent when the draft already says that the model did not take part.
function missingReader(state, t) {
  const heard = state.triage?.opinion?.state ?? "valid";
  if (heard === "valid" || state.reply?.draft?.fallback) return [];
  const key = [`reader.missing.${heard}`, `fallback.${heard}`].find((one) => t(one) !== one) ?? "fallback.other";
  return [{ pic: "offline", text: t("reader.missing", { reason: t(key) }) }];
}

// Softer points: what to look at before sending, and what was cleared and by whom.
export function notes(state, { t }) {
  const soft = (state.triage?.findings ?? []).filter((f) => f.severity === "soft" || (f.severity === "hard" && f.cleared_by));
  const files = state.triage?.attachments ?? [];
  const lines = soft.filter((f) => f.code !== "attachment_to_look_at" && f.code !== "record_unavailable").map((f) => softLine(f, t));
  lines.push(...missingReader(state, t));
  if (files.length) {
    lines.unshift({ pic: "clip", strong: true, text: t(files.length > 1 ? "attachments.many" : "attachments.one", { names: files.join(", ") }) });
  }
  if (state.patient?.record_unavailable && face(state) !== "degraded") lines.unshift({ pic: "offline", text: t("degraded.title") });
  return lines;
}
