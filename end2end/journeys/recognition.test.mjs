// What somebody can do already, from a phone without a script to the decision of the institution, and what follows from it; and
// a run that is passed: the certificate on paper, as signed badge, and checked by its code.
import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { DESKTOP, PHONE, hydrated } from "../support/browser.mjs";
import { Pages } from "../support/pages.mjs";
import { Platform, root } from "../support/platform.mjs";
import { reads } from "../support/readers.mjs";
import { Visitor } from "../support/visitor.mjs";

const SCHEMA = resolve(process.env.LAFAST_SCHEMAS ?? resolve(root, "../shared/schemas"), "openbadges-v3/ob_v3p0_achievementcredential_schema.json");

let platform;
let curator;
const pages = new Pages();
const open = (path, options) => pages.open(path, options);
before(async () => {
  platform = await Platform.start();
  await pages.launch(platform);
  curator = new Visitor(platform);
  platform.addAdmin("pflegt@ehs.example", "curator", "Evangelische Hochschule Dresden");
  await curator.signIn("pflegt@ehs.example");
});
afterEach(() => pages.tidy());
after(() => pages.stop());

const pdf = async (text) => {
  const page = await open("/impressum", { script: false });
  await page.setContent(`<html lang="de"><title>Nachweis</title><p>${text}</p></html>`);
  return page.pdf();
};

// A file comes and goes, and what was typed and not saved stays.
async function keepsTyped(page, words) {
  const said = page.getByLabel(/^Woher können Sie es/).first();
  await said.fill(words);
  await page.getByLabel("Datei").setInputFiles({ name: "Entwurf.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF\n") });
  await page.getByRole("button", { name: "Datei hochladen" }).click();
  await page.getByText(/Hochgeladen als Datei \d/).waitFor();
  assert.equal(await said.inputValue(), words);
  await said.fill(`${words}, und mehr`);
  await page.getByRole("button", { name: /^Datei \d löschen$/ }).last().click();
  await page.getByText(/^Datei \d ist gelöscht/).waitFor();
  assert.equal(await said.inputValue(), `${words}, und mehr`);
}

test("what was typed stays when a file comes and goes, with WebAssembly", async () => {
  const person = new Visitor(platform);
  await person.signIn("laedt-hoch@traeger.example");
  await person.post("/api/recognition-begin", { code: "FSA-101", procedure: "anrechnung" });
  const page = await open("/anrechnung/FSA-101", { cookies: person.cookies, viewport: PHONE });
  await page.getByRole("button", { name: "Datei hochladen" }).click();
  await page.locator("#file-error", { hasText: "Bitte wählen Sie eine Datei." }).waitFor();
  await hydrated(page);
  await keepsTyped(page, "Aus der Beratung im Verein");
  await page.reload();
  assert.equal(await page.getByLabel(/^Woher können Sie es/).first().inputValue(), "Aus der Beratung im Verein, und mehr");
});

