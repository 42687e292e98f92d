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

// Numbers keep to what they count.
const plain = (words) => words.replaceAll("\u00a0", " ");

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
  async presses(label, key) {
    await this.tabTo(label, (stop) => ["A", "BUTTON", "SUMMARY"].includes(stop.tag) && (stop.label ?? stop.text) === label, key);
    await this.press("Enter");
  }

  // To a box, which is ticked.
  async ticks(id, key) {
    await this.tabTo(`the box ${id}`, (stop) => stop.id === id, key);
    await this.press("Space");
  }

  // What the focus is on, and how it is heard.
  async focus() {
    const label = await this.page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    const stop = await super.focus();
    return { ...stop, text: plain(stop.text), label: label && plain(label) };
  }

  // Chooses from a list by its first letters, as one does: such as are on a keyboard, what is not would go to another field.
  async chooses(id, words, letters = words) {
    await this.types(id, letters);
    assert.equal(await this.page.locator(`#${id}`).evaluate((list) => list.selectedOptions[0].textContent), words);
  }
}

// Does something on a board as staff does, without a browser.
const deed = (path, operation) => room.staff.post("/api/board-act", { slug: path.split("/").at(-1), on: "moderation", operation: JSON.stringify(operation) });

// Somebody who has written these cards, without a browser.
async function author(path, cards) {
  const slug = path.split("/").at(-1);
  const who = new Visitor(room.platform);
  await who.post("/api/board-join", { slug, name: "Birke" });
  const column = (await (await who.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  for (const [kind, text] of cards) await who.post("/api/board-write", { slug, key: crypto.randomUUID(), kind, column, text });
  return who;
}

// The board as a file for programs has it.
const exported = async (path) => JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board;

// Until whoever opens the board anew reads these words on it, or no longer does.
const reads = (path, words, is = true, who = new Visitor(room.platform)) =>
  until(`${is ? "" : "no "}“${words}”`, async () => plain(await (await who.get(path)).text()).includes(words) === is, LIVE_MS);

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
  await author(path, ["Dolmetscher fehlen.", "Das gehört nicht hierher.", "Der Bus fährt selten.", "Busse fahren kaum."].map((text) => ["problem", text]));
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
  await keys.chooses("regel-2", "Nicht zum Thema");
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

test("who takes part chooses cards, tells, answers, reports, restores, takes back and erases by keyboard alone on a phone", async () => {
  const path = await room.board();
  const slug = path.split("/").at(-1);
  const ben = await author(path, [["solution", "Ein Fahrdienst am Abend."], ["problem", "Der Bus fährt selten."]]);
  const about = (await exported(path)).cards.find(({ number }) => number === 2).id;
  await ben.post("/api/board-comment", { slug, key: crypto.randomUUID(), about, number: 2, text: "Sonntags gar nicht." });
  const page = await room.open(path, { viewport: PHONE });
  await join(page, "Amsel");
  await write(page, "Es fehlen Sprachkurse.");
  await card(page, "Es fehlen Sprachkurse.").waitFor({ timeout: LIVE_MS });
  const keys = new Typist(page);

  await keys.presses("Lösung");
  await page.locator("#karte-2").waitFor({ state: "detached", timeout: LIVE_MS });
  await keys.stays("chosen", page.locator(".chip[aria-current]", { hasText: "Lösung" }));
  await keys.presses("Alle");
  await keys.stays("all again", page.locator("#karte-2"));

  await keys.presses("Bei uns probiert: genauer zu Karte 1");
  await keys.chooses("ergebnis-1", "Teilweise");
  await keys.types("kontext-1", "Nur bis zum Stadtrand.");
  await keys.presses("Eintragen");
  await keys.stays("told", page.locator("#karte-1 .note-comment", { hasText: "Nur bis zum Stadtrand." }));
  await reads(path, "Nur bis zum Stadtrand.");

  await keys.presses("1 Kommentar zu Karte 2");
  await keys.presses("Antworten auf Kommentar 3");
  await keys.types("kommentar-3", "Feiertags auch nicht.");
  await keys.presses("Antworten");
  await keys.stays("answered", page.locator("#karte-3 .note-comment", { hasText: "Feiertags auch nicht." }));
  await reads(path, "Feiertags auch nicht.");

  await keys.presses("Mehr zu Karte 2");
  await keys.presses("Karte 2: Melden");
  await keys.stays("reported", page.getByRole("button", { name: "Karte 2: Melden", pressed: true }));
  await reads(`${path}/moderation`, "Gemeldet von 1 Person", true, room.staff);

  await keys.presses("Mehr zu Karte 4");
  await keys.types("text-4", "Überall: ");
  await keys.presses("Text ändern");
  await keys.stays("reworded", page.getByText("Ihr neuer Text ist gespeichert."));
  await reads(path, "Überall: ");
  await keys.presses("Frühere Fassungen");
  await keys.presses("Wiederherstellen");
  await reads(path, "Überall: ", false);
  await keys.stays("restored", page.locator("#karte-4"));

  await keys.presses("Karte 4: Zurückziehen");
  await keys.stays("taken back", page.locator("#karte-4", { hasText: "Zurückgezogen" }));
  await reads(path, "Es fehlen Sprachkurse.", false);
  await keys.presses("Text löschen");
  await keys.presses("Karte 4: Endgültig löschen");
  await page.locator("#karte-4").waitFor({ state: "detached", timeout: LIVE_MS });
  await keys.stays("erased", page.locator("#karte-2"));
  await until("an empty card", async () => !(await exported(path)).cards.some(({ text }) => text === "Es fehlen Sprachkurse."), LIVE_MS);
  assert.deepEqual(keys.lost, []);
});

test("who moderates claims, decides on several, covers, reveals, sets a time, and writes rules and columns by keyboard alone", async () => {
  const path = await room.board({ level: "all" });
  const anna = await author(path, ["Das gehört nicht hierher.", "Dolmetscher fehlen.", "Der Bus fährt selten.", "Bleibt noch liegen."].map((text) => ["problem", text]));
  const { columns, cards } = await exported(path);
  const page = await room.desk(path, { viewport: TABLET });
  const keys = new Typist(page);

  await keys.ticks("auswahl-1");
  // Enter does nothing there: it does not publish what is only chosen.
  await page.keyboard.press("Enter");
  await keys.presses("Ausgewählte Karten entscheiden");
  await keys.chooses("regel-mehrere", "Nicht zum Thema");
  await keys.presses("Ausgewählte ablehnen");
  await page.locator("#wartet-1").waitFor({ state: "detached", timeout: LIVE_MS });
  await keys.stays("refused together", page.locator("#karte-1", { hasText: "Nicht veröffentlicht" }));
  await keys.ticks("auswahl-3", "Shift+Tab");
  await keys.presses("Karte 2: Ich prüfe sie gerade", "Shift+Tab");
  await keys.stays("claimed", page.getByRole("button", { name: "Karte 2: Ich prüfe sie gerade", pressed: true }));
  await keys.ticks("auswahl-2", "Shift+Tab");
  await keys.presses("Ausgewählte veröffentlichen");
  await page.locator("#wartet-3").waitFor({ state: "detached", timeout: LIVE_MS });
  await keys.stays("published together", page.locator("#karte-3"));
  for (const text of ["Dolmetscher fehlen.", "Der Bus fährt selten."]) await reads(path, text);

  await deed(path, { go_to: { phase: "weigh" } });
  await anna.post("/api/board-act", { slug: path.split("/").at(-1), operation: JSON.stringify({ vote: { card: cards.find(({ number }) => number === 2).id, given: true } }) });
  for (const [label, isOn, words] of [
    ["Neue Karten zurückhalten", false, "Neue Karten kommen an und erscheinen"],
    ["Karten verdecken", false, "Im Moment sehen alle nur die eigenen Karten."],
    ["Stimmen verdecken", true, "1 Stimme<"],
  ]) {
    await reads(path, words, false);
    await keys.presses(label);
    await keys.stays(`${label}: ${!isOn}`, page.getByRole("button", { name: label, exact: true, pressed: !isOn }));
    await reads(path, words);
    // The focus is on it still.
    await keys.press("Enter");
    await keys.stays(`${label}: ${isOn}`, page.getByRole("button", { name: label, exact: true, pressed: isOn }));
    await reads(path, words, false);
  }

  await keys.types("minutes", "7");
  await keys.presses("Zeit starten");
  await keys.stays("the time runs", page.getByRole("timer").getByText(/Noch (7:00|6:\d\d) Minuten/));
  await keys.presses("Zeit anhalten", "Shift+Tab");
  await page.getByRole("timer").waitFor({ state: "detached", timeout: LIVE_MS });
  await keys.stays("no time any more", page.getByRole("button", { name: "Zeit starten" }));

  await keys.presses("Regeln für dieses Board");
  await keys.types("rules", "Wir duzen uns.");
  await keys.presses("Regeln speichern");
  await keys.stays("rules", page.getByText("Die Regeln für dieses Board sind gespeichert.").first());
  await reads(path, "Wir duzen uns.");

  const heading = (at, words) => page.locator(".column").nth(at).locator("h2", { hasText: words });
  await keys.presses("Spalten ändern");
  await keys.types(`spaltentitel-${columns[0].id}`, "Was noch fehlt");
  await keys.presses("Umbenennen");
  await keys.stays("called otherwise", heading(0, "Was noch fehlt"));
  await keys.presses("Spalte Was noch fehlt: Nach rechts");
  await keys.stays("elsewhere", heading(1, "Was noch fehlt"));
  await keys.types("spaltentitel-", "Was nun");
  await keys.presses("Spalte anlegen");
  await keys.stays("one more", heading(2, "Was nun"));
  await reads(path, "Was nun");
  await keys.presses("Spalte Was nun: Leere Spalte entfernen", "Shift+Tab");
  await heading(2, "Was nun").waitFor({ state: "detached", timeout: LIVE_MS });
  await keys.stays("one less", heading(1, "Was noch fehlt"));
  assert.deepEqual(keys.lost, []);
});

test("who moderates removes and lets back, splits, counts hands, concludes and shares at the workbench by keyboard alone", async () => {
  const path = await room.board();
  const anna = await author(path, [["problem", "Dolmetscher fehlen, und Termine auch."]]);
  const page = await room.desk(path, { viewport: TABLET });
  const keys = new Typist(page);
  await keys.presses("Mehr zu Karte 1");
  await keys.presses("Werkbank für Karte 1");
  await until("the focus where the link leads", async () => (await keys.focus()).id === "werkbank");

  await keys.presses("Karte 1: Autor*in vom Board nehmen");
  await keys.stays("removed", page.getByRole("button", { name: "Karte 1: Autor*in wieder zulassen" }));
  await reads(path, "Dolmetscher fehlen", false);
  assert.equal((await keys.focus()).label, "Karte 1: Autor*in wieder zulassen", "the focus is on the way back");
  await keys.press("Enter");
  await keys.stays("back", page.getByRole("button", { name: "Karte 1: Autor*in vom Board nehmen" }));
  await reads(path, "Dolmetscher fehlen");

  await keys.presses("Teilen");
  await keys.tabTo("the part", ({ id }) => id === "teil");
  await keys.press("Control+A");
  await page.keyboard.type("Termine fehlen.");
  await keys.presses("Teil als Karte anlegen");
  await keys.stays("split", page.locator("#karte-2"));
  await reads(path, "War ein Teil von Karte 1.");

  await keys.presses("Handzeichen notieren");
  await keys.types("count", "17");
  await keys.presses("Notieren");
  await keys.stays("counted", page.locator("#karte-1").getByText(/^17.Handzeichen$/));
  await reads(path, "17 Handzeichen");

  await keys.presses("Ergebnis festhalten");
  await keys.types("finding", "Eine Rahmenvereinbarung wird geprüft.");
  await keys.types("taker", "Jugendamt");
  await keys.chooses("level", "Kommune");
  await keys.chooses("progress", "In Arbeit");
  await keys.presses("Festhalten");
  await keys.stays("concluded", page.locator("#karte-1 .note-finding", { hasText: "Eine Rahmenvereinbarung" }));
  await reads(path, "Übernimmt: Jugendamt.");

  await keys.presses("Moderation teilen");
  await keys.presses("Mitmoderieren lassen");
  await keys.stays("shared", page.getByText("moderiert jetzt mit").first());
  assert.equal((await anna.get(`${path}/moderation`)).status, 200);
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
