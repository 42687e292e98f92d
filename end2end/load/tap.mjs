// P7: how soon a tap is answered on the screen, on a phone with a quarter of this machine's speed, without a network.
//   node end2end/load/tap.mjs [cards] [taps]
import { performance } from "node:perf_hooks";
import { hydrated } from "../support/browser.mjs";
import { until } from "../support/platform.mjs";
import { Room, join } from "../support/room.mjs";
import { Visitor } from "../support/visitor.mjs";

const [cards, taps] = [Number(process.argv[2] ?? 60), Number(process.argv[3] ?? 40)];
const TAP_MS_MAX = 100;
const INP_MS_MAX = 200;
const SLOWER = 4;

const room = await Room.start();
const path = await room.board();
const page = await room.open(path);
await join(page, "Amsel");
const slug = path.split("/").at(-1);
const column = await page.locator("select[name=column] option").last().getAttribute("value");
// Several devices, because one that says too much is told to wait.
for (let card = 0; card < cards; card += 6) {
  const writer = new Visitor(room.platform);
  await writer.post("/api/board-join", { slug, name: `Person ${card}` });
  for (let more = card; more < Math.min(cards, card + 6); more += 1) {
    await writer.post("/api/board-write", { slug, column, kind: "problem", text: `Karte ${more}, so lang wie ein Satz auf einem Board eben ist, und noch ein Wort.`, key: crypto.randomUUID() });
  }
}
await page.goto(`${room.platform.url}${path}#spalte-${column}`);
await page.reload();
await hydrated(page);
await until("every card", async () => await page.locator(".note-text").count() >= cards);

const devtools = await page.context().newCDPSession(page);
await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
await page.context().setOffline(true);
// What the browser itself says of interactions (Event Timing), and how long it is from the tap to the changed button.
await page.evaluate(() => {
  window.interactions = [];
  window.answers = [];
  new PerformanceObserver((list) => window.interactions.push(...list.getEntries().filter((entry) => entry.interactionId).map((entry) => entry.duration)))
    .observe({ type: "event", durationThreshold: 16, buffered: true });
  let tapped = 0;
  addEventListener("pointerdown", () => { tapped = performance.now(); }, true);
  new MutationObserver(() => {
    if (tapped) window.answers.push(performance.now() - tapped);
    tapped = 0;
  }).observe(document.querySelector(".columns"), { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-pressed"] });
});
const buttons = page.getByRole("button", { name: /: Bei uns auch/ });
const visible = [];
for (const button of await buttons.all()) if (await button.isVisible()) visible.push(button);
const begun = performance.now();
for (let tap = 0; tap < taps; tap += 1) {
  await visible[tap % visible.length].click();
  await until("an answer", () => page.evaluate((tap) => window.answers.length > tap, tap));
}
const { answers, interactions } = await page.evaluate(() => ({ answers: window.answers, interactions: window.interactions }));
const sorted = answers.toSorted((a, b) => a - b);
const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const inp = Math.max(0, ...interactions);
console.log(`${taps} taps on a board of ${cards} cards, ${SLOWER} x slower, offline, in ${((performance.now() - begun) / 1000).toFixed(0)} s: answered p50 ${at(0.5).toFixed(0)} ms, worst ${at(1).toFixed(0)} ms (goal ${TAP_MS_MAX}); longest interaction ${inp} ms (goal ${INP_MS_MAX})`);
await room.stop();
process.exit(at(1) <= TAP_MS_MAX && inp <= INP_MS_MAX ? 0 : 1);
