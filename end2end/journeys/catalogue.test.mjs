// The catalogue: a career changer finds, compares and reads; two write at once, two agree, one publishes.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { PHONE, hydrated } from "../support/browser.mjs";
import { COMPLETE, acts, curators, makes, publishes } from "../support/modules.mjs";
import { Pages } from "../support/pages.mjs";
import { Platform } from "../support/platform.mjs";
import { staffOf } from "../support/visitor.mjs";

let platform;
let staff;
let faculty;
const pages = new Pages();
const open = (path, options) => pages.open(path, options);
before(async () => {
  platform = await Platform.start();
  await pages.launch(platform);
  staff = await staffOf(platform);
  faculty = await curators(platform);
});
afterEach(() => pages.tidy());
after(() => pages.stop());

for (const [how, script] of [["with WebAssembly", true], ["without WebAssembly", false]]) {
  test(`a career changer on a phone finds a module from a situation at work, compares, and sees the way, ${how}`, async () => {
    const page = await open("/module", { viewport: PHONE, script });
    await page.getByRole("link", { name: "Dublin-Bescheid, Frist eine Woche" }).first().click();
    await page.waitForURL(/suche=Dublin/);
    await page.locator(".card-title").first().waitFor();
    assert.match(await page.locator("h2", { hasText: /Modul/ }).first().textContent(), /\d+.Module?/);
    await page.getByText("Arbeitssituation:").first().waitFor();

    await page.goto(`${platform.url}/module?suche=Gewaltschuz`);
    if (script) await hydrated(page);
    await page.getByText("Gezeigt wird „Gewaltschutz“").waitFor();
    await page.getByRole("link", { name: "Gewaltschutz in Unterkünften" }).waitFor();

    await page.goto(`${platform.url}/module`);
    if (script) await hydrated(page);
    await page.getByText("Filtern").click();
    const free = page.getByLabel(/Nur kostenfreie/);
    const expected = Number((await page.getByText(/Nur kostenfreie/).textContent()).match(/\((\d+)\)/)[1]);
    await free.check();
    await page.getByRole("button", { name: "Anzeigen" }).click();
    await page.waitForURL(/kosten=frei/);
    await page.getByText("kostenfrei").first().waitFor();
    assert.equal(await page.locator(".card").count(), expected);

    await page.goto(`${platform.url}/module?suche=Asylverfahren`);
    if (script) await hydrated(page);
    const ticks = page.getByRole("checkbox");
    await ticks.nth(0).check();
    await ticks.nth(1).check();
    const compare = page.getByRole("button", { name: "Angekreuzte vergleichen" });
    await ticks.nth(0).scrollIntoViewIfNeeded();
    const shown = await compare.boundingBox();
    assert.ok(shown.y + shown.height <= PHONE.height, "what one does next is at hand where one has chosen");
    await compare.click();
    await page.waitForURL(/\/module\/vergleich\?m=.+&m=/);
    await page.getByRole("columnheader").nth(1).waitFor();
    assert.equal(await page.getByRole("columnheader").count(), 2);
    // Below each other, and still a table.
    const cells = page.getByRole("row").nth(1).getByRole("cell");
    assert.equal(await cells.count(), 2);
    const [first, second] = [await cells.nth(0).boundingBox(), await cells.nth(1).boundingBox()];
    assert.ok(first.x === second.x && first.y < second.y && second.x + second.width <= PHONE.width);

    // What it requires leads there, and from there back to what it opens.
    await page.goto(`${platform.url}/module/FSA-201`);
    if (script) await hydrated(page);
    await page.getByRole("link", { name: "FSA-102 Grundlagen des Asyl- und Aufenthaltsrechts" }).click();
    await page.waitForURL(/\/module\/FSA-102$/);
    await page.getByRole("link", { name: "FSA-201 Begleitung im Asylverfahren: Anhörung, Bescheid, Klage" }).waitFor();
    assert.equal(await page.locator("h1").textContent(), "Grundlagen des Asyl- und Aufenthaltsrechts");
  });
}

