// The compose window below the mail: the draft in it, editable, and a send that only pretends.

import { button, h } from "/addin/view/dom.js";

export function composeWindow(place, { t, onSend, onDiscard }) {
  const title = h("h2", {});
  const to = h("p", { class: "compose-to" });
  const area = h("textarea", { id: "compose-text", rows: 8 });
  const send = button("", { kind: "primary", onclick: () => onSend(area.value) });
  const discard = button("", { onclick: () => onDiscard() });
  let recipient = null;

  place.append(title, to, area, h("div", { class: "row" }, send, discard));
  place.hidden = true;

  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", grow);

  function label() {
    title.textContent = t("compose");
    to.textContent = recipient ? t("composeTo", { name: recipient.name ? `${recipient.name} <${recipient.address}>` : recipient.address }) : "";
    area.setAttribute("aria-label", t("composeText"));
    send.lastChild.textContent = t("send");
    discard.lastChild.textContent = t("throwAway");
  }

  return {
    label,
    open(text, person) {
      recipient = person;
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
