// The playground's half of hosts/sandbox.js: it is the mail client that the pane talks to.

const MARK = "balie/1";

// `answer` maps "insert", "undo" and "compose" to functions; `onReply(id)` hears of each reply
// drawn up, `onDrag()` of a file that is dragged over the pane.
export function createHost(frame, { current, answer, onReply, onDrag }) {
  const post = (message) => frame.contentWindow?.postMessage({ mark: MARK, ...message }, location.origin);

  window.addEventListener("message", async (event) => {
    if (event.origin !== location.origin || event.source !== frame.contentWindow || event.data?.mark !== MARK) return;
    const { type, id } = event.data;
    if (type === "hello") return post({ type: "welcome", ...current() });
    if (type === "drag") return onDrag();
    if (type === "reply") return onReply(event.data.replyId);
    if (!(type in answer)) return;
    try {
      post({ type: "answer", id, ok: true, value: await answer[type](event.data) });
    } catch {
      post({ type: "answer", id, ok: false });
    }
  });

  return {
    tellItem: () => post({ type: "item", item: current().item }),
    tellClosed: (sent) => post({ type: "closed", sent }),
    tellSettings: () => post({ type: "settings", locale: current().locale, theme: current().theme }),
  };
}
