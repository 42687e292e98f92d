// One moderator who is in control: the queue, the stage, the workbench, two moderators at once, and what comes out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, TABLET, hydrated } from "../support/browser.mjs";
import { until } from "../support/platform.mjs";
import { LIVE_MS, card, join, roomForTests, unfold, write } from "../support/room.mjs";
import { Visitor } from "../support/visitor.mjs";

const room = roomForTests();

const queued = (page, text) => page.locator("li[id^=wartet]", { hasText: text });

// Does something on a board as staff does, without a browser.
function deed(path, operation) {
  return room.staff.post("/api/board-act", { slug: path.split("/").at(-1), on: "moderation", operation: JSON.stringify(operation) });
}

// A device whose clock is so many minutes ahead.
const clockAhead = (minutes) => `{ const now = Date.now.bind(Date); Date.now = () => now() + ${minutes * 60_000}; }`;

// Three people who have just come report the card with this number.
async function threeReport(path, desk, number) {
  const slug = path.split("/").at(-1);
  const id = await desk.evaluate((number) => document.querySelector(`#karte-${number} input[name=card]`).value, number);
  for (const name of ["Birke", "Cello", "Distel"]) {
    const visitor = new Visitor(room.platform);
    await visitor.post("/api/board-join", { slug, name });
    await visitor.post("/api/board-act", { slug, operation: JSON.stringify({ report: { card: id, given: true } }) });
  }
}

test("the queue: what looks alike is named, what is harmless goes out at once, what was reported comes back", async () => {
  const path = await room.board({ level: "all" });
  const anna = await room.open(path, { viewport: PHONE });
  const desk = await room.desk(path, { viewport: PHONE });
  await join(anna, "Amsel");
  for (const text of ["Dolmetscher fehlen beim Jugendamt.", "Der Bus fährt zweimal am Tag.", "Frau Beispiel wartet seit dem 1.2.2024."]) await write(anna, text);
  await queued(desk, "Frau Beispiel").getByText("Sieht nach Daten von Klient*innen aus").waitFor({ timeout: LIVE_MS });
  assert.equal(await desk.evaluate(() => document.querySelector("li[id^=wartet]").id), "wartet-3", "what looks like clients' data is first");
  await desk.getByRole("button", { name: "Alle 2 ohne Hinweis veröffentlichen" }).click();
  await desk.getByText("2 Karten sind veröffentlicht.").waitFor();
  await card(anna, "Der Bus fährt").getByText("Veröffentlicht").waitFor({ timeout: LIVE_MS });
  assert.equal(await queued(desk, "").count(), 1, "what looks like clients' data waits for a person");
  await write(anna, "Beim Jugendamt gibt es keine Dolmetscher.");
  // By keyboard: when a card has gone, the focus is on the next one.
  await queued(desk, "gibt es keine Dolmetscher").waitFor({ timeout: LIVE_MS });
  await queued(desk, "Frau Beispiel").getByRole("button", { name: "Karte 3: Veröffentlichen" }).focus();
  await desk.keyboard.press("Enter");
  await queued(desk, "Frau Beispiel").waitFor({ state: "detached", timeout: LIVE_MS });
  await until("the focus on the next card", async () => await desk.evaluate(() => document.activeElement.id) === "wartet-4");
  await queued(desk, "gibt es keine Dolmetscher").getByText("Vielleicht dasselbe wie:").waitFor({ timeout: LIVE_MS });
  assert.match(await queued(desk, "gibt es keine Dolmetscher").textContent(), /Dolmetscher fehlen beim Jugendamt/);

  // Three people report a card that somebody has read: it comes back to be read again, and stays in sight.
  await threeReport(path, desk, 2);
  await queued(desk, "Der Bus fährt").getByText("Gemeldet von 3 Personen").waitFor({ timeout: LIVE_MS });
  await card(anna, "Der Bus fährt").getByText("Veröffentlicht").waitFor();
  await queued(desk, "Der Bus fährt").getByRole("button", { name: "Karte 2: Veröffentlichen" }).click();
  await queued(desk, "Der Bus fährt").waitFor({ state: "detached", timeout: LIVE_MS });
});

test("what nobody of the moderation has read is out of sight once three people have reported it, until somebody has", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  const desk = await room.desk(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await write(anna, "Der Bus fährt zweimal am Tag.");
  await card(desk, "Der Bus fährt").waitFor({ state: "attached", timeout: LIVE_MS });
  await threeReport(path, desk, 1);
  await card(anna, "Der Bus fährt").getByText("Ausgeblendet", { exact: true }).waitFor({ timeout: LIVE_MS });
  await queued(desk, "Der Bus fährt").getByText("Gemeldet von 3 Personen").waitFor({ timeout: LIVE_MS });
  await queued(desk, "Der Bus fährt").getByRole("button", { name: "Karte 1: Veröffentlichen" }).click();
  await card(anna, "Der Bus fährt").getByText("Veröffentlicht").waitFor({ timeout: LIVE_MS });
});

test("a moderator sees who is in the room, and that somebody has gone", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  const ben = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await join(ben, "Birke");
  const desk = await room.desk(path, { viewport: PHONE });
  await desk.getByRole("link", { name: "Wer da ist" }).click();
  await desk.getByRole("heading", { level: 1, name: "Wer da ist" }).waitFor();
  const again = await desk.getByRole("link", { name: "Neu laden" }).getAttribute("href");
  const names = async () => {
    await room.go(desk, again);
    await desk.getByText(/mach(t|en) gerade mit/).waitFor();
    return desk.locator("article li").allInnerTexts();
  };
  // A line is opened anew by who has just joined.
  await until("both names", async () => (await names()).join() === "Amsel,Birke", 15_000);
  await ben.close();
  await until("one name", async () => (await names()).join() === "Amsel", 15_000);
  await desk.getByRole("link", { name: "Zur Moderation" }).click();
  await desk.getByRole("heading", { level: 1, name: /^Moderation: / }).waitFor();
  assert.equal((await anna.request.get(`${room.platform.url}${path}/anwesend`)).status(), 404);
});

test("two moderators: who comes later is told, and what was not read is not published", async () => {
  const path = await room.board({ level: "all" });
  const anna = await room.open(path);
  const first = await room.desk(path);
  const second = await room.desk(path, { viewport: TABLET });
  await join(anna, "Amsel");
  await write(anna, "Wer ist zuerst da?");
  await queued(first, "Wer ist zuerst da?").getByRole("button", { name: "Ich prüfe sie gerade" }).click();
  await queued(first, "Wer ist zuerst da?").getByRole("button", { name: "Ich prüfe sie gerade", pressed: true }).waitFor();
  // The other desk is cut off, and shows what was.
  await queued(second, "Wer ist zuerst da?").waitFor({ timeout: LIVE_MS });
  second.mayBreakOff = true;
  await second.context().setOffline(true);
  await queued(second, "Wer ist zuerst da?").getByRole("button", { name: "Karte 1: Veröffentlichen" }).click();
  await queued(first, "Wer ist zuerst da?").getByText("Ablehnen").first().click();
  await queued(first, "Wer ist zuerst da?").getByRole("button", { name: "Ablehnen" }).click();
  await card(anna, "Wer ist zuerst da?").getByText("Nicht veröffentlicht").waitFor({ timeout: LIVE_MS });
  await second.context().setOffline(false);
  await second.getByText("Jemand war schneller").waitFor({ timeout: 15_000 });
  await card(anna, "Wer ist zuerst da?").getByText("Nicht veröffentlicht").waitFor();
});

