// A live board as a room has it: what the device says while one types, what becomes of a card word by word, what was typed while
// the room goes on or stops, and what comes from a Veranstaltung.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, hydrated, launch, openPage } from "../support/browser.mjs";
import { until } from "../support/platform.mjs";
import { takesPlace } from "../support/practitioner.mjs";
import { LIVE_MS, card, join, roomForTests, write } from "../support/room.mjs";
import { Visitor, publish } from "../support/visitor.mjs";

const room = roomForTests();

const field = (page) => page.getByLabel("Ein Gedanke, ein bis drei Sätze");

// Does something on a board as staff does, without a browser.
const deed = (path, operation) => room.staff.post("/api/board-act", { slug: path.split("/").at(-1), on: "moderation", operation: JSON.stringify(operation) });

test("while one types the device says how much room is left and what does not belong on a card, and tells nobody", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  const sent = [];
  anna.on("request", (request) => sent.push(request.postData() ?? request.url()));
  anna.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(String(payload))));
  const left = anna.locator("#text-left");
  const sign = anna.locator("#schreiben [role=status]");
  const says = (place, words) => until(words || "nothing", async () => (await place.textContent()) === words, LIVE_MS);
  await says(left, "Noch 400 Zeichen.");
  assert.match(await field(anna).getAttribute("aria-describedby"), /\btext-left\b/);
  await field(anna).pressSequentially("Seit Mai.");
  await says(left, "Noch 391 Zeichen.");
  assert.equal(await sign.textContent(), "");
  for (const [text, words] of [
    ["Frau Beispiel wartet.", "Steht hier der Name einer Klientin oder eines Klienten? Auf eine Karte gehört er nicht."],
    ["Geboren am 1.2.1990.", "Steht hier ein Geburtsdatum? Auf eine Karte gehört es nicht."],
    ["Az. 120 459 876", "Ist das ein Aktenzeichen, eine AZR-Nummer oder eine Telefonnummer? Auf eine Karte gehört sie nicht."],
    ["an probe@traeger.example", "Steht hier eine E-Mail-Adresse? Auf eine Karte gehört sie nicht."],
    ["Die Frau wird nicht ernst genommen.", ""],
  ]) {
    await field(anna).clear();
    await field(anna).pressSequentially(text);
    await says(sign, words);
  }
  // No more than fits is taken from the keyboard.
  await field(anna).fill("x".repeat(399));
  await says(left, "Noch 1 Zeichen.");
  await field(anna).press("End");
  await field(anna).pressSequentially("yz");
  await says(left, "Noch 0 Zeichen.");
  assert.equal((await field(anna).inputValue()).length, 400);
  // All of that stayed on the device.
  assert.deepEqual(sent.filter((text) => /Beispiel|1990|459|probe|xxx/.test(text)), []);
  await field(anna).fill("Zu lange Wege.");
  await anna.getByLabel("Problem", { exact: true }).check();
  await anna.getByRole("button", { name: "Karte absenden" }).click();
  await card(anna, "Zu lange Wege.").waitFor({ timeout: LIVE_MS });
  await says(left, "Noch 400 Zeichen.");
});

test("what is chosen in a list stays chosen while the board changes, also where nothing is drawn", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  for (const text of ["Erstens.", "Zweitens."]) await write(anna, text);
  const note = card(anna, "Zweitens.");
  await note.getByRole("button", { name: /^Karte \d: Verschieben$/ }).click();
  const list = note.getByLabel(/verschieben nach$/);
  await list.selectOption({ label: "Was hilft, ganz oben" });
  const chosen = () => list.evaluate((list) => list.selectedOptions[0].textContent);
  await anna.evaluate(() => { window.requestAnimationFrame = () => 0; });
  const column = await anna.locator("#column option").first().getAttribute("value");
  for (const [text, entry] of [["Drittens.", "Was fehlt, hinter Karte 1"], ["Viertens.", "Was fehlt, hinter Karte 3"]]) {
    await room.staff.post("/api/board-write", { slug: path.split("/").at(-1), key: crypto.randomUUID(), kind: "question", column, text });
    await until("a list that was made anew", () => list.locator("option", { hasText: entry }).count(), LIVE_MS);
    assert.equal(await chosen(), "Was hilft, ganz oben");
  }
  await note.getByRole("button", { name: "Verschieben", exact: true }).click();
  await until("the card at its place", async () => (await anna.locator("#neues").textContent()).startsWith("Karte 2 ist jetzt in „Was hilft“"), 2 * LIVE_MS);
});

