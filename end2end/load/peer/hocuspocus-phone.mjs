// A phone in front of Hocuspocus, in the protocol of its provider, with one document a room. In its favour: a card is a
// plain value in a list, the smallest that Yjs can make of it, and no presence is sent around, which its provider does
// unless told otherwise (with two hundred people that is more than the cards).
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as sync from "y-protocols/sync";
import * as Y from "yjs";
import { Line } from "../line.mjs";

// Kinds of messages.
const SYNC = 0;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const SYNC_REPLY = 4;
const CLOSE = 7;
const PING = 9;
const PONG = 10;
// The token of a sign-in, as the first word; there is none to check here.
const TOKEN = 0;
// The server closes a connection that says nothing for a minute.
const SPEAK_EVERY_MS = 25_000;

export class HocuspocusPhone extends Line {
  constructor(url, room) {
    super();
    this.url = url;
    this.room = room;
    this.forget();
  }

  address() {
    return { url: this.url };
  }

  opened() {
    this.send(AUTH, (message) => {
      encoding.writeVarUint(message, TOKEN);
      encoding.writeVarString(message, "");
      encoding.writeVarString(message, "4.8.0");
    });
    this.send(SYNC, (message) => sync.writeSyncStep1(message, this.doc));
    clearInterval(this.speaking);
    this.speaking = setInterval(() => this.canSend && this.send(QUERY_AWARENESS, () => {}), SPEAK_EVERY_MS).unref();
  }

  hear(data) {
    const message = decoding.createDecoder(data);
    if (data.length === 1 && data[0] === PING) return void this.ws.send(Uint8Array.of(PONG));
    decoding.readVarString(message);
    const kind = decoding.readVarUint(message);
    if (kind === CLOSE) this.cut();
    if (kind !== SYNC && kind !== SYNC_REPLY) return;
    const reply = encoding.createEncoder();
    const step = sync.readSyncMessage(message, reply, this.doc, this);
    if (encoding.length(reply) > 0) this.send(SYNC, (sent) => encoding.writeUint8Array(sent, encoding.toUint8Array(reply)));
    if (step === sync.messageYjsSyncStep2) this.there();
  }

  send(kind, write) {
    const message = encoding.createEncoder();
    encoding.writeVarString(message, this.room);
    encoding.writeVarUint(message, kind);
    write(message);
    this.ws.send(encoding.toUint8Array(message));
  }

  // Writes a card. It is in the phone's own document at once, and reaches the server now or when there is a line again.
  write(text) {
    this.list.push([{ id: crypto.randomUUID(), text, kind: "problem", column: 0 }]);
  }

  order() {
    return this.list.toArray().map((card) => card.text);
  }

  // The page is loaded anew. The document is kept on the device as it would be with the usual extension for that, since
  // what was written and has not arrived is in it.
  forget() {
    if (this.doc) return;
    this.doc = new Y.Doc();
    this.list = this.doc.getArray("cards");
    this.list.observe((event) => {
      for (const { insert } of event.changes.delta) {
        for (const { id, text } of insert ?? []) if (this.known.take(id, text)) this.onCard(id, text);
      }
    });
    this.doc.on("update", (update, origin) => {
      if (origin !== this && this.canSend) this.send(SYNC, (message) => sync.writeUpdate(message, update));
    });
  }

  close() {
    clearInterval(this.speaking);
    super.close();
  }
}