test("the stage: pause, curtain, spotlight and time reach every phone and the projector", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  // The time is the server's, whatever clock a device has.
  const ben = await room.open(path, { viewport: PHONE, before: clockAhead(-10) });
  const desk = await room.desk(path, { viewport: PHONE });
  const screen = await room.open(`${path}/leinwand`, { viewport: { width: 1920, height: 1080 }, before: clockAhead(10) });
  const stranger = await room.line(path);
  await join(anna, "Amsel");
  await join(ben, "Birke");
  await write(anna, "Vor der Pause.");
  await card(ben, "Vor der Pause.").waitFor({ timeout: LIVE_MS });

  await desk.getByRole("button", { name: "Neue Karten zurückhalten" }).click();
  await ben.getByText("Neue Karten kommen an").waitFor({ timeout: LIVE_MS });
  await write(anna, "In der Pause.");
  await card(anna, "In der Pause.").getByText("Zurückgehalten").waitFor({ timeout: LIVE_MS });
  await card(desk, "In der Pause.").waitFor({ timeout: LIVE_MS });
  assert.equal(await ben.getByText("In der Pause.").count(), 0);
  assert.doesNotMatch(stranger.text, /In der Pause/);
  await desk.getByRole("button", { name: "Neue Karten zurückhalten", pressed: true }).click();
  await card(ben, "In der Pause.").waitFor({ timeout: LIVE_MS });

  await desk.getByRole("button", { name: "Karten verdecken" }).click();
  await card(ben, "Vor der Pause.").waitFor({ state: "detached", timeout: LIVE_MS });
  await card(anna, "Vor der Pause.").waitFor();
  await desk.getByRole("button", { name: "Karten verdecken", pressed: true }).click();
  await card(ben, "Vor der Pause.").waitFor({ timeout: LIVE_MS });

  await card(desk, "Vor der Pause.").getByText("Mehr").click();
  await desk.getByRole("button", { name: "Karte 1: Groß zeigen" }).click();
  await ben.getByText("Im Blick: Karte 1").waitFor({ timeout: LIVE_MS });
  await screen.getByRole("heading", { name: "Karte 1: Problem" }).waitFor({ timeout: LIVE_MS });
  // Whoever wants to read on closes it.
  await ben.getByText("Karte 1 im Wortlaut").click();
  assert.equal(await ben.locator(".spotlight .note-text").isVisible(), false);
  await desk.getByRole("button", { name: "Nichts mehr groß zeigen" }).click();
  await screen.getByRole("heading", { name: "Was fehlt" }).waitFor({ timeout: LIVE_MS });

  await desk.getByLabel("Zeit für alle, in Minuten").fill("2");
  await desk.getByRole("button", { name: "Zeit starten" }).click();
  for (const page of [ben, screen]) {
    const clock = page.getByRole("timer");
    await clock.getByText(/Noch [12]:\d\d Minuten/).waitFor({ timeout: LIVE_MS });
    const before = await clock.textContent();
    await until("the time runs", async () => (await clock.textContent()) !== before);
  }
  await desk.getByRole("button", { name: "Zeit anhalten" }).click();
  await ben.getByRole("timer").waitFor({ state: "detached", timeout: LIVE_MS });

  // The code on the projector leads into the room.
  const image = await screen.request.get(room.platform.url + (await screen.locator("img.screen-code").getAttribute("src")));
  assert.equal(image.headers()["content-type"], "image/svg+xml");
  assert.match(await image.text(), /^<svg/);
});

test("wherever one is on a phone, the card in the light and the time are at hand, and cover nothing", async () => {
  const path = await room.board();
  const slug = path.split("/").at(-1);
  const anna = new Visitor(room.platform);
  await anna.post("/api/board-join", { slug, name: "Amsel" });
  const column = (await (await anna.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  for (let number = 1; number <= 12; number += 1) {
    await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "problem", column, text: `Das ist Gedanke ${number}.` });
  }
  const cards = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards;
  const ben = await room.open(path, { viewport: { width: 320, height: 480 } });
  await join(ben, "Birke");
  const box = (selector) => ben.evaluate((selector) => {
    const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
    return { top, bottom };
  }, selector);
  const goDown = async () => {
    await ben.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await until("the end of the page", () => ben.evaluate(() => window.scrollY > 2 * window.innerHeight));
  };
  await goDown();
  await deed(path, { spotlight: { card: cards.find(({ number }) => number === 2).id } });
  await deed(path, { timer: { seconds: 600 } });
  const link = ben.getByRole("link", { name: "Im Blick: Karte 2" });
  await link.waitFor({ timeout: LIVE_MS });
  await ben.getByRole("timer").getByText(/Noch (10:00|9:\d\d) Minuten/).waitFor({ timeout: LIVE_MS });
  const line = await box(".board-now");
  assert.ok(line.top >= 0 && line.bottom <= 110, `the line is out of sight, or too high: ${JSON.stringify(line)}`);
  assert.ok((await box(".spotlight")).bottom < 0, "what stands on top is out of sight");
  // Without a network that is said in the same place, and neither covers the other.
  ben.mayBreakOff = true;
  await ben.context().setOffline(true);
  // A line that is open breaks without a word: that is seen when somebody looks at the page again.
  await ben.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await ben.getByText("Gerade keine Verbindung.").waitFor({ timeout: LIVE_MS });
  await ben.evaluate(() => document.querySelector(".columns").scrollIntoView({ block: "end" }));
  // In its middle and at its four edges: there it is what one sees.
  const isSeen = (selector) => ben.evaluate((selector) => {
    const part = document.querySelector(selector);
    const { left, right, top, bottom } = part.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return [[x, y], [x, top + 1], [x, bottom - 1], [left + 1, y], [right - 1, y]].every((at) => part.contains(document.elementFromPoint(...at)));
  }, selector);
  for (const selector of [".board-line .notice", ".board-now"]) assert.ok(await isSeen(selector), `${selector} is out of sight or covered: ${JSON.stringify(await box(selector))}`);
  // And the check can fail: what scrolls along is found.
  const sticks = (position) => ben.locator(".board-line").evaluate((line, position) => { line.style.position = position; }, position);
  await sticks("static");
  assert.equal(await isSeen(".board-line .notice"), false);
  await sticks("");
  await ben.context().setOffline(false);
  await ben.getByText("Gerade keine Verbindung.").waitFor({ state: "detached", timeout: 15_000 });
  // What gets the focus is not below it, from above and from below.
  for (const selector of ["#text", "#column"]) {
    await goDown();
    await ben.locator(selector).focus();
    const [field, now] = [await box(selector), await box(".board-now")];
    assert.ok(field.top >= now.bottom, `${selector} is covered: ${JSON.stringify([field, now])}`);
  }
  await goDown();
  await link.click();
  await until("the card in the light", async () => {
    const [note, now] = [await box("#karte-2"), await box(".board-now")];
    return note.top >= now.bottom && note.top < 480;
  }, LIVE_MS);
  // Where the kind that is chosen leaves the card out, its words on top are the way.
  await room.go(ben, `${path}?art=quote`);
  await link.click();
  await until("its words", async () => {
    const [words, now] = [await box("#im-blick"), await box(".board-now")];
    return words.top >= now.bottom - 1 && words.top < 480;
  }, LIVE_MS);
  await deed(path, { timer: { seconds: null } });
  await deed(path, { spotlight: { card: null } });
  await until("no line any more", async () => (await box(".board-now")).bottom - (await box(".board-now")).top === 0, LIVE_MS);
});

test("who looks at what is still to be discussed sees it get less, and new cards come", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await write(anna, "Dolmetscher fehlen.");
  await write(anna, "Der Bus fährt selten.");
  const desk = await room.open(path, { cookies: room.staff.cookies, viewport: PHONE });
  await card(desk, "Der Bus fährt selten.").waitFor({ timeout: LIVE_MS });
  const [first] = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards;
  await deed(path, { go_to: { phase: "discuss" } });
  await deed(path, { spotlight: { card: first.id } });
  await anna.getByRole("link", { name: "Noch nicht besprochen" }).click();
  await anna.waitForURL(/\?art=offen$/);
  // One tap where the words of the card in the light are.
  await desk.locator(".spotlight").getByRole("button", { name: `Karte ${first.number}: Besprochen` }).click();
  await desk.getByText(`Karte ${first.number} ist besprochen.`).waitFor({ timeout: LIVE_MS });
  await anna.locator(`#karte-${first.number}`).waitFor({ state: "detached", timeout: LIVE_MS });
  await anna.locator(".spotlight").getByText(first.text).waitFor();
  await write(anna, "Und abends?");
  await until("two are left, and the number says so", async () => (await anna.locator("section.column .column-count").first().textContent()).trim() === "2", LIVE_MS);
  await desk.getByRole("button", { name: "Rückgängig" }).click();
  await anna.locator(`#karte-${first.number}`).waitFor({ timeout: LIVE_MS });
  assert.deepEqual([anna.problems, desk.problems], [[], []]);
});

