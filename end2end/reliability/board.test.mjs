// R6: the server is killed under a live board and comes back. Every phone is back within five seconds, and no card is
// missing or there twice, neither on a phone nor in the database. Here the judge is put to the test, too: it is shown falsified results.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Cards } from "../load/cards.mjs";
import { Phone } from "../load/phone.mjs";
import { until } from "../support/platform.mjs";
import { Room } from "../support/room.mjs";
import { Visitor } from "../support/visitor.mjs";

const PHONES = 200;
const CARDS_BEFORE = 20;
const CARDS_WHILE_GONE = 40;
const BACK_MS_MAX = 5_000;

const room = await Room.start();
const phones = [];
after(() => {
  for (const phone of phones) phone.close();
  return room.stop();
});

// Everything that is wrong with what is on the phones and in the database, and with how long it took. Nothing: it held.
function faults({ written, devices, kept, took }) {
  const found = [];
  const expect = (holds, what) => { if (!holds) found.push(what); };
  const expected = JSON.stringify(written.toSorted());
  const isAll = (texts) => JSON.stringify(texts.toSorted()) === expected;
  expect(took <= BACK_MS_MAX, `back after ${took.toFixed(0)} ms`);
  expect(devices.length === PHONES, `${devices.length} phones`);
  for (const { cards, doubled, waits } of devices) {
    expect(isAll(cards), `a phone has ${cards.length} of ${written.length} cards`);
    expect(doubled === 0, "a phone was told of a card twice");
    expect(waits === 0, "a phone was not answered");
  }
  expect(isAll(kept), `the database has ${kept.length} of ${written.length} cards`);
  return found;
}

// Each falsification is one that a lost or repeated message, or a lost commit, would leave behind.
const FALSIFIED = {
  "a phone that comes too late": (result) => { result.took = BACK_MS_MAX + 1; },
  "a phone that stays away": ({ devices }) => { devices.pop(); },
  "a card that one phone misses": ({ devices }) => { devices.at(-1).cards.pop(); },
  "a card that one phone has twice": ({ devices }) => { devices[0].cards.push(devices[0].cards[0]); },
  "another card in its place": ({ devices }) => { devices[0].cards[0] = devices[0].cards[1]; },
  "a card that came twice": ({ devices }) => { devices[0].doubled = 1; },
  "a card that nobody answered": ({ devices }) => { devices[0].waits = 1; },
  "a card that is lost": ({ kept }) => { kept.pop(); },
  "a card that is kept twice": ({ kept }) => { kept.push(kept[0]); },
};

test(`${PHONES} phones come back after the server was killed, and nothing is missing or doubled`, async () => {
  const path = await room.board({ anonymity: "anonymous" });
  const slug = path.split("/").at(-1);
  const id = await room.id(path);
  const visitors = Array.from({ length: PHONES }, () => new Visitor(room.platform));
  await Promise.all(visitors.map((visitor) => visitor.post("/api/board-join", { slug })));
  phones.push(...visitors.map((visitor) => new Phone(room.platform, id, visitor).open()));
  await until("every phone to have the board", () => phones.every((phone) => phone.lines === 1), 30_000);
  const written = [];
  const write = (phone, text) => {
    written.push(text);
    phone.write(text);
  };
  for (let turn = 0; turn < CARDS_BEFORE; turn += 1) write(phones[turn], `Vorher ${turn}`);
  await until("every card on every phone", () => phones.every((phone) => phone.cards.size === CARDS_BEFORE), 30_000);

  // Some are on their way when the server dies, some are written while it is gone.
  for (let turn = 0; turn < CARDS_WHILE_GONE; turn += 1) {
    write(phones[turn * 3], `Mittendrin ${turn}`);
    if (turn === CARDS_WHILE_GONE / 2) await room.platform.kill();
  }
  await room.platform.serve();
  const begun = performance.now();
  await until("every phone to be back", () => phones.every((phone) => phone.lines >= 2), 30_000);
  const took = performance.now() - begun;
  await until("every card on every phone", () => phones.every((phone) => phone.cards.size === written.length), 30_000);
  console.log(`# R6: ${PHONES} phones back after ${took.toFixed(0)} ms, ${written.length} cards on each`);
  // What a phone has not been told yet that it was taken, it is told within a moment.
  await until("every phone to be answered", () => phones.every((phone) => phone.outbox.size === 0), 30_000);
  const devices = phones.map(({ cards, doubled, outbox }) => ({ cards: [...cards.values()], doubled, waits: outbox.size }));
  const kept = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards.map((card) => card.text);
  const result = { written, devices, kept, took };
  assert.deepEqual(faults(result), []);
  for (const [name, falsify] of Object.entries(FALSIFIED)) {
    const falsified = structuredClone(result);
    falsify(falsified);
    assert.notDeepEqual(faults(falsified), [], name);
  }
});

test("and a phone notices a card that comes twice", () => {
  const cards = new Cards();
  for (const id of ["1", "1", "2"]) cards.take(id, "Der Bus fährt nicht.");
  assert.equal(cards.doubled, 1);
});
