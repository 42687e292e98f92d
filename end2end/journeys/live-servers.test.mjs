// A board on two servers that share one PostgreSQL, and a phone on each: what one posts is on the other, at once where notices come
// through (LISTEN/NOTIFY), and a few seconds later where they do not, because the numbers of the records say what is missing.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { PHONE } from "../support/browser.mjs";
import { Pages } from "../support/pages.mjs";
import { until } from "../support/platform.mjs";
import { Postgres } from "../support/postgres.mjs";
import { Room, card, join, write } from "../support/room.mjs";

const DATABASE = "servers";
// From the tap on one phone to the other phone. Without notices a server looks no sooner than five seconds after it has looked last.
const NOTICED_MS = 2_000;
// The same where notices are lost: what a server waits before it looks by itself (LOOK_EVERY in server/src/live/rooms.rs), and
// some room for the machine.
const LOOKED_MS = 5_000 + 2_000;
// What was looked for just now is looked for again no sooner.
const NOT_LOOKED_MS = 3_000;

let postgres;
let room;
let nextDoor;
let stopped = [];

before(async () => {
  postgres = await Postgres.start();
  room = await Room.start({ database: postgres.database(DATABASE) });
  nextDoor = Object.assign(new Pages(), { platform: await room.platform.beside(), browser: room.browser });
});
afterEach(async () => {
  goOn();
  await nextDoor.tidy();
  await room.tidy();
});
after(async () => {
  await room?.stop();
  postgres?.stop();
});

// The connections on which the servers hear of each other.
const listening = () => postgres.query(DATABASE, "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'").map(Number);

// From now on they bring nothing, and nobody is told: as behind a firewall that has forgotten them.
function fallSilent() {
  stopped = listening();
  assert.equal(stopped.length, 2, "both servers listen");
  for (const pid of stopped) process.kill(pid, "SIGSTOP");
}

function goOn() {
  for (const pid of stopped.splice(0)) process.kill(pid, "SIGCONT");
}

// A phone at each server, on the same board.
async function phones() {
  const path = await room.board();
  const [anna, ben] = [await room.open(path, { viewport: PHONE }), await nextDoor.open(path, { viewport: PHONE })];
  await join(anna, "Amsel");
  await join(ben, "Birke");
  for (const page of [anna, ben]) await page.getByText("2 Personen").waitFor({ timeout: LOOKED_MS });
  const kept = async (text) => (await (await room.staff.get(`${path}/export.json`)).text()).includes(text);
  return { anna, ben, kept };
}

// Waits for a card on a phone; the milliseconds that took.
async function shows(page, text, withinMs) {
  const begun = performance.now();
  await card(page, text).waitFor({ timeout: withinMs });
  return performance.now() - begun;
}

const texts = (page) => page.locator(".column .note-text").allTextContents();

// Both phones show the same cards in the same order, each once.
async function sameOn(anna, ben, expected) {
  await until("the same on both", async () => (await texts(anna)).join("\n") === (await texts(ben)).join("\n"), LOOKED_MS);
  assert.deepEqual((await texts(anna)).toSorted(), expected.toSorted());
}

// Each writes so often, and the other one has it soon.
async function talk({ anna, ben }, word, turns) {
  const [written, took] = [[], []];
  for (let turn = 1; turn <= turns; turn += 1) {
    for (const [from, to, name] of [[anna, ben, "Amsel"], [ben, anna, "Birke"]]) {
      const text = `${word} ${turn} von ${name}`;
      await write(from, text);
      took.push(await shows(to, text, NOTICED_MS));
      written.push(text);
    }
  }
  console.log(`# ${word}: ${took.length} cards, on the phone at the other server after ${Math.max(...took).toFixed(0)} ms at most`);
  return written;
}

test("what somebody posts at one server is on a phone at the other one at once, in the same order on both", async () => {
  const both = await phones();
  const written = await talk(both, "Karte", 5);
  await sameOn(both.anna, both.ben, written);
});

test("where notices are lost a server looks by itself, and the numbers of the records say what is missing", async () => {
  const { anna, ben, kept } = await phones();
  fallSilent();
  await write(anna, "Erstens.");
  await shows(ben, "Erstens.", LOOKED_MS);

  // Long before it looks again: what is done here has a number that tells of what was done there.
  await write(anna, "Zweitens.");
  await until("the card in the log", () => kept("Zweitens."));
  assert.equal(await card(ben, "Zweitens.").count(), 0, "nobody has told it");
  await write(ben, "Drittens.");
  await until("the other card in the log", () => kept("Drittens."));
  await shows(ben, "Zweitens.", NOTICED_MS);

  await shows(anna, "Drittens.", LOOKED_MS);
  const seen = performance.now();
  await write(ben, "Viertens.");
  await shows(anna, "Viertens.", LOOKED_MS);
  // The test can fail: this one would have been there at once.
  assert.ok(performance.now() - seen > NOT_LOOKED_MS, "notices are lost");
  await sameOn(anna, ben, ["Erstens.", "Zweitens.", "Drittens.", "Viertens."]);
});

test("a server whose line to the database is cut misses nothing, and hears of the other one at once again", async () => {
  const both = await phones();
  const cut = listening();
  assert.equal(cut.length, 2, "both servers listen");
  postgres.query(DATABASE, `SELECT pg_terminate_backend(pid) FROM unnest(ARRAY[${cut.join()}]) AS pid`);
  await write(both.anna, "Beim Schnitt.");
  await shows(both.ben, "Beim Schnitt.", LOOKED_MS);
  await until("two new lines", () => listening().filter((pid) => !cut.includes(pid)).length === 2);
  const written = await talk(both, "Danach", 3);
  await sameOn(both.anna, both.ben, ["Beim Schnitt.", ...written]);
});
