// A1: axe-core finds nothing on any public route, light and dark, and at 320 px nothing scrolls sideways.
// A5: no third-party request, no cookie, no storage. P1: reading needs no WebAssembly, and pages stay small.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { faultsAt, opened, violations } from "../support/axe.mjs";
import { hydrated, launch, openPage } from "../support/browser.mjs";
import { Platform, until } from "../support/platform.mjs";
import { ROUTES, isPublic } from "../support/routes.mjs";

let platform;
let browser;
let routes;

before(async () => {
  platform = await Platform.start();
  browser = await launch();
  const list = await (await fetch(`${platform.url}/veranstaltungen`)).text();
  const slug = list.match(/href="(\/veranstaltungen\/[a-z0-9-]+)"/)[1];
  const boards = await (await fetch(`${platform.url}/themen`)).text();
  const board = boards.match(/href="(\/themen\/[a-z0-9-]+)"/)[1];
  const card = `${board}/karten/${(await (await fetch(platform.url + board)).text()).match(/id="karte-(\d+)"/)[1]}`;
  const compared = (await (await fetch(`${platform.url}/vorlagen`)).text()).match(/href="(\/vorlagen\/[a-z0-9-]+)"/)[1];
  const found = (await (await fetch(platform.url + compared)).text()).match(/href="(\/themen\/[a-z0-9-]+\/ergebnisse)"/)[1];
  routes = [
    "/", "/?kreis=dresden", "/veranstaltungen", "/veranstaltungen?suche=gibtesnicht", slug, `${slug}/angemeldet`,
    "/themen", board, `${board}/leinwand`, card, "/vorlagen", compared, found, "/module", "/module?suche=Dublin", "/module?suche=gibtesnicht", "/module/FSA-101", "/module/FSA-101/fassung/1", "/module/vergleich?m=FSA-101&m=AKL-1", "/module/vergleich", "/lernweg", "/lernweg?ziel=FSA-Z2", "/lernweg?ziel=FSA-Z1&stunden=4&m=FSA-201@2027S&m=AKL-4&hat=FSA-103",
    "/anrechnung", "/anrechnung/FSA-103", "/nachweis", "/nachweis?code=0000",
    "/anmeldung", "/konto", "/konto/anmelden", "/impressum", "/datenschutz", "/barrierefreiheit", "/leichte-sprache",
    "/gibt-es-nicht",
  ];
});
after(async () => {
  await browser?.close();
  platform?.stop();
});

// What a page does that nobody wanted: it asks somebody else, sets a cookie, keeps something, or complains.
function unwanted(page) {
  const noticed = [];
  page.on("request", (request) => { if (!request.url().startsWith(platform.url) && !request.url().startsWith("data:")) noticed.push(request.url()); });
  return {
    // What the content policy stops is in the console. A page that is not there is a 404.
    all: () => [...noticed, ...page.problems.filter((problem) => !problem.includes("404"))],
    look: async (route) => {
      const cookies = await page.context().cookies();
      const kept = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);
      noticed.push(...[...cookies.map(({ name }) => name), ...kept].map((name) => `${route} keeps ${name}`));
    },
  };
}

describe("axe-core finds nothing, and no page asks anybody else, sets a cookie or keeps anything", { concurrency: 2 }, () => {
  // Two halves, so that both cores have something to look at.
  for (const half of [0, 1]) {
    test(`on public pages, awake, ${half + 1} of 2`, async () => {
      const page = await openPage(browser);
      const other = unwanted(page);
      const found = [];
      for (const route of routes.filter((_, index) => index % 2 === half)) {
        found.push(...await faultsAt(page, platform.url + route, route));
        await other.look(route);
      }
      assert.deepEqual(found, []);
      assert.deepEqual(other.all(), []);
      await page.context().close();
    });
  }

  test("and the check can fail: a page that asks somebody else, sets a cookie and keeps something", async () => {
    const page = await openPage(browser);
    const other = unwanted(page);
    await page.goto(platform.url);
    await page.evaluate(() => {
      document.cookie = "gast=1";
      localStorage.setItem("besuch", "1");
      new Image().src = "https://anders.example/punkt.png";
    });
    await other.look("/");
    await until("a request that is noticed", () => other.all().some((what) => what.includes("anders.example")));
    assert.ok(other.all().includes("/ keeps gast") && other.all().includes("/ keeps besuch"), other.all().join(", "));
    await page.context().close();
  });

  test("and the check can fail: a field without a label is found", async () => {
    const page = await openPage(browser);
    await page.goto(platform.url);
    await page.evaluate(() => document.querySelector("main").append(document.createElement("input")));
    assert.notDeepEqual(await violations(page), []);
    await page.context().close();
  });
});

