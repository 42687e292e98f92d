// A1: axe-core finds nothing on any public route, light and dark, and at 320 px nothing scrolls sideways.
// A5: no third-party request, no cookie, no storage. P1: reading needs no WebAssembly, and pages stay small.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { hydrated, launch, openPage } from "../support/browser.mjs";
import { Platform } from "../support/platform.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let platform;
let browser;
let routes;

before(async () => {
  platform = await Platform.start();
  browser = await launch();
  const list = await (await fetch(`${platform.url}/veranstaltungen`)).text();
  const slug = list.match(/href="(\/veranstaltungen\/[a-z0-9-]+)"/)[1];
  routes = [
    "/", "/?kreis=dresden", "/veranstaltungen", "/veranstaltungen?suche=gibtesnicht", slug, `${slug}/angemeldet`,
    "/anmeldung", "/konto", "/konto/anmelden", "/impressum", "/datenschutz", "/barrierefreiheit", "/leichte-sprache",
    "/gibt-es-nicht",
  ];
});
after(async () => {
  await browser?.close();
  platform?.stop();
});

async function violations(page) {
  // Evaluated from outside the page, so that its strict policy stays as it is.
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ")}`);
}

describe("axe-core finds nothing", () => {
  for (const [how, options] of [
    ["light, 360 px", {}],
    ["dark, 1280 px", { dark: true, viewport: { width: 1280, height: 800 } }],
    ["light, 320 px", { viewport: { width: 320, height: 640 } }],
  ]) {
    test(how, async () => {
      const page = await openPage(browser, options);
      const found = [];
      for (const route of routes) {
        await page.goto(platform.url + route);
        await hydrated(page);
        found.push(...(await violations(page)).map((violation) => `${route} ${violation}`));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (wide > 0) found.push(`${route} scrolls sideways by ${wide} px`);
      }
      assert.deepEqual(found, []);
      // A page that is not there is a 404, and the console says so.
      assert.deepEqual(page.problems.filter((problem) => !problem.includes("404")), []);
      await page.context().close();
    });
  }

  test("and the check can fail: a field without a label is found", async () => {
    const page = await openPage(browser);
    await page.goto(platform.url);
    await page.evaluate(() => document.querySelector("main").append(document.createElement("input")));
    assert.notDeepEqual(await violations(page), []);
    await page.context().close();
  });
});

test("no page asks anybody else, sets a cookie or keeps anything", async () => {
  const page = await openPage(browser);
  const foreign = [];
  page.on("request", (request) => { if (!request.url().startsWith(platform.url) && !request.url().startsWith("data:")) foreign.push(request.url()); });
  for (const route of routes) await page.goto(platform.url + route);
  assert.deepEqual(foreign, []);
  assert.deepEqual(await page.context().cookies(), []);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  await page.context().close();
});

test("a first visit to a workshop page stays under 260 KB, HTML and CSS under 15 KB each, and reading needs no WebAssembly", async () => {
  const page = await openPage(browser);
  const answers = [];
  page.on("requestfinished", (request) => answers.push(request));
  await page.goto(platform.url + routes[4]);
  await hydrated(page);
  await page.waitForLoadState("networkidle");
  const sizes = {};
  for (const request of answers) {
    const { pathname } = new URL(request.url());
    sizes[pathname] = (await request.sizes()).responseBodySize;
  }
  const sum = Object.values(sizes).reduce((all, one) => all + one, 0);
  const css = Object.entries(sizes).filter(([name]) => name.endsWith(".css")).reduce((all, [, one]) => all + one, 0);
  console.log("# P1 bytes on the wire:", JSON.stringify(sizes), "together", sum);
  assert.ok(sizes[routes[4]] > 0 && sizes[routes[4]] <= 15_360, `HTML ${sizes[routes[4]]}`);
  assert.ok(css > 0 && css <= 15_360, `CSS ${css}`);
  assert.ok(sum <= 266_240, `together ${sum}`);
  await page.context().close();

  // Without a script and without a byte of WebAssembly everything is there. (The hints in the head still name it; a
  // browser that runs no script may fetch it at low priority and throw it away.)
  const plain = await openPage(browser, { script: false });
  await plain.route(/\.(wasm|js)$/, (route) => route.abort());
  await plain.goto(platform.url + routes[4]);
  await plain.locator("h1").waitFor();
  await plain.locator(".facts time").waitFor();
  await plain.context().close();
});
