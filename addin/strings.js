// Every word that the pane shows, looked up by language. Both languages have the same keys; a test compares them.
// Keys that begin with a code ("trigger.", "check.", "evidence.") are what the server says; unknown codes have a fallback.

import { en } from "./strings/en.js";
import { nl } from "./strings/nl.js";

export const STRINGS = { nl, en };

// The words for `key` in `locale`, with {names} filled. `fallback` is another key, for codes this version does not know.
export function translate(locale, key, values = {}, fallback = "") {
  const words = STRINGS[locale === "nl" ? "nl" : "en"];
  const text = words[key] ?? words[fallback] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// Date and time as this locale writes them.
export function formatTime(locale, value) {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return "";
  return new Intl.DateTimeFormat(locale === "nl" ? "nl-NL" : "en-GB", { hour: "2-digit", minute: "2-digit" }).format(at);
}

export function formatBirthDate(locale, iso) {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso ?? "");
  if (!match) return "";
  return locale === "nl" ? `${match[3]}-${match[2]}-${match[1]}` : `${match[3]}/${match[2]}/${match[1]}`;
}
