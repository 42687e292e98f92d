// A phone in front of the relay.
import { Line } from "../line.mjs";

export class RelayPhone extends Line {
  constructor(url) {
    super();
    this.url = url;
  }

  address() {
    return { url: this.url };
  }

  opened() {
    this.there();
  }

  hear(data) {
    const { id, text } = JSON.parse(data.toString());
    if (this.known.take(id, text)) this.onCard(id, text);
  }

  write(text) {
    this.ws.send(JSON.stringify({ id: crypto.randomUUID(), text, kind: "problem", column: 0 }));
  }
}