test("what somebody can do is said on a phone without a script, shown by files that are what they say, and decided point by point", async () => {
  const person = new Visitor(platform);
  await person.signIn("kann-es@traeger.example");
  const page = await open("/anrechnung", { cookies: person.cookies, viewport: PHONE, script: false });
  await page.getByRole("link", { name: /^FSA-102 / }).click();
  await page.getByLabel(/Anrechnung: außerhalb/).check();
  await page.getByRole("button", { name: "Antrag beginnen" }).click();
  await page.getByText("Begonnen. Sagen Sie jetzt").waitFor();

  const grasps = page.getByLabel("Das kann ich");
  const count = await grasps.count();
  assert.ok(count >= 4);
  for (let place = 0; place < count; place += 1) {
    await grasps.nth(place).selectOption(place ? "fully" : "partly");
    await page.getByLabel(/^Woher können Sie es/).nth(place).fill("Drei Jahre Rechtsberatung, siehe Datei 1");
  }
  await page.getByRole("button", { name: "Speichern" }).click();
  await page.getByText("Gespeichert. Nur Sie sehen den Entwurf.").waitFor();
  await page.getByRole("button", { name: "Einreichen" }).click();
  await page.getByText("Es fehlt noch etwas.").waitFor();
  await page.getByRole("link", { name: "Laden Sie mindestens einen Nachweis hoch." }).waitFor();

  // A name says nothing about a file.
  await page.getByLabel("Datei").setInputFiles({ name: "zeugnis.pdf", mimeType: "application/pdf", buffer: Buffer.from("<script>alert(1)</script>") });
  await page.getByRole("button", { name: "Datei hochladen" }).click();
  await page.locator("#file-error", { hasText: "kein PDF, JPEG oder PNG" }).waitFor();
  await page.getByLabel("Datei").setInputFiles({ name: "gross.pdf", mimeType: "application/pdf", buffer: Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(5 * 1_048_576 + 2_000), Buffer.from("%%EOF")]) });
  await page.getByRole("button", { name: "Datei hochladen" }).click();
  await page.locator("#file-error", { hasText: "größer als 5 MB" }).waitFor();
  const bytes = await pdf("Drei Jahre Rechtsberatung");
  await page.getByLabel("Datei").setInputFiles({ name: "Bestätigung.pdf", mimeType: "application/pdf", buffer: bytes });
  await page.getByRole("button", { name: "Datei hochladen" }).click();
  await page.getByText("Hochgeladen als Datei 1.").waitFor();
  const path = await page.getByRole("link", { name: "1. Bestätigung.pdf" }).getAttribute("href");
  const own = await person.get(path);
  assert.deepEqual([own.status, own.headers.get("content-type")], [200, "application/pdf"]);
  assert.match(own.headers.get("content-disposition"), /^attachment;/);
  assert.match(own.headers.get("content-security-policy"), /sandbox/);
  assert.deepEqual(Buffer.from(await own.arrayBuffer()), bytes);
  // Before it is handed in nobody else has it, the institution neither.
  for (const other of [new Visitor(platform), curator]) assert.equal((await other.get(path)).status, 404);
  await page.getByRole("button", { name: "Einreichen" }).click();
  await page.getByText("Eingereicht. Die Institution prüft").waitFor();
  assert.equal((await curator.get(path)).status, 200);

  const desk = await open("/katalog", { cookies: curator.cookies, viewport: DESKTOP });
  await desk.getByRole("link", { name: /Anträge? auf Anrechnung/ }).click();
  // The page before has links of the same name.
  await desk.waitForURL(/\/katalog\/anrechnung$/);
  await desk.getByRole("heading", { level: 1, name: /Anträge/ }).waitFor();
  // How long it waits, and how far it is.
  await desk.getByRole("listitem").filter({ hasText: "FSA-102" }).filter({ hasText: /Wird geprüft.*heute eingereicht/ }).last().waitFor();
  await desk.getByRole("link", { name: /^FSA-102 / }).last().click();
  await desk.getByRole("heading", { name: "Lernergebnis für Lernergebnis" }).waitFor();
  // The file is at hand above, and again at each outcome; and so is the way to ask for more.
  assert.equal(await desk.getByRole("link", { name: /^1\. Bestätigung\.pdf/ }).count(), 1 + count);
  assert.equal(await desk.getByRole("link", { name: "Es fehlt etwas: nachfordern" }).getAttribute("href"), "#nachfordern");
  // Too little is asked for: it is said so, and what was decided so far stays.
  await desk.getByLabel("Begründung").nth(0).fill("Umfang ist belegt, die Zahl nicht.");
  await desk.getByLabel("Was fehlt").fill("Zahl?");
  await desk.getByRole("button", { name: "Nachfordern" }).click();
  await desk.locator("#note-error").waitFor();
  assert.equal(await desk.getByLabel("Begründung").nth(0).inputValue(), "Umfang ist belegt, die Zahl nicht.");
  await desk.getByLabel("Was fehlt").fill("Bitte nennen Sie die Zahl der Beratungen im Jahr.");
  await desk.getByRole("button", { name: "Nachfordern" }).click();
  await desk.getByText("Nachgefordert. Die Person bekommt eine E-Mail.").waitFor();
  await platform.mail("kann-es@traeger.example", ({ subject }) => subject.startsWith("Bitte ergänzen"));
  await page.reload();
  await page.getByText("Nachgefordert: Bitte nennen Sie die Zahl").waitFor();
  await page.getByLabel("Datei").setInputFiles({ name: "Zahlen.pdf", mimeType: "application/pdf", buffer: await pdf("120 im Jahr") });
  await page.getByRole("button", { name: "Datei hochladen" }).click();
  await page.getByText("Hochgeladen als Datei 2.").waitFor();
  await keepsTyped(page, "Vier Jahre Rechtsberatung, siehe Datei 2");
  await page.getByRole("button", { name: "Einreichen" }).click();
  await page.getByText("Eingereicht. Die Institution prüft").waitFor();

  // Half a decision is none; what was typed stays.
  await desk.reload();
  await hydrated(desk);
  const reasons = desk.getByLabel("Begründung");
  const fill = async (place, granted) => {
    await desk.getByLabel("Entscheidung").nth(place).selectOption(granted ? "yes" : "no");
    await desk.getByLabel("Art des Nachweises").nth(place).selectOption("practice");
    await desk.getByLabel("In Datei").nth(place).fill(granted ? "1, 2" : "");
    await reasons.nth(place).fill("Umfang und Art der Beratungen sind bestätigt.");
  };
  for (let place = 0; place < count; place += 1) await fill(place, true);
  await desk.getByLabel("In Datei").nth(1).fill("7");
  await desk.getByRole("button", { name: "Entscheiden" }).click();
  await desk.getByText("L2: Bitte nennen Sie Nummern von Dateien, die es gibt, mit Komma.").first().waitFor();
  assert.equal(await reasons.nth(0).inputValue(), "Umfang und Art der Beratungen sind bestätigt.");
  await desk.getByLabel("In Datei").nth(1).fill("2");
  await desk.getByLabel("Merksatz für andere").nth(0).fill("Drei Jahre bestätigte Rechtsberatung zeigen das Ergebnis.");
  await desk.getByRole("button", { name: "Entscheiden" }).click();
  await desk.getByText("Entschieden. Die Person bekommt eine E-Mail").waitFor();

  await page.reload();
  await page.getByText("Das Modul zählt ganz.").waitFor();
  const mail = await platform.mail("kann-es@traeger.example", ({ subject }) => subject.startsWith("Entschieden"));
  assert.doesNotMatch(mail.text, /Umfang und Art/);
  // It counts in the plan, and half of a certificate is the most.
  const plan = await open("/lernweg?ziel=FSA-Z1", { cookies: person.cookies, viewport: PHONE });
  await plan.getByText(/^FSA-102 .* \(Anrechnung\)$/).waitFor();
  await plan.getByText(/Angerechnet sind \d+ von \d+ Stunden dieses Zertifikats, das sind \d+ %\. Möglich sind höchstens 50 %\./).waitFor();
  assert.doesNotMatch(new URL(plan.url()).search, /FSA-102/);
  // Others learn from it, and of nobody.
  const stranger = await (await fetch(`${platform.url}/anrechnung/FSA-102`)).text();
  assert.ok(stranger.includes("Drei Jahre bestätigte Rechtsberatung zeigen das Ergebnis.") && !stranger.includes("120 im Jahr"));
  assert.equal((await new Visitor(platform).get(path)).status, 404);
});

