// A1 for pages of one person and of the office: personal links in every state, the account, the administration; with
// errors shown and with each dialog open.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { faults, faultsAt, opened } from "../support/axe.mjs";
import { hydrated, launch, openPage } from "../support/browser.mjs";
import { Platform, personalLink } from "../support/platform.mjs";
import { ROUTES, isPublic } from "../support/routes.mjs";
import { Visitor, draft, publish, staffOf } from "../support/visitor.mjs";

let platform;
let browser;
let staff;
let participant;
let member;
let event;
let board;
let codebook;
let coding;
let compared;
let results;
let dryRun;
let toDecide;
let passed;
let certificate;
const links = {};

async function signUp(name) {
  const email = `${name}@traeger.example`;
  await new Visitor(platform).signUp(event.slug, { email, topic: `Was ${name} mitbringt`, access_needs: "Stufenloser Zugang" });
  return personalLink(await platform.mail(email));
}

before(async () => {
  platform = await Platform.start();
  browser = await launch();
  staff = await staffOf(platform);
  participant = new Visitor(platform);
  member = new Visitor(platform);
  await participant.signIn("fachkraft@traeger.example");
  // A board with cards that wait; the participant is on it, and one of the cards is the participant's own.
  const boards = await (await fetch(`${platform.url}/themen`)).text();
  board = boards.match(/href="(\/themen\/bezahlkarte[a-z0-9-]+)"/)[1];
  const slug = board.split("/").at(-1);
  compared = (await (await fetch(`${platform.url}/vorlagen`)).text()).match(/href="(\/vorlagen\/[a-z0-9-]+)"/)[1];
  results = (await (await fetch(platform.url + compared)).text()).match(/href="(\/themen\/[a-z0-9-]+\/ergebnisse)"/)[1];
  // A table with something wrong, an application that waits, a run that is over.
  dryRun = (await staff.upload("/api/modules-upload", {}, "module.csv", "code;weeks;places\nFSA-103;zwölf;Bautzen\nFSA-999;1;\n")).next;
  toDecide = (await (await staff.get("/katalog/anrechnung")).text()).match(/href="(\/katalog\/anrechnung\/[0-9a-f-]{36})"/)[1];
  passed = (await (await staff.get("/katalog/FSA-101")).text()).match(/href="(\/katalog\/durchgang\/[0-9a-f-]{36})"/)[1];
  // Of a run that is over somebody has a certificate.
  const [, run] = (await (await staff.get("/katalog/FSA-101")).text()).match(/href="(\/katalog\/durchgang\/[0-9a-f-]{36})"[^>]*>[^<]*Herbst, Leipzig/);
  const [, graduate] = (await (await staff.get(run)).text()).match(/name="passed\[0\]" value="([0-9a-f-]{36})"/);
  await staff.post("/api/run-pass", { id: run.split("/").at(-1), "passed[0]": graduate });
  [certificate] = (await (await staff.get(run)).text()).match(/\/nachweis\/[0-9A-Z]{16}/);
  await participant.post("/api/recognition-begin", { code: "FSA-102", procedure: "anrechnung" });
  // A codebook, with which the board is read by two.
  const [book, code] = [crypto.randomUUID(), crypto.randomUUID()];
  await staff.post("/api/codebook-create", { key: book, title: "Wege", description: "Wege zu Ämtern." });
  await staff.post("/api/code-add", { codebook: book, key: code, name: "Bus", definition: "Es geht um den Bus.", example: "Er fährt nicht." });
  codebook = `/verwaltung/auswertung/codebuch/${book}`;
  const read = JSON.parse(await (await staff.get(`${board}/export.json`)).text()).board.cards.find((card) => card.number === 1);
  const id = (await staff.json("/api/board", { slug: board.split("/").at(-1) })).id;
  coding = (await staff.post("/api/coding-create", { key: crypto.randomUUID(), coding_title: "Wege", codebook: book, "boards[0]": id })).next;
  platform.addAdmin("zweite@lafast.example", "staff");
  const second = new Visitor(platform);
  await second.signIn("zweite@lafast.example");
  for (const reader of [staff, second]) await reader.post("/api/coding-read", { coding: coding.split("/").at(-1), board: id, card: read.id, "codes[0]": code, memo: "Ein Memo." });
  await member.post("/api/board-join", { slug, district: "dresden" });
  const column = (await (await member.get(board)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  await member.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "question", column, text: "Wer hat eine Vorlage?" });
  // Three seats: one held, one confirmed, one given back and offered or taken by who waited.
  event = await publish(staff, { capacity_on_site: "3", capacity_online: "1", online_info: "Browser genügt." });
  await participant.signUp(event.slug, { email: "fachkraft@traeger.example" });
  for (const name of ["gehalten", "bestaetigt", "wartend"]) links[name] = await signUp(name);
  const token = (name) => links[name].split("/").at(-1);
  await staff.post("/api/place-confirm", { token: token("bestaetigt") });
  await staff.post("/api/place-confirm", { token: token("wartend") });
  // More topics than one has votes.
  for (const topic of ["Kita", "Fahrtkosten"]) await staff.post("/api/place-propose-topic", { token: token("bestaetigt"), topic });
  links.abgesagt = await signUp("abgesagt");
  await staff.post("/api/place-cancel", { token: token("abgesagt"), sure: "yes" });
});
after(async () => {
  await browser?.close();
  platform?.stop();
});