test("a card says in words how far it is: on the device, sent, waiting, published", async () => {
  const path = await room.board({ level: "all" });
  const desk = await room.desk(path);
  const { page: anna, line } = await room.withLine(path);
  await join(anna, "Amsel");
  await until("the line of who has joined", () => line.opened > 1);
  await anna.getByText("1 Person").waitFor({ timeout: LIVE_MS });

  line.out = () => false;
  await write(anna, "Ein Wort nach dem anderen.");
  const underway = anna.locator("section[aria-labelledby=unterwegs] .note", { hasText: "Ein Wort nach dem anderen." });
  await underway.getByText("Auf diesem Gerät", { exact: true }).waitFor();
  assert.equal(await desk.locator("li[id^=wartet]").count(), 0);

  // The server takes it and says so; what it changes on the board comes later.
  line.in = (text) => !text.includes("Ein Wort nach dem anderen.");
  line.out = () => true;
  line.go();
  await underway.getByText("Gesendet", { exact: true }).waitFor({ timeout: LIVE_MS });
  await desk.locator("#wartet-1").waitFor({ timeout: LIVE_MS });

  line.in = () => true;
  line.go();
  await card(anna, "Ein Wort nach dem anderen.").getByText("Wartet auf Freigabe").waitFor({ timeout: LIVE_MS });
  await underway.waitFor({ state: "detached" });
  await desk.getByRole("button", { name: "Karte 1: Veröffentlichen" }).click();
  await card(anna, "Ein Wort nach dem anderen.").getByText("Veröffentlicht", { exact: true }).waitFor({ timeout: LIVE_MS });
  assert.equal(await anna.locator(".note", { hasText: "Ein Wort nach dem anderen." }).count(), 1);
});

test("a column that is called otherwise, comes or moves leaves the others and their cards as they are", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  await join(anna, "Amsel");
  await write(anna, "Eine Karte.");
  await card(anna, "Eine Karte.").waitFor({ timeout: LIVE_MS });
  const { columns } = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board;
  // What is made anew knows nothing of this.
  await anna.evaluate(() => { for (const part of document.querySelectorAll(".column, .column .note")) part.isKnown = true; });
  const known = () => anna.evaluate(() => [...document.querySelectorAll(".column, .column .note")].map((part) => part.isKnown ?? false));
  const headings = () => anna.locator(".column > h2").evaluateAll((all) => all.map((heading) => heading.textContent.replace(/ \d+$/, "")));
  const shows = (expected) => until(expected.join(), async () => (await headings()).join() === expected.join(), LIVE_MS);
  await shows(["Was fehlt", "Was hilft"]);
  await deed(path, { rename_column: { column: columns[0].id, title: "Was noch fehlt" } });
  await shows(["Was noch fehlt", "Was hilft"]);
  assert.deepEqual(await known(), [true, true, true]);
  await deed(path, { add_column: { column: crypto.randomUUID(), title: "Was neu ist" } });
  await shows(["Was noch fehlt", "Was hilft", "Was neu ist"]);
  assert.deepEqual(await known(), [true, true, true, false]);
  await deed(path, { move_column: { column: columns[1].id, after: null } });
  await shows(["Was hilft", "Was noch fehlt", "Was neu ist"]);
  assert.deepEqual(await known(), [true, true, true, false]);
  assert.deepEqual(await anna.locator(".column-turn > span").allTextContents(), ["Spalte 1 von 3", "Spalte 2 von 3", "Spalte 3 von 3"]);
  await deed(path, { remove_column: { column: columns[1].id } });
  await shows(["Was noch fehlt", "Was neu ist"]);
  assert.deepEqual(await known(), [true, true, false]);
});

