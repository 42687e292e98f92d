// What curators do beside writing: tables out and in, with a look before and a way back; the semester; what the standards say of
// each module; programs with tokens.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { DESKTOP, PHONE, hydrated } from "../support/browser.mjs";
import { COMPLETE, curators, makes, publishes } from "../support/modules.mjs";
import { Pages } from "../support/pages.mjs";
import { Platform, until } from "../support/platform.mjs";
import { reads } from "../support/readers.mjs";
import { Visitor, staffOf } from "../support/visitor.mjs";

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
  await makes(faculty, "TAB-1");
  await publishes(faculty, staff, "TAB-1");
});
afterEach(() => pages.tidy());
after(() => pages.stop());

const file = async (visitor, path) => Buffer.from(await (await visitor.get(path)).arrayBuffer());
const choose = (page, name, text) => page.getByLabel("Datei").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

for (const [how, script] of [["with WebAssembly", true], ["without WebAssembly", false]]) {
  test(`a table is looked at cell by cell, written as drafts, and taken back, ${how}`, async () => {
    const page = await open("/katalog/import", { cookies: faculty.writes.cookies, viewport: DESKTOP, script });
    await choose(page, "leer.csv", "Titel\nx\n");
    await page.getByRole("button", { name: "Datei ansehen" }).click();
    await page.locator("#file-error", { hasText: "Es fehlt eine Spalte" }).waitFor();

    await choose(page, "falsch.csv", "code;Dauer in Wochen;places;Bemerkung\nTAB-1;zwölf;Chemnitz;x\nFSA-101;12;;\nNEU-9;;Zwickau;\n");
    await page.getByRole("button", { name: "Datei ansehen" }).click();
    await page.getByRole("heading", { name: "falsch.csv" }).waitFor();
    await page.locator(".error", { hasText: "In der Zelle steht „zwölf“. Bitte geben Sie eine Zahl ein." }).waitFor();
    await page.locator(".badge-bad", { hasText: "Fehler" }).waitFor();
    assert.equal(await page.getByRole("link", { name: "TAB-1" }).getAttribute("href"), "/katalog/TAB-1");
    await page.getByText("Das Modul gehört einer anderen Institution.").waitFor();
    await page.getByText("Die Spalte „institution“ ist leer.").waitFor();
    await page.getByText("Diese Spalten sind nicht bekannt und bleiben weg: Bemerkung.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Als Entwürfe schreiben" }).count(), 0);

    await page.getByRole("link", { name: "Andere Datei" }).click();
    await choose(page, "richtig.csv", "code;institution;Dauer in Wochen;places\nTAB-1;;14;Chemnitz\nNEU-1;hochschule am bach;6;Zwickau\n");
    await page.getByRole("button", { name: "Datei ansehen" }).click();
    await page.getByText("4 Zellen in 2 Modulen: 3 neu, 1 geändert. 0 Zellen bleiben gleich.").waitFor();
    assert.equal((await faculty.writes.get("/katalog/NEU-1")).status, 404, "nothing is written yet");
    await page.getByRole("button", { name: "Als Entwürfe schreiben" }).click();
    await page.getByText("Geschrieben, als Entwürfe.").waitFor();
    assert.match(await (await faculty.writes.get("/katalog/NEU-1")).text(), /Zwickau/);
    assert.doesNotMatch(await (await fetch(`${platform.url}/module/TAB-1`)).text(), /Chemnitz/);
    // Who brought it wrote it: somebody else agrees.
    await page.getByRole("link", { name: "Andere Datei" }).click();
    await page.locator("li", { hasText: "richtig.csv" }).first().getByRole("button", { name: "Zurücknehmen" }).click();
    await page.getByText("Zurückgenommen. Alles steht wieder wie vorher.").waitFor();
    assert.equal((await faculty.writes.get("/katalog/NEU-1")).status, 404);
    assert.doesNotMatch(await (await faculty.writes.get("/katalog/TAB-1")).text(), /Chemnitz/);
    page.problems.length = 0;
  });
}