test("a version stays under its own address, a day shows what counted, and what changed is marked", async () => {
  const page = await open("/module/FSA-102");
  await page.getByText("Fassung 2, gültig seit").waitFor();
  await page.getByText("Was sich zur Fassung davor geändert hat").click();
  const marked = page.locator("ins", { hasText: "Gemeinsame Europäische Asylsystem" });
  await marked.waitFor();
  await page.getByRole("link", { name: /^Fassung 1/ }).click();
  await page.waitForURL(/\/fassung\/1$/);
  await page.getByText("Diese Fassung galt bis").waitFor();
  assert.equal(await page.getByText("Gemeinsame Europäische Asylsystem").count(), 0);
  await page.getByRole("link", { name: "Zur aktuellen Fassung" }).click();
  await page.waitForURL(/\/module\/FSA-102$/);
  // On the day on which the first one counted.
  const since = (await page.getByRole("link", { name: /^Fassung 1/ }).textContent()).match(/(\d+)\.\s(\S+)\s(\d{4})/);
  const months = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];
  const day = `${since[3]}-${String(months.indexOf(since[2]) + 1).padStart(2, "0")}-${since[1].padStart(2, "0")}`;
  const then = await (await fetch(`${platform.url}/module/FSA-102?stand=${day}`)).text();
  assert.match(then, /Fassung\s1, gültig/);
  assert.equal((await fetch(`${platform.url}/module/FSA-102?stand=2001-01-01`)).status, 404);
  // What is being written is not there for everybody.
  assert.equal((await fetch(`${platform.url}/module/FSA-102/fassung/3`)).status, 404);
  assert.doesNotMatch(await (await fetch(`${platform.url}/module/FSA-102`)).text(), /rechnen Fristen aus/);
});