test("a sheet lists every place of the moment while it is open, and costs nothing when it is closed again", async () => {
  const path = await room.board();
  const [anna, ben] = [await room.open(path), await room.open(path)];
  await join(anna, "Amsel");
  await join(ben, "Birke");
  for (const text of ["Erstens.", "Zweitens.", "Drittens."]) {
    await write(anna, text);
    await card(anna, text).waitFor({ timeout: LIVE_MS });
  }
  const places = () => anna.locator("#ziel-1 option").count();
  const lists = (many) => until(`${many} places`, async () => await places() === many, LIVE_MS);
  const open = anna.getByRole("button", { name: "Karte 1: Verschieben" });
  await open.click();
  // Higher and lower; top, behind the second card, and bottom of this column; top of the other one.
  await lists(6);
  await write(ben, "Viertens.");
  await lists(7);
  await anna.getByRole("button", { name: "Abbrechen" }).click();
  // Nothing between top and bottom.
  await lists(5);
  await anna.evaluate(() => {
    window.touched = 0;
    new MutationObserver((changes) => { window.touched += changes.length; })
      .observe(document.getElementById("ziel-1"), { attributes: true, characterData: true, childList: true, subtree: true });
  });
  await write(ben, "Fünftens.");
  await card(anna, "Fünftens.").waitFor({ timeout: LIVE_MS });
  assert.equal(await anna.evaluate(() => window.touched), 0);
  await open.click();
  await lists(8);
});

test("a column that is closed offers nothing that would be refused, and offers it again when it is open", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  await join(anna, "Amsel");
  await write(anna, "Eine Karte.");
  await card(anna, "Eine Karte.").waitFor({ timeout: LIVE_MS });
  await deed(path, { go_to: { phase: "weigh" } });
  // Who moderates takes part since then.
  const desk = await room.desk(path);
  const { columns } = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board;
  const offered = (page) => page.evaluate(() => {
    const note = document.getElementById("karte-1");
    const buttons = [...note.querySelectorAll("button")].map((button) => button.getAttribute("aria-label") ?? button.textContent);
    return {
      votes: buttons.some((words) => words.includes("Stimme geben")),
      agrees: buttons.some((words) => words.includes("Bei uns auch")),
      moves: buttons.some((words) => words === "Karte 1: Verschieben"),
      comments: note.querySelector("#kommentar-1") !== null,
    };
  });
  const all = { votes: true, agrees: true, moves: true, comments: true };
  const none = Object.fromEntries(Object.keys(all).map((what) => [what, false]));
  const offers = (page, expected) => until(JSON.stringify(expected), async () => JSON.stringify(await offered(page)) === JSON.stringify(expected), LIVE_MS);
  const chosen = () => anna.locator("#column option").allTextContents();
  await offers(anna, all);
  assert.deepEqual(await chosen(), ["Was fehlt", "Was hilft"]);
  await deed(path, { lock_column: { column: columns[0].id, locked: true } });
  await anna.locator(".column").first().getByText("Gesperrt").waitFor({ timeout: LIVE_MS });
  await offers(anna, none);
  await until("the open column", async () => (await chosen()).join() === "Was hilft", LIVE_MS);
  // Who moderates goes on.
  await offers(desk, all);
  await deed(path, { lock_column: { column: columns[0].id, locked: false } });
  await offers(anna, all);
  await until("both columns", async () => (await chosen()).join() === "Was fehlt,Was hilft", LIVE_MS);
  // Words are the author's before the room weighs.
  await deed(path, { go_to: { phase: "collect" } });
  const words = anna.locator("#text-1");
  await words.waitFor({ state: "attached", timeout: LIVE_MS });
  await deed(path, { lock_column: { column: columns[0].id, locked: true } });
  await words.waitFor({ state: "detached", timeout: LIVE_MS });
});

