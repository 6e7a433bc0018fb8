// Who the mail is about, and how we know: the first thing read. Choosing and confirming happen here too.

import { face } from "../state.js";
import { formatBirthDate } from "../strings.js";
import { button, h, icon } from "./dom.js";

const FACTORS = ["birth_date", "order_number", "called_back"];

// "How did you check who this is?": three answers, one of them recorded.
function factorForm(patientId, { t, act }) {
  const name = "factor";
  return h(
    "form",
    {
      class: "card form",
      "aria-label": t("person.confirmTitle"),
      onsubmit: (event) => {
        event.preventDefault();
        const by = new FormData(event.currentTarget).get(name);
        if (by) act.choosePatient(patientId, by);
      },
    },
    h(
      "fieldset",
      {},
      h("legend", {}, t("person.confirmTitle")),
      FACTORS.map((factor, i) =>
        h(
          "label",
          { class: "choice" },
          h("input", { type: "radio", name, value: factor, required: true, "data-focus": `factor-${i}` }),
          h("span", {}, t(`person.by.${factor}`)),
        ),
      ),
    ),
    h(
      "div",
      { class: "row" },
      h("button", { type: "submit", class: "button primary" }, t("person.save")),
      button(t("person.close"), { onclick: () => act.send({ type: "confirming", patientId: "" }) }),
    ),
  );
}

const evidence = (patient, t) =>
  h(
    "ul",
    {},
    patient.evidence.map((item) => {
      const reason = t(`evidence.${item.code}`, {}, "evidence.other");
      return h("li", {}, item.detail ? `${reason}: ${item.detail}` : reason);
    }),
  );

// A head that disagrees with itself is told without a click.
const ALARMS = [
  "reply_to_differs",
  "reply_to_lookalike",
  "authentication_failed",
  "sent_by_other_domain",
  "name_holds_address",
  "name_poses_as_pharmacy",
  "name_is_other_patient",
  "lookalike_address",
  "lookalike_domain",
  "birth_date_differs",
  "signed_by_other",
];
const alarming = (patient) => patient.evidence.some((item) => ALARMS.includes(item.code));

// The rung in words; opened, it says how we know.
function rung(patient, { t }) {
  const words = [icon(patient.rung === "unknown" ? "unknown" : "done"), t(`person.${patient.rung}`)];
  if (!patient.evidence?.length) return h("span", { class: "rung" }, words);
  return h(
    "details",
    { class: "why" },
    h("summary", { "data-focus": "why", title: t("person.why") }, h("span", { class: "rung" }, words), h("span", { class: "sr-only" }, `. ${t("person.why")}`)),
    evidence(patient, t),
  );
}

function known(state, tools) {
  const { patient } = state;
  const { t, act } = tools;
  const contact = patient.contact;
  const writes = contact && t(contact.relation ? "person.contact" : "person.contactBare", contact);
  return h(
    "section",
    { class: `person ${patient.rung}`, "aria-label": t("person.label") },
    h(
      "div",
      { class: "person-line" },
      icon("person"),
      h("strong", { class: "name" }, patient.name),
      h("span", { class: "born" }, formatBirthDate(state.locale, patient.birth_date)),
    ),
    h(
      "div",
      { class: "person-line second" },
      rung(patient, tools),
      patient.rung === "address_known" &&
        state.phase === "ready" &&
        !state.confirming &&
        button(t("person.confirm"), {
          kind: "link",
          focus: "confirm",
          onclick: () => act.send({ type: "confirming", patientId: "self" }),
        }),
      patient.rung === "confirmed" &&
        state.choice &&
        state.phase === "ready" &&
        button(t("person.change"), { kind: "link", focus: "change", onclick: () => act.unchoosePatient() }),
    ),
    writes && h("p", { class: "contact" }, writes),
    state.confirming === "self" && factorForm("", tools),
  );
}

function candidates(state, tools) {
  const { t, act, locale } = tools;
  const list = state.patient.candidates;
  return h(
    "div",
    { class: "candidates" },
    h("p", {}, t(list.length > 1 ? "person.chooseLead" : "person.chooseOne")),
    h(
      "ul",
      { "aria-label": t("person.choose") },
      list.map((one) =>
        h(
          "li",
          {},
          button(`${one.name} · ${formatBirthDate(locale, one.birth_date)}`, {
            kind: "option",
            focus: `pick-${one.patient_id}`,
            "aria-expanded": String(state.confirming === one.patient_id),
            onclick: () => act.send({ type: "confirming", patientId: one.patient_id }),
          }),
          state.confirming === one.patient_id && factorForm(one.patient_id, tools),
        ),
      ),
      h("li", {}, button(t("person.none"), { kind: "option", focus: "pick-none", onclick: () => act.send({ type: "declined" }) })),
    ),
  );
}

// Whom the sender might be, for a person to choose from; shown inside the warning that the sender is unknown.
export function choice(state, tools) {
  if (state.phase !== "ready" || !state.patient?.candidates?.length) return null;
  return state.declined ? h("p", {}, tools.t("person.noneChosen")) : candidates(state, tools);
}

// How we know (or why not), for the same warning.
export function why(patient, { t }) {
  if (!patient?.evidence?.length) return null;
  return h(
    "details",
    { class: "why", open: alarming(patient) },
    h("summary", { "data-focus": "why" }, t("person.why")),
    evidence(patient, t),
  );
}

function unknown(state, tools) {
  const { t } = tools;
  if (["verify", "degraded"].includes(face(state))) return null;
  return h("section", { class: "person unknown", "aria-label": t("person.label") }, rung(state.patient, tools), choice(state, tools));
}

export function person(state, tools) {
  if (!state.patient) return null;
  return state.patient.rung === "unknown" ? unknown(state, tools) : known(state, tools);
}
