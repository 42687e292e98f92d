// All phones come at once to a room that is full of cards: for the first time, and again after ten more were written while
// their network was gone.
import { until } from "../../support/platform.mjs";
import { measure } from "../gauge.mjs";
import { verdict } from "../verdict.mjs";
import { bytesOf, closeAll, newcomerTo, phonesIn } from "./phones.mjs";

const WRITTEN_MEANWHILE = 10;

export async function* rejoin(server, people = 200, cards = 500) {
  const room = await server.room(people);
  const written = [];
  const write = (phone, text) => {
    written.push(text);
    phone.write(text);
  };
  const writers = await phonesIn(room, people);
  for (let turn = 0; turn < cards; turn += 1) write(writers[turn % people], `Karte ${turn}, so lang wie ein Satz auf einem Board eben ist, und noch ein Wort.`);
  await until("the room to be full", () => writers.every((phone) => phone.cards.size === cards), 120_000);
  // One stays: a server that keeps nothing forgets a room with the last phone in it.
  const [keeper, ...others] = writers;
  closeAll(others);

  const phones = Array.from({ length: people }, (_, seat) => room.phone(seat));
  yield { scene: `join: ${people} phones at once, ${cards} cards`, ...(await come(server, phones)) };

  closeAll(phones);
  for (let turn = 0; turn < WRITTEN_MEANWHILE; turn += 1) write(keeper, `Inzwischen ${turn}`);
  await until("what was written meanwhile", () => keeper.cards.size === written.length && !(keeper.outbox?.size > 0));
  const boards = () => phones.reduce((sum, phone) => sum + (phone.boards ?? 0), 0);
  const before = boards();
  const back = await come(server, phones);
  const newcomer = await newcomerTo(room);
  const result = await verdict(room, phones, written, newcomer);
  const whole = boards() - before;
  yield { scene: `re-join: the same after ${WRITTEN_MEANWHILE} more cards${whole > 0 ? ` (${whole} were sent the whole board)` : ""}`, ...back, ...result };
  closeAll([keeper, newcomer, ...phones]);
}
rejoin.needs = "memory";

async function come(server, phones) {
  bytesOf(phones);
  const end = measure(server.pid);
  const begun = performance.now();
  const times = await Promise.all(phones.map((phone) => new Promise((resolve) => {
    phone.onThere = () => resolve(performance.now() - begun);
    phone.open();
  })));
  return { times, cost: end(), bytes: bytesOf(phones) / phones.length };
}