test("who is removed reads so at once, and is offered nothing any more", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  await join(anna, "Amsel");
  await write(anna, "Eine Karte.");
  await card(anna, "Eine Karte.").waitFor({ timeout: LIVE_MS });
  const { cards } = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board;
  await deed(path, { remove: { card: cards[0].id, removed: true } });
  await anna.getByText("Die Moderation hat Sie von diesem Board genommen.").waitFor({ timeout: LIVE_MS });
  await anna.getByRole("heading", { name: "Karte schreiben" }).waitFor({ state: "detached", timeout: LIVE_MS });
  assert.equal(await anna.getByRole("button", { name: /Bei uns auch/ }).count(), 0);
  await deed(path, { remove: { card: cards[0].id, removed: false } });
  await anna.getByRole("heading", { name: "Karte schreiben" }).waitFor({ timeout: LIVE_MS });
});

test("a comment that somebody types stays, and so does the focus, whatever others do meanwhile", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  const ben = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await join(ben, "Birke");
  await write(anna, "Der Bus fährt nur zweimal am Tag.");
  await card(ben, "Der Bus fährt").waitFor({ timeout: LIVE_MS });
  await card(ben, "Der Bus fährt").getByText("Kommentieren").first().click();
  const comment = ben.getByLabel("Kommentar zu Karte 1");
  await comment.pressSequentially("Bei uns in");
  const untouched = async (what) => {
    assert.equal(await comment.inputValue(), "Bei uns in", what);
    assert.equal(await ben.evaluate(() => document.activeElement.id), "kommentar-1", what);
  };

  await write(anna, "Eine zweite Karte.");
  await card(ben, "Eine zweite Karte.").waitFor({ timeout: LIVE_MS });
  await untouched("another card");
  await anna.getByRole("button", { name: "Karte 1: Bei uns auch" }).click();
  await ben.getByRole("button", { name: "Karte 1: Bei uns auch · 1" }).waitFor({ timeout: LIVE_MS });
  await untouched("a number on the card");
  // On the same card: the list of comments above the field gets its first entry, and its second.
  for (const [number, text] of ["Auch sonntags?", "Und abends?"].entries()) {
    if (number === 0) await card(anna, "Der Bus fährt").getByText("Kommentieren").first().click();
    await anna.getByLabel("Kommentar zu Karte 1").fill(text);
    await anna.locator("#karte-1 form", { has: anna.locator("#kommentar-1") }).getByRole("button", { name: "Kommentieren" }).click();
    await ben.getByText(text).waitFor({ timeout: LIVE_MS });
    await untouched(`comment ${number + 1}`);
  }
  await card(anna, "Der Bus fährt").locator("details.note-more.no-print > summary", { hasText: "Mehr" }).click();
  await anna.getByLabel("Text der Karte 1").fill("Der Bus fährt nur einmal am Tag.");
  await anna.locator("#karte-1").getByRole("button", { name: "Text ändern" }).click();
  await card(ben, "nur einmal am Tag").waitFor({ timeout: LIVE_MS });
  await untouched("other words");
  await deed(path, { go_to: { phase: "weigh" } });
  await ben.getByRole("button", { name: "Karte 1: Stimme geben" }).waitFor({ timeout: LIVE_MS });
  await untouched("the next phase");

  await ben.keyboard.type(" Pirna auch.");
  await ben.locator("#karte-1 form", { has: comment }).getByRole("button", { name: "Kommentieren" }).click();
  await anna.locator(".note-comment", { hasText: "Bei uns in Pirna auch." }).waitFor({ timeout: LIVE_MS });
});

