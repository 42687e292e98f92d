// From a certificate to a seat: a career changer plans on a phone, keeps the plan, and enrols in a run; the office teaches.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { DESKTOP, PHONE, hydrated } from "../support/browser.mjs";
import { Pages } from "../support/pages.mjs";
import { Platform } from "../support/platform.mjs";
import { Visitor, publish, staffOf } from "../support/visitor.mjs";

let platform;
let staff;
const pages = new Pages();
const open = (path, options) => pages.open(path, options);
before(async () => {
  platform = await Platform.start();
  await pages.launch(platform);
  staff = await staffOf(platform);
});
afterEach(() => pages.tidy());
after(() => pages.stop());

const terms = (page) => page.locator(".plan-term h3").allTextContents();
const codes = (page) => page.locator(".plan-step > a").allTextContents().then((all) => all.map((text) => text.split(" ")[0]));

for (const [how, script] of [["with WebAssembly", true], ["without WebAssembly", false]]) {
  test(`a career changer plans the way to a certificate on a phone, changes it, and finds a seat, ${how}`, async () => {
    const page = await open("/module", { viewport: PHONE, script });
    await page.getByRole("link", { name: "Lernweg zu einem Zertifikat planen" }).click();
    await page.getByRole("link", { name: "Vertiefung Beratung und Schutz" }).click();
    await page.getByRole("heading", { name: "Ihr Weg" }).waitFor();
    const slow = await terms(page);
    const needed = await codes(page);
    assert.ok(needed.indexOf("FSA-102") < needed.indexOf("FSA-201"));
    assert.ok(needed.includes("FSA-101"));

    // More hours a week: fewer semesters.
    await page.getByLabel("Stunden in der Woche").fill("30");
    await page.getByRole("button", { name: "Plan neu berechnen" }).first().click();
    await page.waitForURL(/stunden=30/);
    await page.locator(".plan-term").first().waitFor();
    const quick = await terms(page);
    assert.ok(quick.length < slow.length, `${quick} ${slow}`);

    // A semester of one's own choice stays, also where it does not fit; what does not fit is said.
    if (script) await hydrated(page);
    const choice = page.getByLabel("Semester für FSA-201");
    const first = await choice.locator("option").nth(1).getAttribute("value");
    await choice.selectOption(first);
    await page.getByRole("button", { name: "Plan neu berechnen" }).first().click();
    await page.waitForURL(/FSA-201%40|FSA-201@/);
    await page.getByText("Das passt noch nicht").waitFor();
    await page.getByText("setzt voraus: FSA-102").waitFor();
    assert.equal(await page.getByLabel("Semester für FSA-201").inputValue(), first);
    // Whoever has what comes before has no trouble with it.
    if (script) await hydrated(page);
    await page.locator("#hat-FSA-102").check();
    await page.getByRole("button", { name: "Plan neu berechnen" }).first().click();
    await page.waitForURL(/hat=FSA-102/);
    await page.getByRole("heading", { name: "Ihr Weg" }).waitFor();
    assert.equal(await page.getByText("setzt voraus: FSA-102").count(), 0);
    assert.ok(!(await codes(page)).includes("FSA-102"));
    // The way back is the browser's own.
    await page.goBack();
    await page.getByText("setzt voraus: FSA-102").waitFor();
    if (script) await hydrated(page);
    // A run in the plan leads to its seat.
    const run = page.locator(".plan-step .card-line a").first();
    await run.click();
    await page.waitForURL(/\/veranstaltungen\//);
    await page.getByRole("heading", { name: "Termine" }).waitFor();
    assert.ok(await page.locator("section", { hasText: "Termine" }).locator("p.line").count() >= 4);
  });
}

test("a plan is remembered by the device only when it is asked to, and forgotten again", async () => {
  const page = await open("/lernweg?ziel=FSA-Z1&stunden=6", { viewport: PHONE });
  const kept = () => page.evaluate(() => ({ ...localStorage }));
  assert.deepEqual(await kept(), {});
  await page.getByRole("button", { name: "Auf diesem Gerät merken" }).click();
  await page.getByRole("button", { name: "Dieses Gerät soll den Plan vergessen" }).waitFor();
  assert.deepEqual(Object.keys(await kept()), ["lernweg"]);
  await page.goto(`${platform.url}/lernweg`);
  await hydrated(page);
  await page.getByRole("link", { name: "Den Plan auf diesem Gerät öffnen" }).click();
  await page.waitForURL(/ziel=FSA-Z1&.*stunden=6/);
  await page.getByRole("button", { name: "Dieses Gerät soll den Plan vergessen" }).click();
  await page.getByRole("button", { name: "Auf diesem Gerät merken" }).waitFor();
  assert.deepEqual(await kept(), {});
});

test("an account keeps a plan for every device", async () => {
  const visitor = new Visitor(platform);
  await visitor.signIn("planende@traeger.example");
  const page = await open("/lernweg?ziel=FSA-Z1&stunden=5", { cookies: visitor.cookies });
  await page.getByRole("button", { name: "Im Konto speichern" }).click();
  await page.getByText("Dieser Plan ist in Ihrem Konto gespeichert.").waitFor();
  const other = await open("/lernweg", { cookies: visitor.cookies, script: false });
  await other.getByRole("link", { name: "Diesen Plan öffnen" }).click();
  assert.equal(await other.getByLabel("Stunden in der Woche").inputValue(), "5");
});

test("a plan that was looked at is there without a network", async () => {
  const page = await open("/", { serviceWorkers: "allow" });
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  });
  await page.goto(`${platform.url}/lernweg?ziel=FSA-Z2`);
  await page.getByRole("heading", { name: "Ihr Weg" }).waitFor();
  await page.context().setOffline(true);
  await page.reload();
  await page.getByRole("heading", { name: "Ihr Weg" }).waitFor();
  assert.ok((await codes(page)).includes("FSA-201"));
  page.problems.length = 0;
});

