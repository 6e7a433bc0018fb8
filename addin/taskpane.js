// Starts the pane: joins the host, the server, the state and the view, and says what each click does.

import { ApiProblem, createApi, newKey } from "./api.js";
import { canInsert, draftOpen, initialState, reduce } from "./state.js";
import { createView } from "./view.js";
import { asHtml, asText } from "./view/draft.js";

const SLOW_MS = 8000;
const SETTLE_MS = 350; // a second Enter of the same impatient hand does not insert what nobody has read

const HANDED_OVER = "handed_over"; // the reason on file when staff simply pass a mail on
const MAX_VERSION = 20;

// Where the focus goes when the button that was pressed is gone: to what is asked now.
const NEXT_FOCUS = ["reason", "factor-0", "call", "hand", "main"].map((name) => `[data-focus="${name}"]:not(:disabled)`).join(", ");

const HOSTS = { sandbox: () => import("./hosts/sandbox.js") };

const toneKey = (pane) => `balie.tone.${pane?.pharmacy?.id ?? ""}`;

async function begin() {
  const name = new URLSearchParams(location.search).get("host") ?? "sandbox";
  const { connect } = await (HOSTS[name] ?? HOSTS.sandbox)();
  const host = await connect();
  const api = createApi({ getToken: host.getToken });

  let state = { ...initialState(), locale: host.locale, theme: host.theme };
  let running = null; // the AbortController of the reply being drawn up
  let readyAt = 0;
  let mailbox = null; // whose pharmacy the pane has loaded

  const act = {}; // what a person can do; filled below, for the view and these deeds know each other
  const show = createView(document.getElementById("pane"), act);
  const send = (event) => {
    const before = state.phase;
    state = reduce(state, event);
    if (before !== state.phase && state.phase === "ready") readyAt = performance.now();
    view(state);
  };
  const view = (now) => {
    const hadFocus = document.hasFocus() && document.activeElement !== document.body;
    show(now);
    const lost = hadFocus && document.activeElement === document.body;
    if (lost) document.querySelector(NEXT_FOCUS)?.focus();
  };

  function failed(error) {
    if (error.name === "AbortError") return;
    if (error.status === 401 || error.status === 403) return send({ type: "accessRefused", status: error.status });
    send({ type: "failed", problem: error instanceof ApiProblem ? error : new ApiProblem({ slug: "other", retryable: true }) });
  }

  // Work that belongs to the mail now open; its end is ignored once another mail is.
  async function during(work) {
    running?.abort();
    const mine = (running = new AbortController());
    const live = () => running === mine;
    const slow = setTimeout(() => live() && send({ type: "slow" }), SLOW_MS);
    try {
      await work(mine.signal, live);
    } catch (error) {
      if (live()) failed(error);
    } finally {
      clearTimeout(slow);
      if (live()) running = null;
    }
  }

  // A choice that the server cannot follow up gets its own words: the way on is to draft again and choose.
  const unchosen = (error) =>
    error.status === 422 || error.status === 404 ? new ApiProblem({ ...error, slug: "no-patient", retryable: true }) : error;

  const finish = (reply) => {
    send({ type: "done", reply });
    host.tellReply?.(reply.id);
  };

  Object.assign(act, {
    send,
    start,
    draft: (options = {}) => {
      const item = state.item;
      if (!item) return undefined;
      send({ type: "draftRequested", options });
      const { options: wanted, choice } = state;
      return during(async (signal, live) => {
        const reply = await api.draftReply(item, wanted, choice, { key: newKey(), signal, onEvent: (event) => live() && send(event) });
        if (live()) finish(reply);
      });
    },
    redraft: (options) => {
      if (options.tone) localStorage.setItem(toneKey(state.pane), options.tone);
      return act.draft(options);
    },
    anotherVersion: () => act.draft({ version: Math.min(state.options.version + 1, MAX_VERSION) }),
    cancel: () => {
      running?.abort();
      running = null;
      send({ type: "cancelled" });
    },
    choosePatient: (patientId, confirmedBy) => {
      const id = state.reply.id;
      const choice = { patientId: patientId || state.patient?.patient_id || "", confirmedBy };
      send({ type: "draftRequested", options: {} });
      return during(async (signal, live) => {
        const how = { key: newKey(), signal, onEvent: (event) => live() && send(event) };
        const reply = await api.choosePatient(id, choice, how).catch((error) => Promise.reject(unchosen(error)));
        if (!live()) return;
        send({ type: "chosen", choice });
        finish(reply);
      });
    },
    unchoosePatient: () => {
      send({ type: "chosen", choice: null });
      return act.draft();
    },
    escalate: (reason) => {
      const id = state.reply.id;
      send({ type: "busy", what: "escalate" });
      return during(async (_signal, live) => {
        await api.escalate(id, reason || HANDED_OVER);
        if (!live()) return;
        send({ type: "escalated", how: reason ? "opened" : "handed" });
        document.querySelector(".draft")?.scrollIntoView({ block: "nearest" });
      });
    },
    insert,
    undo: async () => {
      await host.undoInsert(); // the host then says that the window is closed
      if (state.inserted) send({ type: "undone" });
    },
    copy: async () => {
      const ok = await copied(asText(state.parts));
      send({ type: "notice", key: ok ? "draft.copied" : "draft.copyFailed" });
    },
    discard: () => {
      const id = state.reply?.id;
      send({ type: "discarded" });
      if (id) api.recordOutcome(id, "discarded").catch(() => {});
    },
  });

  async function insert() {
    if (!canInsert(state)) return;
    const { reply, item } = state;
    const text = asText(state.parts);
    send({ type: "busy", what: "insert" });
    try {
      const { undoable } = await host.insertDraft({
        html: asHtml(text),
        text,
        replyId: reply.id,
        subject: reply.draft.subject,
        quoteOriginal: reply.draft.quote_original,
      });
      if (state.item !== item) return;
      send({ type: "inserted", undoable });
    } catch {
      send({ type: "notice", key: "problem.insert" });
      return;
    }
    api.recordOutcome(reply.id, "inserted", text).catch(() => {});
  }

  async function opened(item) {
    running?.abort();
    running = null;
    send({ type: "itemChanged", item });
    if (!item) return;
    if (item.mailbox !== mailbox || state.access !== "yes") await loadPane(item);
    if (state.item !== item || state.access !== "yes") return;
    const value = await api.getThreadState(item.threadId).catch(() => null);
    if (value && state.item === item) send({ type: "threadState", value });
  }

  // What the pane must know of the pharmacy whose mailbox this is. Without it the first draft tells what is wrong.
  async function loadPane(item) {
    mailbox = item?.mailbox ?? "";
    const wanted = mailbox;
    try {
      const pane = await api.getPane(wanted);
      if (wanted === mailbox) send({ type: "paneLoaded", pane, tone: localStorage.getItem(toneKey(pane)) });
    } catch (error) {
      if (error.status === 401 || error.status === 403) send({ type: "accessRefused", status: error.status });
      else if (wanted === mailbox) send({ type: "paneLoaded", pane: {}, tone: null });
    }
  }

  async function start() {
    if (!(await host.getItem())) await loadPane(null);
    const item = await host.getItem(); // a mail may have been opened meanwhile
    if (item && (item !== state.item || state.access !== "yes")) await opened(item);
  }

  // Enter inserts and Escape cancels, unless the key belongs to what has the focus.
  document.addEventListener("keydown", (event) => {
    const own = event.target.closest?.("button, a, input, select, textarea, summary, form");
    if (event.key === "Escape") {
      if (state.phase === "working") act.cancel();
      else if (state.askReason) send({ type: "reasonAsked", open: false });
      else if (state.confirming) send({ type: "confirming", patientId: "" });
      else if (state.phase === "ready" && !state.inserted && draftOpen(state)) act.discard();
    }
    if (event.key !== "Enter" || event.defaultPrevented) return;
    if (performance.now() - readyAt < SETTLE_MS || event.repeat) {
      if (own?.matches('[data-focus="main"]')) event.preventDefault();
      return;
    }
    if (!own) {
      if (state.phase === "idle" && state.access === "yes") act.draft();
      else insert();
    }
  });

  host.onItemChanged(opened);
  host.onComposeClosed?.(({ sent }) => state.inserted && send({ type: sent ? "sent" : "undone" }));
  host.onSettingsChanged((settings) => send({ type: "settings", ...settings }));
  await start();
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    const ok = document.execCommand("copy");
    area.remove();
    return ok;
  }
}

begin();
