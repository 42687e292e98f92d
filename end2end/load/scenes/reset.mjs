// The Wi-Fi is reset while everybody is writing: all sockets are gone at once, with cards on their way in both directions.
// Whoever is back says again what was not answered. The times are those until a phone has its board again.
import { setTimeout as pause } from "node:timers/promises";
import { until } from "../../support/platform.mjs";
import { measure } from "../gauge.mjs";
import { verdict } from "../verdict.mjs";
import { bytesOf, closeAll, newcomerTo, phonesIn } from "./phones.mjs";

// Each phone writes once before the reset, once in the same moment, and once while it has no network.
const WAVES = 3;
const WAVE_MS = 100;
const PAUSES = 20;

export async function* reset(server, people = 200) {
  const room = await server.room(people);
  const phones = await phonesIn(room, people);
  const written = [];
  // One after the other within a tenth of a second, so that some are answered, some committed and some not even sent.
  const wave = async (name) => {
    for (const [seat, phone] of phones.entries()) {
      if (seat % Math.ceil(people / PAUSES) === 0) await pause(WAVE_MS / PAUSES);
      written.push(`${name} ${seat}`);
      phone.write(written.at(-1));
    }
  };
  await wave("Vorher");
  bytesOf(phones);
  const end = measure(server.pid);
  await wave("Mittendrin");
  const begun = performance.now();
  const back = phones.map((phone) => new Promise((resolve) => { phone.onThere = () => resolve(performance.now() - begun); }));
  for (const phone of phones) phone.cut();
  await wave("Ohne Netz");
  const times = await Promise.all(back);
  await until("every card on every phone", () => phones.every((phone) => phone.cards.size === written.length && !(phone.outbox?.size > 0)), 60_000).catch(() => {});
  const cost = end();
  const bytes = bytesOf(phones) / people;
  const newcomer = await newcomerTo(room);
  yield { scene: `reset: ${people} phones cut off at once, ${people * WAVES} cards`, times, cost, bytes, ...(await verdict(room, phones, written, newcomer)) };
  closeAll([newcomer, ...phones]);
}
reset.needs = "memory";
