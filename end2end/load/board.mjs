// P5, as far as it is built: one room, many phones on server-sent events, cards posted one after the other at a steady
// rate. Measures from sending a card until the last phone has it, and what the server needs for that.
//   node end2end/load/board.mjs [phones] [cards a second] [seconds]
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { Platform, until } from "../support/platform.mjs";
import { Visitor, staffOf } from "../support/visitor.mjs";

const [phones = 200, rate = 2, seconds = 20] = process.argv.slice(2).map(Number);

const platform = await Platform.start({ demo: false });
const staff = await staffOf(platform);
const { next } = await staff.post("/api/board-create", {
  title: "Last", lead: "", columns: "Was fehlt\nWas hilft", anonymity: "anonymous", level: "off", votes: "3",
});
const path = next.replace("/moderation", "");
const slug = path.split("/").at(-1);
const visitors = Array.from({ length: phones }, () => new Visitor(platform));
await Promise.all(visitors.map((visitor) => visitor.post("/api/board-join", { slug, district: "dresden" })));
const html = await (await visitors[0].get(path)).text();
const column = html.match(/<option value="([0-9a-f-]{36})"/)[1];
const { id } = await (await fetch(`${platform.url}/api/board`, {
  method: "POST", headers: { origin: platform.url, accept: "application/json", "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ slug }),
})).json();

// Each phone reads its line; what it hears of a card is counted once.
const heard = new Map();
const complete = new Map();
let bytes = 0;
let first = 0;
function follow(visitor) {
  const ask = request(`${platform.url}/live/boards/${id}/events`, { headers: { cookie: visitor.cookie } }, (answer) => {
    let begun = false;
    answer.on("data", (data) => {
      bytes += data.length;
      const text = data.toString();
      if (!begun) { begun = true; first += 1; return; }
      for (const [, key] of text.matchAll(/Karte (k[0-9]+) /g)) {
        const count = (heard.get(key) ?? 0) + 1;
        heard.set(key, count);
        if (count === phones) complete.get(key)?.(performance.now());
      }
    });
    answer.on("error", () => {});
  });
  ask.on("error", () => {});
  ask.end();
  return ask;
}
const lines = visitors.map(follow);
await until("every phone to have the board", () => first === phones);

const ticks = () => readFileSync(`/proc/${platform.server.pid}/stat`, "utf8").split(" ").slice(13, 15).reduce((sum, one) => sum + Number(one), 0);
const memory = () => Number(readFileSync(`/proc/${platform.server.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]) / 1024;
bytes = 0;
const before = ticks();
const begun = performance.now();
const times = [];
for (let number = 0; number < rate * seconds; number += 1) {
  const due = begun + (number * 1000) / rate;
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  const key = `k${number}`;
  const sent = performance.now();
  const everywhere = new Promise((resolve) => complete.set(key, resolve));
  void visitors[number % phones].post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "problem", column, text: `Karte ${key} aus der letzten Reihe, so lang wie ein Satz eben ist.` });
  times.push(Promise.race([everywhere.then((at) => at - sent), new Promise((resolve) => setTimeout(() => resolve(null), 10_000).unref())]));
}
const all = await Promise.all(times);
const measured = all.filter((time) => time !== null).sort((a, b) => a - b);
const missed = all.length - measured.length;
const took = (performance.now() - begun) / 1000;
const at = (share) => measured[Math.min(measured.length - 1, Math.floor(measured.length * share))]?.toFixed(1);
console.log(`${phones} phones, ${rate} cards/s for ${seconds} s: until the last phone p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms; ${missed} not everywhere; ` +
  `${(bytes / phones / measured.length).toFixed(0)} bytes a card and phone; server ${((ticks() - before) / took).toFixed(0)} % of a core, ${memory().toFixed(0)} MB`);
for (const line of lines) line.destroy();
platform.stop();
process.exit(missed > 0 ? 1 : 0);