test("no public page of the route list was left out", () => {
  assert.deepEqual(opened.missing(ROUTES.filter(isPublic)), []);
  assert.deepEqual(opened.missing(["/neu"]), ["/neu"], "and the check can fail: a page that nobody went to is missing");
});

test("name and navigation stand apart at every width", async () => {
  const page = await openPage(browser);
  await page.goto(`${platform.url}/impressum`);
  for (const width of [768, 850, 959, 960, 1024, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const right = await page.locator(".brand").evaluate((brand) => brand.getBoundingClientRect().right);
    const left = await page.locator(".nav li").first().evaluate((first) => first.getBoundingClientRect().left);
    assert.ok(right + 8 <= left, `${width} px: the name ends at ${right}, the navigation begins at ${left}`);
  }
  await page.context().close();
});

test("the words of the navigation stand apart on every phone, wherever one is", async () => {
  const page = await openPage(browser);
  for (const path of ["/", "/veranstaltungen", "/themen", "/module", "/konto/anmelden"]) {
    await page.goto(platform.url + path);
    for (const width of [320, 360, 412]) {
      await page.setViewportSize({ width, height: 700 });
      const words = await page.locator(".nav a").evaluateAll((links) => links.map((link) => {
        const range = document.createRange();
        range.selectNodeContents(link);
        const { left, right } = range.getBoundingClientRect();
        return { left, right };
      }));
      const gaps = words.slice(1).map(({ left }, before) => left - words[before].right);
      assert.equal(gaps.length, 4);
      assert.ok(gaps.every((gap) => gap >= 5), `${path} at ${width} px: ${gaps.map(Math.round)}`);
      assert.ok(words[0].left >= 0 && words[4].right <= width, `${path} at ${width} px: out of sight`);
    }
  }
  await page.context().close();
});

// How large letters are at least, as a share of the width of the screen: on one of 2 m a capital, which has 0.7 of the size of its
// font, takes 16 minutes of arc of who sits 8 m away (ISO 9241-303; docs/decisions/0012-boards-live.md).
const LETTERS_MIN = Math.tan(16 / 60 * Math.PI / 180) * 8 / 2 / 0.7;

test("on the projector the code is seen as a whole, and so is every card that is shown", async () => {
  const page = await openPage(browser);
  await page.goto(platform.url + routes.find((route) => route.endsWith("/leinwand")));
  await hydrated(page);
  // The smallest of what a room reads: what the board is called, how one joins, columns, and cards with their numbers and votes.
  const smallest = () => page.evaluate(() => {
    const words = document.querySelectorAll(".screen h1, .screen-join, .screen-join *, .screen .column > h2, .screen .column > h2 *, .screen .note *");
    return Math.min(...[...words].map((word) => Number.parseFloat(getComputedStyle(word).fontSize))) / window.innerWidth;
  });
  for (const [width, height] of [[1024, 768], [1280, 720], [1920, 1080]]) {
    await page.setViewportSize({ width, height });
    const seen = await page.evaluate(() => {
      const box = (element) => element.getBoundingClientRect();
      const code = document.querySelector(".screen-code");
      const { left, right, top, bottom } = box(code);
      const points = [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]];
      const inside = (card) => box(card).right <= box(card.parentElement).right + 1;
      const shown = [...document.querySelectorAll(".screen .note")].filter(inside);
      // One that is longer than its column is shown from its beginning.
      const fits = (card) => box(card).height <= box(card.parentElement).height;
      return {
        code: points.every(([x, y]) => document.elementFromPoint(x, y) === code),
        cards: shown.length,
        whole: shown.filter((card) => !fits(card) || box(card).bottom <= window.innerHeight && (box(card).top >= bottom || box(card).right <= left)).length,
        columns: document.querySelectorAll(".screen .column").length,
        scrolls: document.documentElement.scrollHeight > window.innerHeight,
      };
    });
    const letters = await smallest();
    const at = `${width} × ${height}: ${JSON.stringify(seen)}, letters ${letters}`;
    assert.ok(seen.code, at);
    assert.ok(seen.cards >= seen.columns, at);
    assert.equal(seen.whole, seen.cards, at);
    assert.equal(seen.scrolls, false, at);
    assert.ok(letters >= LETTERS_MIN, at);
  }
  // And the check can fail: with letters as large as they were before somebody calculated.
  await page.locator(".screen").evaluate((screen) => { screen.style.fontSize = "1.9vw"; });
  assert.ok(await smallest() < LETTERS_MIN);
  await page.context().close();
});

