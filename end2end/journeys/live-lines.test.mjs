// The line of a board, as phones and networks treat it: it breaks without a word, it opens and says nothing, a server goes and
// comes back, or it speaks a newer language.
import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../support/platform.mjs";
import { LIVE_MS, card, join, roomForTests, write } from "../support/room.mjs";

// A page takes a line for dead that says nothing for longer than 40 s (SILENCE_MS_MAX in app/src/boards/live/browser.rs).
const SILENT_MS = 41_000;
// A WebSocket that says nothing in its first 5 s is given up within the 2 s after which the page looks, and the line is opened
// anew within another one.
const GIVEN_UP_MS = 8_000;

// States of a WebSocket.
const [OPEN, CLOSED] = [1, 3];

const room = roomForTests();

// The clock of a page, which can be put on by hand.
function movableClock() {
  const now = Date.now.bind(Date);
  let ahead = 0;
  Date.now = () => now() + ahead;
  window.jump = (ms) => { ahead += ms; };
}

for (const [how, comesBack] of [
  // As a browser says it when one looks at the page again: it bubbles up from the document.
  ["looks at the page again", (page) => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })))],
  ["is in a network again", async (page) => {
    await page.context().setOffline(true);
    await page.context().setOffline(false);
  }],
  // As a browser says it that had kept the whole page; this one keeps none that is driven.
  ["goes back to the page", (page) => page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })))],
  // Nothing tells the page, neither of the silence nor of the sleep: only its clock shows it.
  ["has waited for longer than any line is silent", (page) => page.evaluate((ms) => window.jump(ms), SILENT_MS)],
  ["opens a device that has slept for a night", (page) => page.evaluate((ms) => window.jump(ms), 8 * 3_600_000)],
]) {
  test(`a line that broke without a word is opened anew as soon as somebody ${how}`, async () => {
    const path = await room.board();
    const { page: anna, line } = await room.withLine(path, (page) => page.addInitScript(movableClock));
    anna.mayBreakOff = true;
    const [ben, carla] = [await room.open(path), await room.open(path)];
    await join(ben, "Birke");
    await write(ben, "Vor dem Schnitt.");
    await card(anna, "Vor dem Schnitt.").waitFor({ timeout: LIVE_MS });
    line.cut = line.opened;
    await write(ben, "Nach dem Schnitt.");
    await card(carla, "Nach dem Schnitt.").waitFor({ timeout: LIVE_MS });
    assert.equal(await card(anna, "Nach dem Schnitt.").count(), 0, "the line is cut");
    const { opened } = line;
    await comesBack(anna);
    // Long before the page would find the silence strange by itself, if its clock had not moved.
    await card(anna, "Nach dem Schnitt.").waitFor({ timeout: 2 * LIVE_MS });
    assert.ok(line.opened > opened);
    await write(ben, "Und weiter.");
    await card(anna, "Und weiter.").waitFor({ timeout: LIVE_MS });
    assert.equal(await anna.locator(".column .note-text", { hasText: "Schnitt." }).count(), 2, "nothing is there twice");
  });
}

for (const [how, state] of [["opens and says nothing", 1], ["never opens", 0]]) {
  test(`where a WebSocket ${how} the page changes over to the other way by itself`, async () => {
    const path = await room.board();
    const anna = await room.open(path, { before: `window.WebSocket = class extends EventTarget { readyState = ${state}; send() {} close() {} };` });
    const ben = await room.open(path);
    await join(ben, "Birke");
    await write(ben, "Schon vorher da.");
    await card(anna, "Schon vorher da.").waitFor({ timeout: GIVEN_UP_MS + LIVE_MS });
    // And now as fast as on any line, both ways.
    await join(anna, "Amsel");
    await write(ben, "Kommt an.");
    await card(anna, "Kommt an.").waitFor({ timeout: LIVE_MS });
    await write(anna, "Kommt zurück.");
    await card(ben, "Kommt zurück.").waitFor({ timeout: LIVE_MS });
  });
}

test("where no WebSocket gets through a page comes back, too, when the server was gone, and sends what was written meanwhile", async () => {
  const path = await room.board();
  const anna = await room.open(path, { before: "window.WebSocket = class { constructor() { throw new DOMException('blocked', 'SecurityError'); } };" });
  const ben = await room.open(path);
  for (const page of [anna, ben]) page.mayBreakOff = true;
  await join(anna, "Amsel");
  await join(ben, "Birke");
  await write(anna, "Vorher.");
  await card(ben, "Vorher.").waitFor({ timeout: LIVE_MS });
  await room.platform.kill();
  await write(anna, "Geschrieben, als niemand da war.");
  await anna.getByText("Auf diesem Gerät", { exact: true }).waitFor();
  await room.platform.serve();
  await card(ben, "Geschrieben, als niemand da war.").waitFor({ timeout: 30_000 });
  await write(ben, "Und weiter.");
  await card(anna, "Und weiter.").waitFor({ timeout: 30_000 });
  const texts = (page) => page.locator(".column .note-text").allTextContents();
  await until("the same on both", async () => (await texts(anna)).join() === (await texts(ben)).join(), LIVE_MS);
  assert.equal((await texts(anna)).length, 3, "nothing is there twice");
});