test("what somebody worked on since stays, and others' tables are nobody's business", async () => {
  const { next } = await faculty.writes.upload("/api/modules-upload", {}, "zwei.csv", "code;institution;places;access\nTAB-1;;Plauen;ebenerdig\nNEU-2;Hochschule am Bach;Pirna;\n");
  const id = next.split("/").at(-1);
  assert.equal((await faculty.agrees.get(next)).status, 404);
  const digest = (await (await faculty.writes.get(next)).text()).match(/name="digest" value="([0-9a-f-]+)"/)[1];
  const stale = await faculty.writes.json("/api/modules-import", { id, digest: crypto.randomUUID() });
  assert.match(stale.errors[0].sentence, /hat sich inzwischen geändert/);
  await faculty.writes.post("/api/modules-import", { id, digest });
  await faculty.agrees.post("/api/module-write", { code: "TAB-1", number: "2", field: "places", before: "Plauen", value: "Plauen\nAue" });
  const undone = await faculty.writes.json("/api/modules-undo", { id });
  assert.match(undone.notice, /Bei 1.Modul zurückgenommen\. .*bleiben: TAB-1\./);
  assert.match(await (await faculty.writes.get("/katalog/TAB-1")).text(), /Aue/);
  assert.equal((await faculty.writes.get("/katalog/NEU-2")).status, 404);
});

test("what is taken along comes back as the same; templates say what goes where", async () => {
  for (const ending of ["csv", "xlsx", "json"]) {
    const bytes = await file(faculty.writes, `/katalog/module.${ending}`);
    const { next } = await faculty.writes.upload("/api/modules-upload", {}, `module.${ending}`, bytes);
    assert.match(await (await faculty.writes.get(next)).text(), /Alles steht schon so im Katalog\./, ending);
  }
  const sheet = await reads("workbook", await file(faculty.writes, "/katalog/vorlage.xlsx"));
  assert.ok(sheet.rows[0].includes("code") && sheet.rows[1].some((cell) => /nötig/.test(cell)), JSON.stringify(sheet.rows[1]));
  assert.ok(!sheet.types.includes("f"));
});

test("once a semester it is said what still holds, and runs go on as drafts, each once", async () => {
  const page = await open("/katalog/semester", { cookies: staff.cookies, viewport: PHONE });
  const boxes = page.locator("#runs input[type=checkbox]");
  const runs = await boxes.count();
  assert.ok(runs >= 1);
  await page.getByRole("button", { name: "Entwürfe anlegen" }).click();
  await page.getByText(new RegExp(`${runs}.Entw(urf ist|ürfe sind) angelegt`)).waitFor();
  assert.equal(await boxes.count(), 0);
  await page.getByText("schon übernommen").first().waitFor();
  const office = await (await staff.get("/verwaltung?zeit=kommend")).text();
  assert.ok(office.includes("Entwurf"));
  // What is published now was said in this semester.
  assert.doesNotMatch(await page.locator("#gilt").textContent(), /TAB-1/);
});

test("each module is held against the standards, and what does not fit is red", async () => {
  await makes(faculty, "ROT-1", { title: "Ohne alles andere" });
  const page = await open("/katalog/pruefung", { cookies: faculty.writes.cookies, viewport: DESKTOP });
  const row = (code) => page.getByRole("row", { name: new RegExp(`^${code} `) });
  assert.deepEqual(await row("TAB-1").getByRole("cell").allTextContents(), ["passt", "passt", "passt", "passt"]);
  const red = await row("ROT-1").getByRole("cell").allTextContents();
  assert.ok(red.some((words) => /Fehler/.test(words)), red.join());
  await page.locator("summary", { hasText: /^ROT-1 .*: \d+\sFehler/ }).click();
  await page.getByText("/description: kein Text").first().waitFor();
  // On a phone the names have the whole width, and the words stand below them.
  await page.setViewportSize(PHONE);
  const [name, word] = [row("TAB-1").getByRole("rowheader"), row("TAB-1").getByRole("cell").last()];
  assert.equal(await row("TAB-1").getByRole("cell").count(), 4);
  const [above, below] = [await name.boundingBox(), await word.boundingBox()];
  assert.ok(above.width > 300 && below.y >= above.y + above.height && below.x + below.width <= PHONE.width, JSON.stringify([above, below]));
});

