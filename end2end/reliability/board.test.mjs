// R6: the server is killed under a live board and comes back. Every phone is back within five seconds, and no card is
// missing or there twice, neither on a phone nor in the database.
import assert from "node:assert/strict";
import { after, test } from "node:test";
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
  assert.ok(took <= BACK_MS_MAX, `${took.toFixed(0)} ms`);
  const expected = written.toSorted();
  for (const phone of phones) {
    assert.deepEqual([...phone.cards.values()].sort(), expected);
    assert.equal(phone.doubled, 0);
    assert.equal(phone.outbox.size, 0);
  }
  const kept = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards;
  assert.deepEqual(kept.map((card) => card.text).sort(), expected);
});
