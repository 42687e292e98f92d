// A2: the first main job by keyboard alone; the focus is always to be seen, and after navigation one knows where one is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, hydrated, launch, openPage } from "../support/browser.mjs";
import { Keyboard } from "../support/keyboard.mjs";
import { Platform, personalLink, until } from "../support/platform.mjs";

// The code of the legal pages.
const LEGAL = /\/split_law_[^/]*\.wasm$/;

// What a page asks for under this address comes when it is let.
async function hold(page, address) {
  const held = { isAsked: false };
  const arrives = new Promise((resolve) => { held.comes = resolve; });
  await page.route(address, async (route) => { held.isAsked = true; await arrives; await route.continue(); });
  return held;
}

// Until the heading of this page has the focus.
async function tells(page, heading) {
  const told = () => page.evaluate(() => document.activeElement?.id === "seite" && document.activeElement.innerText);
  await until(`the focus is on "${heading}"`, async () => (await told()) === heading);
}

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

test("looks at another district on the start page, and keeps the focus on its tile", async () => {
  await page.goto(platform.url);
  await hydrated(page);
  for (const district of ["goerlitz", "zwickau"]) {
    await keys.tabTo("a tile", ({ href }) => href === `/?kreis=${district}`);
    await keys.press("Enter");
    await page.locator(`a[href="/?kreis=${district}"][aria-current]`).waitFor();
    assert.equal((await keys.rests("Ganz Sachsen zeigen")).href, `/?kreis=${district}`);
  }
});

test("finds a Veranstaltung by search, tile and filter", async () => {
  const list = page.locator(".card-title");
  await page.goto(`${platform.url}/`);
  await hydrated(page);
  await keys.types("suche", "Sprachmittlung");
  await keys.press("Enter");
  await page.waitForURL(/\/veranstaltungen\?suche=Sprachmittlung$/);
  await hydrated(page);
  const all = await list.count();
  await keys.tabTo("a tile", ({ href }) => href === "/veranstaltungen?kreis=mittelsachsen&suche=Sprachmittlung");
  await keys.press("Enter");
  await page.waitForURL(/\?kreis=mittelsachsen&suche=Sprachmittlung$/);
  await until("a shorter list", async () => await list.count() < all && await list.count() > 0);
  // The tile stays where it is, and keeps the focus.
  assert.equal((await keys.rests("ganz Sachsen zeigen")).href, "/veranstaltungen?kreis=mittelsachsen&suche=Sprachmittlung");
  await keys.types("art", "Regional");
  await keys.tabTo("what is free", ({ id }) => id === "frei");
  await keys.press("Space");
  await keys.to("Anzeigen");
  await keys.press("Enter");
  await page.waitForURL(/kreis=mittelsachsen&suche=Sprachmittlung&art=regional&.*frei=1#gefunden$/);
  await hydrated(page);
  assert.equal(await list.count(), 1);
  await keys.tabTo("the Veranstaltung", ({ href }) => /^\/veranstaltungen\/[a-z0-9-]+$/.test(href ?? ""));
  await keys.press("Enter");
  await page.waitForURL(/\/veranstaltungen\/[a-z0-9-]+$/);
  await page.waitForFunction(() => document.activeElement?.id === "seite");
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
  const code = await hold(impatient, LEGAL);
  await impatient.goto(`${platform.url}/impressum`);
  await hydrated(impatient);
  await until("the code of the page is asked for", () => code.isAsked);
  await impatient.locator("header a[href='/']").first().click();
  code.comes();
  await impatient.waitForURL(`${platform.url}/`);
  await tells(impatient, "Gemeinsam gut beraten");
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
});

test("a page that its answer reaches when somebody has gone on takes the focus from nobody", async () => {
  const link = personalLink(await platform.mail("tastatur@traeger.example"));
  const impatient = await openPage(browser, { viewport: DESKTOP });
  const [answer, code] = [await hold(impatient, "**/api/place-confirm*"), await hold(impatient, LEGAL)];
  await impatient.goto(platform.url + link);
  await hydrated(impatient);
  const confirm = impatient.getByRole("button", { name: "Jetzt bestätigen" });
  await confirm.click();
  await until("the answer is asked for", () => answer.isAsked);
  await impatient.locator("footer a[href='/impressum']").click();
  await until("the code of the next page is asked for", () => code.isAsked);
  answer.comes();
  await until("the page is made anew", async () => (await confirm.count()) === 0);
  code.comes();
  await impatient.waitForURL(`${platform.url}/impressum`);
  await tells(impatient, "Impressum");
  assert.deepEqual(impatient.problems, []);
  await impatient.context().close();
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
