// What comes out of boards: results that go on, also without WebAssembly; the archive; the same questions in several
// districts, side by side and together.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PHONE } from "../support/browser.mjs";
import { until } from "../support/platform.mjs";
import { LIVE_MS, card, join, roomForTests, write } from "../support/room.mjs";

const room = roomForTests();

const office = () => ({ cookies: room.staff.cookies });

// A board of staff with one card, about which something was found.
async function concluded(fields = {}) {
  const path = await room.board(fields);
  const anna = await room.open(path, { viewport: PHONE });
  await join(anna, "Amsel");
  await write(anna, "Für den Kurs fehlt der Bus.");
  // Her device shows it before the server has it, and the workbench looks for it once.
  await until("the card to arrive", async () => (await (await fetch(room.platform.url + path)).text()).includes("Für den Kurs fehlt der Bus."));
  const desk = await room.open(`${path}/moderation?karte=1`, office());
  await desk.getByText("Ergebnis festhalten").click();
  await desk.getByLabel("Was ist das Ergebnis").fill("Die Gemeinde leiht einen Bus aus.");
  await desk.getByLabel("Wer übernimmt es").fill("Gemeinde");
  await desk.getByLabel("Wer ist zuständig").selectOption({ label: "Kommune" });
  await desk.getByRole("button", { name: "Festhalten" }).click();
  await desk.getByText("Das Ergebnis ist festgehalten.").waitFor();
  return { path, anna, desk };
}