test("what people proposed for a Veranstaltung stands on its board as cards, and each leads to the other", async () => {
  const title = `Werkstatt ${crypto.randomUUID().slice(0, 8)}`;
  const { slug } = await publish(room.staff, { title });
  await takesPlace(room.platform, slug, "eins@traeger.example", { topic: "Wie geht es nach der Duldung weiter?" });
  await takesPlace(room.platform, slug, "zwei@traeger.example", { topic: "Wer zahlt Dolmetscher?" });
  const desk = await room.open("/themen", { cookies: room.staff.cookies });
  await desk.getByLabel("Titel").fill("Vor der Werkstatt");
  await desk.getByLabel("Spalten").fill("Fragen\nAntworten");
  await desk.getByLabel("Gehört zu").selectOption({ label: await desk.locator("#workshop option", { hasText: title }).textContent() });
  await desk.getByRole("button", { name: "Board anlegen" }).click();
  await desk.waitForURL(/\/themen\/vor-der-werkstatt[a-z0-9-]*\/moderation/);
  const path = new URL(desk.url()).pathname.replace("/moderation", "");
  const anna = await room.open(path, { viewport: PHONE });
  for (const text of ["Wie geht es nach der Duldung weiter?", "Wer zahlt Dolmetscher?"]) {
    await card(anna, text).getByText("Thema", { exact: true }).waitFor();
  }
  await card(desk, "Wer zahlt Dolmetscher?").waitFor();
  assert.deepEqual(await anna.locator(".column").first().locator(".note-text").count(), 2, "in the first column");
  await anna.getByRole("link", { name: title }).click();
  await anna.waitForURL(`**/veranstaltungen/${slug}`);
  await anna.getByRole("link", { name: /Vor der Werkstatt/ }).first().click();
  await anna.waitForURL(`**${path}`);
});

test("the light goes from card to card on phones and on a projector in another browser, and what somebody closed stays closed", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  const desk = await room.desk(path, { viewport: PHONE });
  const elsewhere = await launch();
  try {
    const screen = await openPage(elsewhere, { viewport: { width: 1920, height: 1080 } });
    await screen.goto(`${room.platform.url}${path}/leinwand`);
    await hydrated(screen);
    await join(anna, "Amsel");
    for (const text of ["Erstens.", "Zweitens."]) {
      await write(anna, text);
      await card(desk, text).waitFor({ timeout: LIVE_MS });
    }
    for (const [number, text] of [[1, "Erstens."], [2, "Zweitens."]]) {
      await desk.locator(`#karte-${number} > details > summary`, { hasText: "Mehr" }).click();
      await desk.getByRole("button", { name: `Karte ${number}: Groß zeigen` }).click();
      await anna.getByText(`Im Blick: Karte ${number}`).waitFor({ timeout: LIVE_MS });
      await anna.locator(".spotlight .note-text", { hasText: text }).waitFor();
      await screen.getByRole("heading", { name: `Karte ${number}: Problem` }).waitFor({ timeout: LIVE_MS });
      await screen.locator(".screen-large .note-text", { hasText: text }).waitFor();
    }
    await anna.getByText("Karte 2 im Wortlaut").click();
    await anna.locator(".spotlight .note-text").waitFor({ state: "hidden" });
    await write(anna, "Drittens.");
    await card(desk, "Drittens.").waitFor({ timeout: LIVE_MS });
    assert.equal(await anna.locator(".spotlight .note-text").isVisible(), false, "who explores is left alone");
    await desk.getByRole("button", { name: "Nichts mehr groß zeigen" }).click();
    await anna.getByText("Im Blick: Karte 2").waitFor({ state: "detached", timeout: LIVE_MS });
    await card(screen, "Drittens.").waitFor({ timeout: LIVE_MS });
    assert.deepEqual(screen.problems, []);
  } finally {
    await elsewhere.close();
  }
});

