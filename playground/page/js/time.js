/** Times as people read them, in the browser's own zone. */

const HOUR = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const DAY_OF_YEAR = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const WHOLE = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "medium" });
const SECOND = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** @param {number} seconds Unix time */
const date = (seconds) => new Date(seconds * 1000);

/** @param {number} seconds */
export const hour = (seconds) => HOUR.format(date(seconds));
/** @param {number} seconds */
export const second = (seconds) => SECOND.format(date(seconds));
/** @param {number} seconds */
export const whole = (seconds) => WHOLE.format(date(seconds));
/** @param {number} seconds */
export const iso = (seconds) => date(seconds).toISOString();

/** @param {number} one @param {number} other */
export function sameDay(one, other) {
  return date(one).toDateString() === date(other).toDateString();
}

/** @param {number} seconds @param {number} now */
export function day(seconds, now) {
  if (sameDay(seconds, now)) return "Today";
  if (sameDay(seconds, now - 86400)) return "Yesterday";
  const isThisYear = date(seconds).getFullYear() === date(now).getFullYear();
  return (isThisYear ? DAY : DAY_OF_YEAR).format(date(seconds));
}

/** @param {number} seconds @param {number} now */
export function brief(seconds, now) {
  return sameDay(seconds, now) ? hour(seconds) : SHORT_DAY.format(date(seconds));
}

/** @param {number} bytes */
export function size(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  const power = bytes > 0 ? Math.min(3, Math.floor(Math.log(bytes) / Math.log(1024))) : 0;
  const value = bytes / 1024 ** power;
  return `${power && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
