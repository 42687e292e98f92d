// A1: what axe-core finds on a page, and whether it scrolls sideways. With LAFAST_SHOTS, a picture of each page goes
// into that folder, to be looked at.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { DESKTOP, PHONE, TABLET, hydrated } from "./browser.mjs";
import { until } from "./platform.mjs";
import { Opened } from "./routes.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const shots = process.env.LAFAST_SHOTS;

const SMALL = { width: 320, height: 640 };
// What everybody comes for is looked at on a small phone in the dark, too.
const OF_VERANSTALTUNGEN = /^\/($|veranstaltungen|anmeldung|verwaltung\/(veranstaltungen|anmeldungen))/;

// What the light changes where nothing moves.
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

// How every page is looked at: one load, then each of these in turn. For pictures, in more ways.
const VIEWS = [
  ["light, 320 px", "light", SMALL],
  ["dark, 320 px", "dark", SMALL, OF_VERANSTALTUNGEN, OF_COLOUR],
  ["dark, 1280 px", "dark", DESKTOP],
  ...(shots ? [
    ["light, 360 px", "light", PHONE],
    ["dark, 360 px", "dark", PHONE],
    ["light, 1280 px", "light", DESKTOP],
    ["light, 768 px", "light", TABLET],
    ["dark, 768 px", "dark", TABLET],
  ] : []),
];

// What is wrong with the page as it stands now, in the light and at the width that it has: by all rules, or by these.
export async function violations(page, rules) {
  // Evaluated from outside the page, so that its strict policy stays as it is.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const runOnly = rules ? { type: "rule", values: rules } : TAGS;
  const found = await page.evaluate((which) => window.axe.run(document, { runOnly: which, resultTypes: ["violations"], preload: false }), runOnly);
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ")}`);
}

// Cards that are not on the screen are not drawn (style/board.css): what is in them would not be looked at, and stands where
// nobody ever sees it. Here all of them are drawn.
export async function drawAll(page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { content-visibility: visible !important; }");
    document.adoptedStyleSheets = [sheet];
  });
}

// Everything that is wrong with the page as it stands now, in every view. It is left as a phone in the light shows it.
export async function faults(page, name) {
  const found = [];
  await drawAll(page);
  const { pathname } = new URL(page.url());
  for (const [how, colorScheme, viewport, only, rules] of VIEWS) {
    if (only && !only.test(pathname)) continue;
    await shows(page, colorScheme, viewport);
    found.push(...(await violations(page, rules)).map((violation) => `${name} (${how}) ${violation}`));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) found.push(`${name} (${how}) scrolls sideways by ${wide} px`);
    if (shots) {
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: join(shots, `${how} ${name}.png`.replaceAll("/", "_").replaceAll(", ", "-").replaceAll(" ", "-")), fullPage: true });
    }
  }
  await shows(page, "light", PHONE);
  return found;
}

async function shows(page, colorScheme, viewport) {
  // Without motion, so that no colour is caught on its way from light to dark.
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.setViewportSize(viewport);
  // From the top: what stays in sight covers what was scrolled behind it, and who wants that scrolls on.
  await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
}

// The pages that this process has gone to so.
export const opened = new Opened();

// Goes to a page, lets it come to life, and says what is wrong with it.
export async function faultsAt(page, url, name) {
  if (!await follows(page, url)) {
    opened.note(await page.goto(url));
    await hydrated(page);
  }
  return faults(page, name);
}

const ARRIVES_MS = 10_000;
// A projector has nobody who would have to be told where they are; and nowhere else a browser opens these pages themselves.
const NOT_BY_LINK = /\/leinwand$|^\/(impressum|datenschutz|barrierefreiheit|leichte-sprache)$/;

// Whoever is on a page already goes on by a link: the code of the page and that of axe-core stay where they are, which is much less
// work. Returns whether there was a way. That the others come to life when they are opened themselves is seen in
// hostile.test.mjs.
export async function follows(page, url) {
  const [from, to] = [page.url(), url].map((address) => URL.canParse(address) ? new URL(address) : null);
  // The heading of a page takes the focus when somebody arrives from another one: only then it is known that it is there.
  if (from?.origin !== to.origin || from.pathname === to.pathname || NOT_BY_LINK.test(to.pathname)) return false;
  const asked = underWay(page);
  const isThere = await page.evaluate(([path, limit]) => new Promise((arrived) => {
    const link = Object.assign(document.createElement("a"), { href: path });
    document.body.append(link);
    link.focus();
    link.click();
    link.remove();
    const end = performance.now() + limit;
    const look = () => {
      if (document.activeElement?.id === "seite" && location.pathname + location.search === path) arrived(true);
      else if (performance.now() > end) arrived(false);
      else requestAnimationFrame(look);
    };
    look();
  }), [to.pathname + to.search, ARRIVES_MS]);
  if (!isThere) throw new Error(`${to.pathname}${to.search}: nobody arrived there from ${from.pathname}`);
  await allIsThere(page, asked);
  if (!/^Diese Seite gibt es nicht/.test(await page.title())) opened.came(url);
  return true;
}

// What a page has asked for and not got yet.
function underWay(page) {
  if (page.underWay) return page.underWay;
  const asked = new Set();
  page.on("request", (request) => asked.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => asked.delete(request));
  page.underWay = asked;
  return asked;
}

// Waits until everything that a page asks for has come, is shown, and has asked for nothing more.
async function allIsThere(page, asked) {
  const shown = () => page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); }));
  await until("all of the page", async () => {
    await shown();
    return asked.size === 0;
  }, ARRIVES_MS);
}
