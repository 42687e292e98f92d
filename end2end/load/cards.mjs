// The cards that a phone has, and whether one of them is there twice. Everything that happens for each message on each
// phone is one look into a map: two hundred phones share one processor with the server that is measured.
export class Cards {
  // What each card says.
  texts = new Map();
  // Which card says it: each text is written once only.
  ids = new Map();
  doubled = 0;

  // Takes a card; whether it is a new one.
  take(id, text) {
    const isNew = !this.texts.has(id);
    const other = this.ids.get(text);
    if (other !== undefined && other !== id) this.doubled += 1;
    this.texts.set(id, text);
    this.ids.set(text, id);
    return isNew;
  }

  drop(id) {
    this.ids.delete(this.texts.get(id));
    this.texts.delete(id);
  }

  // Everything anew, as a whole board says it; which of its cards are new.
  replace(entries) {
    const before = this.texts;
    this.texts = new Map();
    this.ids = new Map();
    for (const [id, text] of entries) this.take(id, text);
    return entries.filter(([id]) => !before.has(id));
  }
}