test("the light, the next phase and the end of a time are said politely, at most once in five seconds", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  const ben = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await write(anna, "Dolmetscher fehlen.");
  await card(ben, "Dolmetscher fehlen.").waitFor({ timeout: LIVE_MS });
  await ben.evaluate(() => {
    window.said = [];
    const place = document.getElementById("neues");
    new MutationObserver(() => window.said.push({ text: place.textContent, at: performance.now() })).observe(place, { childList: true, characterData: true, subtree: true });
  });
  const hears = (words) => until(words, () => ben.evaluate((words) => window.said.some(({ text }) => text.includes(words)), words), 15_000);
  const [{ id }] = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards;
  await deed(path, { spotlight: { card: id } });
  await hears("Karte 1 ist jetzt im Blick.");
  await deed(path, { go_to: { phase: "weigh" } });
  await hears("Neue Phase: Gewichten.");
  await deed(path, { timer: { seconds: 8 } });
  await hears("Die Zeit ist um.");
  // What is there from the beginning is not news: who comes now hears nothing of it.
  const late = await room.open(path, { viewport: PHONE });
  await late.getByText("Die Zeit ist um.").first().waitFor({ timeout: LIVE_MS });
  assert.equal((await late.locator("#neues").textContent()).trim(), "");
  const said = await ben.evaluate(() => window.said);
  assert.equal(said.filter(({ text }) => text.includes("im Blick")).length, 1, JSON.stringify(said));
  // The page counts from when it said something, this one from when that was drawn.
  const pauses = said.slice(1).map(({ at }, before) => at - said[before].at);
  assert.ok(pauses.every((pause) => pause >= 4990), JSON.stringify(said));
});

test("the workbench: together, apart, in parts, counted by hands, concluded, and without its author", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  const ben = await room.open(path);
  const desk = await room.desk(path);
  await join(anna, "Amsel");
  await join(ben, "Birke");
  await write(anna, "Dolmetscher fehlen.");
  await write(ben, "Es gibt keine Dolmetscher, und keine Termine.");
  await card(anna, "Es gibt keine Dolmetscher").waitFor({ timeout: LIVE_MS });
  await card(desk, "Es gibt keine Dolmetscher").getByText("Mehr").click();
  await card(desk, "Es gibt keine Dolmetscher").getByRole("link", { name: "Werkbank" }).click();
  const bench = desk.locator(".workbench");
  await bench.getByRole("heading", { name: "Werkbank: Karte 2" }).waitFor();

  await bench.getByText("Teilen", { exact: true }).click();
  await bench.getByLabel("Was soll auf einer eigenen Karte stehen?").fill("Sprechzeiten fehlen ganz.");
  await bench.getByRole("button", { name: "Teil als Karte anlegen" }).click();
  await card(ben, "Sprechzeiten fehlen ganz.").getByText("War ein Teil von Karte 2.").waitFor({ timeout: LIVE_MS });
  await card(ben, "Sprechzeiten fehlen ganz.").getByText("Ihre Karte").waitFor();

  await bench.getByText("Zusammenführen", { exact: true }).first().click();
  await bench.getByLabel("Welche Karte soll auch für diese stehen?").selectOption({ label: "1 · Dolmetscher fehlen." });
  await bench.getByRole("button", { name: "Zusammenführen" }).click();
  await card(anna, "Dolmetscher fehlen.").getByText("Steht auch für 1 Karte").waitFor({ timeout: LIVE_MS });
  await ben.locator("#karte-2").getByText("Zusammengeführt").waitFor({ timeout: LIVE_MS });
  // Its workbench goes with it.
  await desk.getByText("Eine Karte 2 gibt es hier nicht oder nicht mehr.").waitFor({ timeout: LIVE_MS });
  await desk.goto(`${room.platform.url}${path}/moderation?karte=1`);
  await hydrated(desk);
  await desk.getByRole("button", { name: "Karte 1: Karte 2 wieder trennen" }).click();
  await anna.locator("#karte-2").waitFor({ timeout: LIVE_MS });

  await desk.locator(".workbench").getByText("Handzeichen notieren").click();
  await desk.getByLabel("Wie viele Hände?").fill("17");
  await desk.getByRole("button", { name: "Notieren" }).click();
  await card(anna, "Dolmetscher fehlen.").getByText("17 Handzeichen").waitFor({ timeout: LIVE_MS });
  await desk.locator(".workbench").getByText("Ergebnis festhalten").click();
  await desk.getByLabel("Was ist das Ergebnis, oder was ist offen?").fill("Eine Rahmenvereinbarung wird geprüft.");
  await desk.getByLabel("Wer übernimmt es?").fill("Jugendamt");
  await desk.getByLabel("Wer ist zuständig?").selectOption("Kommune");
  await desk.getByLabel("Wie weit ist es?").selectOption("In Arbeit");
  await desk.getByRole("button", { name: "Festhalten" }).click();
  await card(anna, "Dolmetscher fehlen.").getByText("Eine Rahmenvereinbarung wird geprüft.").waitFor({ timeout: LIVE_MS });

  await desk.goto(`${room.platform.url}${path}/moderation?karte=2`);
  await hydrated(desk);
  await desk.getByRole("button", { name: "Karte 2: Autor*in vom Board nehmen" }).click();
  await anna.locator("#karte-2").waitFor({ state: "detached", timeout: LIVE_MS });
  await desk.getByRole("button", { name: "Karte 2: Autor*in wieder zulassen" }).click();
  await anna.locator("#karte-2").waitFor({ timeout: LIVE_MS });
  await desk.locator(".workbench").getByText("Moderation teilen").click();
  await desk.getByRole("button", { name: "Mitmoderieren lassen", exact: true }).click();
  await desk.getByText("moderiert jetzt mit").waitFor();
  await ben.goto(`${room.platform.url}${path}/moderation`);
  await ben.getByRole("heading", { name: /^Moderation:/ }).waitFor();
  // Whatever becomes of the own cards, it ends from the list.
  await desk.getByRole("link", { name: "Wer da ist" }).click();
  await desk.getByRole("heading", { name: "Wer mitmoderiert" }).waitFor();
  await desk.getByRole("button", { name: /^Birke, seit .*: Nicht mehr moderieren lassen$/ }).click();
  await desk.getByText("Diese Person moderiert nicht mehr.").waitFor();
  await desk.getByRole("link", { name: "Wer da ist" }).click();
  await desk.getByText(/mach(t|en) gerade mit/).waitFor();
  assert.equal(await desk.getByText("Wer mitmoderiert").count(), 0);
  assert.equal((await ben.request.get(`${room.platform.url}${path}/moderation`)).status(), 404);
});

test("who moderates no more reads so at once, also after a break, and nothing of a queue that is not seen any more", async () => {
  const path = await room.board({ level: "all" });
  const slug = path.split("/").at(-1);
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await write(anna, "Dolmetscher fehlen.");
  await card(anna, "Dolmetscher fehlen.").getByText("Wartet auf Freigabe").waitFor({ timeout: LIVE_MS });
  const [{ id }] = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards;
  const gives = () => room.staff.post("/api/board-hand-over", { slug, card: id, given: "1" });
  const takes = async () => {
    const { moderators: [[member]] } = await room.staff.json("/api/board-present", { slug });
    await room.staff.post("/api/board-hand-over", { slug, member, given: "" });
  };
  const over = anna.getByText("Sie moderieren hier nicht mehr.");
  anna.mayBreakOff = true;
  for (const breaks of [false, true]) {
    await gives();
    await room.go(anna, `${path}/moderation`);
    await queued(anna, "Dolmetscher fehlen.").waitFor();
    if (breaks) {
      await anna.context().setOffline(true);
      await anna.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
      await anna.getByText("Gerade keine Verbindung.").waitFor({ timeout: LIVE_MS });
    }
    await takes();
    await anna.context().setOffline(false);
    await over.waitFor({ timeout: breaks ? 15_000 : LIVE_MS });
    for (const words of ["Nichts wartet.", "Board anhalten"]) assert.equal(await anna.getByText(words).filter({ visible: true }).count(), 0, words);
  }
  await anna.getByRole("link", { name: "Zum Board" }).click();
  await card(anna, "Dolmetscher fehlen.").getByText("Wartet auf Freigabe").waitFor();
});