test("a program reads and brings with a token that is said once, and hears that something arrived", async () => {
  const page = await open("/katalog/zugaenge", { cookies: faculty.writes.cookies, viewport: PHONE });
  await page.getByLabel("Wofür").fill("Campus-System");
  await page.getByText("Noch kein Schlüssel.").waitFor();
  await page.getByLabel("Der Schlüssel darf").selectOption("modules_write");
  await page.getByRole("button", { name: "Schlüssel anlegen" }).click();
  const said = await page.getByText(/Ihr neuer Schlüssel.*lafast_/).textContent();
  const token = said.match(/lafast_[0-9a-z]+/)[0];
  await page.getByText("noch nie benutzt").waitFor();
  assert.equal(await page.getByText("Noch kein Schlüssel.").count(), 0);
  const headers = { authorization: `Bearer ${token}` };
  const modules = await (await fetch(`${platform.url}/api/v1/modules`, { headers })).json();
  assert.ok(modules.every((module) => module.institution === "Hochschule am Bach") && modules.some((module) => module.code === "TAB-1"));
  const brought = await fetch(`${platform.url}/api/v1/modules`, { method: "POST", headers, body: JSON.stringify(modules) });
  assert.deepEqual([(await brought.json()).sum.modules, brought.status], [0, 200]);
  await page.reload();
  await hydrated(page);
  await page.getByText(/zuletzt benutzt am/).waitFor();
  assert.doesNotMatch(await page.content(), new RegExp(token));
  await page.getByLabel("Wofür").fill("Lernplattform");
  await page.getByRole("button", { name: "„Campus-System“ widerrufen" }).click();
  await page.getByText("Der Schlüssel öffnet ab sofort nichts mehr.").waitFor();
  assert.equal(await page.getByLabel("Wofür").inputValue(), "Lernplattform", "what is typed stays");
  assert.equal((await fetch(`${platform.url}/api/v1/modules`, { headers })).status, 401);

  // Into the network around the server nothing is told, and not without encryption.
  await page.getByLabel("Adresse").fill("http://campus.example/hook");
  await page.getByRole("button", { name: "Adresse anlegen" }).click();
  await page.locator("#url-error", { hasText: "https://" }).waitFor();
  await page.getByLabel("Adresse").fill(`https://127.0.0.1:${platform.port}/hook`);
  await page.getByRole("button", { name: "Adresse anlegen" }).click();
  await page.getByText(/bitte gleich kopieren: whsec_/).waitFor();
  await page.getByRole("button", { name: "Probe senden" }).click();
  await page.getByText("Die Probe ist unterwegs.").waitFor();
  await until("the log", async () => {
    await page.reload();
    return /1.Versuch, nächster am .* \(not a public address\)/.test(await page.locator("main").textContent());
  });
});

test("the catalogue answers while one types, on the device, and without a network", async () => {
  const page = await open("/module", { viewport: PHONE, serviceWorkers: "allow" });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await hydrated(page);
  await page.getByLabel("Was brauchen Sie?").pressSequentially("dublinbescheid");
  await page.locator(".quick a").first().waitFor();
  await page.getByLabel("Was brauchen Sie?").fill("Dolmetscher");
  const online = await page.locator(".quick a", { hasText: "FSA-103" }).textContent();
  // The server says the same.
  const served = await (await fetch(`${platform.url}/module?suche=Dolmetscher`)).text();
  assert.equal(online.split(" ")[0], served.match(/class="card-title"><a href="\/module\/([A-Z0-9-]+)"/)[1]);
  await page.context().setOffline(true);
  await page.getByLabel("Was brauchen Sie?").fill("Existenzsicherng");
  await page.getByText("Gemeint ist wohl „").waitFor();
  await page.locator(".quick a", { hasText: "FSA-204" }).waitFor();
  // Also on a page that was opened without a network.
  await page.reload();
  await hydrated(page);
  await page.getByLabel("Was brauchen Sie?").fill("Trauma");
  await page.locator(".quick a", { hasText: "HMS-11" }).waitFor();
  await page.getByLabel("Was brauchen Sie?").fill("");
  await page.locator(".quick a").first().waitFor({ state: "detached" });
  page.problems.length = 0;
});