test("devices that lost the line at the same moment, or wake at the same one, open it anew each at its own", async () => {
  const path = await room.board();
  // What chance says on each, and what follows: a new try after half of 500 ms and as much of the other half, a line of who wakes
  // after as much of a second.
  const devices = await Promise.all([[0.2, 300, 200], [0.6, 400, 600]].map(async ([chance, tries, wakes]) => {
    const page = await room.open("/themen");
    page.mayBreakOff = true;
    await page.addInitScript((chance) => {
      Math.random = () => chance;
      window.lines = [];
      window.WebSocket = class extends window.WebSocket {
        constructor(...about) {
          super(...about);
          window.lines.push(this);
        }
      };
    }, chance);
    await page.clock.install();
    await room.go(page, path);
    return { page, tries, wakes };
  }));
  const is = ({ page }, many, state) => until(`line ${many} in state ${state}`, () =>
    page.evaluate(([many, state]) => window.lines.length === many && window.lines.at(-1).readyState === state, [many, state]));
  const opensAfter = async (device, ms, many) => {
    await device.page.clock.runFor(ms - 1);
    assert.equal(await device.page.evaluate(() => window.lines.length), many - 1, `not before ${ms} ms`);
    await device.page.clock.runFor(1);
    await is(device, many, OPEN);
  };
  for (const device of devices) await is(device, 1, OPEN);
  // From now on time goes on by hand.
  for (const { page } of devices) await page.clock.pauseAt(new Date(await page.evaluate(() => Date.now() + 3_000)));
  await room.platform.kill();
  for (const device of devices) await is(device, 1, CLOSED);
  await room.platform.serve();
  for (const device of devices) await opensAfter(device, device.tries, 2);
  for (const device of devices) {
    await device.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
    await opensAfter(device, device.wakes, 3);
  }
});

test("a page that cannot read what a newer server says misses nothing, and when that is not enough says that it is old", async () => {
  const path = await room.board();
  // Not packed: whoever watches a line like this is given what is packed behind text that came after it.
  const { page: anna, line } = await room.withLine(path, (page) => page.addInitScript(() => { delete window.DecompressionStream; }));
  const ben = await room.open(path);
  await join(ben, "Birke");
  await write(ben, "Erstens.");
  await card(anna, "Erstens.").waitFor({ timeout: LIVE_MS });
  const notice = anna.getByText("Bitte laden Sie die Seite neu: Es gibt eine neue Fassung.");
  const unread = (word) => (message) => (String(message).startsWith('{"change"') && String(message).includes(word) ? '{"unheard_of":{}}' : message);
  line.says = unread("Zweitens.");
  await write(ben, "Zweitens.");
  await card(ben, "Zweitens.").waitFor({ timeout: LIVE_MS });
  await write(ben, "Drittens.");
  for (const text of ["Zweitens.", "Drittens."]) await card(anna, text).waitFor({ timeout: 15_000 });
  assert.equal(await notice.count(), 0, "all is there");
  line.says = unread("Viertens.");
  await write(ben, "Viertens.");
  await notice.waitFor({ timeout: LIVE_MS });
  line.says = (message) => message;
  await anna.getByRole("link", { name: "Neu laden" }).click();
  await card(anna, "Viertens.").waitFor({ timeout: 15_000 });
  assert.equal(await notice.count(), 0);
});

test("a page that missed something once and was well for a while fetches what it misses then, too", async () => {
  const path = await room.board();
  const { page: anna, line } = await room.withLine(path, (page) => page.addInitScript(() => {
    delete window.DecompressionStream;
    const { now } = Date;
    Date.now = () => now() + (window.aheadMs ?? 0);
  }));
  const ben = await room.open(path);
  await join(ben, "Birke");
  const unread = (word) => (message) => (String(message).startsWith('{"change"') && String(message).includes(word) ? '{"unheard_of":{}}' : message);
  const missed = async (text) => {
    line.says = unread(text);
    await write(ben, text);
    await card(anna, text).waitFor({ timeout: 15_000 });
    line.says = (message) => message;
  };
  await missed("Erstens.");
  // More than a minute later.
  await anna.evaluate(() => { window.aheadMs = 61_000; });
  await write(ben, "Zweitens.");
  await card(anna, "Zweitens.").waitFor({ timeout: 15_000 });
  await missed("Drittens.");
  assert.equal(await anna.getByText("Bitte laden Sie die Seite neu: Es gibt eine neue Fassung.").count(), 0);
});