test("a workbench that was opened too early finds its card, and keeps what is typed while the board changes", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  const desk = await room.open(`${path}/moderation?karte=1`, { cookies: room.staff.cookies });
  await desk.getByText("Eine Karte 1 gibt es hier nicht oder nicht mehr.").waitFor();
  await write(anna, "Der Schlüssel fehlt.");
  const bench = desk.locator(".workbench");
  await bench.getByRole("heading", { name: "Werkbank: Karte 1" }).waitFor({ timeout: LIVE_MS });
  await desk.getByText("Eine Karte 1 gibt es hier nicht oder nicht mehr.").waitFor({ state: "detached" });

  await bench.getByText("Handzeichen notieren").click();
  await desk.getByLabel("Wie viele Hände?").fill("9");
  await write(anna, "Die Tür auch.");
  await card(desk, "Die Tür auch.").waitFor({ timeout: LIVE_MS });
  assert.equal(await desk.getByLabel("Wie viele Hände?").inputValue(), "9");
  await desk.getByRole("button", { name: "Notieren" }).click();
  await card(anna, "Der Schlüssel fehlt.").getByText("9 Handzeichen").waitFor({ timeout: LIVE_MS });
  // What is erased has no workbench any more, and none that will come.
  const [{ id }] = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards.filter(({ number }) => number === 1);
  await deed(path, { erase: { card: id } });
  await desk.getByText("Eine Karte 1 gibt es hier nicht oder nicht mehr.").waitFor({ timeout: LIVE_MS });
  assert.equal(await bench.count(), 0);
});

test("each card has a workbench of its own: what was typed or sent for one stands at no other", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  for (const text of ["Dolmetscher fehlen.", "Der Bus fährt selten."]) await write(anna, text);
  const desk = await room.desk(path);
  const bench = desk.locator(".workbench");
  const opens = async (text, number) => {
    const link = card(desk, text).locator("a", { hasText: "Werkbank" });
    await link.evaluate((link) => { link.closest("details").open = true; });
    await link.click();
    await bench.getByRole("heading", { name: `Werkbank: Karte ${number}` }).waitFor();
    assert.equal(await bench.count(), 1);
  };
  await card(desk, "Der Bus fährt selten.").waitFor({ timeout: LIVE_MS });
  await opens("Dolmetscher fehlen.", 1);
  await bench.getByText("Handzeichen notieren").click();
  await bench.locator("#count").fill("17");
  await bench.getByRole("button", { name: "Notieren" }).click();
  await bench.getByText("Ergebnis festhalten").click();
  await bench.locator("#finding").fill("Eine Rahmenvereinbarung wird geprüft.");
  await bench.locator("#taker").fill("Jugendamt");
  await bench.locator("#level").selectOption({ label: "Kommune" });
  await bench.getByRole("button", { name: "Festhalten" }).click();
  await card(anna, "Dolmetscher fehlen.").getByText("Eine Rahmenvereinbarung wird geprüft.").waitFor({ timeout: LIVE_MS });
  await bench.getByText("Teilen", { exact: true }).click();
  await bench.locator("#teil").fill("Nur von Karte 1.");
  // Without closing it.
  await opens("Der Bus fährt selten.", 2);
  const holds = () => bench.evaluate((bench) => ["finding", "taker", "count", "teil"].map((id) => bench.querySelector(`#${id}`).value));
  assert.deepEqual(await holds(), ["", "", "", "Der Bus fährt selten."]);
  assert.equal(await bench.locator("#level").inputValue(), await bench.locator("#level option").first().getAttribute("value"));
  // And what is known of the first stands there again.
  await opens("Dolmetscher fehlen.", 1);
  assert.deepEqual(await holds(), ["Eine Rahmenvereinbarung wird geprüft.", "Jugendamt", "17", "Dolmetscher fehlen."]);
});

test("of two who write down a result the second reads what the first has written, and neither loses a word", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await write(anna, "Dolmetscher fehlen.");
  await until("the card to arrive", async () => (await (await fetch(room.platform.url + path)).text()).includes("Dolmetscher fehlen."));
  const [first, second] = [await room.open(`${path}/moderation?karte=1`, { cookies: room.staff.cookies }), await room.open(`${path}/moderation?karte=1`, { cookies: room.staff.cookies })];
  const saves = async (desk, text) => {
    await desk.locator("#finding").fill(text);
    await desk.getByRole("button", { name: "Festhalten" }).click();
  };
  const reads = (text) => card(anna, "Dolmetscher fehlen.").locator(".note-finding", { hasText: text }).waitFor({ timeout: LIVE_MS });
  for (const desk of [first, second]) await desk.getByText("Ergebnis festhalten").click();
  // Whoever has written it goes on from there.
  for (const text of ["Wird geprüft.", "Wird geprüft, bis Mai."]) {
    await saves(first, text);
    await first.getByText("Das Ergebnis ist festgehalten.").waitFor();
    await reads(text);
  }
  await saves(second, "Ist abgelehnt.");
  await second.getByText("Inzwischen hat jemand anders das Ergebnis geändert. Jetzt steht dort: „Wird geprüft, bis Mai.“").waitFor();
  assert.equal(await second.locator("#finding").inputValue(), "Ist abgelehnt.");
  await reads("Wird geprüft, bis Mai.");
  await saves(second, "Ist abgelehnt, siehe oben.");
  await reads("Ist abgelehnt, siehe oben.");
  // A workbench that is opened anew begins from what is there, whatever was answered on this page before.
  await first.locator("#karte-1 .note-finding", { hasText: "siehe oben" }).waitFor({ timeout: LIVE_MS });
  await first.getByRole("link", { name: "Werkbank schließen" }).click();
  const link = first.locator("#karte-1 a", { hasText: "Werkbank" });
  await link.evaluate((link) => { link.closest("details").open = true; });
  await link.click();
  await first.getByText("Ergebnis festhalten").click();
  assert.equal(await first.locator("#finding").inputValue(), "Ist abgelehnt, siehe oben.");
  await saves(first, "Ist doch genehmigt.");
  await reads("Ist doch genehmigt.");
});