test("a board that stops says so and takes nothing, and a thought that was typed is there when it goes on", async () => {
  const path = await room.board();
  const slug = path.split("/").at(-1);
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await write(anna, "Schon da.");
  await card(anna, "Schon da.").waitFor({ timeout: LIVE_MS });
  await field(anna).pressSequentially("Mitten im Ged");
  // At once after the last letter.
  await deed(path, { freeze: { frozen: true } });
  await anna.getByText("Dieses Board ist angehalten. Lesen können Sie weiter; senden geht, sobald es weitergeht.").waitFor({ timeout: LIVE_MS });
  // What one types is not taken away, nor the place where one is.
  const send = anna.getByRole("button", { name: "Karte absenden" });
  await until("the shut button", () => send.isDisabled(), LIVE_MS);
  const place = anna.getByRole("button", { name: "Karte 1: Verschieben" });
  assert.equal(await place.isDisabled(), true, "and nothing opens that could not be sent");
  await anna.getByText("Sie können weiterschreiben; senden geht, sobald es weitergeht.").waitFor();
  assert.equal(await anna.getByText("Karten erscheinen sofort.").count(), 0);
  assert.equal(await field(anna).inputValue(), "Mitten im Ged");
  assert.equal(await field(anna).evaluate((area) => area === document.activeElement), true);
  assert.equal(await anna.getByRole("button", { name: /Bei uns auch/ }).count(), 0);
  // Whoever sends all the same is told why.
  const ben = new Visitor(room.platform);
  const { next } = await ben.post("/api/board-join", { slug, name: "Birke" });
  assert.ok(next);
  const refused = await ben.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "topic", column: await columnOf(path), text: "Trotzdem." });
  assert.match(await (await ben.get(refused.next.replace(room.platform.url, ""))).text(), /Das Board ist gerade angehalten|machen Sie zuerst oben mit/);
  await deed(path, { freeze: { frozen: false } });
  await until("the open button", () => send.isEnabled(), LIVE_MS);
  assert.equal(await place.isEnabled(), true);
  await field(anna).press("End");
  await field(anna).pressSequentially("anken.");
  await anna.getByLabel("Problem", { exact: true }).check();
  await anna.getByRole("button", { name: "Karte absenden" }).click();
  await card(anna, "Mitten im Gedanken.").waitFor({ timeout: LIVE_MS });
  assert.equal(await anna.getByText("Trotzdem.").count(), 0);
});

test("a form that goes while somebody types breaks nothing, and what was typed is there when it comes back", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await field(anna).pressSequentially("Mitten im Ged");
  await deed(path, { archive: { archived: true } });
  await anna.getByText("Dieses Board liegt im Archiv").waitFor({ timeout: LIVE_MS });
  await field(anna).waitFor({ state: "detached", timeout: LIVE_MS });
  await deed(path, { archive: { archived: false } });
  await field(anna).waitFor({ timeout: LIVE_MS });
  await until("what was typed", async () => (await field(anna).inputValue()) === "Mitten im Ged", LIVE_MS);
  // A field that was taken away with what was typed into it is said to be changed by the browser.
  assert.deepEqual(anna.problems, []);
});

test("a comment and other words that were typed are there, too, when a board stops, when the card is closed and when it is put elsewhere", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await write(anna, "Eine Karte.");
  await card(anna, "Eine Karte.").waitFor({ timeout: LIVE_MS });
  const opens = async () => {
    for (const words of ["Kommentieren", "Mehr"]) {
      const part = anna.locator("#karte-1 > details", { has: anna.locator("summary", { hasText: words }) });
      if (!(await part.evaluate((details) => details.open))) await part.locator("> summary").click();
    }
  };
  await opens();
  await anna.getByLabel("Kommentar zu Karte 1").pressSequentially("Noch ein Wo");
  await anna.getByLabel("Text der Karte 1").fill("Eine andere Karte.");
  const kept = async () => ({
    comment: await anna.getByLabel("Kommentar zu Karte 1").inputValue(),
    words: await anna.getByLabel("Text der Karte 1").inputValue(),
  });
  const typed = { comment: "Noch ein Wo", words: "Eine andere Karte." };
  const { columns, cards } = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board;
  await deed(path, { freeze: { frozen: true } });
  await anna.getByText("Dieses Board ist angehalten").waitFor({ timeout: LIVE_MS });
  assert.deepEqual(await kept(), typed);
  await deed(path, { freeze: { frozen: false } });
  await anna.getByText("Dieses Board ist angehalten").waitFor({ state: "detached", timeout: LIVE_MS });
  await deed(path, { lock: { card: cards[0].id, locked: true } });
  await anna.locator("#karte-1").getByText("Gesperrt").waitFor({ timeout: LIVE_MS });
  await anna.getByLabel("Kommentar zu Karte 1").waitFor({ state: "detached" });
  await deed(path, { lock: { card: cards[0].id, locked: false } });
  await anna.getByLabel("Kommentar zu Karte 1").waitFor({ timeout: LIVE_MS });
  assert.deepEqual(await kept(), typed);
  await deed(path, { move: { card: cards[0].id, column: columns[1].id, after: null } });
  await anna.goto(`${anna.url().split("#")[0]}#spalte-${columns[1].id}`);
  await anna.getByLabel("Kommentar zu Karte 1").waitFor({ timeout: LIVE_MS });
  assert.deepEqual(await kept(), typed);
});

