// A2: the first main job by keyboard alone; the focus is always to be seen, and after navigation one knows where one is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, hydrated, launch, openPage } from "../support/browser.mjs";
import { Keyboard } from "../support/keyboard.mjs";
import { Platform, until } from "../support/platform.mjs";

let platform;
let browser;
let page;
let keys;

before(async () => {
  platform = await Platform.start();
  browser = await launch();
  page = await openPage(browser, { viewport: DESKTOP });
  keys = new Keyboard(page);
});
after(async () => {
  await browser?.close();
  platform?.stop();
});

test("the first stop is the way past the navigation", async () => {
  await page.goto(platform.url);
  await hydrated(page);
  const skip = await keys.tabTo("the skip link", () => true);
  assert.equal(skip.text, "Zum Inhalt springen");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "inhalt");
});

test("from the start page to a Veranstaltung: the heading takes the focus and the title says where one is", async () => {
  await page.goto(`${platform.url}/`);
  await hydrated(page);
  await keys.tabTo("the list", ({ href }) => href === "/veranstaltungen");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/veranstaltungen$/);
  await page.waitForFunction(() => document.activeElement?.id === "seite");
  assert.match(await page.title(), /^Veranstaltungen – /);
  await page.goto(`${platform.url}/veranstaltungen?frei=1&form=on_site`);
  await hydrated(page);
  await keys.tabTo("a Veranstaltung", ({ href }) => /^\/veranstaltungen\/.+/.test(href ?? "") && !/\.ics|\.atom/.test(href));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/veranstaltungen\/.+/);
  await page.waitForFunction(() => document.activeElement?.id === "seite");
});

test("who goes on while a page still comes to life is told where they are, too", async () => {
  const impatient = await openPage(browser, { viewport: DESKTOP });
  // The code of this page comes last, after somebody has gone on.
  let arrives = () => {};
  const held = new Promise((resolve) => { arrives = resolve; });
  let holds = false;
  await impatient.route(/\/split_law_[^/]*\.wasm$/, async (route) => { holds = true; await held; await route.continue(); });
  await impatient.goto(`${platform.url}/impressum`);
  await hydrated(impatient);
  await until("the code of the page is asked for", () => holds);
  await impatient.locator("header a[href='/']").first().click();
  arrives();
  await impatient.waitForURL(`${platform.url}/`);
  const told = () => impatient.evaluate(() => document.activeElement?.id === "seite" && document.activeElement.innerText);
  await until("the heading has the focus", async () => (await told()) === "Gemeinsam gut beraten");
  assert.deepEqual(impatient.problems, []);
  await impatient.context().close();
});

test("signs up by keyboard alone, wrong at first", async () => {
  await keys.tabTo("the form", ({ id }) => id === "name");
  await page.keyboard.type("Beispielperson Tastatur");
  await keys.tabTo("the address", ({ id }) => id === "email");
  await page.keyboard.type("tastatur@traeger");
  await keys.tabTo("the Träger", ({ id }) => id === "organisation");
  await page.keyboard.type("Brücke Mulde e. V.");
  await keys.tabTo("the district", ({ id }) => id === "district");
  await page.keyboard.type("Dresden");
  await keys.tabTo("the mode", ({ id }) => id.startsWith("mode-"));
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  // What is wrong takes the focus, and leads to the field.
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "alert");
  await keys.tabTo("the wrong field's link", ({ href }) => href === "#email");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "email");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("tastatur@traeger.example");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/angemeldet/);
  await page.waitForFunction(() => document.activeElement?.id === "seite");
  await platform.mail("tastatur@traeger.example");
});

test("disclosures open with the keyboard", async () => {
  await page.goBack();
  await page.locator("#anmelden").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "seite");
  await keys.tabTo("colleagues", ({ tag, text }) => tag === "SUMMARY" && text.startsWith("Kolleg"));
  await page.keyboard.press("Enter");
  await keys.tabTo("the first colleague", ({ id }) => id === "colleague_1_name");
});

test("saw no error in the console", () => assert.deepEqual(page.problems, []));