test("on the projector a card in the light is seen to its end, however long it is and whatever else is said", async () => {
  const path = await room.board();
  const slug = path.split("/").at(-1);
  const anna = new Visitor(room.platform);
  await anna.post("/api/board-join", { slug, name: "Amsel" });
  const column = (await (await anna.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  const sentence = "Für Erstgespräche in der Beratungsstelle fehlen Dolmetscherinnen, und niemand weiß, wer sie bezahlt. ";
  const texts = [sentence.repeat(4).slice(0, 399) + "!", sentence.repeat(2).slice(0, 199) + "!", "Dolmetscher fehlen.", "Wohnen.\n".repeat(49).trim()];
  for (const text of texts) await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "problem", column, text });
  const cards = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards;
  const screen = await room.open(`${path}/leinwand`, { viewport: { width: 1920, height: 1080 } });
  const light = async (number) => {
    await deed(path, { spotlight: { card: cards.find((one) => one.number === number).id } });
    await screen.getByRole("heading", { name: `Karte ${number}: Problem` }).waitFor({ timeout: LIVE_MS });
  };
  const look = () => screen.evaluate(() => {
    const size = (selector) => Number.parseFloat(getComputedStyle(document.querySelector(selector)).fontSize);
    const boxes = [...document.querySelectorAll(".screen-large > *")].map((part) => part.getBoundingClientRect());
    return {
      bottom: Math.max(...boxes.map((box) => box.bottom)), right: Math.max(...boxes.map((box) => box.right)),
      code: document.querySelector(".screen-code").getBoundingClientRect().bottom, top: Math.min(...boxes.map((box) => box.top)),
      scrolls: document.documentElement.scrollHeight > window.innerHeight,
      text: size(".screen-large > .note-text"), heading: size(".screen-large > h2"), words: size(".screen"),
    };
  });
  const sizes = [];
  for (const isBusy of [false, true]) {
    for (let number = 1; number <= texts.length; number += 1) {
      await light(number);
      for (const [width, height] of [[1280, 720], [1024, 768], [1920, 1080]]) {
        await screen.setViewportSize({ width, height });
        const seen = await look();
        const at = `card ${number} at ${width} × ${height}: ${JSON.stringify(seen)}`;
        assert.ok(seen.bottom <= height && seen.right <= width && seen.top + 1 >= seen.code, at);
        assert.equal(seen.scrolls, false, at);
        assert.ok(seen.heading > seen.words, at);
        if (!isBusy) assert.ok(seen.text > seen.words, at);
      }
      if (!isBusy) sizes.push((await look()).text);
    }
    // A time that runs, and a notice, take their place above.
    await deed(path, { timer: { seconds: 600 } });
    await deed(path, { pause: { paused: true } });
    await screen.getByText("Neue Karten kommen an").waitFor({ timeout: LIVE_MS });
  }
  assert.ok(sizes[2] > sizes[1] && sizes[1] > sizes[0], `the shorter the larger: ${sizes}`);
  // And the check can fail: as large as a short card the long one does not fit.
  await light(1);
  await screen.setViewportSize({ width: 1280, height: 720 });
  await screen.locator(".screen-large > .note-text").evaluate((text) => { text.className = "note-text screen-short"; });
  assert.ok((await look()).bottom > 720);
});

test("an open projector says the phase, and after the reveal how many votes there are, the most first", async () => {
  const path = await room.board();
  const slug = path.split("/").at(-1);
  const [anna, ben] = [new Visitor(room.platform), new Visitor(room.platform)];
  for (const [who, name] of [[anna, "Amsel"], [ben, "Birke"]]) await who.post("/api/board-join", { slug, name });
  const column = (await (await anna.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  for (const text of ["Erstens.", "Zweitens.", "Drittens."]) await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "problem", column, text });
  const cards = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards;
  const id = (number) => cards.find((one) => one.number === number).id;
  const screen = await room.open(`${path}/leinwand`, { viewport: { width: 1920, height: 1080 } });
  const phase = (words) => screen.locator(".screen-phase", { hasText: words }).waitFor({ timeout: LIVE_MS });
  const texts = async () => (await screen.locator(".column .note-text").allTextContents()).map((text) => text.replaceAll("\u00a0", " ")).join(" | ");
  const shows = (words) => until(words, async () => (await texts()) === words, LIVE_MS);
  await phase("Sammeln");
  await deed(path, { go_to: { phase: "weigh" } });
  await phase("Gewichten");
  const vote = (who, number) => who.post("/api/board-act", { slug, operation: JSON.stringify({ vote: { card: id(number), given: true } }) });
  for (const [who, number] of [[anna, 1], [ben, 1], [ben, 2]]) await vote(who, number);
  await shows("3 Drittens. | 2 Zweitens. | 1 Erstens.");
  // While votes are hidden nothing says how many there are, nor does the order.
  await deed(path, { go_to: { phase: "discuss" } });
  await phase("Besprechen");
  assert.doesNotMatch(await texts(), /Stimme/);
  await deed(path, { hide_votes: { hidden: false } });
  await shows("1 2 Stimmen Erstens. | 2 1 Stimme Zweitens. | 3 0 Stimmen Drittens.");
  await deed(path, { spotlight: { card: id(1) } });
  await screen.locator(".screen-large").getByText(/^2.Stimmen$/).waitFor({ timeout: LIVE_MS });
});

test("whose card was brought together reads at which card it stands, and what became of that one, as who follows it does", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  const ben = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await join(ben, "Birke");
  await write(anna, "Dolmetscher fehlen.");
  await card(ben, "Dolmetscher fehlen.").waitFor({ timeout: LIVE_MS });
  await write(ben, "Es gibt keine Dolmetscher.");
  await card(anna, "Es gibt keine Dolmetscher.").waitFor({ timeout: LIVE_MS });
  const cards = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards;
  const id = (number) => cards.find((one) => one.number === number).id;
  await deed(path, { merge: { card: id(2), into: id(1) } });
  await ben.getByText("Meine Karten und was ich mir gemerkt habe (1)").click();
  const [mine, followed] = [/^Karte 2: /, /^Karte 1: /].map((words) => ben.locator(".disclosure li", { hasText: words }));
  const reads = (words, entry = mine) => until(words, async () => (await entry.textContent()) === words, LIVE_MS);
  await reads("Karte 2: steht bei Karte 1.");
  await ben.locator("#karte-1 > details > summary", { hasText: "Mehr" }).click();
  await ben.getByRole("button", { name: "Karte 1: Merken" }).click();
  await reads("Karte 1: Veröffentlicht.", followed);
  // What is found about that one later is read there, too.
  await deed(path, { conclude: { card: id(1), finding: { text: "Eine Rahmenvereinbarung wird geprüft.", taker: "", level: "municipality", progress: "underway" } } });
  await reads("Karte 2: steht bei Karte 1. Ergebnis (In Arbeit): Eine Rahmenvereinbarung wird geprüft.");
  // Whoever only follows somebody else's card reads the same of it.
  await reads("Karte 1: Veröffentlicht. Ergebnis (In Arbeit): Eine Rahmenvereinbarung wird geprüft.", followed);
  await mine.getByRole("link", { name: "Karte 1" }).click();
  await until("the card that stands for it", () => ben.evaluate(() => document.querySelector(":target")?.id === "karte-1"), LIVE_MS);
  await deed(path, { merge: { card: id(2), into: null } });
  await reads("Karte 2: Veröffentlicht.");
});

test("people talk: comments and answers, tried, remembered, reworded and brought back", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  const ben = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await join(ben, "Birke");
  await write(anna, "Ein Termin in der Woche ohne Anmeldung.", { kind: "Lösung" });
  const idea = card(ben, "Ein Termin in der Woche");
  await idea.waitFor({ timeout: LIVE_MS });
  await ben.getByRole("button", { name: "Karte 1: Teilweise" }).click();
  await anna.getByRole("button", { name: "Karte 1: Teilweise · 1" }).waitFor({ timeout: LIVE_MS });
  await idea.getByText("Kommentieren").first().click();
  await idea.getByLabel("Kommentar zu Karte 1").fill("Wer kommt da hin?");
  await idea.getByRole("button", { name: "Kommentieren" }).click();
  await anna.getByText("1 Kommentar", { exact: false }).first().waitFor({ timeout: LIVE_MS });
  await card(anna, "Ein Termin in der Woche").getByText("1 Kommentar").click();
  // What somebody else says is so elsewhere, too; and it is taken back as it was given.
  await anna.getByRole("button", { name: "Kommentar 2: Bei uns auch" }).click();
  const others = (words) => ben.locator(`button[aria-label="Kommentar 2: ${words}"][aria-pressed="false"]`).waitFor({ state: "attached", timeout: LIVE_MS });
  await others("Bei uns auch · 1");
  await anna.getByRole("button", { name: "Kommentar 2: Bei uns auch · 1", pressed: true }).click();
  await others("Bei uns auch");
  // Where there is room what is done with a comment is one row, and what is asked of a solution stands above its buttons.
  await anna.setViewportSize({ width: 1280, height: 800 });
  const top = (part) => part.evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const button = (name) => anna.getByRole("button", { name });
  assert.equal(await top(button("Kommentar 2: Bei uns auch")), await top(button("Kommentar 2: Melden")));
  assert.ok(await top(anna.getByText("Bei uns probiert:", { exact: true })) + 20 < await top(button("Karte 1: Teilweise · 1")));
  await anna.setViewportSize(PHONE);
  await anna.getByText("Antworten", { exact: false }).first().click();
  await anna.getByLabel("Antwort auf Kommentar 2").fill("Vor allem Familien.");
  await anna.locator(".note-comment").getByRole("button", { name: "Antworten", exact: true }).click();
  await ben.getByText("Vor allem Familien.").waitFor({ state: "attached", timeout: LIVE_MS });

  await idea.getByText("Mehr").click();
  await ben.getByRole("button", { name: "Karte 1: Merken" }).click();
  await ben.getByText("Meine Karten und was ich mir gemerkt habe (2)").waitFor({ timeout: LIVE_MS });

  const mine = card(anna, "Ein Termin in der Woche");
  await mine.getByText("Mehr").first().click();
  await mine.getByLabel("Text der Karte 1").fill("Zwei Termine in der Woche ohne Anmeldung.");
  await mine.getByRole("button", { name: "Text ändern" }).click();
  await card(ben, "Zwei Termine in der Woche").waitFor({ timeout: LIVE_MS });
  const changed = card(anna, "Zwei Termine in der Woche");
  await changed.getByText("Frühere Fassungen").click();
  await changed.getByText(/^Bis .*, dann von der Autor\*in geändert$/).waitFor();
  await changed.getByRole("button", { name: "Wiederherstellen" }).click();
  await card(ben, "Ein Termin in der Woche").waitFor({ timeout: LIVE_MS });
});

