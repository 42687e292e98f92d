// P2: a page stands still while it loads and wakes: nothing that one is about to touch moves away (CLS).
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { PHONE } from "../support/browser.mjs";
import { Pages } from "../support/pages.mjs";
import { Platform, until } from "../support/platform.mjs";

const SHIFT_MAX = 0.02;

const pages = new Pages();
before(async () => pages.launch(await Platform.start()));
afterEach(() => pages.tidy());
after(() => pages.stop());

const notes = () => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
};

// How far everything has moved, once the page is on the screen as it is now.
async function shifted(page) {
  await page.evaluate(() => new Promise((shown) => { requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(shown))); }));
  return page.evaluate(() => window.shifted);
}

const first = async (list, address) => (await (await fetch(pages.platform.url + list)).text()).match(address)[1];

test("home, a Veranstaltung, a board and a module stand still", async () => {
  const paths = ["/", await first("/veranstaltungen?frei=1", /href="(\/veranstaltungen\/[a-z0-9-]+)"/), await first("/themen", /href="(\/themen\/[a-z0-9-]+)"/), "/module", "/module/FSA-101"];
  const shifts = [];
  for (const path of paths) shifts.push([path, await shifted(await pages.open(path, { viewport: PHONE, before: notes }))]);
  console.log("# P2 CLS:", JSON.stringify(shifts));
  assert.deepEqual(shifts.filter(([, shift]) => shift > SHIFT_MAX), []);
});

test("and the check can fail: what is pushed down by something that comes late is noticed", async () => {
  const page = await pages.open("/", { viewport: PHONE, before: notes });
  const still = await shifted(page);
  // Nothing is put between what the page is made of: it may still be waking.
  await page.evaluate(() => { document.querySelector("main").style.marginTop = "10rem"; });
  await until("what moved", async () => await shifted(page) > still + SHIFT_MAX);
});
