/** Which addresses a message may lead to. Decides only; opens nothing. */

const SCHEMES = new Set(["http:", "https:", "tg:", "mailto:", "tel:"]);

/**
 * Give the address if it may be followed, else null.
 * @param {unknown} address what a message holds
 * @returns {string | null}
 */
export function safeAddress(address) {
  if (typeof address !== "string") return null;
  try {
    const url = new URL(address, location.href);
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * Give the address that a bare text like "arxiv.org/abs/1" stands for, as Telegram reads it.
 * @param {string} text
 */
export function addressOf(text) {
  return safeAddress(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
}

/**
 * Read a deep link to a bot or group: t.me/name?start=x or tg://resolve?domain=name&start=x.
 * @param {string} address
 * @returns {{username: string, start: string | null, startgroup: string | null} | null}
 */
export function deepLink(address) {
  const url = new URL(address, location.href);
  const query = url.searchParams;
  const username = url.protocol === "tg:" ? query.get("domain") : telegramName(url);
  if (!username) return null;
  return { username, start: query.get("start"), startgroup: query.get("startgroup") };
}

/** @param {URL} url */
function telegramName(url) {
  const isTelegram = ["t.me", "telegram.me", "telegram.dog"].includes(url.hostname);
  const [, name, rest] = url.pathname.split("/");
  return isTelegram && !rest ? name : null;
}
