// A phone on a board, as far as a load test needs one: a WebSocket with the device's cookie, an outbox that is said again
// until it is answered, and a new line when the old one is gone.
import WebSocket from "ws";

export class Phone {
  constructor(platform, board, visitor) {
    this.platform = platform;
    this.address = `${platform.url.replace("http", "ws")}/live/boards/${board}`;
    this.visitor = visitor;
    this.cards = new Map();
    this.outbox = new Map();
    this.bytes = 0;
    this.boards = 0;
    this.lines = 0;
    this.doubled = 0;
    this.onCard = () => {};
    this.ended = false;
  }

  open() {
    const since = this.sequence === undefined ? "" : `?ab=${this.sequence}`;
    const ws = new WebSocket(this.address + since, { headers: { cookie: this.visitor.cookie }, origin: this.platform.url, perMessageDeflate: false });
    this.ws = ws;
    this.spoke = false;
    ws.on("message", (data) => {
      this.bytes += data.length;
      this.hear(JSON.parse(data.toString()));
    });
    ws.on("error", () => {});
    ws.on("close", () => {
      // A short pause that is another one on each phone.
      if (!this.ended) setTimeout(() => !this.ended && this.open(), 100 + Math.random() * 400);
    });
    return this;
  }

  hear(news) {
    if (news.board ?? news.change) this.sequence = (news.board ?? news.change).sequence;
    // The clock is the second word of each line.
    if (news.alive && !this.spoke) {
      this.spoke = true;
      this.lines += 1;
      this.say();
    }
    if (news.board) {
      this.boards += 1;
      this.cards = new Map(news.board.cards.map((card) => [card.id, card.text]));
      this.column = news.board.columns[0].id;
      for (const [id, text] of this.cards) this.onCard(id, text);
    }
    for (const card of news.change?.cards ?? []) {
      if ([...this.cards.values()].includes(card.text) && !this.cards.has(card.id)) this.doubled += 1;
      this.cards.set(card.id, card.text);
      this.onCard(card.id, card.text);
    }
    const answered = (news.answers ?? []).filter(({ id }) => this.outbox.delete(id));
    if (answered.length > 0) this.say();
    if (news.busy) setTimeout(() => this.say(), news.busy * 1000).unref();
  }

  // Writes a card; it is wanted until it is answered.
  write(text) {
    const id = crypto.randomUUID();
    this.outbox.set(id, { id, operation: { write: { card: crypto.randomUUID(), column: this.column, kind: "problem", text } } });
    this.say();
  }

  say() {
    if (this.outbox.size > 0 && this.ws.readyState === WebSocket.OPEN) this.ws.send(JSON.stringify([...this.outbox.values()].slice(0, 6)));
  }

  close() {
    this.ended = true;
    this.ws?.terminate();
  }
}