test("a curator writes, another and the office agree, and everybody sees it; nobody agrees to what they wrote", async () => {
  const { writes, agrees } = faculty;
  const desk = await open("/katalog", { cookies: writes.cookies });
  await desk.getByLabel("Kürzel").fill("HAB-1");
  await desk.getByLabel("Titel").fill(COMPLETE.title);
  await desk.getByRole("button", { name: "Modul anlegen" }).click();
  await desk.waitForURL(/\/katalog\/HAB-1$/);
  // What is missing is named, with the way to its field.
  await desk.getByRole("link", { name: "Lernergebnisse: fehlt noch." }).click();
  await desk.waitForURL(/\/feld\/outcomes$/);
  await desk.getByText("Institution und Geschäftsstelle prüfen jede Änderung. Dieses Feld verlangen: ").waitFor();
  await desk.getByLabel("Lernergebnisse").fill("Sie lesen einen Bescheid.");
  await desk.getByRole("button", { name: "Speichern" }).click();
  await desk.locator("#value-error", { hasText: "Am Anfang fehlt die Stufe" }).waitFor();
  assert.equal(await desk.getByLabel("Lernergebnisse").inputValue(), "Sie lesen einen Bescheid.");
  await desk.getByLabel("Lernergebnisse").fill("anwenden: Sie lesen einen Bescheid und berechnen die Frist. [SozArb-E]");
  await desk.getByRole("button", { name: "Speichern" }).click();
  await desk.getByText("Gespeichert.").waitFor();
  assert.match(await desk.getByLabel("Lernergebnisse").inputValue(), /^L1 anwenden: /);
  for (const [field, value] of Object.entries(COMPLETE)) {
    if (!["title", "outcomes"].includes(field)) await writes.post("/api/module-write", { code: "HAB-1", number: "1", field, before: "", value });
  }

  // Two in the same field: who comes second loses nothing.
  const other = await open("/katalog/HAB-1/feld/weeks", { cookies: agrees.cookies });
  await writes.post("/api/module-write", { code: "HAB-1", number: "1", field: "weeks", before: "12", value: "14" });
  await other.getByLabel("Dauer in Wochen").fill("10");
  await other.getByRole("button", { name: "Speichern" }).click();
  await other.locator("#value-error", { hasText: "Dort steht jetzt „14“" }).waitFor();
  assert.equal(await other.getByLabel("Dauer in Wochen").inputValue(), "10");

  // Who only says something is no author.
  await other.getByText("Etwas anmerken").click();
  await other.getByLabel("Anmerkung", { exact: true }).fill("Sind 14 Wochen nicht zu lang?");
  await other.getByRole("button", { name: "Anmerken" }).click();
  await other.locator(".note", { hasText: "Sind 14 Wochen" }).waitFor();
  assert.equal(await other.getByLabel("Dauer in Wochen").inputValue(), "10", "what is not saved yet stays");
  assert.equal(await other.getByLabel("Anmerkung", { exact: true }).inputValue(), "", "what is said already does not");

  await desk.goto(`${platform.url}/katalog/HAB-1`);
  await hydrated(desk);
  await desk.getByText("1 offene Anmerkung").waitFor();
  // What is open is named above the button, too, with the way to its field.
  const remarks = desk.locator("p", { hasText: "Offene Anmerkungen:" });
  await remarks.getByRole("link", { name: "Dauer in Wochen" }).waitFor();
  assert.ok((await remarks.boundingBox()).y < (await desk.getByRole("button", { name: "Einreichen" }).boundingBox()).y);
  await desk.getByRole("button", { name: "Einreichen" }).click();
  await desk.getByText("Eingereicht.").waitFor();
  assert.equal(await desk.getByRole("button", { name: "Zustimmen" }).count(), 0);
  assert.deepEqual((await writes.json("/api/module-review", { code: "HAB-1", number: "1", deed: "approve", reason: "" })).errors.map((error) => error.sentence), ["Sie haben an dieser Fassung mitgeschrieben. Zustimmen muss jemand anderes."]);

  await other.goto(`${platform.url}/katalog`);
  await hydrated(other);
  await other.getByRole("link", { name: "HAB-1 Asylrecht für den Einstieg wartet auf Ihre Zustimmung" }).click();
  await other.getByRole("button", { name: "Zustimmen" }).click();
  await other.getByText("Es fehlt noch eine Zustimmung.").waitFor();
  // The office, without WebAssembly.
  const office = await open("/katalog/HAB-1", { cookies: staff.cookies, script: false });
  await office.getByRole("button", { name: "Zustimmen" }).click();
  await office.getByText("Damit ist die Fassung freigegeben.").waitFor();

  // An open comment holds it; settled, it goes out.
  await desk.reload();
  await hydrated(desk);
  await desk.getByRole("button", { name: "Veröffentlichen" }).click();
  await desk.getByText("Es gibt offene Anmerkungen.").waitFor();
  assert.equal((await fetch(`${platform.url}/module/HAB-1`)).status, 404);
  await desk.getByRole("link", { name: "Dauer in Wochen" }).first().click();
  await desk.getByRole("button", { name: "Erledigt" }).click();
  await desk.locator(".note", { hasText: "erledigt" }).waitFor();
  await desk.getByRole("link", { name: "Zum Modul" }).click();
  await desk.getByRole("button", { name: "Veröffentlichen" }).click();
  await desk.getByText("Veröffentlicht. Alle sehen jetzt diese Fassung.").waitFor();
  const seen = await open("/module/HAB-1", { viewport: PHONE });
  await seen.getByText("Fassung 1, gültig seit").waitFor();

  // Withdrawn, its page says so and why.
  await desk.getByLabel("Warum: Zurückziehen").fill("kurz");
  await desk.getByRole("button", { name: "Zurückziehen" }).click();
  await desk.locator("#reason-withdraw-error").waitFor();
  await desk.getByLabel("Warum: Zurückziehen").fill("Das Gesetz hat sich geändert.");
  await desk.getByRole("button", { name: "Zurückziehen" }).click();
  await desk.getByText("Die Seite bleibt lesbar").waitFor();
  await seen.reload();
  await seen.getByText("Dieses Modul ist zurückgezogen. Das Gesetz hat sich geändert.").waitFor();
  assert.doesNotMatch(await (await fetch(`${platform.url}/module`)).text(), /HAB-1/);
});

