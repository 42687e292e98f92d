// P5: boards under load, on WebSockets, from one address. What is measured, until the last phone, and what the server
// needs for it.
//   node end2end/load/board.mjs room [phones] [cards a second] [seconds]   one room
//   node end2end/load/board.mjs rooms [rooms] [phones] [cards a second] [seconds]
//   node end2end/load/board.mjs rejoin [phones] [cards]                    all phones come at once to a full room
//   node end2end/load/board.mjs idle [connections]
import { readFileSync } from "node:fs";
import { Platform, until } from "../support/platform.mjs";
import { Visitor, staffOf } from "../support/visitor.mjs";
import { Phone } from "./phone.mjs";

const [what = "room", ...numbers] = process.argv.slice(2);
const number = (at, otherwise) => Number(numbers[at] ?? otherwise);

const platform = await Platform.start({ demo: false });
const staff = await staffOf(platform);
const ticks = () => readFileSync(`/proc/${platform.server.pid}/stat`, "utf8").split(" ").slice(13, 15).reduce((sum, one) => sum + Number(one), 0);
const memory = () => Number(readFileSync(`/proc/${platform.server.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]) / 1024;
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(1);
const quantiles = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  return `p50 ${at(sorted, 0.5)} ms, p99 ${at(sorted, 0.99)} ms, worst ${at(sorted, 1)} ms`;
};

// A board with people on it; each has the cookie of a device.
async function room(people) {
  const { next } = await staff.post("/api/board-create", { title: "Last", lead: "", columns: "Was fehlt\nWas hilft", anonymity: "anonymous", level: "off", votes: "3" });
  const slug = next.split("/").at(-2);
  const visitors = Array.from({ length: people }, () => new Visitor(platform));
  await Promise.all(visitors.map((visitor) => visitor.post("/api/board-join", { slug, district: "dresden" })));
  const { id } = await (await fetch(`${platform.url}/api/board`, {
    method: "POST", headers: { origin: platform.url, accept: "application/json", "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ slug }),
  })).json();
  return { slug, id, visitors };
}

async function phonesIn({ id, visitors }) {
  const phones = visitors.map((visitor) => new Phone(platform, id, visitor).open());
  await until("every phone to have the board", () => phones.every((phone) => phone.lines > 0), 60_000);
  return phones;
}

// Cards at a steady rate in one room; the time of each until the last phone has it.
async function write(phones, rate, seconds) {
  const times = [];
  const begun = performance.now();
  for (let turn = 0; turn < rate * seconds; turn += 1) {
    const due = begun + (turn * 1000) / rate;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const text = `Karte ${crypto.randomUUID()} aus der letzten Reihe, so lang wie ein Satz eben ist.`;
    let missing = phones.length;
    const sent = performance.now();
    times.push(new Promise((resolve) => {
      for (const phone of phones) {
        const before = phone.onCard;
        phone.onCard = (id, said) => {
          before(id, said);
          if (said === text) {
            missing -= 1;
            phone.onCard = before;
            if (missing === 0) resolve(performance.now() - sent);
          }
        };
      }
      setTimeout(() => resolve(Infinity), 10_000).unref();
    }));
    phones[turn % phones.length].write(text);
  }
  return Promise.all(times);
}

const scenes = {
  async room() {
    const [people, rate, seconds] = [number(0, 200), number(1, 2), number(2, 20)];
    const phones = await phonesIn(await room(people));
    for (const phone of phones) phone.bytes = 0;
    const [before, begun] = [ticks(), performance.now()];
    const times = await write(phones, rate, seconds);
    const took = (performance.now() - begun) / 1000;
    const bytes = phones.reduce((sum, phone) => sum + phone.bytes, 0) / people / times.length;
    console.log(`one room, ${people} phones, ${rate} cards/s for ${seconds} s: until the last phone ${quantiles(times)}; ${bytes.toFixed(0)} bytes a card and phone; server ${((ticks() - before) / took).toFixed(0)} % of a core, ${memory().toFixed(0)} MB`);
    return times.every(Number.isFinite) && phones.every((phone) => phone.doubled === 0);
  },
  async rooms() {
    const [count, people, rate, seconds] = [number(0, 10), number(1, 200), number(2, 2), number(3, 20)];
    const all = [];
    for (let turn = 0; turn < count; turn += 1) all.push(await phonesIn(await room(people)));
    const [before, begun] = [ticks(), performance.now()];
    const times = (await Promise.all(all.map((phones) => write(phones, rate, seconds)))).flat();
    const took = (performance.now() - begun) / 1000;
    console.log(`${count} rooms of ${people} phones, ${rate} cards/s each for ${seconds} s: until the last phone ${quantiles(times)}; server ${((ticks() - before) / took).toFixed(0)} % of a core, ${memory().toFixed(0)} MB`);
    return times.every(Number.isFinite);
  },
  async rejoin() {
    const people = number(0, 200);
    let cards = number(1, 500);
    const found = await room(people);
    const writers = await phonesIn(found);
    for (let turn = 0; turn < cards; turn += 1) writers[turn % people].write(`Karte ${turn}, so lang wie ein Satz auf einem Board eben ist, und noch ein Wort.`);
    await until("the room to be full", () => writers.every((phone) => phone.cards.size === cards), 120_000);
    for (const phone of writers) phone.close();
    const come = async (phones) => {
      const begun = performance.now();
      const times = await Promise.all(phones.map((phone) => new Promise((resolve) => {
        const hear = phone.hear.bind(phone);
        phone.bytes = 0;
        phone.hear = (news) => { hear(news); if (news.alive) resolve(performance.now() - begun); };
        phone.open();
      })));
      return `${quantiles(times)}; ${(phones[0].bytes / 1024).toFixed(1)} KB each`;
    };
    const phones = found.visitors.map((visitor) => new Phone(platform, found.id, visitor));
    console.log(`${people} phones come to a room of ${cards} cards at once for the first time: ${await come(phones)}; ${memory().toFixed(0)} MB`);
    for (const phone of phones) phone.close();
    // The network was gone for a moment; ten cards were written meanwhile.
    const writer = new Phone(platform, found.id, found.visitors[0]).open();
    await until("one phone to be there", () => writer.lines > 0);
    for (let turn = 0; turn < 10; turn += 1) writer.write(`Inzwischen ${turn}`);
    await until("ten more cards", () => writer.cards.size === cards + 10);
    writer.close();
    for (const phone of phones) phone.ended = false;
    console.log(`${people} phones come back to it at once: ${await come(phones)}`);
    for (const phone of phones) phone.close();
    cards += 10;
    return phones.every((phone) => phone.cards.size === cards);
  },
  async idle() {
    const connections = number(0, 10_000);
    const found = await room(1);
    const before = memory();
    const phones = [];
    while (phones.length < connections) {
      const next = Array.from({ length: Math.min(500, connections - phones.length) }, () => new Phone(platform, found.id, new Visitor(platform)).open());
      phones.push(...next);
      await until("every phone to have the board", () => next.every((phone) => phone.lines > 0), 60_000);
    }
    console.log(`${connections} idle connections: ${memory().toFixed(0)} MB (${before.toFixed(0)} MB before)`);
    for (const phone of phones) phone.close();
    return true;
  },
};

const good = await scenes[what]();
platform.stop();
process.exit(good ? 0 : 1);
