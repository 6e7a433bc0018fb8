// "Wat gebeurde er?": the path of the last reply, step by step, from GET /api/replies/<id>.

import { translate } from "/addin/strings.js";
import { h } from "/addin/view/dom.js";

const number = (value) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

function table(caption, columns, rows, t) {
  if (!rows.length) return h("div", {}, h("h3", {}, caption), h("p", { class: "none" }, t("whatNone")));
  return h(
    "div",
    { class: "table" },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, columns.map((key) => h("th", { scope: "col" }, t(`col.${key}`))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, String(cell ?? "")))))),
    ),
  );
}

const auditRow = (row) => (typeof row === "string" ? row : [row.at, row.type, row.outcome].filter((part) => part !== undefined).join(" · "));

// What a rule or check is called in the pane; its code where the pane has no name for it.
function called(code, locale) {
  const key = [`trigger.${code}`, `check.${code}`].find((one) => translate(locale, one) !== one);
  return key ? translate(locale, key) : code;
}

export function whatHappened(reply, { t, locale }) {
  if (!reply) return h("p", { class: "none" }, t("whatEmpty"));
  const steps = reply.steps ?? [];
  const used = new Set((reply.draft?.parts ?? []).flatMap((part) => part.sentences.flatMap((s) => s.pieces.flatMap((p) => p.facts ?? []))));
  const facts = Object.entries(reply.facts ?? {}).filter(([path]) => used.has(path));
  const findings = [...(reply.triage?.findings ?? []), ...(reply.findings ?? [])];
  const total = steps.reduce((sum, step) => sum + step.ms, 0);
  return [
    table(t("whatSteps"), ["step", "ms"], steps.map((one) => [t(`step.${one.step}`), number(one.ms)]), t),
    steps.length > 0 && h("p", { class: "none" }, t("whatTotal", { ms: number(total) })),
    table(t("whatFacts"), ["fact", "value", "source"], facts.map(([path, fact]) => [path, fact.value, fact.source]), t),
    table(t("whatFindings"), ["code", "part", "severity", "rule"], findings.map((f) => [called(f.code, locale), t(`part.${f.part}`), t(`severity.${f.severity}`), f.rule]), t),
    Boolean(reply.audit?.length) && h("div", {}, h("h3", {}, t("whatAudit")), h("ul", {}, reply.audit.map((row) => h("li", {}, auditRow(row))))),
  ];
}
