// The pane's host in the playground: the mail client is the parent window, spoken to by messages of the same origin.
//
// A host (this one, later Outlook) is an object with
//   name                              "sandbox", "outlook"
//   locale, theme                     "nl" | "en"; "light" | "dark" | "contrast"
//   getItem()                         → the open mail {provider, mailbox, threadId, messageId, subject}, or null
//   onItemChanged(callback)           called with the new item (or null) when another mail is opened
//   onSettingsChanged(callback)       called with {locale, theme}
//   insertDraft({html, text, replyId, subject, quoteOriginal}) → {undoable}: puts the draft in the compose window; a
//                                     subject that is not "" replaces the reply's, and the original is quoted only if so told
//   undoInsert()                      takes it out again (only where undoable)
//   onComposeClosed(callback)         called with {sent} when the compose window that held our draft is gone; optional
//   getComposeState()                 → {open, text}
//   getToken()                        → a sign-in token for our server, or ""
//   tellReply(replyId)                a reply was drawn up (a host may show its path); optional

const MARK = "balie/1";
const PATIENCE_MS = 5000;

export async function connect() {
  const parent = window.parent;
  const waiting = new Map();
  const listeners = { item: [], settings: [], closed: [] };
  const host = { name: "sandbox", locale: "nl", theme: "light", item: null };
  let asked = 0;
  let welcomed;
  const welcome = new Promise((resolve) => (welcomed = resolve));

  const post = (message) => parent.postMessage({ mark: MARK, ...message }, location.origin);

  function ask(type, payload = {}) {
    const id = ++asked;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new Error("host-silent"));
      }, PATIENCE_MS);
      waiting.set(id, ({ ok, value }) => {
        clearTimeout(timer);
        if (ok) resolve(value);
        else reject(new Error("host-refused"));
      });
      post({ type, id, ...payload });
    });
  }

  const incoming = {
    welcome: ({ item, locale, theme }) => {
      Object.assign(host, { item, locale, theme });
      welcomed();
      listeners.settings.forEach((callback) => callback({ locale, theme })); // a welcome that came late
      listeners.item.forEach((callback) => callback(item));
    },
    item: ({ item }) => {
      host.item = item;
      listeners.item.forEach((callback) => callback(item));
    },
    settings: ({ locale, theme }) => {
      Object.assign(host, { locale, theme });
      listeners.settings.forEach((callback) => callback({ locale, theme }));
    },
    closed: ({ sent }) => listeners.closed.forEach((callback) => callback({ sent })),
    answer: ({ id, ok, value }) => {
      waiting.get(id)?.({ ok, value });
      waiting.delete(id);
    },
  };

  window.addEventListener("message", (event) => {
    if (event.origin !== location.origin || event.source !== parent || event.data?.mark !== MARK) return;
    incoming[event.data.type]?.(event.data);
  });

  document.addEventListener("dragenter", (event) => event.dataTransfer?.types.includes("Files") && post({ type: "drag" }));
  post({ type: "hello" });
  await Promise.race([welcome, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);

  return Object.assign(host, {
    getItem: async () => host.item,
    onItemChanged: (callback) => listeners.item.push(callback),
    onSettingsChanged: (callback) => listeners.settings.push(callback),
    onComposeClosed: (callback) => listeners.closed.push(callback),
    insertDraft: (draft) => ask("insert", draft),
    undoInsert: () => ask("undo"),
    getComposeState: () => ask("compose"),
    getToken: async () => "",
    tellReply: (replyId) => post({ type: "reply", replyId }),
  });
}