test("what comes out: a table, a text, a file for programs, and a log for moderators", async () => {
  const path = await room.board({ level: "all" });
  const anna = new Visitor(room.platform);
  const slug = path.split("/").at(-1);
  await anna.post("/api/board-join", { slug, name: "Amsel" });
  const column = (await (await anna.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  for (const text of ["=1+1; und *das*", "Bleibt ungelesen."]) await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "topic", column, text });
  const cards = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards;
  await deed(path, { stand: { card: cards[0].id, standing: "published" } });
  await deed(path, { freeze: { frozen: true } });
  const read = async (visitor, file) => (await visitor.get(`${path}/${file}`)).text();
  for (const file of ["export.csv", "export.json", "export.md"]) {
    const [theirs, stranger] = [await read(room.staff, file), await read(new Visitor(room.platform), file)];
    assert.match(theirs, /Bleibt ungelesen/, file);
    assert.doesNotMatch(stranger, /Bleibt ungelesen/, file);
    assert.match(stranger, /1\+1/, file);
  }
  assert.match(await read(anna, "export.csv"), /"'=1\+1; und \*das\*"/, "no program takes it for a formula");
  assert.match(await read(anna, "export.md"), /und \\\*das\\\*/, "words mark nothing up");
  const log = await read(room.staff, "protokoll.csv");
  assert.match(log, /"veröffentlicht";"1"/);
  assert.match(log, /"Board angehalten"/);
  assert.doesNotMatch(log, /ungelesen|1\+1/);
  assert.equal((await anna.get(`${path}/protokoll.csv`)).status, 404);
  // On a page, too, which a phone shows.
  const desk = await room.desk(path);
  await desk.getByRole("link", { name: "Protokoll der Moderation" }).click();
  await desk.getByText("Karte 1: veröffentlicht").waitFor();
  await desk.getByText("Board angehalten").waitFor();
  assert.doesNotMatch(await desk.locator("main").textContent(), /ungelesen|1\+1/);
  assert.equal((await anna.get(`${path}/protokoll`)).status, 404);
});

test("a moderator sees the board as participants do", async () => {
  const path = await room.board({ level: "all" });
  const anna = await room.open(path);
  await join(anna, "Amsel");
  const desk = await room.desk(path);
  await desk.getByRole("link", { name: "Wie Teilnehmende es sehen" }).click();
  await desk.getByText("So sehen es Teilnehmende.").waitFor();
  await write(anna, "Nur für die Moderation.");
  await card(anna, "Nur für die Moderation.").waitFor({ timeout: LIVE_MS });
  const office = await room.line(path, room.staff.cookie);
  await until("what waits, on a moderator's line", () => office.text.includes("Nur für die Moderation."));
  assert.equal(await desk.getByText("Nur für die Moderation.").count(), 0);
  // Whatever kind of cards is chosen.
  await desk.getByRole("link", { name: "Problem", exact: true }).click();
  await desk.getByRole("link", { name: "Problem", exact: true }).and(desk.locator("[aria-current]")).waitFor();
  await desk.getByText("So sehen es Teilnehmende.").waitFor();
  assert.equal(await desk.getByText("Nur für die Moderation.").count(), 0);
});

test("however much waits, the board is stopped from the first screen of a phone", async () => {
  const path = await room.board({ level: "all" });
  const slug = path.split("/").at(-1);
  const anna = new Visitor(room.platform);
  await anna.post("/api/board-join", { slug, name: "Amsel" });
  const column = (await (await anna.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  for (let number = 1; number <= 12; number += 1) {
    await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "problem", column, text: `Es wartet Gedanke ${number}.` });
  }
  for (const script of [true, false]) {
    const desk = await room.desk(path, { viewport: PHONE, script });
    await queued(desk, "Es wartet Gedanke 12.").waitFor();
    const brake = desk.getByRole("button", { name: "Board anhalten" });
    const isAtHand = async (button) => {
      const { y, height } = await button.boundingBox();
      // Above the navigation of phones.
      const { y: end } = await desk.locator(".nav").boundingBox();
      return y >= 0 && y + height <= end;
    };
    assert.ok(await isAtHand(brake), "the brake is out of sight");
    assert.ok(await isAtHand(desk.getByRole("heading", { name: "Wartet auf Freigabe" })), "what waits is out of sight");
    const steer = desk.getByRole("heading", { name: "Board steuern" });
    assert.equal(await isAtHand(steer), false, "and the check can fail: what is below the queue is");
    const ways = ["Zur Leinwand", "Board steuern"].map((name) => desk.getByRole("link", { name }));
    for (const way of ways) assert.ok(await isAtHand(way), "a way past the queue is out of sight");
    await brake.click();
    await room.stops(path);
    const goOn = desk.getByRole("button", { name: "Board weiterlaufen lassen" });
    await goOn.waitFor();
    assert.ok(await isAtHand(goOn), "the way on is out of sight");
    await goOn.click();
    await brake.waitFor();
    await until("the board goes on", async () => !(await (await room.staff.get(path)).text()).includes("Dieses Board ist angehalten"), LIVE_MS);
    // What stands below the queue is one tap away.
    await ways[1].click();
    await until("what is below the queue", () => isAtHand(steer));
  }
});

test("who stops the board or holds cards back sees so at once, also without a network", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  const desk = await room.desk(path);
  desk.mayBreakOff = true;
  await desk.context().setOffline(true);
  await desk.getByRole("button", { name: "Board anhalten" }).click();
  await desk.getByRole("button", { name: "Board weiterlaufen lassen" }).waitFor();
  await desk.getByText("Dieses Board ist angehalten").waitFor();
  await desk.getByRole("button", { name: "Neue Karten zurückhalten" }).click();
  await desk.getByRole("button", { name: "Neue Karten zurückhalten", pressed: true }).waitFor();
  await desk.context().setOffline(false);
  await anna.getByText("Dieses Board ist angehalten").waitFor({ timeout: 15_000 });
  await anna.getByText("Neue Karten kommen an").waitFor({ timeout: 15_000 });
});

