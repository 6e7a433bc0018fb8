// The playground: a calm mail client around the real pane, with a demo inbox and nothing that is ever sent.

import { createApi, toProblem } from "/addin/api.js";
import { button, h, mount } from "/addin/view/dom.js";
import { composeWindow } from "./compose.js";
import { createHost } from "./host.js";
import { folderList, mailList, reading } from "./mail.js";
import { watchDrops } from "./drop.js";
import { buildFrame } from "./frame.js";
import { translate } from "./strings.js";
import { whatHappened } from "./what.js";

const api = createApi();
const remembered = (key, fallback) => localStorage.getItem(`balie.playground.${key}`) ?? fallback;
const remember = (key, value) => localStorage.setItem(`balie.playground.${key}`, value);
const prefersDark = matchMedia("(prefers-color-scheme: dark)").matches;

let state = {
  locale: remembered("locale", navigator.language.startsWith("en") ? "en" : "nl"),
  theme: remembered("theme", prefersDark ? "dark" : "light"),
  threads: [],
  sent: [],
  pharmacies: new Map(), // id → {name, mailbox}
  folders: [],
  folder: "",
  shown: [],
  open: "",
  thread: null,
  compose: null, // {replyId, text, to}
  reply: null,
  toast: "",
  failed: false,
};

const t = (key, values) => translate(state.locale, key, values);
const act = { openFolder, openMail, setLocale, setTheme, chooseFile, load };
const frame = buildFrame(document.getElementById("playground"), act);
const compose = composeWindow(frame.compose, { t, onSend: sendDemo, onDiscard: () => closeCompose() });
const tools = () => ({ t, act, locale: state.locale });

const update = mount(frame.root, [
  { name: "folders", place: frame.folders, select: (s) => [s.folders, s.folder, s.locale], render: (s) => folderList(s, tools()) },
  { name: "list", place: frame.list, select: (s) => [s.shown, s.open, s.locale], render: (s) => mailList(s, tools()) },
  { name: "reading", place: frame.reading, select: (s) => [s.thread, s.locale], render: (s) => reading(s, tools()) },
  { name: "what", place: frame.what, select: (s) => [s.reply, s.locale], render: (s) => whatHappened(s.reply, tools()) },
  { name: "failed", place: frame.list, select: (s) => [s.failed, s.locale], render: failure },
]);

function set(change) {
  state = { ...state, ...change };
  frame.label(state, t);
  compose.label();
  update(state);
}

function failure(s) {
  return s.failed && h("div", { class: "empty", role: "alert" }, h("p", {}, t("loadFailed")), button(t("retry"), { kind: "secondary", onclick: () => load() }));
}

const pharmacyName = (id) => state.pharmacies.get(id)?.name ?? id;

// The open mail, as the pane's host tells it.
const item = () => {
  const mail = state.threads.find((one) => one.id === state.open);
  const last = state.thread?.messages.at(-1);
  if (!mail || !last || state.thread.id !== state.open) return null;
  return {
    provider: "sandbox",
    mailbox: state.thread.mailbox || (state.pharmacies.get(mail.pharmacy_id)?.mailbox ?? ""),
    threadId: mail.id,
    messageId: "",
    subject: mail.subject,
    sentAt: last.sent_at,
  };
};

const drops = watchDrops(frame.drop, chooseFile);
const host = createHost(frame.pane, {
  current: () => ({ item: item(), locale: state.locale, theme: state.theme }),
  answer: {
    insert: ({ text, replyId, subject, quoteOriginal }) => {
      const last = state.thread.messages.at(-1);
      set({ compose: { replyId, text } });
      compose.open(text, last.from, {
        subject: subject || `Re: ${state.thread.subject.replace(/^(re:\s*)+/i, "")}`,
        original: quoteOriginal ? (last.text ?? "") : null,
      });
      return { undoable: true };
    },
    undo: () => {
      closeCompose();
      toast("undone");
      return null;
    },
    compose: () => ({ open: Boolean(state.compose), text: compose.text() }),
  },
  onDrag: drops.show,
  onReply: async (id) => set({ reply: await api.getReply(id).catch(() => null) }),
});

function toast(key) {
  set({ toast: key });
  frame.toast.textContent = t(key);
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (frame.toast.textContent = ""), 6000);
}

// One mailbox a pharmacy, each with its inbox and its demo "sent".
function arrange(threads, sent) {
  const ids = [...new Set(threads.map((mail) => mail.pharmacy_id))];
  return ids.map((id) => ({
    name: pharmacyName(id),
    folders: ["inbox", "sent"].map((kind) => ({
      id: `${id}/${kind}`,
      kind,
      count: kind === "inbox" ? threads.filter((mail) => mail.pharmacy_id === id && mail.unread).length : sent.filter((mail) => mail.pharmacy_id === id).length,
    })),
  }));
}