test("who passed a run has a certificate on paper and as signed badge, and anybody can check it", async () => {
  const desk = await open("/katalog/FSA-101", { cookies: curator.cookies, viewport: DESKTOP });
  await desk.getByRole("link", { name: /Herbst, Leipzig/ }).click();
  await desk.getByRole("heading", { name: "Wer hat bestanden?" }).waitFor();
  const first = desk.getByRole("checkbox").first();
  const name = await desk.locator("label[for=passed-0]").textContent();
  await first.check();
  await desk.getByRole("button", { name: "Nachweise ausstellen" }).click();
  await desk.getByText("1 Nachweis ist ausgestellt.").waitFor();
  await desk.getByRole("link", { name }).click();
  await desk.locator(".notice-info", { hasText: "Dies ist ein Beispiel, kein echter Nachweis." }).waitFor();
  // The file comes before what it says.
  assert.ok((await desk.getByRole("link", { name: "Als PDF" }).boundingBox()).y < (await desk.getByText("Land und Region").boundingBox()).y);
  const path = new URL(desk.url()).pathname;

  const paper = await reads("paper", Buffer.from(await (await fetch(`${platform.url}${path}/nachweis.pdf`)).arrayBuffer()));
  assert.ok(paper.marked && paper.ua && paper.shows_title && paper.language === "de-DE" && paper.outside === 0);
  for (const label of ["Name", "Titel", "Land und Region", "Verliehen von", "Ausgestellt am", "Lernergebnisse", "Arbeitsaufwand", "Niveau", "Prüfung", "Art der Teilnahme", "Qualitätssicherung"]) assert.ok(paper.outline.includes(label), label);
  assert.ok(paper.text.includes(name.trim()));

  // Another library, with the key that the badge names, believes it; a changed one it does not.
  const badge = await (await fetch(`${platform.url}${path}/abzeichen.jwt`)).text();
  const [head, body, signature] = badge.split(".");
  const { alg, kid } = JSON.parse(Buffer.from(head, "base64url"));
  assert.equal(alg, "EdDSA");
  const key = createPublicKey({ key: await (await fetch(kid)).json(), format: "jwk" });
  const believes = (text) => verify(null, Buffer.from(`${head}.${text}`), key, Buffer.from(signature, "base64url"));
  assert.ok(believes(body));
  const credential = JSON.parse(Buffer.from(body, "base64url"));
  const forged = Buffer.from(JSON.stringify({ ...credential, name: "Anderes" })).toString("base64url");
  assert.ok(!believes(forged));
  assert.equal(credential.id, `${platform.url}${path}`);
  assert.equal((await fetch(credential.issuer.id)).status, 200);
  assert.equal((await fetch(credential.credentialSubject.achievement.id)).status, 200);
});