test("other words meet the words of somebody else: nothing of either is lost", async () => {
  const path = await room.board();
  const slug = path.split("/").at(-1);
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await write(anna, "Der Bus fährt selten.");
  await card(anna, "Der Bus fährt selten.").waitFor({ timeout: LIVE_MS });
  const revised = async () => JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards[0];
  const reword = async (text) => {
    const { id, revision = 0 } = await revised();
    await room.staff.post("/api/board-edit", { slug, on: "moderation", card: id, base: revision, text });
  };
  const words = anna.getByLabel("Text der Karte 1");
  await anna.locator("#karte-1 > details > summary", { hasText: "Mehr" }).click();
  // While nobody types the field follows.
  await reword("Der Bus fährt sehr selten.");
  await until("the new words in the field", async () => (await words.inputValue()) === "Der Bus fährt sehr selten.", LIVE_MS);
  await words.press("End");
  await words.pressSequentially(" Sonntags nie.");
  await reword("Der Linienbus fährt sehr selten.");
  await card(anna, "Der Linienbus").waitFor({ timeout: LIVE_MS });
  assert.equal(await words.inputValue(), "Der Bus fährt sehr selten. Sonntags nie.");
  await anna.locator("#karte-1").getByRole("button", { name: "Text ändern" }).click();
  await card(anna, "Der Linienbus fährt sehr selten. Sonntags nie.").waitFor({ timeout: LIVE_MS });
  await until("both in the field", async () => (await words.inputValue()) === "Der Linienbus fährt sehr selten. Sonntags nie.", LIVE_MS);
  // At the same place nobody but a person can say what is meant.
  await words.fill("Der Linienbus fährt manchmal.");
  await reword("Der Linienbus fährt nie.");
  await card(anna, "Der Linienbus fährt nie.").waitFor({ timeout: LIVE_MS });
  const save = anna.locator("#karte-1").getByRole("button", { name: "Text ändern" });
  await save.click();
  await anna.getByText("Die Karte wurde inzwischen geändert.").waitFor({ timeout: LIVE_MS });
  assert.equal(await words.inputValue(), "Der Linienbus fährt manchmal.");
  assert.equal((await revised()).text, "Der Linienbus fährt nie.");
  await save.click();
  await card(anna, "Der Linienbus fährt manchmal.").waitFor({ timeout: LIVE_MS });
});

test("without WebAssembly other words that come too late stand in their field again, and can be saved after reading", async () => {
  const path = await room.board();
  const slug = path.split("/").at(-1);
  const anna = await room.open(path, { script: false });
  await join(anna, "Amsel");
  await write(anna, "Der Bus fährt selten.");
  await anna.getByText("Ihre Karte ist da.").waitFor();
  const [{ id }] = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards;
  await anna.goto(`${room.platform.url}${path}`);
  await anna.locator("#karte-1 > details > summary", { hasText: "Mehr" }).click();
  await room.staff.post("/api/board-edit", { slug, on: "moderation", card: id, base: 0, text: "Der Bus fährt nie." });
  const words = anna.getByLabel("Text der Karte 1");
  const save = anna.locator("#karte-1").getByRole("button", { name: "Text ändern" });
  await words.fill("Der Bus fährt manchmal.");
  await save.click();
  await anna.getByText("Die Karte wurde inzwischen geändert.").waitFor();
  await card(anna, "Der Bus fährt nie.").waitFor();
  assert.equal(await words.inputValue(), "Der Bus fährt manchmal.");
  assert.equal(await words.isVisible(), true);
  assert.equal(await field(anna).inputValue(), "", "the field for a new card is another one");
  await save.click();
  await anna.getByText("Ihr neuer Text ist gespeichert.").waitFor();
  await card(anna, "Der Bus fährt manchmal.").waitFor();
});

// The first column's id, as the board's page has it for who has joined.
async function columnOf(path) {
  const { columns } = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board;
  return columns[0].id;
}