test("with a mouse a card is dragged to its place, and everybody sees it there", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: TABLET });
  // So high that nothing has to be scrolled on the way.
  const desk = await room.desk(path, { viewport: { width: 1280, height: 3200 } });
  await join(anna, "Amsel");
  for (const text of ["Erste Karte.", "Zweite Karte.", "Dritte Karte."]) await write(anna, text);
  const column = (page, name) => page.locator(".column", { has: page.getByRole("heading", { name }) });
  const texts = (page, name) => column(page, name).locator(".note-text").allTextContents();
  await until("three cards", async () => (await texts(desk, "Was fehlt")).length === 3);
  const order = await texts(desk, "Was fehlt");
  const handle = (text) => card(desk, text).locator(".note-handle");
  // What was just said or shown may still push the cards down: a place is taken when nothing moves.
  const stands = () => {
    let before;
    return until("cards that stand still", async () => {
      const last = before;
      before = JSON.stringify(await Promise.all(order.map((text) => card(desk, text).boundingBox())));
      return last === before;
    });
  };
  await stands();
  // The first one to the end of its column: onto the lower half of the last one.
  await handle(order[0]).dragTo(card(desk, order[2]), { targetPosition: { x: 60, y: (await card(desk, order[2]).boundingBox()).height - 6 } });
  // On the desk, too: what moves under the mouse cannot be dragged.
  const everywhere = (what, name, expected) => until(what, async () => (await texts(anna, name)).join() === expected.join() && (await texts(desk, name)).join() === expected.join(), LIVE_MS);
  await everywhere("the card at the end", "Was fehlt", [order[1], order[2], order[0]]);
  // And back before the first.
  await stands();
  await handle(order[0]).dragTo(card(desk, order[1]), { targetPosition: { x: 60, y: 6 } });
  await everywhere("the card on top", "Was fehlt", order);
  // Into an empty column.
  await stands();
  await handle(order[1]).dragTo(column(desk, "Was hilft"));
  await everywhere("the card in the other column", "Was hilft", [order[1]]);
  assert.equal(await anna.locator(".note-handle").count(), 3, "who has written a card may move it, too");
});

// The line that says what was just done.
const undone = (desk) => desk.getByRole("region", { name: "Zuletzt getan" });

test("what a moderator does with a card is taken back with one tap, by keyboard too, and stays offered until something else is done", async () => {
  const path = await room.board({ level: "all" });
  const anna = await room.open(path, { viewport: PHONE });
  const desk = await room.desk(path, { viewport: PHONE });
  await join(anna, "Amsel");
  for (const text of ["Dolmetscher fehlen.", "Der Bus fährt selten."]) await write(anna, text);
  await queued(desk, "Dolmetscher fehlen.").getByRole("button", { name: "Karte 1: Veröffentlichen" }).click();
  const line = undone(desk);
  await line.getByText("Karte 1 ist veröffentlicht.").waitFor();
  await card(anna, "Dolmetscher fehlen.").getByText("Veröffentlicht", { exact: true }).waitFor({ timeout: LIVE_MS });
  // By keyboard; the focus goes to what was said, and a second press does nothing.
  await line.getByRole("button", { name: "Rückgängig" }).focus();
  await desk.keyboard.press("Enter");
  await line.getByText("Zurückgenommen.").waitFor();
  await desk.keyboard.press("Enter");
  await line.getByRole("button", { name: "Rückgängig" }).waitFor({ state: "hidden" });
  assert.ok(await line.getByRole("button", { name: "Meldung schließen" }).isVisible());
  await queued(desk, "Dolmetscher fehlen.").waitFor({ timeout: LIVE_MS });
  await card(anna, "Dolmetscher fehlen.").getByText("Wartet auf Freigabe").waitFor({ timeout: LIVE_MS });
  assert.equal(await desk.evaluate(() => document.activeElement.textContent), "Zurückgenommen.");

  // What a form does, for several cards at once.
  await desk.getByRole("button", { name: "Alle 2 ohne Hinweis veröffentlichen" }).click();
  await line.getByText("2 Karten sind veröffentlicht.").waitFor();
  await line.getByRole("button", { name: "Rückgängig" }).click();
  await line.getByText("Zurückgenommen.").waitFor();
  await until("both in the queue", async () => await queued(desk, "").count() === 2, LIVE_MS);
  await card(anna, "Der Bus fährt").getByText("Wartet auf Freigabe").waitFor({ timeout: LIVE_MS });

  // A card is moved, and back at its place; then something else is done, and the offer is gone.
  await card(desk, "Der Bus fährt").getByRole("button", { name: "Karte 2: Verschieben" }).click();
  await desk.getByLabel("Karte 2 verschieben nach").selectOption({ label: "Was hilft, ganz oben" });
  await desk.getByRole("dialog", { name: "Karte 2 verschieben" }).getByRole("button", { name: "Verschieben" }).click();
  await line.getByText("Karte 2 ist verschoben.").waitFor();
  await line.getByRole("button", { name: "Rückgängig" }).click();
  await desk.locator(".column", { has: desk.getByRole("heading", { name: "Was fehlt" }) }).locator(".note-text", { hasText: "Der Bus fährt selten." }).waitFor({ timeout: LIVE_MS });
  await desk.getByRole("button", { name: "Karten verdecken" }).click();
  await line.getByRole("button", { name: "Rückgängig" }).waitFor({ state: "hidden" });

  await card(desk, "Der Bus fährt").getByText("Mehr").click();
  await desk.locator("#karte-2").getByRole("button", { name: "Karte 2: Veröffentlichen" }).click();
  await line.getByText("Karte 2 ist veröffentlicht.").waitFor();
  await line.getByRole("button", { name: "Meldung schließen" }).focus();
  await desk.keyboard.press("Enter");
  await line.getByRole("button", { name: "Rückgängig" }).waitFor({ state: "hidden" });
  await until("the focus on the heading", () => desk.evaluate(() => document.activeElement.id === "seite"));
});

test("several cards are refused or published at once, and the way to do it is at hand where they are chosen", async () => {
  const path = await room.board({ level: "all" });
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  const texts = ["Der Bus fährt selten.", "Dolmetscher fehlen.", "Kita-Plätze fehlen.", "Formulare sind schwer.", "Niemand hebt ab.", "Räume fehlen."];
  for (const text of texts) await write(anna, text);
  const desk = await room.desk(path, { viewport: PHONE });
  await until("all in the queue", async () => await queued(desk, "").count() === texts.length, LIVE_MS);
  const chosen = texts.slice(0, 2);
  for (const text of chosen) await queued(desk, text).getByLabel("Auswählen").check();
  const refuse = desk.locator("summary", { hasText: "Ausgewählte Karten entscheiden" });
  // What is drawn, also by style alone.
  const { documents: [{ layout }], strings } = await (await desk.context().newCDPSession(desk)).send("DOMSnapshot.captureSnapshot", { computedStyles: [] });
  const drawn = layout.text.filter((place) => place >= 0).map((place) => strings[place]).join("");
  assert.ok(drawn.includes(" (2)"), "how many are chosen");
  const { y, height } = await refuse.boundingBox();
  const nav = await desk.locator(".nav").boundingBox();
  assert.ok(y > 0 && y + height <= nav.y, `at hand above the navigation: ${y} to ${y + height} of ${nav.y}`);
  // It is not below the way back from what was done before.
  await queued(desk, texts[5]).getByRole("button", { name: "Karte 6: Veröffentlichen" }).click();
  await undone(desk).getByRole("button", { name: "Rückgängig" }).waitFor();
  await refuse.click({ timeout: 5_000 });
  await desk.locator("#regel-mehrere").selectOption({ label: "Namen von Mitarbeitenden" });
  await desk.getByRole("button", { name: "Ausgewählte ablehnen" }).click();
  await until("the others in the queue", async () => await queued(desk, "").count() === texts.length - chosen.length - 1, LIVE_MS);
  for (const text of chosen) await card(anna, text).getByText("Nicht veröffentlicht").waitFor({ timeout: LIVE_MS });
  for (const text of texts.slice(2, 4)) await queued(desk, text).getByLabel("Auswählen").check();
  await desk.getByRole("button", { name: "Ausgewählte veröffentlichen" }).click();
  await undone(desk).getByText("2 Karten sind veröffentlicht.").waitFor();
  for (const text of texts.slice(2, 4)) await card(anna, text).getByText("Veröffentlicht", { exact: true }).waitFor({ timeout: LIVE_MS });
  await until("one in the queue", async () => await queued(desk, "").count() === 1, LIVE_MS);
  assert.equal(await refuse.evaluate(({ parentElement }) => getComputedStyle(parentElement).position), "static", "nothing is chosen: it is at the end again");
});

