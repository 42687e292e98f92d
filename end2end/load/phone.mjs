// A phone on a board, as far as a load test needs one: a WebSocket with the device's cookie, an outbox that is said again
// until it is answered, and a new line when the old one is gone.
import { gunzipSync } from "node:zlib";
import { Line } from "./line.mjs";

// Operations that are said at once.
const SAID_MAX = 6;

export class Phone extends Line {
  constructor(platform, board, visitor) {
    super();
    this.platform = platform;
    this.board = `${platform.url.replace("http", "ws")}/live/boards/${board}`;
    this.visitor = visitor;
    this.places = new Map();
    this.columns = [];
    this.outbox = new Map();
    // Whole boards, and what the server did not want.
    this.boards = 0;
    this.refused = 0;
  }

  address() {
    const since = this.sequence === undefined ? "" : `&ab=${this.sequence}`;
    return { url: `${this.board}?gepackt=1${since}`, headers: { cookie: this.visitor.cookie }, origin: this.platform.url };
  }

  // The board may come packed (gzip): many are sent the same one.
  hear(data, isBinary) {
    const news = JSON.parse(isBinary ? gunzipSync(data) : data.toString());
    if (news.board) this.takeBoard(news.board);
    if (news.change) this.takeChange(news.change);
    if (news.answers) this.takeAnswers(news.answers);
    if (news.busy) setTimeout(() => this.say(), news.busy * 1000).unref();
    // The clock comes behind what was missed.
    if (news.alive && !this.isThere) {
      this.there();
      this.say();
    }
  }

  takeBoard(board) {
    this.sequence = board.sequence;
    this.boards += 1;
    this.columns = board.columns.map((column) => column.id);
    // As the server has put them into order.
    this.listed = board.cards.map((card) => card.text);
    this.places = new Map(board.cards.map((card) => [card.id, card]));
    for (const [id, text] of this.known.replace(board.cards.map((card) => [card.id, card.text]))) this.onCard(id, text);
  }

  takeChange(change) {
    this.sequence = change.sequence;
    if (change.columns) this.columns = change.columns.map((column) => column.id);
    for (const id of change.gone ?? []) {
      this.known.drop(id);
      this.places.delete(id);
    }
    for (const card of change.cards ?? []) {
      this.places.set(card.id, card);
      if (this.known.take(card.id, card.text)) this.onCard(card.id, card.text);
    }
  }

  takeAnswers(answers) {
    let answered = 0;
    for (const { id, answer } of answers) {
      if (this.outbox.delete(id)) answered += 1;
      if (answer.Ok === undefined) this.refused += 1;
    }
    if (answered > 0) this.say();
  }

  // The texts from the top to the bottom, column by column, as the page shows them.
  order() {
    const key = ({ column, pinned, place, id }) => [String(this.columns.indexOf(column)), pinned ? "0" : "1", place, id].join(" ");
    return [...this.places.values()].map((card) => [key(card), card.text]).sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  }

  // Writes a card; it is wanted until it is answered.
  write(text) {
    const id = crypto.randomUUID();
    this.outbox.set(id, { id, operation: { write: { card: crypto.randomUUID(), column: this.columns[0], kind: "problem", text } } });
    this.say();
  }

  say() {
    if (this.outbox.size > 0 && this.isThere && this.canSend) this.ws.send(JSON.stringify([...this.outbox.values()].slice(0, SAID_MAX)));
  }

  // The page is loaded anew: what was written is kept on the device, what was seen is not.
  forget() {
    this.sequence = undefined;
    this.known.replace([]);
    this.places = new Map();
  }
}
