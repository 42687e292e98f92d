// The web app: installable, and what was read can be read again without a network. What was never read says so.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { hydrated, launch, openPage } from "../support/browser.mjs";
import { Platform } from "../support/platform.mjs";

let platform;
let browser;
let page;
let slug;

before(async () => {
  platform = await Platform.start();
  browser = await launch();
  page = await openPage(browser, { serviceWorkers: "allow" });
  slug = (await (await fetch(`${platform.url}/veranstaltungen`)).text()).match(/href="(\/veranstaltungen\/[a-z0-9-]+)"/)[1];
});
after(async () => {
  await browser?.close();
  platform?.stop();
});

test("the manifest names icons that are there", async () => {
  await page.goto(platform.url);
  const href = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = await (await fetch(new URL(href, platform.url))).json();
  assert.equal(manifest.lang, "de");
  assert.ok(manifest.icons.length >= 2);
  for (const icon of manifest.icons) {
    const answer = await fetch(new URL(icon.src, platform.url));
    assert.equal(answer.status, 200, icon.src);
    assert.equal(answer.headers.get("content-type").split(";")[0], icon.type);
  }
});

test("a page that was read is read again without a network, and says that there is none", async () => {
  await hydrated(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.goto(platform.url + slug);
  await hydrated(page);
  // The worker has taken over once it answers; then this page is among what it keeps.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload();
  await hydrated(page);
  const heading = await page.locator("h1").innerText();
  await page.context().setOffline(true);
  await page.reload();
  await hydrated(page);
  assert.equal(await page.locator("h1").innerText(), heading);
  const kept = page.locator("body > .kept");
  await kept.waitFor();
  assert.match(await kept.innerText(), /^Gespeicherte Seite vom \d.* Uhr\. Die Verbindung fehlt/, "and of when it is");
});

test("whoever goes on from there, with a network again, reads what comes now", async () => {
  await page.context().setOffline(false);
  await page.getByRole("navigation", { name: "Hauptnavigation" }).getByRole("link", { name: "Themen" }).click();
  await page.getByRole("heading", { level: 1, name: /Themen/ }).waitFor();
  assert.equal(await page.locator("body > .kept").count(), 0);
  await page.goto(platform.url + slug);
  assert.equal(await page.locator("body > .kept").count(), 0, "nothing is kept that came from the network");
  await page.context().setOffline(true);
  await page.reload();
  await hydrated(page);
});

test("a form that is sent without a network keeps what was typed and says so", async () => {
  if (await page.locator("#anmelden").count() === 0) {
    await page.context().setOffline(false);
    await page.goto(`${platform.url}/veranstaltungen?frei=1&form=on_site`);
    await page.locator(".card a").first().click();
    await page.locator("#anmelden").waitFor();
    await page.context().setOffline(true);
  }
  await page.locator("#name").fill("Beispielperson Funkloch");
  await page.locator("#email").fill("funkloch@traeger.example");
  await page.locator("#organisation").fill("Brücke Mulde e. V.");
  await page.locator("#district").selectOption("dresden");
  await page.locator("#anmelden input[name=mode]").first().check();
  await page.getByRole("button", { name: "Verbindlich anmelden" }).click();
  await page.getByText("Ihre Eingaben stehen noch hier.").waitFor();
  assert.equal(await page.locator("#name").inputValue(), "Beispielperson Funkloch");
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Verbindlich anmelden" }).click();
  await page.waitForURL(/\/angemeldet/);
  await platform.mail("funkloch@traeger.example");
});

test("a page that was never read says that it is not there without a network, in its own style", async () => {
  await page.context().setOffline(true);
  const style = page.waitForResponse(`${platform.url}/offline.css`);
  await page.goto(`${platform.url}/leichte-sprache`).catch(() => null);
  await page.getByText(/ohne Netz|offline|keine Verbindung/i).first().waitFor();
  assert.ok((await style).fromServiceWorker(), "what the browser keeps by itself may be gone by then");
  assert.equal(await page.locator("main").evaluate((main) => getComputedStyle(main).maxWidth), "544px");
  await page.context().setOffline(false);
});

test("personal pages are never kept", async () => {
  await page.goto(`${platform.url}/konto`);
  await page.goto(`${platform.url}/konto/anmelden`);
  const kept = await page.evaluate(async () => {
    const urls = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) urls.push(new URL(request.url).pathname);
    return urls;
  });
  assert.ok(kept.some((path) => path === slug), kept.filter((path) => !path.startsWith("/pkg/")).join());
  assert.deepEqual(kept.filter((path) => /^\/(konto|verwaltung|anmeldung|api)/.test(path)), []);
});

test("the page about privacy says how many pages a device keeps", async () => {
  const worker = await (await fetch(`${platform.url}/sw.js`)).text();
  const [, most] = worker.match(/PAGES_MAX = (\d+);/);
  assert.match(await (await fetch(`${platform.url}/datenschutz`)).text(), new RegExp(`Bis zu ${most} öffentliche Seiten`));
});

test("saw no error in the console but that there is no network", () => {
  assert.deepEqual(page.problems.filter((problem) => !problem.includes("net::ERR_")), []);
});
