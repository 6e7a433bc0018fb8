// Building DOM by hand: text only ever enters as text, and a section is rebuilt only when what it shows has changed.

// h("button", {class: "quiet", onclick: f, "aria-label": "…"}, "text", node, …); null and false children are left out.
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";
// Our own drawings, 16 × 16, one path each; always beside words, so hidden from screen readers.
const ICONS = {
  check: "M3 8.5 6.5 12 13 4.5",
  warning: "M8 2 1.6 13.4h12.8L8 2ZM8 6.4v3.2M8 11.6v.1",
  phone: "M4.3 2.2 6 5.4 4.7 6.8a8 8 0 0 0 4.5 4.5l1.4-1.3 3.2 1.7c0 1.7-1.3 2.4-2.3 2.3C6.3 13.5 2.5 9.7 2 4.5c0-1 .6-2.3 2.3-2.3Z",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.3v3.6M8 5v.1",
  person: "M8 8.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.8 14c.5-2.5 2.6-4 5.2-4s4.7 1.5 5.2 4",
  unknown: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.3 6.3c.1-2.1 3.4-2.1 3.4 0 0 1.3-1.7 1.3-1.7 2.6M8 11.3v.1",
  clip: "m13 7.5-5 5a3.2 3.2 0 0 1-4.5-4.5l5.2-5.2a2.1 2.1 0 0 1 3 3L6.5 11a1 1 0 0 1-1.4-1.4l4.7-4.7",
  plus: "M8 3v10M3 8h10",
  undo: "M3 6.5h6.5a3.3 3.3 0 0 1 0 6.6H6M3 6.5 5.8 3.7M3 6.5l2.8 2.8",
  offline: "M2 2l12 12M5 9.6a4.3 4.3 0 0 1 2.3-1.2M10.3 9c.3.2.5.4.7.6M2.5 6.9A8 8 0 0 1 4.7 5.5M7.2 4.6a8 8 0 0 1 6.3 2.3M8 12.6v.1",
  done: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.3 8.2l2 2 3.5-4",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", width: 16, height: 16, class: "icon", "aria-hidden": "true" })) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

const same = (a, b) => a.length === b.length && a.every((value, i) => Object.is(value, b[i]));

// Sections: {select(state) → what it depends on, render(state) → node or null}. Focus survives a rebuild by data-focus.
export function mount(root, sections) {
  const held = sections.map((section) => {
    const slot = h("div", { class: "slot", "data-slot": section.name });
    (section.place ?? root).append(slot);
    return { section, slot, seen: null };
  });
  return function update(state) {
    for (const part of held) {
      const now = part.section.select(state);
      if (part.seen && same(part.seen, now)) continue;
      part.seen = now;
      const focused = part.slot.contains(document.activeElement) ? document.activeElement.dataset.focus : "";
      const node = part.section.render(state);
      part.slot.replaceChildren(...(node ? [node].flat(Infinity).filter(Boolean) : []));
      part.slot.hidden = !part.slot.firstChild;
      if (focused) part.slot.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
    }
  };
}

// A button with the words as its name; `focus` names it for keeping focus over a rebuild.
export function button(label, { kind = "quiet", focus = "", pic = "", onclick, ...rest } = {}) {
  return h("button", { type: "button", class: `button ${kind}`, "data-focus": focus || null, onclick, ...rest }, pic && icon(pic), h("span", {}, label));
}
