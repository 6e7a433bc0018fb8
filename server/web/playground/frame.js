// The fixed parts of the playground's page: banner, columns, the pane's frame with its movable edge.

import { button, h, icon } from "/addin/view/dom.js";

const MIN = 320;
const MAX = 450;

function select(id, onchange) {
  const label = h("label", { class: "sr-only", for: id });
  const menu = h("select", { id, onchange: (event) => onchange(event.target.value) });
  return { label, menu, box: h("span", { class: "setting" }, label, menu) };
}

function options(menu, value, choices) {
  menu.replaceChildren(...choices.map(([key, words]) => h("option", { value: key, selected: key === value }, words)));
}

// The edge between mail and pane: drag it, or use the arrow keys.
function movableEdge(root) {
  const edge = h("div", { class: "edge", role: "separator", tabindex: "0", "aria-orientation": "vertical", "aria-valuemin": MIN, "aria-valuemax": MAX });
  let width = Number(localStorage.getItem("balie.playground.width")) || 360;
  const apply = (value) => {
    width = Math.max(MIN, Math.min(MAX, Math.round(value)));
    root.style.setProperty("--pane-width", `${width}px`);
    edge.setAttribute("aria-valuenow", width);
    localStorage.setItem("balie.playground.width", width);
  };
  edge.addEventListener("pointerdown", (event) => {
    edge.setPointerCapture(event.pointerId);
    root.classList.add("resizing");
  });
  edge.addEventListener("pointermove", (event) => edge.hasPointerCapture(event.pointerId) && apply(root.getBoundingClientRect().right - event.clientX));
  edge.addEventListener("lostpointercapture", () => root.classList.remove("resizing"));
  edge.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: 10, ArrowRight: -10 }[event.key];
    if (by) apply(width + by);
  });
  apply(width);
  return edge;
}

export function buildFrame(root, act) {
  const language = select("language", act.setLocale);
  const theme = select("theme", act.setTheme);
  const banner = h("p", { class: "banner" });
  const brand = h("strong", {});
  const hint = h("p", { class: "hint" });
  const file = h("input", { type: "file", accept: ".eml,message/rfc822", class: "sr-only", tabindex: "-1", "aria-hidden": "true", onchange: (event) => event.target.files[0] && act.chooseFile(event.target.files[0]) });
  const choose = button("", { kind: "secondary", onclick: () => file.click() });
  const folderSlot = h("div", {});
  const folders = h("nav", { class: "folders" }, folderSlot, h("div", { class: "own" }, hint, choose, file));
  const list = h("section", { class: "list" });
  const mail = h("div", { class: "mail-view" });
  const compose = h("section", { class: "compose", "aria-labelledby": "compose-title" });
  const whatTitle = h("summary", {});
  const whatBody = h("div", { class: "what-body" });
  const main = h("main", { class: "reading" }, mail, compose, h("details", { class: "what" }, whatTitle, whatBody));
  const edge = movableEdge(root);
  const paneTitle = h("h2", {}, icon("check"), h("span", {}));
  const pane = h("iframe", { id: "pane-frame", src: "/addin/taskpane.html?host=sandbox", allow: "clipboard-write" });
  const aside = h("aside", { class: "pane" }, edge, h("div", { class: "pane-bar" }, paneTitle), pane);
  const toast = h("div", { class: "toast", role: "status", "aria-live": "polite" });
  const drop = h("div", { class: "drop", hidden: true }, h("p", {}));

  paneTitle.firstChild.replaceWith(h("img", { src: "/addin/assets/balie.svg", alt: "", width: 18, height: 18 }));
  root.append(
    h("header", { class: "top" }, h("img", { src: "/addin/assets/balie.svg", alt: "", width: 22, height: 22 }), brand, banner, h("span", { class: "settings" }, language.box, theme.box)),
    h("div", { class: "columns" }, folders, list, main, aside),
    toast,
    drop,
  );

  // Words that are not rebuilt by a section.
  function label(state, t) {
    document.documentElement.lang = state.locale;
    document.documentElement.dataset.theme = state.theme;
    document.title = t("title");
    banner.textContent = t("banner");
    brand.textContent = t("brand");
    hint.textContent = t("dropHint");
    choose.lastChild.textContent = t("choose");
    whatTitle.textContent = t("what");
    paneTitle.lastChild.textContent = t("paneTitle");
    drop.firstChild.textContent = t("dropHere");
    folders.setAttribute("aria-label", t("folders"));
    list.setAttribute("aria-label", t("list"));
    aside.setAttribute("aria-label", t("paneTitle"));
    pane.title = t("paneFrame");
    edge.setAttribute("aria-label", t("paneWidth"));
    compose.removeAttribute("aria-labelledby");
    compose.setAttribute("aria-label", t("compose"));
    language.label.textContent = t("language");
    theme.label.textContent = t("theme");
    options(language.menu, state.locale, ["nl", "en"].map((code) => [code, t(`language.${code}`)]));
    options(theme.menu, state.theme, ["light", "dark"].map((code) => [code, t(`theme.${code}`)]));
  }

  return { root, folders: folderSlot, list, reading: mail, compose, what: whatBody, pane, toast, drop, label };
}