test("a badge is what the public schema of Open Badges asks for, and what is broken is not", { skip: existsSync(SCHEMA) ? false : "the public schemas are not there" }, async () => {
  const html = await (await curator.get("/katalog/FSA-101")).text();
  const [, run] = html.match(/href="(\/katalog\/durchgang\/[0-9a-f-]+)"[^>]*>[^<]*Herbst, Leipzig/);
  const seen = await (await curator.get(run)).text();
  const path = seen.match(/\/nachweis\/[0-9A-Z]{16}/)[0];
  const badge = await (await fetch(`${platform.url}${path}/abzeichen.jwt`)).text();
  const good = JSON.parse(Buffer.from(badge.split(".")[1], "base64url"));
  const breaks = [
    (one) => delete one.validFrom, (one) => delete one.issuer, (one) => delete one.credentialSubject.achievement.criteria,
    (one) => { one.type = ["VerifiableCredential"]; }, (one) => { one["@context"] = ["https://example.org"]; },
    (one) => { one.credentialSubject.result[0].status = "Bestanden"; }, (one) => { one.credentialSubject.identifier[0].hashed = "nein"; },
    (one) => delete one.credentialSubject.achievement.alignment[0].targetName,
  ];
  const broken = breaks.map((damage) => {
    const one = structuredClone(good);
    damage(one);
    return one;
  });
  const [faults, ...found] = await reads("schema", Buffer.from(JSON.stringify({ schema: SCHEMA, bodies: [good, ...broken] })));
  assert.deepEqual(faults, []);
  for (const [number, wrong] of found.entries()) assert.notDeepEqual(wrong, [], breaks[number].toString());
  // All eleven elements of the recommendation are told in words.
  for (let number = 1; number <= 11; number += 1) assert.match(good.credentialSubject.achievement.criteria.narrative, new RegExp(`^${number}\\. \\*\\*`, "m"));
});
