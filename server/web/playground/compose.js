// The compose window below the mail: the draft in it, editable, and a send that only pretends.

import { button, h } from "/addin/view/dom.js";

export function composeWindow(place, { t, onSend, onDiscard }) {
  const title = h("h2", {});
  const to = h("p", { class: "compose-to" });
  const about = h("p", { class: "compose-to", id: "compose-subject" });
  const area = h("textarea", { id: "compose-text", rows: 8 });
  const send = button("", { kind: "primary", onclick: () => onSend(area.value) });
  const discard = button("", { onclick: () => onDiscard() });
  const original = h("blockquote", { class: "compose-original", id: "compose-original" });
  const apart = h("p", { class: "compose-to", id: "compose-apart" });
  let recipient = null;
  let mail = { subject: "", original: null };

  place.append(title, to, about, area, original, apart, h("div", { class: "row" }, send, discard));
  place.hidden = true;

  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", grow);

  function label() {
    title.textContent = t("compose");
    to.textContent = recipient ? t("composeTo", { name: recipient.name ? `${recipient.name} <${recipient.address}>` : recipient.address }) : "";
    about.textContent = t("composeSubject", { subject: mail.subject || t("noSubject") });
    original.textContent = mail.original ?? "";
    original.hidden = !mail.original;
    original.setAttribute("aria-label", t("composeOriginal"));
    apart.textContent = mail.original === null ? t("composeApart") : "";
    apart.hidden = mail.original !== null;
    area.setAttribute("aria-label", t("composeText"));
    send.lastChild.textContent = t("send");
    discard.lastChild.textContent = t("throwAway");
  }

  return {
    label,
    // `answered`: the subject line, and the text of the mail that is answered (null: it does not go along).
    open(text, person, answered) {
      recipient = person;
      mail = answered;
      place.hidden = false;
      area.value = text;
      label();
      grow();
      place.scrollIntoView({ block: "nearest" });
      area.focus({ preventScroll: true });
      area.setSelectionRange(text.length, text.length);
    },
    close() {
      place.hidden = true;
      area.value = "";
    },
    text: () => area.value,
  };
}