test("without a script the answer offers the way back by a form", async () => {
  const path = await room.board({ level: "all" });
  const anna = new Visitor(room.platform);
  const slug = path.split("/").at(-1);
  await anna.post("/api/board-join", { slug, name: "Amsel" });
  const column = (await (await anna.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "topic", column, text: "Dolmetscher fehlen." });
  const desk = await room.desk(path, { script: false });
  await queued(desk, "Dolmetscher fehlen.").getByRole("button", { name: "Karte 1: Veröffentlichen" }).click();
  await undone(desk).getByText("Veröffentlicht.").waitFor();
  assert.equal(await undone(desk).getByRole("button", { name: "Meldung schließen" }).isVisible(), false, "what needs a script is not there");
  await undone(desk).getByRole("button", { name: "Rückgängig" }).click();
  await undone(desk).getByText("Zurückgenommen.").waitFor();
  assert.equal(await undone(desk).getByRole("button", { name: "Rückgängig" }).isVisible(), false, "nothing is offered after that");
  await queued(desk, "Dolmetscher fehlen.").waitFor();
});

test("a moderator's words are marked for everybody, and nobody can be called so", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  // Staff takes part by acting, under a name of its own.
  await deed(path, { go_to: { phase: "collect" } });
  const desk = await room.open(path, { cookies: room.staff.cookies });
  const screen = await room.open(`${path}/leinwand`, { viewport: { width: 1920, height: 1080 } });
  await unfold(anna);
  await anna.getByLabel("Ausgedachter Name").fill("M0deration");
  await anna.getByRole("button", { name: "Mitmachen" }).click();
  await anna.getByText("So heißt hier nur die Moderation.").first().waitFor();
  await join(anna, "Amsel");
  await write(desk, "Bitte bleiben Sie beim Thema.");
  for (const page of [anna, desk, screen]) {
    await page.locator(".note", { hasText: "Bitte bleiben Sie beim Thema." }).locator(".badge", { hasText: "Moderation" }).first().waitFor({ timeout: LIVE_MS });
  }
  await write(anna, "Eine Karte aus dem Raum.");
  await card(desk, "Eine Karte aus dem Raum.").waitFor({ timeout: LIVE_MS });
  assert.equal(await card(desk, "Eine Karte aus dem Raum.").locator(".badge", { hasText: "Moderation" }).count(), 0);
});

test("another code reaches the projector by itself, and who is there stays", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  const desk = await room.desk(path, { viewport: PHONE });
  const screen = await room.open(`${path}/leinwand`, { viewport: { width: 1920, height: 1080 } });
  const code = (page) => page.locator(".board-code").textContent();
  const old = await code(desk);
  assert.equal(await code(screen), old);
  await desk.getByText("Neuer Code", { exact: true }).click();
  await desk.getByRole("button", { name: "Neuen Code vergeben" }).click();
  await until("another code at the desk", async () => await code(desk) !== old, LIVE_MS);
  await until("the same on the projector", async () => await code(screen) === await code(desk), LIVE_MS);
  assert.match(await screen.locator("img.screen-code").getAttribute("src"), new RegExp(await code(desk)));
  const stranger = new Visitor(room.platform);
  const leads = async (words) => (await stranger.get(`/b/${words}`)).headers.get("location");
  assert.equal(await leads(await code(desk)), `${path}?mitmachen=1`);
  assert.match(await leads(old), /^\/themen\?antwort=/, "the old one leads nowhere");
  await write(anna, "Ich bin noch da.");
  await card(desk, "Ich bin noch da.").waitFor({ timeout: LIVE_MS });
});

test("two moderators write rules: the second reads what the first has written, and the reasons to refuse follow", async () => {
  const path = await room.board({ level: "all" });
  const anna = await room.open(path, { viewport: PHONE });
  const first = await room.desk(path);
  const second = await room.desk(path, { viewport: TABLET });
  const late = await room.desk(path, { viewport: PHONE });
  const field = (desk) => desk.getByLabel("Was gilt hier noch?");
  const save = (desk) => desk.getByRole("button", { name: "Regeln speichern" }).click();
  await join(anna, "Amsel");
  await write(anna, "Wogegen verstößt das?");
  const reasons = queued(late, "Wogegen verstößt das?").locator("select[name=rule] option");
  await until("the reasons of all boards", async () => await reasons.count() === 5, LIVE_MS);
  for (const desk of [first, second, late]) await desk.getByText("Regeln für dieses Board", { exact: true }).click();
  await field(second).fill("Keine Namen.");
  await field(first).fill("Wir duzen uns.");
  await save(first);
  await first.getByText("Die Regeln für dieses Board sind gespeichert.").waitFor();
  // Where nobody was typing the form says what holds now, and there is one more reason.
  await until("the field follows", async () => await field(late).inputValue() === "Wir duzen uns.", LIVE_MS);
  await until("one more reason", async () => await reasons.count() === 6, LIVE_MS);
  assert.match(await reasons.last().textContent(), /^Regeln dieses Boards$/);
  assert.equal(await field(second).inputValue(), "Keine Namen.");
  await save(second);
  await second.getByText("Inzwischen hat jemand anders die Regeln geändert. Jetzt steht dort: „Wir duzen uns.“").waitFor();
  assert.equal(await field(second).inputValue(), "Keine Namen.");
  await anna.reload();
  assert.equal(await anna.getByText("Keine Namen.").count(), 0);
  // Now it was read.
  await field(second).fill("Wir duzen uns. Keine Namen.");
  await save(second);
  await second.getByText("Die Regeln für dieses Board sind gespeichert.").waitFor();
  // And once more, without a reload.
  await field(second).fill("");
  await save(second);
  await until("the reasons of all boards", async () => await reasons.count() === 5, LIVE_MS);
  await until("the field follows", async () => await field(late).inputValue() === "", LIVE_MS);
});

test("what waits is said wherever the moderator is, and the board's own rules where one joins", async () => {
  const path = await room.board({ level: "flagged" });
  const anna = await room.open(path, { viewport: PHONE });
  const desk = await room.desk(path, { viewport: PHONE });
  const board = await room.open(path, { cookies: room.staff.cookies });
  await desk.getByText("Regeln für dieses Board", { exact: true }).click();
  await desk.getByLabel("Was gilt hier noch?").fill("Wir duzen uns.");
  await desk.getByRole("button", { name: "Regeln speichern" }).click();
  await desk.getByText("Die Regeln für dieses Board sind gespeichert.").waitFor();
  await unfold(anna);
  await anna.locator("#mitmachen").getByText("Wir duzen uns.").waitFor({ timeout: LIVE_MS });
  await join(anna, "Amsel");
  await anna.getByLabel("Ein Gedanke, ein bis drei Sätze").fill("Mehr auf www.traeger.example");
  await anna.getByText("Ein Link führt aus dem Board hinaus.").waitFor();
  await write(anna, "Mehr auf www.traeger.example");
  await queued(desk, "www.traeger.example").getByText("Enthält einen Link").waitFor({ timeout: LIVE_MS });
  await until("the count in the title", async () => (await desk.title()).startsWith("(1) ") && (await board.title()).startsWith("(1) "), LIVE_MS);
  await board.getByRole("link", { name: "Zur Moderation (1 wartet)" }).waitFor();
  await until("it is announced", async () => /1.Beitrag wartet auf die Moderation\./.test(await board.locator("#neues").textContent()), 2 * LIVE_MS);
  const list = await room.staff.get("/themen");
  assert.match(await list.text(), />1.wartet</);
  await queued(desk, "www.traeger.example").getByRole("button", { name: "Karte 1: Veröffentlichen" }).click();
  await until("no count any more", async () => !(await desk.title()).startsWith("("), LIVE_MS);
});