test("the office teaches a module: the form begins with what the record says, and the run keeps its version", async () => {
  const page = await open("/module/FSA-103", { cookies: staff.cookies, viewport: DESKTOP });
  await page.getByRole("link", { name: "Durchgang anlegen" }).click();
  await page.getByRole("heading", { name: "Neue Veranstaltung" }).waitFor();
  await page.waitForFunction(() => document.querySelector("[name=module]")?.value === "FSA-103");
  assert.equal(await page.getByLabel("Titel").first().inputValue(), "Beratung mit Sprachmittlung");
  assert.equal(await page.getByLabel("Plätze vor Ort").inputValue(), "16");

  const day = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const later = new Date(Date.now() + 97 * 86_400_000).toISOString().slice(0, 10);
  const run = { kind: "run", module: "FSA-103", title: "Beratung mit Sprachmittlung, Leipzig", districts: "leipzig", starts_at: `${day}T09:00`, ends_at: `${later}T16:00`, closes_at: `${day}T08:00`, sessions: `${day} 9-16\n${later} 9-16`, capacity_on_site: "1" };
  const { slug } = await publish(staff, run);
  const html = await (await fetch(`${platform.url}/veranstaltungen/${slug}`)).text();
  assert.match(html, /href="\/module\/FSA-103\/fassung\/1"/);
  assert.ok((await (await fetch(`${platform.url}/module/FSA-103`)).text()).includes(`/veranstaltungen/${slug}`));
  // Its seats are given as everywhere: the second person waits.
  for (const name of ["erste", "zweite"]) await new Visitor(platform).signUp(slug, { email: `${name}@traeger.example` });
  const page2 = await (await fetch(`${platform.url}/veranstaltungen/${slug}`)).text();
  assert.match(page2, /ausgebucht/);
  const mail = await platform.mail("erste@traeger.example");
  assert.equal(mail.raw ? Buffer.from(mail.raw, "base64").toString().includes("BEGIN:VEVENT") : false, false, "nothing is in the calendar before it is confirmed");

  // What is wrong is said at its field.
  const { next } = await staff.post("/api/staff-save", { ...run, title: "Wie schade", summary: "Kurz.", venue_name: "Haus", venue_town: "Ort", opens_at: "2026-01-01T08:00", sessions: "irgendwann" });
  const refused = await (await staff.get(next.replace(platform.url, ""))).text();
  assert.match(refused, /id="sessions-error"[^>]*>Zeile 1 ist kein Termin/);
});

test("who needs a module where nothing is planned says so; the office sees sums, and nobody alone", async () => {
  const people = await Promise.all(Array.from({ length: 5 }, async (_, index) => {
    const visitor = new Visitor(platform);
    await visitor.signIn(`bedarf${index}@traeger.example`);
    return visitor;
  }));
  const desk = async () => (await (await staff.get("/katalog/bedarf")).text()).replaceAll(/<!(--.*?--)?>/g, "");
  for (const visitor of people.slice(0, 4)) await visitor.post("/api/module-demand", { code: "HMS-12", district: "goerlitz" });
  assert.match(await desk(), /HMS-12[^<]*<\/a><span>unter fünf Personen/);

  const page = await open("/module/HMS-12", { cookies: people[4].cookies, viewport: PHONE });
  await page.getByLabel("Wo brauchen Sie das Modul?").selectOption("goerlitz");
  await page.getByRole("button", { name: "Bedarf melden" }).click();
  await page.getByText("Sie haben gemeldet, dass Sie das Modul brauchen").waitFor();
  assert.match(await desk(), /HMS-12[^<]*<\/a><span>5.Personen: Görlitz 5/);
  await page.getByRole("button", { name: "Meldung zurücknehmen" }).click();
  await page.getByRole("button", { name: "Bedarf melden" }).waitFor();
  assert.match(await desk(), /unter fünf Personen/);
  // Who is not signed in is led to signing in, and comes back.
  const stranger = await open("/module/HMS-12", { script: false });
  await stranger.getByRole("link", { name: "Anmelden und Bedarf melden" }).click();
  await stranger.waitForURL(/weiter=(\/|%2F)module/);
});