function inFolder(folder, threads, sent) {
  const cut = folder.lastIndexOf("/");
  const list = folder.slice(cut + 1) === "sent" ? sent : threads;
  return list.filter((mail) => mail.pharmacy_id === folder.slice(0, cut));
}

function show(change) {
  const threads = change.threads ?? state.threads;
  const sent = change.sent ?? state.sent;
  const folders = arrange(threads, sent);
  const folder = change.folder ?? (state.folder || folders[0]?.folders[0].id || "");
  set({ ...change, folders, folder, shown: inFolder(folder, threads, sent) });
}

async function getJson(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) throw toProblem(await response.json().catch(() => ({})), response);
  return response.json();
}

async function load() {
  try {
    const { threads } = await getJson("/api/sandbox/threads");
    threads.sort((a, b) => String(b.sent_at).localeCompare(String(a.sent_at)));
    const read = new Set(state.threads.filter((mail) => !mail.unread).map((mail) => mail.id));
    show({ threads: threads.map((mail) => ({ ...mail, unread: mail.unread && !read.has(mail.id) })), failed: false });
  } catch {
    set({ failed: true });
  }
}

function openFolder(folder) {
  closeCompose();
  show({ folder, open: "", thread: null, reply: null });
  host.tellItem();
}

async function openMail(id) {
  if (id === state.open) return;
  closeCompose();
  const own = state.sent.find((mail) => mail.id === id);
  show({
    open: id,
    thread: own?.thread ?? null,
    reply: null,
    threads: state.threads.map((mail) => (mail.id === id ? { ...mail, unread: false } : mail)),
  });
  host.tellItem();
  if (own) return;
  const thread = await getJson(`/api/sandbox/threads/${encodeURIComponent(id)}`).catch(() => null);
  if (state.open !== id) return;
  set({ thread });
  host.tellItem();
}

function closeCompose({ sent = false } = {}) {
  compose.close();
  if (!state.compose) return;
  set({ compose: null });
  host.tellClosed(sent);
}

async function sendDemo(text) {
  const { replyId, text: original } = state.compose;
  const mail = state.threads.find((one) => one.id === state.open);
  // The pane told that the draft was inserted; what is new at sending is that staff changed it.
  if (text !== original) await api.recordOutcome(replyId, "edited", text).catch(() => null);
  const pharmacy = { name: pharmacyName(mail.pharmacy_id), address: "" };
  const message = { id: `sent-${replyId}`, from: pharmacy, to: [mail.from], sent_at: new Date().toISOString(), text, html: "", outgoing: true };
  const copy = { ...mail, ...message, snippet: text.slice(0, 80), subject: mail.subject, unread: false, thread: { id: message.id, subject: mail.subject, messages: [message] } };
  closeCompose({ sent: true });
  show({ sent: [copy, ...state.sent] });
  toast("sentToast");
}

function setLocale(locale) {
  remember("locale", locale);
  set({ locale });
  host.tellSettings();
}

function setTheme(theme) {
  remember("theme", theme);
  set({ theme });
  host.tellSettings();
}

async function chooseFile(file) {
  try {
    const made = await getJson("/api/threads", { method: "POST", headers: { "Content-Type": "message/rfc822" }, body: file });
    await load();
    const mail = state.threads.find((one) => one.id === made.thread_id);
    if (mail) show({ folder: `${mail.pharmacy_id}/inbox` });
    await openMail(made.thread_id);
    toast("dropDone");
  } catch {
    toast("dropFailed");
  }
}

// j and k, or the arrows in the list, walk the mails; typing is left alone.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const inList = Boolean(event.target.closest('[role="listbox"]'));
  const by = { j: 1, k: -1, ...(inList && { ArrowDown: 1, ArrowUp: -1 }) }[event.key];
  if (inList && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    openMail(event.target.id.slice("mail-".length));
  }
  if (!by || !state.shown.length) return;
  event.preventDefault();
  const at = state.shown.findIndex((mail) => mail.id === state.open);
  const next = state.shown[Math.max(0, Math.min(state.shown.length - 1, at + by))];
  openMail(next.id);
  document.getElementById(`mail-${next.id}`)?.focus();
});

set({});
try {
  const pane = await api.getPane();
  for (const one of pane.pharmacies) state.pharmacies.set(one.id, { name: one.name, mailbox: one.mailboxes[0] ?? "" });
} catch {
  set({ failed: true });
}
await load();
if (state.shown.length) openMail(state.shown[0].id);
