// The pane's one way to the server: JSON calls, and a reply that arrives as a stream of events over fetch.

const TOKEN_HEADER = "Authorization";

// What went wrong, as the pane tells it. `slug` is the last word of the problem's type.
export class ApiProblem extends Error {
  constructor({ status = 0, slug = "network", detail = "", requestId = "", retryable = true } = {}) {
    super(slug);
    Object.assign(this, { status, slug, detail, requestId, retryable });
  }
}

// A name for one click, so that a double click gives one reply.
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const slugOf = (type) => String(type ?? "").split(/[/:#]/).filter(Boolean).pop() ?? "other";

export const toProblem = (body, response) =>
  new ApiProblem({
    status: body.status ?? response?.status ?? 0,
    slug: slugOf(body.type) || "other",
    detail: body.detail ?? "",
    requestId: body.request_id ?? response?.headers.get("X-Request-Id") ?? "",
    retryable: body.retryable ?? true,
  });

async function refused(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    body = { type: "other" };
  }
  return toProblem(body, response);
}

// Server-sent events from a fetch body: yields {event, data}. Comment lines (": ping", sent while waiting) say nothing.
// A last event without its blank line is a cut stream.
export async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      held += value.replaceAll("\r", "");
      const blocks = held.split("\n\n");
      held = blocks.pop();
      for (const block of blocks) {
        const lines = block.split("\n");
        const field = (name) =>
          lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ""));
        const data = field("data").join("\n");
        if (data) yield { event: field("event")[0] ?? "message", data: JSON.parse(data) };
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

// `getToken` gives the host's sign-in token, or "" in the sandbox.
export function createApi({ base = "/api", getToken = async () => "", fetcher = (...args) => fetch(...args) } = {}) {
  async function send(path, { method = "GET", body, key, accept = "application/json", signal } = {}) {
    const headers = { Accept: accept };
    const token = await getToken();
    if (token) headers[TOKEN_HEADER] = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    let response;
    try {
      response = await fetcher(base + path, { method, headers, signal, body: body && JSON.stringify(body) });
    } catch (error) {
      throw error.name === "AbortError" ? error : new ApiProblem();
    }
    if (!response.ok) throw await refused(response);
    return response;
  }

  const json = async (path, options) => (await send(path, options)).json();
  const threadBody = (item) => ({
    provider: item.provider,
    mailbox: item.mailbox,
    thread_id: item.threadId,
    message_id: item.messageId ?? "",
  });

  // Who the mail is about, by a person's choice or second factor; nothing where nobody chose.
  const choiceBody = (choice) => ({
    ...(choice?.patientId && { patient_id: choice.patientId }),
    ...(choice?.confirmedBy && { confirmed_by: choice.confirmedBy }),
  });

  // Has a reply drawn up; calls `onEvent({type, ...})` for each event and returns the whole reply.
  async function streamed(path, body, { key, signal, onEvent }) {
    const response = await send(path, { method: "POST", body, key, signal, accept: "text/event-stream" });
    if (!response.headers.get("Content-Type")?.includes("text/event-stream")) return response.json();
    try {
      for await (const { event, data } of readEvents(response.body)) {
        if (event === "problem") throw toProblem(data, response);
        if (event === "done") return data.reply ?? data;
        onEvent({ ...data, type: event });
      }
    } catch (error) {
      if (error instanceof ApiProblem || error.name === "AbortError") throw error;
    }
    throw new ApiProblem({ requestId: response.headers.get("X-Request-Id") ?? "" });
  }

  const draftBody = (item, options) => ({
    thread: threadBody(item),
    tone: options.tone,
    language: options.language,
    staff_sentence: options.staffSentence,
    version: options.version,
  });

  const reply = (id) => `/replies/${encodeURIComponent(id)}`;
  return {
    getPane: (mailbox = "") => json(`/pane${mailbox ? `?mailbox=${encodeURIComponent(mailbox)}` : ""}`),
    getThreadState: (threadId) => json(`/threads/${encodeURIComponent(threadId)}/state`),
    draftReply: (item, options, choice, how) => streamed("/replies", { ...draftBody(item, options), ...choiceBody(choice) }, how),
    getReply: (id) => json(reply(id)),
    choosePatient: (id, choice, how) => streamed(`${reply(id)}/patient`, choiceBody(choice), how),
    escalate: (id, reason) => json(`${reply(id)}/escalation`, { method: "POST", body: { reason }, key: newKey() }),
    recordOutcome: (id, kind, finalText = null) =>
      json(`${reply(id)}/outcome`, { method: "POST", body: { kind, final_text: finalText }, key: newKey() }),
  };
}
