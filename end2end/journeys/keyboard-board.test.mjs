// A2: a live board by keyboard alone: who takes part, at the width of a phone, and who moderates, on a tablet. After each step
// the focus is on something that is there, to be seen, and marked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, TABLET } from "../support/browser.mjs";
import { Keyboard } from "../support/keyboard.mjs";
import { until } from "../support/platform.mjs";
import { LIVE_MS, card, join, roomForTests, write } from "../support/room.mjs";
import { Visitor } from "../support/visitor.mjs";

const room = roomForTests();

// Who sits at a page with a keyboard and no mouse. What gets lost on the way is collected: one fault hides no other.
class Typist extends Keyboard {
  lost = [];

  // After a step: the words are there, and so is the focus, on something that is marked.
  async stays(step, words) {
    await words.waitFor({ timeout: LIVE_MS });
    let stop;
    await until("the focus", async () => {
      stop = await this.focus();
      return stop.tag !== "BODY" && stop.inView && (stop.marked || stop.tag === "H1");
    }, 3000).catch(() => this.lost.push(`${step}: ${JSON.stringify(stop)}`));
  }

  // To the button that is heard so.
  presses(label) {
    return this.reaches(label, (name) => name === label);
  }

  async reaches(what, fits) {
    await this.tabTo(what, (stop) => ["A", "BUTTON", "SUMMARY"].includes(stop.tag) && fits(stop.label ?? stop.text));
    await this.press("Enter");
  }

  // What the focus is on, and how it is heard.
  async focus() {
    const label = await this.page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    return { ...await super.focus(), label };
  }

  // Chooses from a list by its first letters, as one does: such as are on a keyboard, what is not would go to another field.
  async chooses(id, words, letters = words) {
    await this.types(id, letters);
    assert.equal(await this.page.locator(`#${id}`).evaluate((list) => list.selectedOptions[0].textContent), words);
  }
}

// Does something on a board as staff does, without a browser.
const deed = (path, operation) => room.staff.post("/api/board-act", { slug: path.split("/").at(-1), on: "moderation", operation: JSON.stringify(operation) });

test("who takes part joins, writes, votes, agrees, comments, rewords, moves and remembers by keyboard alone on a phone", async () => {
  const path = await room.board();
  const ben = await room.open(path);
  await join(ben, "Birke");
  await write(ben, "Der Bus fährt nur zweimal am Tag.");
  const page = await room.open(path, { viewport: PHONE });
  const keys = new Typist(page);
  await card(page, "Der Bus").waitFor({ timeout: LIVE_MS });

  await keys.presses("Mitmachen");
  await keys.types("name", "Amsel");
  await keys.presses("Mitmachen");
  await keys.stays("joined", page.getByRole("heading", { name: "Karte schreiben" }));

  await keys.types("text", "Es fehlen Sprachkurse mit Kinderbetreuung.");
  await keys.tabTo("what it is", ({ name }) => name === "kind");
  await page.keyboard.press("Space");
  await keys.presses("Karte absenden");
  await keys.stays("written", card(page, "Es fehlen Sprachkurse"));
  await card(ben, "Es fehlen Sprachkurse").waitFor({ timeout: LIVE_MS });

  await deed(path, { go_to: { phase: "weigh" } });
  await page.getByText("Sie haben noch 2 Stimmen.").waitFor({ timeout: LIVE_MS });
  await keys.presses("Karte 1: Stimme geben");
  await keys.stays("voted", page.getByRole("button", { name: "Karte 1: Meine Stimme", pressed: true }));
  assert.equal((await keys.focus()).label, "Karte 1: Meine Stimme", "the focus stays on what was pressed");
  await keys.presses("Karte 1: Bei uns auch");
  await keys.stays("agreed", page.getByRole("button", { name: "Karte 1: Bei uns auch · 1", pressed: true }));

  await keys.presses("Kommentieren zu Karte 1");
  await keys.types("kommentar-1", "Und am Wochenende gar nicht.");
  await keys.presses("Kommentieren");
  await keys.stays("commented", page.locator("#karte-1 .note-comment", { hasText: "Und am Wochenende gar nicht." }));
  await ben.locator("#karte-1 .note-comment", { hasText: "Und am Wochenende gar nicht." }).waitFor({ state: "attached", timeout: LIVE_MS });

  // While the room votes, authors change no words.
  assert.equal(await page.locator("#text-2").count(), 0);
  await deed(path, { go_to: { phase: "collect" } });
  await page.locator("#text-2").waitFor({ state: "attached", timeout: LIVE_MS });
  await keys.presses("Mehr zu Karte 2");
  await keys.types("text-2", " Am Abend vor allem.");
  await keys.presses("Text ändern");
  await keys.stays("reworded", page.getByText("Ihr neuer Text ist gespeichert."));
  await card(ben, "Am Abend vor allem.").waitFor({ timeout: LIVE_MS });

  await keys.presses("Karte 2: Merken");
  await keys.stays("remembered", page.getByRole("button", { name: "Karte 2: Merken", pressed: true }));

  // One place further in its column.
  await keys.presses("Karte 2: Verschieben");
  await keys.chooses("ziel-2", "Eine Stelle höher", "Eine Stelle h");
  await keys.presses("Verschieben");
  await keys.stays("a place higher", page.locator(".column > .notes > #karte-2:first-child"));
  await ben.locator(".column > .notes > #karte-2:first-child").waitFor({ timeout: LIVE_MS });

  // On a phone the card goes to a column that is not on the screen: the focus may not go with it.
  await keys.presses("Karte 2: Verschieben");
  await keys.chooses("ziel-2", "Was hilft, ganz oben");
  await keys.presses("Verschieben");
  const there = (who) => who.locator(".column", { has: who.locator("h2", { hasText: "Was hilft" }) }).locator("#karte-2");
  await there(ben).waitFor({ state: "attached", timeout: LIVE_MS });
  await there(page).waitFor({ state: "attached", timeout: LIVE_MS });
  await keys.stays("moved", page.locator("#karte-1"));
  // And one reaches it there.
  await keys.presses("Nächste Spalte: Was hilft");
  await keys.stays("in the next column", card(page, "Es fehlen Sprachkurse"));
  assert.deepEqual(keys.lost, []);
});

