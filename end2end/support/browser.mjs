// Chromium, driven by Playwright. Every page that a test opens must stay free of console errors.
import { chromium } from "playwright-core";

export const PHONE = { width: 360, height: 740 };
export const TABLET = { width: 768, height: 1024 };
export const DESKTOP = { width: 1280, height: 800 };

const WAKES_MS = 20_000;
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

// Chromium without its windows where there is one: the same engine at two thirds of the work. `whole`: the browser that
// people have, where it matters what it does by itself.
export function launch({ whole = false } = {}) {
  const browser = process.env.LAFAST_CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath: whole ? browser : process.env.LAFAST_HEADLESS_SHELL || browser, args: FLAGS });
}

// A page with a list of everything that went wrong on it.
export async function openPage(browser, { viewport = PHONE, script = true, dark = false, touch = false, serviceWorkers = "block" } = {}) {
  const context = await browser.newContext({
    viewport,
    javaScriptEnabled: script,
    hasTouch: touch,
    colorScheme: dark ? "dark" : "light",
    locale: "de-DE",
    timezoneId: "Europe/Berlin",
    serviceWorkers,
  });
  const page = await context.newPage();
  page.problems = [];
  page.on("console", (message) => { if (message.type() === "error") page.problems.push(`${message.text()} ${message.location().url}`); });
  page.on("pageerror", (error) => page.problems.push(String(error)));
  return page;
}

// Hydration begins at the first sign of a person, and is done once the application has marked the document. Asked of the page itself:
// a selector of Playwright brings 300 KB of its own script along, which every page would have to read first.
export async function hydrated(page) {
  await page.mouse.move(1, 1);
  await page.mouse.move(2, 2);
  await page.evaluate((limit) => new Promise((marked, failed) => {
    const root = document.documentElement;
    const look = () => { if (root.dataset.hydrated !== undefined) marked(); };
    new MutationObserver(look).observe(root, { attributes: true });
    look();
    setTimeout(() => failed(new Error(`the page did not wake within ${limit} ms`)), limit);
  }), WAKES_MS);
}
