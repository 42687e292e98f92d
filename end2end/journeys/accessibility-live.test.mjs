// A1 on a live board: axe-core looks right after a card has come in from another browser, with everything open that opens, and
// where something was refused. A3: what one presses on a board and on its console is large enough for a thumb, and a card gets
// to another place without dragging.
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawAll, faults } from "../support/axe.mjs";
import { DESKTOP, PHONE } from "../support/browser.mjs";
import { until } from "../support/platform.mjs";
import { LIVE_MS, card, join, roomForTests, write } from "../support/room.mjs";

const room = roomForTests();

// Opens all that opens.
const openAll = (page) => page.evaluate(() => { for (const part of document.querySelectorAll("details")) part.open = true; });

const texts = (page, column) => page.locator(".column", { has: page.locator("h2", { hasText: column }) }).locator(".notes > li > .note-text").allTextContents();

// A board on which something of everything has happened, and the pages on which it is seen.
async function livelyBoard() {
  const path = await room.board({ level: "flagged" });
  const anna = await room.open(path, { viewport: PHONE });
  const ben = await room.open(path, { viewport: PHONE });
  const desk = await room.desk(path);
  await join(anna, "Amsel");
  await join(ben, "Birke");
  await write(anna, "Der Bus fährt nur zweimal am Tag.");
  await card(ben, "Der Bus fährt").waitFor({ timeout: LIVE_MS });
  await write(ben, "Ein Fahrdienst am Abend.", { kind: "Lösung" });
  await card(anna, "Ein Fahrdienst").waitFor({ timeout: LIVE_MS });
  await card(ben, "Der Bus fährt").getByText("Kommentieren").first().click();
  await ben.getByLabel("Kommentar zu Karte 1").fill("Bei uns gar nicht.");
  await card(ben, "Der Bus fährt").getByRole("button", { name: "Kommentieren" }).click();
  await card(anna, "Der Bus fährt").getByText("1 Kommentar").waitFor({ timeout: LIVE_MS });
  await write(anna, "Frau Beispiel wartet seit dem 1.2.2024.");
  await desk.locator("#wartet-4").waitFor({ timeout: LIVE_MS });
  return { path, anna, ben, desk };
}

test("axe-core finds nothing on board, console and projector right after a card has come in", async () => {
  const { path, anna, ben, desk } = await livelyBoard();
  const screen = await room.open(`${path}/leinwand`, { viewport: DESKTOP });
  const found = [];
  for (const [name, page] of [["board", anna], ["console", desk], ["projector", screen]]) {
    const text = `Neu für ${name}.`;
    await write(ben, text);
    await card(page, text).waitFor({ timeout: LIVE_MS });
    found.push(...await faults(page, name));
  }
  // One that waits, right after it has come into the queue.
  await write(ben, "Herr Muster rief an.");
  await desk.locator("li[id^=wartet]", { hasText: "Herr Muster" }).waitFor({ timeout: LIVE_MS });
  found.push(...await faults(desk, "console with a queue"));
  // In the light of the projector.
  await room.go(desk, `${path}/moderation`);
  await card(desk, "Der Bus fährt").locator("details.note-more.no-print > summary").click();
  await desk.getByRole("button", { name: "Karte 1: Groß zeigen" }).click();
  await screen.getByRole("heading", { name: "Karte 1: Problem" }).waitFor({ timeout: LIVE_MS });
  await anna.getByText("Im Blick: Karte 1").waitFor({ timeout: LIVE_MS });
  found.push(...await faults(screen, "projector in the light"), ...await faults(anna, "board in the light"));
  assert.deepEqual(found, []);
});

test("axe-core finds nothing with everything open while a card comes in", async () => {
  const { path, anna, ben, desk } = await livelyBoard();
  await room.go(desk, `${path}/moderation?karte=1`);
  await desk.getByRole("heading", { name: "Werkbank: Karte 1" }).waitFor();
  const found = [];
  for (const [name, page] of [["board, all open", anna], ["console, all open", desk]]) {
    await openAll(page);
    const text = `Dazu gekommen: ${name}.`;
    await write(ben, text);
    await card(page, text).waitFor({ timeout: LIVE_MS });
    await openAll(page);
    found.push(...await faults(page, name));
  }
  // The one dialog of a board.
  const sheet = anna.getByRole("dialog", { name: "Karte 1 verschieben" });
  await anna.getByRole("button", { name: "Karte 1: Verschieben" }).click();
  await sheet.waitFor();
  await write(ben, "Bei offenem Blatt dazu gekommen.");
  await card(anna, "Bei offenem Blatt").waitFor({ timeout: LIVE_MS });
  found.push(...await faults(anna, "board, sheet open"));
  assert.ok(await sheet.isVisible(), "it was open all the time");
  assert.deepEqual(found, []);
});

