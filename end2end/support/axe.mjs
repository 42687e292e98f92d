// A1: what axe-core finds on a page, and whether it scrolls sideways. With LAFAST_SHOTS, a picture of each page goes
// into that folder, to be looked at.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { hydrated } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const shots = process.env.LAFAST_SHOTS;

// How pages are looked at; for pictures, in more ways.
export const VIEWS = [
  ["light, 360 px", {}],
  ["dark, 1280 px", { dark: true, viewport: { width: 1280, height: 800 } }],
  ["light, 320 px", { viewport: { width: 320, height: 640 } }],
  ...(shots ? [
    ["dark, 360 px", { dark: true }],
    ["light, 1280 px", { viewport: { width: 1280, height: 800 } }],
    ["light, 768 px", { viewport: { width: 768, height: 1024 } }],
    ["dark, 768 px", { dark: true, viewport: { width: 768, height: 1024 } }],
  ] : []),
];

export async function violations(page) {
  // Evaluated from outside the page, so that its strict policy stays as it is.
  await page.evaluate(axe);
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
  return found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ")}`);
}

// Everything that is wrong with the page as it stands now.
export async function faults(page, name, how) {
  const found = (await violations(page)).map((violation) => `${name} ${violation}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) found.push(`${name} scrolls sideways by ${wide} px`);
  if (shots) {
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${how} ${name}.png`.replaceAll("/", "_").replaceAll(", ", "-").replaceAll(" ", "-")), fullPage: true });
  }
  return found;
}

// Goes to a page, lets it come to life, and says what is wrong with it.
export async function faultsAt(page, url, name, how) {
  await page.goto(url);
  await hydrated(page);
  return faults(page, name, how);
}
