// What the pane knows, and how each event changes it: one pure function, no DOM, no network, no clock.

export const STEPS = ["thread", "patient", "triage", "draft", "safety"];

// What belongs to one mail. Changing mail starts from here again, so nothing of the former mail can stay on screen.
const EMPTY = {
  phase: "idle", // idle | working | ready | problem
  notice: "", // a strings key, said once above the content
  threadState: null, // a colleague's work on this thread
  steps: [], // [{step, state: "done" | "running" | "pending"}]
  slow: false,
  patient: null,
  triage: null,
  parts: [], // [{kind, question, sentences}] by index
  facts: {},
  replaced: {}, // part index → reason
  retracted: "",
  reply: null,
  problem: null, // {status, slug, detail, requestId, retryable}
  openIntent: "",
  confirming: "", // patient id whose second factor is being recorded
  declined: false, // "none of these"
  askReason: false,
  opened: "", // "" | "handed" | "opened": the acknowledgement of an escalated mail
  showAnyway: false, // a reply to a mail that needs none
  inserted: null, // {undoable, sent}
  busy: "", // a small action under way
};

export function initialState() {
  return {
    ...EMPTY,
    locale: "nl",
    theme: "light",
    access: "unknown", // unknown | yes | signed_out | forbidden
    pane: null,
    item: null, // {provider, mailbox, threadId, messageId, subject}
    options: { tone: null, language: null, staffSentence: "", version: 1 },
    choice: null, // {patientId, confirmedBy}: who a person said it is, for every next draft of this mail
  };
}

const steps = (running) => {
  const at = STEPS.indexOf(running);
  return STEPS.map((step, i) => ({ step, state: i < at ? "done" : i === at ? "running" : "pending" }));
};

const freshOptions = (state) => ({ tone: state.options.tone, language: null, staffSentence: "", version: 1 });

const withoutMail = (state) => ({ ...state, ...EMPTY });

function progressed(state, { step }) {
  if (step === "audit") return { ...state, steps: STEPS.map((name) => ({ step: name, state: "done" })), slow: false };
  return STEPS.includes(step) ? { ...state, steps: steps(step), slow: false } : state;
}

function withPart(state, { index, part, facts }) {
  const parts = [...state.parts];
  parts[index] = part;
  return { ...state, parts, facts: { ...state.facts, ...facts } };
}

// The whole reply is the truth; what was streamed before it only came earlier.
function done(state, reply) {
  const replaced = { ...state.replaced };
  for (const index of reply.swapped ?? []) replaced[index] ??= "";
  return {
    ...state,
    phase: "ready",
    reply,
    patient: reply.patient,
    triage: reply.triage,
    parts: reply.draft?.parts ?? [],
    facts: reply.facts ?? {},
    replaced,
    steps: [],
    slow: false,
    busy: "",
  };
}

const REDUCERS = {
  settings: (state, { locale, theme }) => ({ ...state, locale: locale ?? state.locale, theme: theme ?? state.theme }),
  paneLoaded: (state, { pane, tone }) => ({
    ...state,
    pane,
    access: "yes",
    options: { ...state.options, tone: tone ?? (pane.pharmacy?.formal === false ? "informal" : "formal") },
  }),
  accessRefused: (state, { status }) => ({
    ...withoutMail(state),
    choice: null,
    access: status === 403 ? "forbidden" : "signed_out",
  }),
  itemChanged: (state, { item }) => ({ ...withoutMail(state), item, options: freshOptions(state), choice: null }),
  threadState: (state, { value }) => (state.phase === "idle" ? { ...state, threadState: value } : state),
  draftRequested: (state, { options }) => ({
    ...withoutMail(state),
    options: { ...state.options, ...options },
    phase: "working",
    steps: steps("thread"),
  }),
  progress: progressed,
  slow: (state) => (state.phase === "working" ? { ...state, slow: true } : state),
  triage: (state, { patient, triage }) => ({ ...state, patient, triage }),
  part: withPart,
  replace: (state, event) => {
    const next = withPart(state, event);
    return { ...next, replaced: { ...next.replaced, [event.index]: event.reason ?? "" } };
  },
  retract: (state, { reason }) => ({ ...state, parts: [], replaced: {}, retracted: reason ?? "" }),
  done: (state, { reply }) => done(state, reply),
  failed: (state, { problem }) => ({
    ...state,
    phase: "problem",
    problem,
    steps: [],
    slow: false,
    parts: [],
    facts: {},
    busy: "",
  }),
  cancelled: (state) => ({ ...withoutMail(state), notice: "idle.cancelled" }),
  discarded: (state) => ({ ...withoutMail(state), notice: "idle.discarded" }),
  intentToggled: (state, { id }) => ({ ...state, openIntent: state.openIntent === id ? "" : id }),
  confirming: (state, { patientId }) => ({ ...state, confirming: patientId }),
  chosen: (state, { choice }) => ({ ...state, choice }),
  declined: (state) => ({ ...state, declined: true, confirming: "" }),
  reasonAsked: (state, { open }) => ({ ...state, askReason: open }),
  escalated: (state, { how }) => ({ ...state, opened: how, askReason: false, busy: "" }),
  shownAnyway: (state) => ({ ...state, showAnyway: true }),
  inserted: (state, { undoable }) => ({ ...state, inserted: { undoable }, notice: "", busy: "" }),
  sent: (state) => (state.inserted ? { ...state, inserted: { undoable: false, sent: true } } : state),
  undone: (state) => ({ ...state, inserted: null, notice: "draft.undone" }),
  notice: (state, { key }) => ({ ...state, notice: key, busy: "" }),
  busy: (state, { what }) => ({ ...state, busy: what, notice: "" }),
};

export function reduce(state, event) {
  const reducer = REDUCERS[event.type];
  return reducer ? reducer(state, event) : state;
}

// Which face the pane shows for a finished reply; the strictest wins.
export function face(state) {
  const { triage } = state;
  if (!triage) return "";
  if (triage.route === "escalate") return triage.urgency === "emergency" ? "emergency" : "escalate";
  if (state.reply && !state.reply.draft && triage.reply_needed !== false) return "blocked";
  if (triage.reply_needed === false) return "nothing";
  if (state.patient?.record_unavailable) return "degraded";
  return triage.route === "verify" ? "verify" : "routine";
}

// Whether the draft's text may be seen and inserted now.
export function draftOpen(state) {
  if (!state.parts.some(Boolean)) return false;
  const shown = face(state);
  if (shown === "escalate" || shown === "emergency") return state.phase === "ready" && state.opened !== "";
  if (shown === "nothing") return state.showAnyway;
  return shown !== "blocked";
}

export function canInsert(state) {
  return state.phase === "ready" && !state.inserted && !state.busy && Boolean(state.reply?.draft) && draftOpen(state);
}
