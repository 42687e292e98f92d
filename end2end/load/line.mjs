// A WebSocket as a phone keeps it: whatever ends it, another one is opened after a short pause. The same one in front of
// every server, so that what the phone itself costs is the same, too.
import WebSocket from "ws";
import { Cards } from "./cards.mjs";

// A pause that is another one on each phone.
const PAUSE_MS_MIN = 100;
const PAUSE_MS_MAX = 500;

export class Line {
  // `bytes` counts what the server sends, as it is on the wire but for the headers of frames.
  bytes = 0;
  // How often there was a line with everything on it.
  lines = 0;
  onThere = () => {};
  // What it shows.
  known = new Cards();
  onCard = () => {};
  ended = false;

  // The text of each card.
  get cards() {
    return this.known.texts;
  }

  get doubled() {
    return this.known.doubled;
  }

  // Where to connect now, and how.
  address() {
    throw new Error("a phone knows where its board is");
  }

  open() {
    this.ended = false;
    clearTimeout(this.pause);
    const { url, ...options } = this.address();
    const ws = new WebSocket(url, { perMessageDeflate: false, ...options });
    this.ws = ws;
    this.isThere = false;
    ws.on("open", () => this.opened());
    ws.on("message", (data, isBinary) => {
      // What was still under way on a line that was given up is not heard any more.
      if (this.ws !== ws) return;
      this.bytes += Buffer.byteLength(data);
      this.hear(data, isBinary);
    });
    ws.on("error", () => {});
    ws.on("close", () => {
      if (this.ws !== ws) return;
      this.isThere = false;
      if (!this.ended) this.pause = setTimeout(() => this.open(), PAUSE_MS_MIN + Math.random() * (PAUSE_MS_MAX - PAUSE_MS_MIN));
    });
    return this;
  }

  opened() {}

  // The phone has everything and may write.
  there() {
    if (this.isThere) return;
    this.isThere = true;
    this.lines += 1;
    this.onThere();
  }

  get canSend() {
    return this.ws?.readyState === WebSocket.OPEN;
  }

  // The network is gone, all at once; the phone does not know why.
  cut() {
    this.ws?.terminate();
  }

  close() {
    this.ended = true;
    clearTimeout(this.pause);
    this.ws?.terminate();
  }
}
