// The faces without a draft: before, while working, and when there is none to give; and the bar at the bottom.

import { canInsert, draftOpen, face, STEPS } from "../state.js";
import { button, h, icon } from "./dom.js";

// Where a colleague left this thread, in at most two quiet lines.
function standing(work) {
  if (!work) return [];
  const held = work.escalation_open || work.state === "with_pharmacist";
  const known = ["drafted", "answered"].includes(work.state) && !work.stale;
  return [held ? "state.with_pharmacist" : known && `state.${work.state}`, work.stale && "state.stale"].filter(Boolean);
}

export function idle(state, { t, act }) {
  if (state.access !== "yes" || state.phase !== "idle") return null;
  if (!state.item) return h("section", { class: "idle empty" }, h("p", {}, t("idle.noItem")));
  return h(
    "section",
    { class: "idle", "aria-labelledby": "idle-subject" },
    h("p", { class: "kicker" }, t("idle.lead")),
    h("h2", { id: "idle-subject" }, state.item.subject || t("idle.noSubject")),
    standing(state.threadState).map((key) => h("p", { class: "done-line" }, icon("info"), t(key))),
    button(t(state.notice ? "idle.again" : "idle.draft"), { kind: "primary wide", focus: "main", onclick: () => act.draft() }),
    h("p", { class: "help" }, t("idle.reads")),
  );
}

export function working(state, { t }) {
  if (state.phase !== "working") return null;
  const steps = state.triage
    ? null
    : h(
        "ol",
        { class: "steps" },
        state.steps.map(({ step, state: how }) =>
          h(
            "li",
            { class: how },
            h("span", { class: "tick" }, how === "done" && icon("check")),
            h("span", {}, t(`step.${step}`)),
            h("span", { class: "sr-only" }, ` (${t(`step.${how}`)})`),
          ),
        ),
      );
  const running = state.steps.find((one) => one.state === "running")?.step ?? "any";
  return h(
    "section",
    { class: "working", "aria-label": t("working.title") },
    steps,
    state.slow && h("p", { class: "slow" }, icon("info"), t(`slow.${running}`, {}, "slow.any")),
  );
}

const PROBLEM_WORDS = {
  network: "problem.network",
  "connector-failed": "problem.mailbox",
  "audit-unavailable": "problem.audit",
  "not-found": "problem.notFound",
  "no-patient": "problem.patient",
  conflict: "problem.conflict",
  "too-large": "problem.tooLarge",
  "http-413": "problem.tooLarge",
  "not-a-mail": "problem.invalid",
  "invalid-request": "problem.invalid",
};

export function problem(state, { t, act }) {
  if (state.access === "signed_out" || state.access === "forbidden") {
    const key = state.access === "forbidden" ? "forbidden" : "signin";
    return h(
      "section",
      { class: "alert warn", "aria-labelledby": "problem-title" },
      h("h2", { id: "problem-title" }, icon("info"), t(`${key}.title`)),
      h("p", {}, t(`${key}.lead`)),
      button(t("problem.retry"), { kind: "primary", focus: "main", onclick: () => act.start() }),
    );
  }
  if (state.phase !== "problem") return null;
  return h(
    "section",
    { class: "alert warn problem", "aria-labelledby": "problem-title" },
    h("h2", { id: "problem-title" }, icon("warning"), t("problem.title")),
    h("p", {}, t(PROBLEM_WORDS[state.problem.slug] ?? "problem.other")),
    h("div", { class: "row" }, state.problem.retryable !== false && button(t(state.problem.slug === "no-patient" ? "idle.again" : "problem.retry"), { kind: "primary", focus: "main", onclick: () => act.redraft({}) })),
    state.problem.requestId && h("p", { class: "request" }, t("problem.request", { id: state.problem.requestId })),
  );
}