test("axe-core finds nothing where something was refused: by the form, by the rules, by the moderator", async () => {
  const { path, anna, desk } = await livelyBoard();
  const found = [];
  // By the form: sent without the browser's own look at it.
  await anna.evaluate(() => { document.querySelector("#schreiben form").noValidate = true; });
  await anna.getByRole("button", { name: "Karte absenden" }).click();
  await anna.getByRole("alert").first().waitFor();
  found.push(...await faults(anna, "board with a wrong form"));
  await room.go(anna, path);

  // By the rules: the board was stopped while there was no network.
  anna.mayBreakOff = true;
  await anna.context().setOffline(true);
  await write(anna, "Zu spät gekommen.");
  await anna.getByText("Auf diesem Gerät", { exact: true }).waitFor();
  found.push(...await faults(anna, "board with a card on the device"));
  await desk.getByRole("button", { name: "Board anhalten" }).click();
  await room.stops(path);
  await anna.context().setOffline(false);
  await anna.getByText("Nicht angenommen", { exact: true }).waitFor({ timeout: 15_000 });
  found.push(...await faults(anna, "board with a card that was not taken"));
  await desk.getByRole("button", { name: "Board weiterlaufen lassen" }).click();

  // By the moderator.
  const queued = desk.locator("#wartet-4");
  await queued.getByText("Ablehnen").first().click();
  found.push(...await faults(desk, "console with a refusal open"));
  await queued.getByRole("button", { name: "Ablehnen" }).click();
  await card(anna, "Frau Beispiel").getByText("Nicht veröffentlicht").waitFor({ timeout: LIVE_MS });
  found.push(...await faults(anna, "board with a refused card"));
  assert.deepEqual(found, []);
});

// 44 px, less what rounding takes.
const THUMB_PX = 43.9;

// What is smaller than a thumb: every button, summary and link that is a control, not those within a sentence. What a browser
// shows under a closed part is measured when the part is open.
async function small(page) {
  await drawAll(page);
  await page.waitForFunction(() => document.fonts.status === "loaded");
  return page.evaluate((least) => {
    const controls = [...document.querySelectorAll("main :is(button, summary, a[href], select, input:not([type=hidden]), textarea)")];
    const isInSentence = (one) => one.matches("a") && !one.matches(".button") && !one.closest(".column-turn, .actions, .note-deeds")
      && one.closest("p, li")?.innerText.trim() !== one.innerText.trim();
    const shown = controls.filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0 && !isInSentence(one));
    const found = [];
    for (const one of shown) {
      // A box to tick is pressed on its words, too.
      const { width, height } = (one.matches("[type=checkbox], [type=radio]") ? one.parentElement : one).getBoundingClientRect();
      if (height < least || width < least) found.push(`${one.outerHTML.slice(0, 160)}: ${Math.round(width)} × ${Math.round(height)}`);
    }
    return { found, measured: shown.length };
  }, THUMB_PX);
}

test("what one presses on a board and on its console is at least 44 px high and wide on a phone", async () => {
  const { path, anna, desk } = await livelyBoard();
  await desk.setViewportSize(PHONE);
  const found = [];
  for (const [name, page, address] of [["board", anna, path], ["console", desk, `${path}/moderation`], ["workbench", desk, `${path}/moderation?karte=1`]]) {
    await room.go(page, address);
    await card(page, "Der Bus fährt").waitFor();
    await openAll(page);
    const { found: tooSmall, measured } = await small(page);
    assert.ok(measured > 20, `${name}: ${measured}`);
    found.push(...tooSmall.map((one) => `${name}: ${one}`));
  }
  assert.deepEqual(found, []);
});

test("and the check can fail: what is made small is found", async () => {
  const desk = await room.desk(await room.board(), { viewport: PHONE });
  const brake = desk.getByRole("button", { name: "Board anhalten" });
  const isFound = async () => (await small(desk)).found.some((one) => one.includes("Board anhalten"));
  assert.equal(await isFound(), false);
  await brake.evaluate((button) => { button.style.cssText = "min-height: 0; padding: 0; line-height: 1"; });
  assert.equal(await isFound(), true);
});

