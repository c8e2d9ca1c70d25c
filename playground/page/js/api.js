/** The person's side of the server: one function to look, one to act. Keeps no state. */

/** An action that the server refused; the message says why. */
export class Refused extends Error {
  /** @param {number} code @param {string} description */
  constructor(code, description) {
    super(description);
    this.code = code;
  }
}

/**
 * Read a view. Raises Refused, or TypeError when the server can't be reached.
 * @param {string} view
 * @param {Record<string, any>} [values]
 */
export function look(view, values = {}) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return answer(fetch(`/api/${view}?${new URLSearchParams(given)}`));
}

/**
 * Do an action. Raises as `look` does.
 * @param {string} action
 * @param {Record<string, any>} [values]
 */
export function act(action, values = {}) {
  const headers = { "Content-Type": "application/json" };
  return answer(fetch(`/api/${action}`, { method: "POST", headers, body: JSON.stringify(values) }));
}

/**
 * Send a file: `kind` is "document" or "photo".
 * @param {string} kind
 * @param {File} file
 * @param {Record<string, any>} values
 */
export function upload(kind, file, values) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null) form.append(name, String(value));
  }
  form.append(kind, file, file.name);
  return answer(fetch(`/api/${kind}`, { method: "POST", body: form }));
}

/** @param {Promise<Response>} request */
async function answer(request) {
  const response = await request;
  const body = await response.json();
  if (!body.ok) throw new Refused(body.error_code, body.description);
  return body.result;
}
