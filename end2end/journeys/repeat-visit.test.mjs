// P1: who comes again loads next to nothing, by what the browser keeps by itself and by the service worker. After a new build
// everything is loaded once more, in one piece, and what was kept of the one before is gone; but not before all of it is there.
import assert from "node:assert/strict";
import { copyFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { hydrated, launch, openPage } from "../support/browser.mjs";
import { nextBuild } from "../support/next_build.mjs";
import { Platform } from "../support/platform.mjs";
import { Wire } from "../support/wire.mjs";

const FIRST_BYTES_MAX = 260 * 1024;
// The bar is for what is loaded; on the wire each answer has a head, too.
const HEADS_BYTES_MAX = 8 * 1024;
// What the service worker fetches for itself at a first visit: its script, the start page, the offline page.
const WORKER_BYTES_MAX = 8 * 1024;
const REPEAT_BYTES_MAX = 20 * 1024;
let platform;
let wire;
let browser;
let path;
const opened = [];

before(async () => {
  platform = await Platform.start();
  wire = await Wire.to(platform);
  browser = await launch();
  path = (await (await fetch(`${platform.url}/veranstaltungen?frei=1`)).text()).match(/href="(\/veranstaltungen\/[a-z0-9-]+)"/)[1];
});
afterEach(async () => {
  const problems = opened.flatMap((page) => page.problems.filter((problem) => !page.mayBreakOff || !problem.includes("net::ERR_")));
  for (const page of opened.splice(0)) await page.context().close();
  assert.deepEqual(problems, []);
});
after(async () => {
  await browser?.close();
  wire?.stop();
  platform?.stop();
});

async function device(serviceWorkers) {
  const page = await openPage(browser, { serviceWorkers });
  opened.push(page);
  return page;
}

// Comes to the page and lets it come to life, on a tab of its own as after a link in a mail. Returns the bytes of it all.
async function visit(page) {
  const tab = await page.context().newPage();
  tab.on("pageerror", (error) => page.problems.push(String(error)));
  tab.on("console", (message) => { if (message.type() === "error") page.problems.push(message.text()); });
  const bytes = await wire.during(async () => {
    await tab.goto(wire.url + path);
    await hydrated(tab);
  });
  const kept = await tab.evaluate(async () => {
    const found = {};
    for (const name of await caches.keys()) found[name] = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
    return { found, led: navigator.serviceWorker?.controller !== null };
  });
  await tab.close();
  return { bytes, ...kept };
}

// From now on this build is the one that is served.
async function serves({ file, site }) {
  await platform.kill();
  platform.binary = file;
  platform.env.LAFAST_SITE_ROOT = site;
  await platform.serve();
}

const assets = ({ found }) => Object.entries(found).filter(([name]) => name.startsWith("assets-")).map(([, names]) => names.filter((name) => name.startsWith("/pkg/")));

test("by what the browser keeps by itself a second visit stays under 20 KB", async () => {
  const page = await device("block");
  const first = await visit(page);
  const second = await visit(page);
  console.log("# P1 repeat visit, HTTP cache alone: first", first.bytes, "second", second.bytes, "bytes with headers");
  assert.ok(second.bytes > 0 && second.bytes <= REPEAT_BYTES_MAX, `${second.bytes}`);
  assert.ok(first.bytes > REPEAT_BYTES_MAX, "and the check can fail: a device that has nothing yet loads more");
  assert.ok(first.bytes <= FIRST_BYTES_MAX + HEADS_BYTES_MAX, `${first.bytes}`);
});

test("of a new build a file does not arrive: what was read can still be read without a network, until all of it is there", async () => {
  const page = await device("allow");
  await visit(page);
  const before = await visit(page);
  const [old] = assets(before);
  const here = { file: platform.binary, site: platform.env.LAFAST_SITE_ROOT };
  const next = nextBuild(platform.folder);
  const late = readdirSync(next.site).filter((name) => name.startsWith("offline.css"));
  assert.ok(late.length > 0);
  for (const name of late) rmSync(join(next.site, name));
  await serves(next);
  const torn = await visit(page);
  assert.deepEqual(old.filter((name) => !assets(torn).flat().includes(name)), [], "nothing of the build before is gone");

  page.mayBreakOff = true;
  await page.context().setOffline(true);
  await visit(page);
  await page.context().setOffline(false);

  for (const name of late) copyFileSync(join(here.site, name), join(next.site, name));
  const [whole, ...more] = assets(await visit(page));
  assert.deepEqual(more, [], "once all of it is there, it is the only one");
  assert.ok(whole.length > 0 && !whole.some((name) => old.includes(name)));
  await serves(here);
});

test("with the service worker a second visit stays under 20 KB; a new build is loaded once, as a whole, and replaces the one before", async () => {
  const page = await device("allow");
  const first = await visit(page);
  const second = await visit(page);
  assert.ok(second.led, "the service worker is in charge");
  const [old, ...none] = assets(second);
  assert.deepEqual(none, []);
  assert.ok(first.bytes <= FIRST_BYTES_MAX + HEADS_BYTES_MAX + WORKER_BYTES_MAX, `${first.bytes}`);
  assert.ok(second.bytes > 0 && second.bytes <= REPEAT_BYTES_MAX, `${second.bytes}`);

  await serves(nextBuild(platform.folder));
  const renewed = await visit(page);
  const again = await visit(page);
  console.log("# P1 repeat visit, service worker: first", first.bytes, "second", second.bytes, "after a new build", renewed.bytes, "and then", again.bytes, "bytes with headers");
  assert.ok(renewed.bytes > REPEAT_BYTES_MAX && renewed.bytes <= FIRST_BYTES_MAX + HEADS_BYTES_MAX, `${renewed.bytes}`);
  const [fresh, ...more] = assets(again);
  assert.deepEqual(more, [], "one build is kept, not two");
  assert.deepEqual(fresh.filter((name) => old.includes(name)), [], "and nothing of the one before");
  assert.ok(again.bytes > 0 && again.bytes <= REPEAT_BYTES_MAX, `${again.bytes}`);
});