test("with a finger a card gets to another place without dragging, and everybody sees it there", async () => {
  const path = await room.board();
  const anna = await room.open(path, { viewport: PHONE, touch: true });
  const ben = await room.open(path);
  await join(anna, "Amsel");
  for (const text of ["Erstens.", "Zweitens.", "Drittens."]) {
    await write(anna, text);
    await card(anna, text).waitFor({ timeout: LIVE_MS });
  }
  const everywhere = (column, expected) => until(`${column}: ${expected}`, async () => {
    const seen = await Promise.all([anna, ben].map((page) => texts(page, column)));
    return seen.every((one) => one.join() === expected.join());
  }, LIVE_MS);
  const before = await texts(anna, "Was fehlt");
  assert.deepEqual([...before].sort(), ["Drittens.", "Erstens.", "Zweitens."]);
  // A finger that scrolls would drag.
  const handles = await anna.locator(".note-handle").all();
  assert.deepEqual(await Promise.all(handles.map((handle) => handle.isVisible())), [false, false, false]);
  const moves = async (text, target) => {
    const note = card(anna, text);
    await note.getByRole("button", { name: /^Karte \d: Verschieben$/ }).tap();
    await note.getByLabel(/verschieben nach$/).selectOption({ label: target });
    await note.getByRole("button", { name: "Verschieben", exact: true }).tap();
  };
  const number = async (text) => (await card(anna, text).getAttribute("id")).replace("karte-", "");
  await moves(before[0], "Was fehlt, ganz unten");
  await everywhere("Was fehlt", [before[1], before[2], before[0]]);
  await moves(before[2], "Was fehlt, ganz oben");
  await everywhere("Was fehlt", [before[2], before[1], before[0]]);
  await moves(before[1], "Was hilft, ganz oben");
  await everywhere("Was fehlt", [before[2], before[0]]);
  await everywhere("Was hilft", [before[1]]);
  // Any place in the middle, from another column and step by step.
  await anna.getByRole("link", { name: "Nächste Spalte: Was hilft" }).tap();
  await moves(before[1], `Was fehlt, hinter Karte ${await number(before[2])}`);
  await everywhere("Was fehlt", [before[2], before[1], before[0]]);
  await anna.getByRole("link", { name: "Vorige Spalte: Was fehlt" }).tap();
  await moves(before[2], "Eine Stelle tiefer");
  await everywhere("Was fehlt", [before[1], before[2], before[0]]);
  await moves(before[0], "Eine Stelle höher");
  await everywhere("Was fehlt", [before[1], before[0], before[2]]);
  // Where it cannot go any further, that is said.
  await moves(before[1], "Eine Stelle höher");
  await anna.getByText("Die Karte steht schon ganz oben.").waitFor({ timeout: LIVE_MS });
});

test("where a card was put is said politely, at most once in five seconds", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  await join(anna, "Amsel");
  for (const text of ["Erstens.", "Zweitens.", "Drittens."]) {
    await write(anna, text);
    await card(anna, text).waitFor({ timeout: LIVE_MS });
  }
  await anna.evaluate(() => {
    window.said = [];
    const place = document.getElementById("neues");
    new MutationObserver(() => window.said.push({ text: place.textContent, at: performance.now() })).observe(place, { childList: true, characterData: true, subtree: true });
  });
  const moves = async (text, target) => {
    const note = card(anna, text);
    await note.getByRole("button", { name: /^Karte \d: Verschieben$/ }).click();
    await note.getByLabel(/verschieben nach$/).selectOption({ label: target });
    await note.getByRole("button", { name: "Verschieben", exact: true }).click();
  };
  const said = (count) => until(`${count} sentences`, () => anna.evaluate((count) => window.said.length >= count && window.said, count), 10_000);
  await moves("Drittens.", "Was fehlt, hinter Karte 1");
  assert.equal((await said(1))[0].text, "Karte 3 ist jetzt in „Was fehlt“, Stelle 2 von 3.");
  // Of what comes within the pause the last is said.
  await moves("Erstens.", "Was hilft, ganz oben");
  await moves("Zweitens.", "Was hilft, ganz unten");
  const [first, second] = await said(2);
  assert.equal(second.text, "Karte 2 ist jetzt in „Was hilft“, Stelle 2 von 2.");
  // The page's clock and this one's round by themselves.
  assert.ok(second.at - first.at >= 4990, `${second.at - first.at} ms`);
  assert.equal(await anna.locator("#neues").getAttribute("role"), "status");
});
