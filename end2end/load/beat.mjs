// Cards at a steady rate in one room, each timed until the last phone has it.
import { setTimeout as pause } from "node:timers/promises";

const GIVEN_UP_MS = 10_000;

// As long as a sentence is.
const sentence = () => `Karte ${crypto.randomUUID()} aus der letzten Reihe, so lang wie ein Satz eben ist.`;

// Tells when a text has arrived on all phones. One look into a map for each card on each phone.
export function arrivals(phones) {
  const awaited = new Map();
  for (const phone of phones) {
    phone.onCard = (_, text) => {
      const one = awaited.get(text);
      if (one === undefined) return;
      one.missing -= 1;
      if (one.missing > 0) return;
      awaited.delete(text);
      one.resolve(performance.now() - one.sent);
    };
  }
  return (text) => new Promise((resolve) => {
    awaited.set(text, { missing: phones.length, sent: performance.now(), resolve });
    setTimeout(() => awaited.delete(text) && resolve(Infinity), GIVEN_UP_MS).unref();
  });
}

// The phones write in turn. What is due is written whether or not what was before has arrived. Returns the times; what did
// not arrive took forever.
export async function beat(phones, rate, seconds, offsetMs = 0) {
  const arrived = arrivals(phones);
  const times = [];
  const begun = performance.now() + offsetMs;
  for (let turn = 0; turn < rate * seconds; turn += 1) {
    await pause(Math.max(0, begun + (turn * 1000) / rate - performance.now()));
    const text = sentence();
    times.push(arrived(text));
    phones[turn % phones.length].write(text);
  }
  return Promise.all(times);
}