test("who moderates approves, refuses, pins, lights, merges, stops and goes on by keyboard alone", async () => {
  const path = await room.board({ level: "all" });
  const slug = path.split("/").at(-1);
  const anna = new Visitor(room.platform);
  await anna.post("/api/board-join", { slug, name: "Amsel" });
  const column = (await (await anna.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  for (const text of ["Dolmetscher fehlen.", "Das gehört nicht hierher.", "Der Bus fährt selten.", "Busse fahren kaum."]) {
    await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "problem", column, text });
  }
  const ben = await room.open(path);
  const page = await room.desk(path, { viewport: TABLET });
  const keys = new Typist(page);
  const queued = (number) => page.locator(`#wartet-${number}`);
  await queued(4).waitFor({ timeout: LIVE_MS });

  await keys.presses("Karte 1: Veröffentlichen");
  await keys.stays("approved", card(page, "Dolmetscher fehlen."));
  await queued(1).waitFor({ state: "detached", timeout: LIVE_MS });
  await until("the focus on the next card", async () => (await keys.focus()).id === "wartet-2");
  await card(ben, "Dolmetscher fehlen.").waitFor({ timeout: LIVE_MS });

  await keys.presses("Ablehnen von Karte 2");
  await keys.chooses("regel-2", "Die Karte gehört nicht zum Thema dieses Boards.");
  await keys.presses("Ablehnen");
  await queued(2).waitFor({ state: "detached", timeout: LIVE_MS });
  await keys.stays("refused", page.locator("#karte-2", { hasText: "Nicht veröffentlicht" }));

  for (const number of [3, 4]) {
    await keys.presses(`Karte ${number}: Veröffentlichen`);
    await queued(number).waitFor({ state: "detached", timeout: LIVE_MS });
    await keys.stays(`approved ${number}`, page.locator(`#karte-${number}`));
  }

  // Kept on top it changes its place, and the focus goes along.
  await keys.presses("Mehr zu Karte 3");
  await keys.presses("Karte 3: Oben halten");
  await keys.stays("pinned", page.getByRole("button", { name: "Karte 3: Oben halten", pressed: true }));
  await ben.locator("#karte-3").getByText("Oben", { exact: true }).waitFor({ timeout: LIVE_MS });

  await keys.presses("Karte 3: Groß zeigen");
  await keys.stays("lit", page.getByRole("button", { name: "Karte 3: Groß zeigen", pressed: true }));
  await ben.getByText("Im Blick: Karte 3").waitFor({ timeout: LIVE_MS });
  await keys.presses("Nichts mehr groß zeigen");
  await ben.getByText("Im Blick: Karte 3").waitFor({ state: "detached", timeout: LIVE_MS });
  await keys.stays("dark again", page.getByRole("button", { name: "Karte 3: Groß zeigen", pressed: false }));

  await keys.presses("Werkbank für Karte 3");
  await keys.stays("at the workbench", page.getByRole("heading", { name: "Werkbank: Karte 3" }));
  await until("the focus where the link leads", async () => (await keys.focus()).id === "werkbank");
  await keys.presses("Werkbank schließen");
  await page.getByRole("heading", { name: "Werkbank: Karte 3" }).waitFor({ state: "detached" });
  await keys.stays("at the link that had opened it", page.getByRole("link", { name: "Werkbank für Karte 3" }));
  await keys.presses("Werkbank für Karte 3");
  await until("the focus where the link leads, again", async () => (await keys.focus()).id === "werkbank");
  await keys.presses("Zusammenführen");
  await keys.chooses("zusammen", "4 · Busse fahren kaum.", "4");
  await keys.presses("Zusammenführen");
  await card(ben, "Busse fahren kaum.").getByText("Steht auch für 1 Karte").waitFor({ timeout: LIVE_MS });
  await keys.stays("merged", page.locator("#karte-4", { hasText: "Steht auch für 1 Karte" }));

  await keys.presses("Board anhalten");
  await keys.stays("stopped", page.getByText("Dieses Board ist angehalten"));
  await ben.getByText("Dieses Board ist angehalten").waitFor({ timeout: LIVE_MS });
  await keys.presses("Board weiterlaufen lassen");
  await ben.getByText("Dieses Board ist angehalten").waitFor({ state: "detached", timeout: LIVE_MS });
  await keys.stays("going on", page.getByRole("button", { name: "Board anhalten" }));

  await keys.presses("Ordnen");
  await keys.stays("next phase", page.getByRole("button", { name: "Ordnen", pressed: true }));
  await ben.getByText("Rücken Sie Karten dorthin").waitFor({ timeout: LIVE_MS });
  assert.deepEqual(keys.lost, []);
});

test("and the check can fail: a focus that goes with what it was on is noticed", async () => {
  const path = await room.board();
  const page = await room.open(`${path}?mitmachen=1`, { viewport: PHONE });
  const keys = new Typist(page);
  await keys.tabTo("the button", ({ tag, text }) => tag === "BUTTON" && text === "Mitmachen");
  await page.evaluate(() => document.activeElement.remove());
  await keys.stays("gone", page.getByRole("heading", { name: "Mitmachen" }));
  assert.equal(keys.lost.length, 1);
});