// Script and WebAssembly of one page.
const FILES_MAX = 24;

test("reading loads no WebAssembly before the first sign of a person", async () => {
  // Without windows the pointer of nobody moves over a new page by itself.
  const whole = await launch({ whole: true });
  for (const route of ["/", "/veranstaltungen", routes[4], "/impressum"]) {
    const page = await openPage(whole);
    const code = [];
    page.on("request", (request) => { if (/\.(wasm|js)$/.test(new URL(request.url()).pathname)) code.push(request.url()); });
    await page.goto(platform.url + route, { waitUntil: "networkidle" });
    assert.deepEqual(code, [], route);
    await hydrated(page);
    // The small parts come in one file (bin/parts.mjs): before, a page asked for seventy.
    assert.ok(code.length > 0 && code.length <= FILES_MAX, `${route}: ${code.length} files`);
    await page.context().close();
  }
  await whole.close();
});

test("who types while the page wakes loses nothing", async () => {
  const page = await openPage(browser);
  let awake = () => {};
  const held = new Promise((resolve) => { awake = resolve; });
  await page.route(/\.wasm$/, async (route) => { await held; await route.continue(); });
  await page.goto(platform.url + routes[4]);
  const name = page.getByLabel("Name", { exact: true }).first();
  await name.focus();
  await page.keyboard.type("Beispiel");
  await page.locator("#district").selectOption("bautzen");
  await page.locator("input[name=mode]").last().check();
  await name.focus();
  await page.keyboard.press("End");
  assert.equal(await page.evaluate(() => document.documentElement.hasAttribute("data-hydrated")), false);
  awake();
  await hydrated(page);
  await page.keyboard.type("person");
  assert.equal(await name.inputValue(), "Beispielperson");
  assert.equal(await page.locator("#district").inputValue(), "bautzen");
  assert.ok(await page.locator("input[name=mode]").last().isChecked());
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

// Of a first visit in bytes: what everybody loads with a page of a Veranstaltung (260 KB); what a further area brings of its own (40 KB);
// the small parts of all areas, which come once in one file.
const FIRST_MAX = 266_240;
const AREA_MAX = 40_960;
const PARTS_MAX = 20_480;

// P1 of one route: what a device that has nothing yet loads to read the page and to be able to use it.
async function firstVisit(route, shows) {
  const page = await openPage(browser);
  const answers = [];
  page.on("requestfinished", (request) => answers.push(request));
  await page.goto(platform.url + route);
  await hydrated(page);
  await page.waitForLoadState("networkidle");
  const sizes = {};
  for (const request of answers) {
    const { pathname } = new URL(request.url());
    sizes[pathname] = (await request.sizes()).responseBodySize;
  }
  const together = (which) => Object.entries(sizes).filter(([name]) => which(name)).reduce((all, [, one]) => all + one, 0);
  const [isParts, isArea] = [(name) => name.startsWith("/pkg/parts."), (name) => /^\/pkg\/(chunk|split)_/.test(name)];
  const [parts, area] = [together(isParts), together(isArea)];
  const first = together((name) => !isParts(name) && !isArea(name));
  const css = together((name) => name.endsWith(".css"));
  console.log(`# P1 bytes on the wire of ${route}:`, JSON.stringify(sizes), "together", first + area + parts, "of which area", area, "and parts", parts);
  assert.ok(sizes[route] > 0 && sizes[route] <= 15_360, `HTML ${sizes[route]}`);
  assert.ok(css > 0 && css <= 15_360, `CSS ${css}`);
  assert.ok(first > css && first <= FIRST_MAX, `everybody loads ${first}`);
  assert.ok(area <= AREA_MAX && parts <= PARTS_MAX, `the area ${area}, small parts ${parts}`);
  await page.context().close();

  // Without a script and without a byte of WebAssembly everything is there. (The hints in the head still name it; a
  // browser that runs no script may fetch it at low priority and throw it away.)
  const plain = await openPage(browser, { script: false });
  await plain.route(/\.(wasm|js)$/, (route) => route.abort());
  await plain.goto(platform.url + route);
  await plain.locator("h1").waitFor();
  await plain.locator(shows).first().waitFor();
  await plain.context().close();
}

for (const [what, route, shows] of [["the start page", () => "/", ".card time"], ["a workshop page", () => routes[4], ".facts time"]]) {
  test(`a first visit to ${what} stays under 260 KB and 40 KB for an area, HTML and CSS under 15 KB each, and reading needs no WebAssembly`, async () => {
    await firstVisit(route(), shows);
  });
}
