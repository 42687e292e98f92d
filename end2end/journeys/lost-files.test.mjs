// A bad network loses a file: it is asked for again, and the page comes to life all the same. Nobody but the browser says a word
// about it in the console.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { openPage } from "../support/browser.mjs";
import { Pages } from "../support/pages.mjs";
import { Platform } from "../support/platform.mjs";

const pages = new Pages();
before(async () => pages.launch(await Platform.start()));
afterEach(() => pages.tidy());
after(() => pages.stop());

// A page in whose network the first requests for files of this name get lost.
async function losing(name, times) {
  const page = await openPage(pages.browser);
  pages.opened.push(page);
  // The browser's own word for each of them.
  page.mayBreakOff = true;
  page.script = true;
  page.asked = [];
  await page.route((url) => url.pathname.startsWith("/pkg/") && name.test(url.pathname), (route) => {
    page.asked.push(new URL(route.request().url()).pathname);
    return page.asked.length <= times ? route.abort() : route.continue();
  });
  return page;
}

// What only a page that is alive has, and what it does.
const button = (page) => page.getByRole("button", { name: "Görlitz auf diesem Gerät merken" });
async function isAlive(page) {
  await button(page).click();
  await page.getByRole("button", { name: "Dieses Gerät soll Görlitz vergessen" }).waitFor();
}

for (const [what, name] of [
  ["the file with the small parts", /\/parts\.[\w-]{22}\.wasm$/],
  ["the file of its area", /\/split_start_\w+\.[\w-]{22}\.wasm$/],
]) {
  test(`a page comes to life although ${what} gets lost once`, async () => {
    const page = await losing(name, 1);
    await pages.go(page, "/?kreis=goerlitz");
    await isAlive(page);
    assert.equal(page.asked.length, 2, "lost once, asked for once more");
    assert.equal(new Set(page.asked).size, 1);
  });
}