test("the catalogue is found from the first page, from the account of who curates it, and by search engines", async () => {
  const home = await open("/", { viewport: PHONE });
  await home.getByRole("heading", { name: "Neu im Modulkatalog" }).waitFor();
  await home.getByRole("link", { name: "Alle Module" }).click();
  await home.waitForURL(/\/module$/);
  const account = await open("/konto", { cookies: faculty.writes.cookies, script: false });
  await account.getByRole("link", { name: "Zum Modulkatalog" }).click();
  await account.getByRole("heading", { name: "Wartet auf Sie" }).waitFor();
  const sitemap = await (await fetch(`${platform.url}/sitemap.xml`)).text();
  for (const path of ["/module", "/module/FSA-102"]) assert.ok(sitemap.includes(`<loc>${platform.url}${path}</loc>`), path);
  assert.doesNotMatch(sitemap, /HMS-14|katalog/);
});

test("a small change takes one agreement, a protected field takes two", async () => {
  await makes(faculty, "HAB-2");
  await publishes(faculty, staff, "HAB-2");
  await faculty.writes.post("/api/module-begin", { code: "HAB-2" });
  await faculty.writes.post("/api/module-write", { code: "HAB-2", number: "2", field: "places", before: "", value: "Dresden" });
  await acts(faculty.writes, "HAB-2", "2", "submit");
  await acts(faculty.agrees, "HAB-2", "2", "approve");
  await acts(faculty.writes, "HAB-2", "2", "publish");
  assert.match(await (await fetch(`${platform.url}/module/HAB-2`)).text(), /Fassung\s2, gültig seit/);
  await faculty.writes.post("/api/module-begin", { code: "HAB-2" });
  await faculty.writes.post("/api/module-write", { code: "HAB-2", number: "3", field: "hours_alone", before: "100", value: "110" });
  await acts(faculty.writes, "HAB-2", "3", "submit");
  await acts(faculty.agrees, "HAB-2", "3", "approve");
  const { errors } = await faculty.writes.json("/api/module-review", { code: "HAB-2", number: "3", deed: "publish", reason: "" });
  assert.equal(errors.length, 1);
  assert.match(await (await fetch(`${platform.url}/module/HAB-2`)).text(), /Fassung\s2, gültig seit/);
});

test("a module of two institutions: both write, both agree, then the office, and both stand on its page", async () => {
  const partner = await curators(platform, "Hochschule am Berg", "berg.example");
  await makes(faculty, "GEM-1", COMPLETE, partner.institution);
  // The partner writes in the same version.
  const { errors } = await partner.writes.json("/api/module-write", { code: "GEM-1", number: "1", field: "places", before: "", value: "Chemnitz" });
  assert.deepEqual(errors, []);
  await acts(faculty.writes, "GEM-1", "1", "submit");
  await acts(faculty.agrees, "GEM-1", "1", "approve");
  // One institution is not both; the office comes last.
  const early = await staff.json("/api/module-review", { code: "GEM-1", number: "1", deed: "approve", reason: "" });
  assert.match(early.errors[0].sentence, /Zuerst stimmt die Institution zu/);
  const own = await partner.writes.json("/api/module-review", { code: "GEM-1", number: "1", deed: "approve", reason: "" });
  assert.match(own.errors[0].sentence, /mitgeschrieben/);
  await acts(partner.agrees, "GEM-1", "1", "approve");
  await acts(staff, "GEM-1", "1", "approve");
  await acts(faculty.writes, "GEM-1", "1", "publish");
  const html = await (await fetch(`${platform.url}/module/GEM-1`)).text();
  assert.match(html, /Hochschule am Bach und Hochschule am Berg/);
  // Who is of neither finds no draft of it.
  const stranger = await curators(platform, "Hochschule am Meer", "meer.example");
  assert.equal((await stranger.writes.get("/katalog/GEM-1")).status, 404);
});
