// The reading side of the mail client: the list of mails, one conversation, and the folder column.

import { h, icon } from "/addin/view/dom.js";
import { formatFull, formatWhen } from "./strings.js";

const initials = (name) =>
  (name || "?")
    .split(/[\s.@]+/)
    .filter((word) => /^\p{L}/u.test(word))
    .map((word) => word[0].toUpperCase())
    .filter((_, i, all) => i === 0 || i === all.length - 1)
    .join("") || "?";

const avatar = (name) => h("span", { class: `avatar hue-${[...(name || "?")].reduce((sum, c) => sum + c.charCodeAt(0), 0) % 6}`, "aria-hidden": "true" }, initials(name));

export function folderList(state, { t, act }) {
  return state.folders.map((group) =>
    h(
      "div",
      { class: "mailbox" },
      h("h2", {}, group.name),
      h(
        "ul",
        {},
        group.folders.map((folder) =>
          h(
            "li",
            {},
            h(
              "button",
              {
                type: "button",
                class: "folder",
                "data-focus": `folder-${folder.id}`,
                "aria-current": state.folder === folder.id ? "true" : null,
                onclick: () => act.openFolder(folder.id),
              },
              h("span", {}, t(folder.kind)),
              folder.count > 0 && h("span", { class: "count" }, String(folder.count)),
            ),
          ),
        ),
      ),
    ),
  );
}

export function mailList(state, { t, act, locale }) {
  if (!state.shown.length) return h("p", { class: "empty" }, t("empty"));
  const open = state.shown.some((mail) => mail.id === state.open) ? state.open : state.shown[0].id;
  return h(
    "ul",
    { role: "listbox", "aria-label": t("list") },
    state.shown.map((mail) =>
      h(
        "li",
        {
          role: "option",
          id: `mail-${mail.id}`,
          class: mail.unread ? "mail unread" : "mail",
          tabindex: mail.id === open ? "0" : "-1",
          "data-focus": `mail-${mail.id}`,
          "aria-selected": String(mail.id === state.open),
          onclick: () => act.openMail(mail.id),
        },
        avatar(mail.from.name || mail.from.address),
        h(
          "span",
          { class: "mail-text" },
          h("span", { class: "mail-top" }, h("span", { class: "from" }, mail.from.name || mail.from.address), h("span", { class: "when" }, formatWhen(locale, mail.sent_at))),
          h("span", { class: "subject" }, mail.subject || t("noSubject")),
          h("span", { class: "snippet" }, mail.snippet),
        ),
      ),
    ),
  );
}

const FRAME_HEAD =
  '<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'self\' \'unsafe-inline\'; img-src data:">' +
  '<link rel="stylesheet" href="/playground/frame.css">';

// A stranger's HTML: no scripts, no forms, nothing fetched; only its height is read.
function htmlBody(message, { t }) {
  const frame = h("iframe", {
    class: "mail-frame",
    sandbox: "allow-same-origin",
    title: t("mailBody", { name: message.from.name || message.from.address }),
    srcdoc: `${FRAME_HEAD}<body>${message.html}`,
  });
  frame.addEventListener("load", () => {
    const page = frame.contentDocument?.documentElement;
    if (page) frame.style.height = `${Math.min(page.scrollHeight + 4, 1600)}px`;
  });
  return frame;
}

function message(one, isLast, tools) {
  const { t, locale } = tools;
  const name = one.from.name || one.from.address;
  const body = one.html ? htmlBody(one, tools) : h("div", { class: "mail-plain" }, one.text);
  const files = (one.attachments ?? []).map((file) => h("li", {}, icon("clip"), t("attachment", { name: file.name })));
  const head = [
    avatar(name),
    h(
      "span",
      { class: "message-who" },
      h("span", { class: "from" }, name),
      h("span", { class: "address" }, one.from.name ? one.from.address : ""),
    ),
    h("time", { class: "when", datetime: one.sent_at ?? null }, formatFull(locale, one.sent_at)),
  ];
  if (isLast) return h("article", { class: "message" }, h("header", {}, head), body, files.length > 0 && h("ul", { class: "files" }, files));
  return h("article", { class: "message older" }, h("details", {}, h("summary", {}, head), body));
}

export function reading(state, tools) {
  const { t } = tools;
  const thread = state.thread;
  if (!thread) return h("p", { class: "empty" }, t("noMail"));
  const last = thread.messages.length - 1;
  return [
    h("h1", { class: "thread-subject", tabindex: "-1" }, thread.subject || t("noSubject")),
    h("section", { "aria-label": t("messages") }, thread.messages.map((one, i) => message(one, i === last, tools))),
  ];
}