export function withheld(state, { t, act }) {
  if (state.phase !== "ready") return null;
  const shown = face(state);
  if (shown === "nothing" && !state.showAnyway) {
    return h(
      "section",
      { class: "calm", "aria-labelledby": "nothing-title" },
      h("h2", { id: "nothing-title" }, icon("done"), t("nothing.title")),
      h("p", {}, t("nothing.lead")),
      state.reply?.draft && button(t("nothing.open"), { kind: "secondary", focus: "main", onclick: () => act.send({ type: "shownAnyway" }) }),
    );
  }
  if (shown !== "blocked") return null;
  const why = (state.reply.findings ?? []).filter((f) => f.severity === "hard");
  return h(
    "section",
    { class: "alert danger blocked", "aria-labelledby": "blocked-title" },
    h("h2", { id: "blocked-title" }, icon("warning"), t("blocked.title")),
    h("p", {}, t("blocked.lead")),
    h(
      "ul",
      { class: "reasons" },
      why.map((f) => h("li", {}, h("strong", {}, t(`check.${f.code}`, {}, "check.other")), (f.quotes ?? []).map((words) => h("blockquote", {}, `“${words}”`)))),
    ),
    h("p", { class: "lead" }, t("blocked.kept")),
  );
}

// The bar at the bottom: always in the same place and of the same height, so nothing jumps when the draft is ready.
export function bar(state, { t, act }) {
  if (state.phase === "working") {
    const running = state.steps.find((one) => one.state === "running")?.step;
    const at = running ? STEPS.indexOf(running) + 1 : STEPS.length;
    return h(
      "div",
      { class: "bar" },
      h("span", { class: "now" }, h("progress", { max: STEPS.length, value: at - 0.5, "aria-label": t("working.title") }), t(`step.${running ?? "safety"}`)),
      button(t("working.cancel"), { kind: "secondary", focus: "main", onclick: () => act.cancel() }),
    );
  }
  if (state.phase !== "ready") return null;
  if (state.inserted) {
    return h(
      "div",
      { class: "bar inserted" },
      h("span", { class: "done-line" }, icon("done"), t(state.inserted.sent ? "draft.sent" : "draft.inserted")),
      state.inserted.undoable && button(t("draft.undo"), { kind: "secondary", focus: "main", pic: "undo", onclick: () => act.undo() }),
    );
  }
  if (!state.reply?.draft && face(state) === "blocked") {
    return h("div", { class: "bar" }, button(t("action.again"), { kind: "primary", focus: "main", onclick: () => act.anotherVersion() }));
  }
  if (!draftOpen(state)) return null;
  return h(
    "div",
    { class: "bar" },
    button(t("action.insert"), { kind: "primary", focus: "main", disabled: !canInsert(state), onclick: () => act.insert() }),
    button(t("action.again"), { focus: "again", onclick: () => act.anotherVersion() }),
    button(t("action.copy"), { focus: "copy", onclick: () => act.copy() }),
  );
}

// One quiet line: who wrote it, what left the building, and who sends.
export function footer(state, { t }) {
  if (state.phase !== "ready" || !state.reply) return null;
  const wrote = state.reply.draft?.written_by;
  const left = state.reply.sent_out?.model;
  const requests = state.reply.sent_out?.requests ?? [];
  return h(
    "footer",
    {},
    h(
      "p",
      {},
      wrote && draftOpen(state) && `${wrote === "template" ? t("footer.template") : t("footer.model", { model: wrote })} · `,
      !left && `${t("footer.nothingLeft")} · `,
      t("footer.notSent"),
    ),
    left &&
      h(
        "details",
        { class: "why" },
        h("summary", { "data-focus": "left" }, t("footer.leftTitle", { model: left })),
        requests.map(({ kind, text }) => [
          h("p", { class: "help" }, t(`footer.left.${kind}`, {}, "footer.left.other")),
          h("pre", { tabindex: "0", "aria-label": t(`footer.left.${kind}`, {}, "footer.left.other") }, text),
        ]),
        !requests.length && h("p", { class: "help" }, t("footer.leftNone")),
      ),
  );
}

export function notice(state, { t }) {
  return state.notice ? h("p", { class: "notice" }, icon("info"), t(state.notice)) : null;
}