// Sends a form as a browser would that checks nothing, until the page says what is wrong.
async function sendsWrong(page, button) {
  await page.evaluate(() => document.querySelectorAll("form").forEach((form) => { form.noValidate = true; }));
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("alert").waitFor();
}

async function as(visitor) {
  const page = await openPage(browser);
  await page.context().addCookies(visitor.cookies);
  return page;
}

describe("axe-core finds nothing behind a link or a sign-in", { concurrency: 2 }, () => {
  test("for the office", async () => {
    const found = [];
    const office = `/verwaltung/veranstaltungen/${event.id}`;
    await staff.post("/api/staff-access-duty", { workshop: event.id, wanted: "1" });
    const people = await (await staff.get(office)).text();
    const course = people.match(/\/verwaltung\/anmeldungen\/[0-9a-f-]{36}/)[0];
    const mails = people.match(/\/verwaltung\/veranstaltungen\/[0-9a-f-]{36}\/anmeldungen\/[0-9a-f-]{36}\/mails/)[0];
    const page = await as(staff);
    for (const [name, path] of [
      ["course", course], ["mails of a place", mails], ["overview", "/verwaltung"], ["new", "/verwaltung/veranstaltungen/neu"], ["workshop", office], ["edit", `${office}/bearbeiten`],
      ["copy", `${office}/kopieren`], ["outbox", "/verwaltung/postausgang"], ["log", "/verwaltung/protokoll"],
      ["findings", "/verwaltung/ergebnisse"],
    ]) found.push(...await faultsAt(page, platform.url + path, name));

    await page.goto(platform.url + office);
    await hydrated(page);
    await page.getByRole("link", { name: "Veranstaltung absagen" }).click();
    await page.getByRole("dialog").waitFor();
    found.push(...await faults(page, "workshop with dialog"));

    await page.goto(platform.url + (await staff.post("/api/staff-save", draft())).next);
    await hydrated(page);
    await page.getByRole("link", { name: "Entwurf löschen" }).click();
    await page.getByRole("dialog").waitFor();
    found.push(...await faults(page, "draft with dialog"));

    // Forms that lack almost everything.
    for (const [name, path, button, folded] of [
      ["new", "/verwaltung/veranstaltungen/neu", "Als Entwurf speichern"], ["copy", `${office}/kopieren`, "Entwürfe anlegen"],
      ["enter", office, "Eintragen", "Person eintragen"], ["message", office, "Senden", "Nachricht schreiben"],
    ]) {
      await page.goto(platform.url + path);
      await hydrated(page);
      if (folded) await page.locator("summary", { hasText: folded }).click();
      await sendsWrong(page, button);
      found.push(...await faults(page, `${name} with errors`));
    }
    assert.deepEqual(found, []);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  test("for who curates", async () => {
    const found = [];
    const page = await as(staff);
    for (const [name, path] of [
      ["catalogue", "/katalog"], ["draft", "/katalog/FSA-203"], ["field", "/katalog/FSA-203/feld/hours_practice"],
      ["outcomes", "/katalog/FSA-102/feld/outcomes"], ["demand", "/katalog/bedarf"], ["certificates", "/katalog/zertifikate"],
      ["tables", "/katalog/import"], ["dry run", dryRun], ["lint", "/katalog/pruefung"], ["semester", "/katalog/semester"],
      ["access", "/katalog/zugaenge"], ["recognitions", "/katalog/anrechnung"], ["to decide", toDecide], ["who passed", passed], ["certificate", certificate], ["run", "/verwaltung/veranstaltungen/neu?modul=FSA-101"],
    ]) found.push(...await faultsAt(page, platform.url + path, name));
    assert.deepEqual(found, []);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  test("for who reads boards and moderates", async () => {
    const found = [];
    const page = await as(staff);
    for (const [name, path] of [
      ["codings", "/verwaltung/auswertung"], ["codebook", codebook], ["coding", coding],
      ["coding card", `${coding}/karte/${board.split("/").at(-1)}/1`], ["boards", "/themen"], ["templates", "/vorlagen"],
      ["comparison", compared], ["results", results], ["moderation", `${board}/moderation`], ["who is there", `${board}/anwesend`], ["what moderators did", `${board}/protokoll`], ["correcting a board", `${board}/bearbeiten`], ["card of a moderator", `${board}/karten/1`], ["workbench", `${board}/moderation?karte=1`],
    ]) found.push(...await faultsAt(page, platform.url + path, name));
    assert.deepEqual(found, []);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  test("for who takes part", async () => {
    const found = [];
    const writer = await as(member);
    found.push(...await faultsAt(writer, platform.url + board, "board"));
    for (const summary of await writer.locator(".note-mine summary").all()) await summary.click();
    found.push(...await faults(writer, "board with an open card"));
    assert.deepEqual(writer.problems, []);
    await writer.context().close();

    const own = await as(participant);
    found.push(...await faultsAt(own, `${platform.url}/anrechnung/FSA-102`, "own application"));
    found.push(...await faultsAt(own, `${platform.url}/konto`, "account"));
    await own.getByRole("link", { name: "Konto löschen" }).click();
    await own.getByRole("dialog").waitFor();
    found.push(...await faults(own, "account with dialog"));
    found.push(...await faultsAt(own, `${platform.url}/veranstaltungen/${event.slug}`, "own workshop"));
    assert.deepEqual(own.problems, []);
    await own.context().close();
    assert.deepEqual(found, []);
  });

  test("for who has a personal link, or no account", async () => {
    const found = [];
    const visitor = await openPage(browser);
    for (const [name, link] of Object.entries(links)) found.push(...await faultsAt(visitor, platform.url + link, `place ${name}`));
    for (const [name, opens] of [["wartend", "Ich möchte nicht mehr warten"], ["bestaetigt", "Ich kann nicht kommen"]]) {
      await visitor.goto(platform.url + links[name]);
      await hydrated(visitor);
      await visitor.getByRole("link", { name: opens }).click();
      await visitor.getByRole("dialog").waitFor();
      found.push(...await faults(visitor, `place ${name} with dialog`));
    }
    await visitor.goto(platform.url + links.bestaetigt);
    await hydrated(visitor);
    await visitor.getByText("An eine Person aus meinem Träger").click();
    await sendsWrong(visitor, "Platz weitergeben");
    found.push(...await faults(visitor, "handing over with errors"));

    await visitor.goto(`${platform.url}/veranstaltungen/${event.slug}`);
    await hydrated(visitor);
    for (const topic of await visitor.locator("#votes input").all()) await topic.check();
    await sendsWrong(visitor, /^(Verbindlich anmelden|Auf die Warteliste)$/);
    await visitor.locator("#votes-error").waitFor();
    found.push(...await faults(visitor, "sign-up with errors"));
    await visitor.goto(`${platform.url}/konto/anmelden`);
    await hydrated(visitor);
    await visitor.getByLabel("E-Mail-Adresse").fill("nirgends@traeger.example");
    await visitor.getByRole("button", { name: "Code schicken" }).click();
    await visitor.getByLabel("Code aus der E-Mail").fill("AAAA2222");
    await visitor.getByRole("button", { name: "Anmelden", exact: true }).click();
    await visitor.locator("[aria-invalid=true]").first().waitFor();
    found.push(...await faults(visitor, "sign-in with error"));
    assert.deepEqual(visitor.problems, []);
    // A5: a personal link sets no cookie and keeps nothing on the device.
    assert.deepEqual(await visitor.context().cookies(), []);
    assert.equal(await visitor.evaluate(() => localStorage.length + sessionStorage.length), 0);
    await visitor.context().close();
    assert.deepEqual(found, []);
  });
});

test("axe-core finds nothing on mails that are read in the office, because no mail server is set", async () => {
  await platform.goesOnWithoutMail();
  const found = [];
  const page = await as(staff);
  const outbox = await (await staff.get("/verwaltung/postausgang")).text();
  const mails = [...outbox.matchAll(/href="(\/verwaltung\/postausgang\/[^"]+)"/g)].map(([, path]) => path);
  for (const [name, path] of [["outbox to read", "/verwaltung/postausgang"], ["newest mail", mails.at(0)], ["another mail", mails.at(-1)]]) found.push(...await faultsAt(page, platform.url + path, name));
  assert.deepEqual(found, []);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("no page of the route list behind a link or a sign-in was left out", () => {
  assert.deepEqual(opened.missing(ROUTES.filter((route) => !isPublic(route))), []);
});
