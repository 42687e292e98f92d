// A long day: one room, cards at a steady rate, and phones that die and come back, some with what they had seen, some
// loaded anew. In the end every phone has exactly what the server has.
import { setTimeout as pause } from "node:timers/promises";
import { until } from "../../support/platform.mjs";
import { measure, memoryMb } from "../gauge.mjs";
import { verdict } from "../verdict.mjs";
import { bytesOf, closeAll, newcomerTo, phonesIn } from "./phones.mjs";

// A board takes no more cards than this (CARDS_MAX of the domain).
const CARDS_MAX = 2_000;
// So many phones lose their line for every card that is written.
const DEATHS_A_CARD = 1;

export async function* soak(server, seconds = 600, people = 200, rate = 2) {
  if (seconds * rate > CARDS_MAX) throw new Error(`a board has room for ${CARDS_MAX} cards: fewer seconds, or a lower rate`);
  const room = await server.room(people);
  const phones = await phonesIn(room, people);
  const before = memoryMb(server.pid);
  const random = (below) => Math.floor(Math.random() * below);
  const written = [];
  let deaths = 0;
  bytesOf(phones);
  const end = measure(server.pid);
  const begun = performance.now();
  for (let turn = 0; turn < rate * seconds; turn += 1) {
    await pause(Math.max(0, begun + (turn * 1000) / rate - performance.now()));
    written.push(`Karte ${turn} von vielen an einem langen Tag, so lang wie ein Satz eben ist.`);
    // Also one that has no line just now.
    phones[random(people)].write(written.at(-1));
    for (let death = 0; death < DEATHS_A_CARD; death += 1) {
      const phone = phones[random(people)];
      if (random(4) === 0) phone.forget();
      phone.cut();
      deaths += 1;
    }
  }
  await until("every card on every phone", () => phones.every((phone) => phone.cards.size === written.length && !(phone.outbox?.size > 0)), 60_000).catch(() => {});
  const cost = end();
  const bytes = bytesOf(phones) / people / written.length;
  const newcomer = await newcomerTo(room);
  yield {
    scene: `soak: ${people} phones, ${written.length} cards in ${seconds} s, ${deaths} lost lines, from ${before.toFixed(0)} MB`,
    cost, bytes, ...(await verdict(room, phones, written, newcomer)),
  };
  closeAll([newcomer, ...phones]);
}
soak.needs = "memory";
