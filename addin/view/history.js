// What the record holds of a patient's medicines, for the pharmacist who must decide. Closed until asked for; never part of a letter.

import { formatBirthDate as formatDay } from "../strings.js";
import { h, icon } from "./dom.js";

const labels = (history, ids) =>
  ids.map((id) => [...history.lines, ...history.stopped].find((line) => line.id === id)?.medication ?? id).join(", ");

function left(line, t) {
  if (line.days_left === null) return t("history.leftUnknown");
  const words = t(line.days_left === 1 ? "history.leftDay" : "history.left", { days: line.days_left });
  return line.supply_from === "directions" ? `${words} (${t("history.computed")})` : words;
}

function fill(one, { t, locale }) {
  const parts = [formatDay(locale, one.on)];
  if (one.quantity !== null) parts.push(t("history.pieces", { count: one.quantity }));
  if (one.days_supply !== null) parts.push(t("history.days", { days: one.days_supply }));
  return parts.join(" · ");
}

// What the rules say: each thing that holds a repeat back, in words.
function rules(line, { t, locale }) {
  const { needs, earliest_on: earliest, status } = line.refill;
  if (status === "eligible") return t("history.need.none");
  return needs
    .map((need) => t(need === "wait" && !earliest ? "history.need.waiting" : `history.need.${need}`, { day: formatDay(locale, earliest) }, "history.need.colleague"))
    .join(" · ");
}

// Why a line stands out, quiet words beside its name.
function marks(line, t) {
  const words = [];
  if (line.controlled) words.push(line.law ? t("history.law", { list: line.law }) : t("history.controlled"));
  if (line.sensitive && !line.controlled) words.push(t("history.sensitive"));
  return words.map((text) => h("span", { class: "mark" }, text));
}

function authorization(line, { t, locale }) {
  const until = line.authorization_until ? t("history.until", { day: formatDay(locale, line.authorization_until) }) : "";
  return [t(`history.authorization.${line.prior_authorization}`, {}, "history.authorization.unknown"), until].filter(Boolean).join(" ");
}

function asked(line, tools) {
  const { t } = tools;
  const rows = [
    [t("history.directions"), line.dosage_text ?? t("history.none")],
    [t("history.supply"), left(line, t)],
    [t("history.fills"), line.fills.length ? h("ul", {}, line.fills.map((one) => h("li", {}, fill(one, tools)))) : t("history.none")],
    [t("history.repeats"), line.repeats_left ?? t("history.none")],
    [t("history.rules"), rules(line, tools)],
    line.prior_authorization !== "not_required" && [t("history.authorization"), authorization(line, tools)],
    [t("history.prescriber"), line.prescriber ?? t("history.none")],
    [t("history.source"), t("history.prescription", { id: line.id })],
  ].filter(Boolean);
  return h(
    "li",
    { class: "line asked" },
    h("p", {}, h("strong", {}, line.medication), marks(line, t)),
    h("dl", {}, rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
  );
}

function other(line, tools) {
  const { t } = tools;
  const said = [line.dosage_text, left(line, t), t("history.prescription", { id: line.id })].filter(Boolean).join(" · ");
  return h("li", { class: "line" }, h("p", {}, line.medication, marks(line, t)), h("p", { class: "help" }, said));
}

// One sentence for each sign: what it is, the mail's own words, which medicines.
function flags(history, { t }) {
  const signs = history.red_flags.map((flag) => {
    const quotes = flag.quotes.map((words) => `“${words}”`).join(" ");
    const names = flag.subject_ids.length ? labels(history, flag.subject_ids) : "";
    return [t(`flag.${flag.code}`, {}, "flag.other"), quotes || names].filter(Boolean).join(": ");
  });
  const twice = history.duplicates.map((ids) => `${t("flag.duplicate")}: ${labels(history, ids)}`);
  return [...signs, ...twice];
}

const block = (title, ...content) => h("section", {}, h("h3", {}, title), ...content);

// The panel under the reason of an escalated mail; nothing for any other.
export function history(state, tools) {
  const { t } = tools;
  const shown = state.phase === "ready" ? state.reply?.history : null;
  if (!shown) return null;
  const signs = flags(shown, tools);
  const [about, rest] = [shown.lines.filter((line) => line.asked), shown.lines.filter((line) => !line.asked)];
  return h(
    "details",
    { class: "history" },
    h("summary", { "data-focus": "history" }, h("span", {}, t("history.title")), signs.length > 0 && h("span", { class: "mark" }, t(signs.length === 1 ? "history.sign" : "history.signs", { count: signs.length }))),
    signs.length > 0 && block(t("history.look"), h("ul", { class: "signs" }, signs.map((words) => h("li", {}, icon("warning"), h("span", {}, words))))),
    about.length > 0 && block(t("history.asked"), h("ul", {}, about.map((line) => asked(line, tools)))),
    rest.length > 0 && block(t("history.inUse"), h("ul", {}, rest.map((line) => other(line, tools)))),
    block(t("history.allergies"), h("p", {}, shown.allergies.length ? shown.allergies.join(", ") : t("history.none"))),
    shown.stopped.length > 0 && block(t("history.stopped"), h("p", {}, shown.stopped.map((line) => line.medication).join(", "))),
    h("p", { class: "help" }, t("history.asOf", { day: formatDay(tools.locale, shown.as_of) })),
  );
}
