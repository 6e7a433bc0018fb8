// The playground's words and moments, by language.

import { en } from "./strings/en.js";
import { nl } from "./strings/nl.js";

export const STRINGS = { nl, en };

export function translate(locale, key, values = {}) {
  const text = STRINGS[locale][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

// A mail without a date has none: Date would make 1970 of null.
const momentOf = (value) => new Date(value ?? Number.NaN);

// A mail's moment as a list shows it: the time today, "yesterday", else the day.
export function formatWhen(locale, value, now = new Date()) {
  const at = momentOf(value);
  if (Number.isNaN(at.getTime())) return "";
  const language = locale === "nl" ? "nl-NL" : "en-GB";
  const midnight = (day) => new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(at);
  if (days === 1) return translate(locale, "yesterday");
  return new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" }).format(at);
}

export function formatFull(locale, value) {
  const at = momentOf(value);
  if (Number.isNaN(at.getTime())) return "";
  const options = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(locale === "nl" ? "nl-NL" : "en-GB", options).format(at);
}