for (const script of [true, false]) {
  test(`a card is taken along with the parts that one chooses, ${script ? "with" : "without"} WebAssembly`, async () => {
    const { path, anna } = await concluded();
    const page = script ? anna : await room.open(path, { viewport: PHONE, script });
    await card(page, "Für den Kurs fehlt der Bus.").locator("summary", { hasText: "Mehr" }).click();
    await card(page, "Für den Kurs fehlt der Bus.").getByRole("link", { name: "Als Dokument für Karte 1" }).click();
    await page.getByRole("heading", { level: 1, name: "Karte 1" }).waitFor();
    await page.getByLabel("Kommentare").uncheck();
    await page.getByLabel("Verlauf").uncheck();
    assert.equal(await page.getByLabel("Moderation").count(), 0);
    for (const [button, kind] of [["Als PDF", "pdf"], ["Als Textdokument (ODT)", "odt"], ["Als Markdown", "md"]]) {
      const arrives = page.waitForEvent("download");
      await page.getByRole("button", { name: button }).click();
      const download = await arrives;
      assert.equal(download.suggestedFilename(), `karte-1.${kind}`);
      if (kind !== "md") continue;
      const headings = readFileSync(await download.path(), "utf8").match(/^## .*$/gm);
      assert.deepEqual(headings, ["## Ergebnis", "## Stimmen und Erfahrungen", "## Herkunft"]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    const lines = await page.locator("button[formaction]").evaluateAll((buttons) => new Set(buttons.map((button) => button.getBoundingClientRect().top)).size);
    assert.equal(lines, 1, "where there is room, the files stand on one line");
    await page.setViewportSize(PHONE);
    await page.getByRole("link", { name: "Zurück zum Board" }).click();
    await card(page, "Für den Kurs fehlt der Bus.").waitFor();
  });
}

test("a result is found from the board, goes on, and shows its way", async () => {
  const { path, anna } = await concluded();
  await anna.getByRole("link", { name: /1\sErgebnis/ }).click();
  await anna.getByRole("heading", { level: 1, name: /^Ergebnisse: Probe/ }).waitFor();
  const topic = anna.locator("#karte-1");
  for (const text of ["Die Gemeinde leiht einen Bus aus.", "Übernimmt: Gemeinde", "Offen"]) await topic.getByText(text).waitFor();
  assert.equal(await anna.getByText("Stand von Karte 1 ändern").count(), 0, "who takes part reads");

  // Staff writes on without WebAssembly.
  const staff = await room.open(`${path}/ergebnisse`, { ...office(), script: false });
  await staff.getByText("Stand von Karte 1 ändern").click();
  await staff.getByLabel("Wie weit ist es?").selectOption({ label: "Erledigt" });
  await staff.getByRole("button", { name: "Stand speichern" }).click();
  await staff.getByText("Das Ergebnis ist festgehalten.").waitFor();
  assert.match(new URL(staff.url()).pathname, /\/ergebnisse$/);
  await staff.getByText("Verlauf (2 Schritte)").click();
  assert.deepEqual(await staff.locator("#karte-1 .history li").allInnerTexts().then((steps) => steps.map((step) => step.split("\n")[1])), ["Erledigt", "Offen: Die Gemeinde leiht einen Bus aus."]);

  // What is too long is said at the field, and nothing is lost.
  await staff.getByText("Stand von Karte 1 ändern").click();
  await staff.locator("textarea").evaluate((field) => { field.removeAttribute("maxlength"); });
  await staff.getByLabel("Was ist das Ergebnis").fill("lang ".repeat(100));
  await staff.getByRole("button", { name: "Stand speichern" }).click();
  await staff.getByText("Bitte kürzen Sie den Text auf höchstens 400 Zeichen.").first().waitFor();
  assert.match(await staff.getByLabel("Was ist das Ergebnis").inputValue(), /^(lang ){50}/);

  // By how far it is, and a way that is a link.
  await anna.goto(`${room.platform.url}${path}/ergebnisse`);
  await anna.getByRole("link", { name: "Erledigt (1)" }).click();
  await anna.waitForURL(/weit=settled/);
  await anna.locator(".chip[aria-current]", { hasText: "Erledigt" }).waitFor();
  await anna.locator("#karte-1 .note-finding", { hasText: "Die Gemeinde leiht einen Bus aus." }).waitFor();
  await anna.goBack();
  await anna.locator(".chip[aria-current]", { hasText: "Alle (1)" }).waitFor();
});

test("what is typed about one card stays with that card, whatever is chosen or saved beside it", async () => {
  const path = await room.board();
  const slug = path.split("/").at(-1);
  await room.staff.post("/api/board-join", { slug, name: "Amsel" });
  const column = (await (await room.staff.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  for (const number of [1, 2, 3]) {
    await room.staff.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "problem", column, text: `Karte mit der Nummer ${number}.` });
  }
  const { cards } = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board;
  const found = [["settled", "municipality"], ["open", "state"], ["open", "municipality"]];
  for (const [at, [progress, level]] of found.entries()) {
    const { id: card } = cards.find((one) => one.number === at + 1);
    await room.staff.post("/api/board-conclude", { slug, on: "ergebnisse", card, finding: `Ergebnis ${at + 1}.`, taker: `Stelle ${at + 1}`, level, progress });
  }
  const page = await room.open(`${path}/ergebnisse`, office());
  const topic = (number) => page.locator(`#karte-${number}`);
  // What stands in the form of a card: which one it is, what was found, who takes it on, and who can settle it.
  const form = async (number) => Promise.all(["input[name=card]", "textarea", "input[name=taker]", "select[name=level]"].map((field) => topic(number).locator(field).inputValue()));
  const before = Object.fromEntries(await Promise.all([1, 2, 3].map(async (number) => [number, await form(number)])));
  for (const [at, [, level]] of found.entries()) {
    const { id } = cards.find((one) => one.number === at + 1);
    assert.deepEqual(before[at + 1], [id, `Ergebnis ${at + 1}.`, `Stelle ${at + 1}`, level]);
  }

  // Nothing is typed: after a chip each form is still that of its card.
  await page.getByRole("link", { name: "Offen (2)" }).click();
  await topic(1).waitFor({ state: "detached" });
  for (const number of [2, 3]) assert.deepEqual(await form(number), before[number], `card ${number}`);
  await page.getByRole("link", { name: "Alle (3)" }).click();
  await topic(1).waitFor();
  for (const number of [1, 2, 3]) assert.deepEqual(await form(number), before[number], `card ${number}`);

  // Typed for one card, it stands there alone.
  await topic(3).getByText("Stand von Karte 3 ändern").click();
  await topic(3).locator("textarea").fill("Das schreibt gerade jemand.");
  await page.getByRole("link", { name: "Offen (2)" }).click();
  await topic(1).waitFor({ state: "detached" });
  assert.deepEqual(await form(2), before[2]);
  assert.equal(await topic(3).locator("textarea").inputValue(), "Das schreibt gerade jemand.");
  // Another card is saved, wrong at first: what is typed here waits for its own button.
  await topic(2).getByText("Stand von Karte 2 ändern").click();
  await topic(2).locator("textarea").evaluate((field) => { field.removeAttribute("maxlength"); });
  await topic(2).locator("textarea").fill("lang ".repeat(100));
  await topic(2).getByRole("button", { name: "Stand speichern" }).click();
  await topic(2).locator(".error").getByText("Bitte kürzen Sie den Text auf höchstens 400 Zeichen.").waitFor();
  assert.match(await topic(2).locator("textarea").inputValue(), /^(lang ){50}/);
  await topic(2).locator("textarea").fill("Kurz und gut.");
  await topic(2).getByRole("button", { name: "Stand speichern" }).click();
  await topic(2).locator(".note-finding", { hasText: "Kurz und gut." }).waitFor();
  assert.equal(await topic(3).locator("textarea").inputValue(), "Das schreibt gerade jemand.");
  await topic(3).getByRole("button", { name: "Stand speichern" }).click();
  await topic(3).locator(".note-finding", { hasText: "Das schreibt gerade jemand." }).waitFor();
  assert.equal(await topic(2).locator("textarea").inputValue(), "Kurz und gut.");
});

test("results can be for those only who take part; others find no page and are sent no word", async () => {
  const { path, anna, desk } = await concluded();
  const stranger = await room.line(path);
  await desk.getByRole("button", { name: "Ergebnisse nur für Teilnehmende" }).click();
  await desk.getByRole("button", { name: "Ergebnisse nur für Teilnehmende", pressed: true }).waitFor({ timeout: LIVE_MS });
  // The desk shows what it wants before the server has it.
  await until("strangers to find no page", async () => (await fetch(`${room.platform.url}${path}/ergebnisse`)).status === 404);
  await anna.goto(`${room.platform.url}${path}/ergebnisse`);
  await anna.getByText("Diese Seite sehen nur die").waitFor();
  await anna.getByText("Die Gemeinde leiht einen Bus aus.").waitFor();
  for (const address of [`${path}/ergebnisse`, path, `${path}/export.json`, `${path}/export.md`]) {
    const answer = await fetch(room.platform.url + address);
    assert.equal(answer.status, address.endsWith("ergebnisse") ? 404 : 200, address);
    assert.doesNotMatch(await answer.text(), /leiht einen Bus/, address);
  }
  const late = await room.line(path);
  await write(await room.open(path, { cookies: await anna.context().cookies() }), "Noch eine Karte.");
  for (const line of [stranger, late]) await until("the line says what is new", () => line.text.includes("Noch eine Karte."));
  assert.doesNotMatch(late.text, /leiht einen Bus/);
});

test("what lies in the archive is read, and only results are kept up; it comes back by a press", async () => {
  const { path, anna, desk } = await concluded();
  await desk.getByRole("button", { name: "Ins Archiv legen" }).click();
  await anna.getByText("Dieses Board liegt im Archiv").waitFor({ timeout: LIVE_MS });
  await anna.getByRole("heading", { name: "Karte schreiben" }).waitFor({ state: "detached", timeout: LIVE_MS });
  const list = await room.open("/themen", { viewport: PHONE });
  await list.getByText(/^Archiv \(\d+\)$/).click();
  await list.locator(`details a[href="${path}"]`).waitFor();
  const results = await room.open(`${path}/ergebnisse`, office());
  await results.getByText("Stand von Karte 1 ändern").click();
  await results.getByLabel("Wie weit ist es?").selectOption({ label: "In Arbeit" });
  await results.getByRole("button", { name: "Stand speichern" }).click();
  await results.locator("#karte-1 .badge", { hasText: "In Arbeit" }).waitFor();
  await desk.getByRole("button", { name: "Ins Archiv legen", pressed: true }).click();
  await anna.getByRole("heading", { name: "Karte schreiben" }).waitFor({ timeout: LIVE_MS });
});

test("the office looks for results on all boards", async () => {
  await concluded();
  const staff = await room.open("/verwaltung", office());
  await staff.getByRole("link", { name: "Ergebnisse" }).click();
  await staff.getByRole("heading", { level: 1, name: "Ergebnisse" }).waitFor();
  await staff.getByText("Die Gemeinde leiht einen Bus aus.").first().waitFor();
  await staff.locator("summary", { hasText: "Filtern" }).click();
  await staff.getByLabel("Zuständig").selectOption({ label: "Bund" });
  await staff.getByRole("button", { name: "Anzeigen" }).click();
  await staff.waitForURL(/zustaendig=federation/);
  await staff.getByText("Dazu ist nichts festgehalten.").waitFor();
});

test("the same questions in two districts: side by side, and together with where they come from", async () => {
  const staff = await room.open("/vorlagen", office());
  await staff.getByText("Noch gibt es keinen Vergleich.").waitFor();
  await staff.getByLabel("Titel").fill("Ankommen");
  await staff.getByLabel("Spalten").fill("Was fehlt\nWas hilft");
  await staff.getByLabel("Mit einem Namen nur für dieses Board").check();
  await staff.getByRole("button", { name: "Vorlage anlegen" }).click();
  await staff.waitForURL(/\/vorlagen\/ankommen/);
  const template = new URL(staff.url()).pathname;
  for (const place of ["Bautzen", "Görlitz", "Ganz Sachsen: das landesweite Board"]) {
    await staff.getByLabel("Landkreis oder Stadt").selectOption({ label: place });
    await staff.getByRole("button", { name: "Board anlegen" }).click();
    await staff.getByText(`Das Board „Ankommen: ${place.includes("Sachsen") ? "Sachsen" : place}“ ist da.`).waitFor();
    // A second press makes no board that nobody has chosen.
    assert.equal(await staff.getByLabel("Landkreis oder Stadt").inputValue(), "");
  }
  const paths = await staff.locator(".list-item strong").evaluateAll((places) => places.map((place) => new URL(place.closest("a").href).pathname));
  assert.equal(paths.length, 3);
  const [bautzen, , sachsen] = paths;
  const anna = await room.open(bautzen, { viewport: PHONE });
  await join(anna, "Amsel");
  await write(anna, "Der letzte Bus fährt um fünf.");
  await card(anna, "Der letzte Bus").getByText("Veröffentlicht").waitFor({ timeout: LIVE_MS });

  await staff.reload();
  const column = staff.locator("section.column", { has: staff.getByRole("heading", { name: /^Bautzen/ }) }).first();
  await column.getByText("Der letzte Bus fährt um fünf.").waitFor();
  await staff.locator(".list-item", { hasText: "Bautzen" }).getByText(/^1\sKarte, \d+\sPerson(en)? dabei$/).waitFor();
  await staff.getByText(/Wird die Karte im Kreis gelöscht, verschwindet sie auch landesweit\.$/).waitFor();
  await column.getByRole("button", { name: /^Übernehmen\s+Karte 1 aus Bautzen$/ }).click();
  await staff.getByText("steht jetzt auch auf dem landesweiten Board.").waitFor();
  await column.locator(".note-head", { hasText: /^Karte 1\s*Landesweit$/ }).waitFor();

  const all = await room.open(sachsen, { viewport: PHONE });
  await card(all, "Der letzte Bus").getByRole("link", { name: "aus Bautzen, Karte 1" }).waitFor();
  assert.match(await (await fetch(`${room.platform.url}${sachsen}/export.md`)).text(), /aus Bautzen, Karte 1/);

  // Who erases the card erases it everywhere; the other screen hears of it.
  await card(anna, "Der letzte Bus").getByText("Mehr").click();
  await card(anna, "Der letzte Bus").getByText("Text löschen").click();
  await card(anna, "Der letzte Bus").getByRole("button", { name: "Endgültig löschen" }).click();
  await card(all, "Der letzte Bus").waitFor({ state: "detached", timeout: LIVE_MS });
  const compared = await (await fetch(room.platform.url + template)).text();
  assert.doesNotMatch(compared, /Der letzte Bus/);

  // Without WebAssembly: the rest of the districts at once.
  const plain = await room.open(template, { ...office(), script: false });
  await plain.getByLabel("Landkreis oder Stadt").selectOption({ label: "Alle 11 auf einmal, ohne Veranstaltung" });
  await plain.getByRole("button", { name: "Board anlegen" }).click();
  await plain.getByText(/11\sBoards sind jetzt da\./).waitFor();
  assert.equal(await plain.locator(".list-item strong").count(), 14);
});
