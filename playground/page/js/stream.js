/** The line to the server: events in order, taken up where it broke. Knows no event's meaning. */

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 4000;

/**
 * Follows the stream. Tells "up", "down", "gap" and "event" (its detail is the event).
 */
export class Line extends EventTarget {
  /** @param {() => {seq: number, run: string}} place where to go on from */
  constructor(place) {
    super();
    this.place = place;
    this.isUp = false;
    this.pause = FIRST_PAUSE;
    addEventListener("online", () => this.open());
    addEventListener("offline", () => this.socket?.close());
  }

  /** Open the line, unless it stands or is being opened. */
  open() {
    clearTimeout(this.timer);
    if (this.socket && this.socket.readyState < WebSocket.CLOSING) return;
    const { seq, run } = this.place();
    const query = new URLSearchParams({ after: String(seq), run });
    this.take(new WebSocket(`ws://${location.host}/api/stream?${query}`));
  }

  /** @param {WebSocket} socket */
  take(socket) {
    this.socket = socket;
    socket.onopen = () => this.stands(true);
    socket.onmessage = ({ data }) => this.hear(JSON.parse(data));
    socket.onclose = () => {
      if (socket !== this.socket) return;
      this.stands(false);
      this.timer = setTimeout(() => this.open(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    };
  }

  /** @param {boolean} isUp */
  stands(isUp) {
    if (isUp) this.pause = FIRST_PAUSE;
    this.isUp = isUp;
    this.dispatchEvent(new Event(isUp ? "up" : "down"));
  }

  /** @param {{kind: string}} event */
  hear(event) {
    const kind = event.kind === "gap" ? "gap" : "event";
    this.dispatchEvent(new CustomEvent(kind, { detail: event }));
  }
}
