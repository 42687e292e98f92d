// The platform's files, read by other people's libraries: calendar files and feeds, invitations by mail, spreadsheets,
// documents on paper.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, openPage } from "../support/browser.mjs";
import { Platform, personalLink, python, root } from "../support/platform.mjs";
import { readMail, reads } from "../support/readers.mjs";
import { Visitor, draft, publish } from "../support/visitor.mjs";

const HOSTILE = "=HYPERLINK(\"https://boese.example\";\"Hier\")";
let platform;
let staff;
let event;

// The same workbook with the cells of this text as another program writes them that takes everything for a formula that begins
// like one.
function formulaIn(book, text) {
  const folder = mkdtempSync(join(tmpdir(), "lafast-formula-"));
  try {
    const file = join(folder, "anmeldungen.xlsx");
    writeFileSync(file, book);
    execFileSync(python, [join(root, "end2end/readers/spoil.py"), "compute", file, text]);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

before(async () => {
  platform = await Platform.start();
  platform.addAdmin("leitung@lafast.example", "staff");
  staff = new Visitor(platform);
  await staff.signIn("leitung@lafast.example");
  event = await publish(staff, { title: "Wohnen; Recht, Praxis", venue_name: "Haus, Hof" });
});
after(() => platform?.stop());

const calendar = async (path) => reads("calendar", Buffer.from(await (await fetch(platform.url + path)).arrayBuffer()));

test("the calendar file of a Veranstaltung is understood, and holds no personal link", async () => {
  const path = `/veranstaltungen/${event.slug}.ics`;
  const { method, version, events } = await calendar(path);
  assert.deepEqual([method, version, events.length], ["PUBLISH", "2.0", 1]);
  assert.deepEqual(events[0].errors, []);
  assert.equal(events[0].summary, "Wohnen; Recht, Praxis");
  assert.match(events[0].location, /Haus, Hof/);
  const { starts_at } = draft();
  const berlin = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin", dateStyle: "short", timeStyle: "short" });
  assert.equal(berlin.format(new Date(events[0].start)).replace(" ", "T"), starts_at);
  assert.doesNotMatch(await (await fetch(platform.url + path)).text(), /\/anmeldung\//);
});

test("the feed of all is understood and takes the filters of the list", async () => {
  const all = await calendar("/veranstaltungen.ics");
  const dresden = await calendar("/veranstaltungen.ics?kreis=dresden");
  assert.ok(all.events.length > dresden.events.length && dresden.events.length > 0);
  assert.ok(dresden.events.some(({ uid }) => uid.includes(event.id)));
  assert.equal(new Set(all.events.map(({ uid }) => uid)).size, all.events.length);
});

test("the Atom feed is well-formed XML, and each entry says what, when it changed, and where to read on", async () => {
  const title = "Recht & Praxis <heute> \"neu\"";
  const odd = await publish(staff, { title, summary: "Fragen & Antworten: ]]> <b>alles</b>." });
  const answer = await fetch(`${platform.url}/veranstaltungen.atom?kreis=dresden`);
  assert.match(answer.headers.get("content-type"), /^application\/atom\+xml/);
  const text = await answer.text();
  const feed = await reads("feed", Buffer.from(text));
  assert.deepEqual([feed.root, feed.foreign], ["{http://www.w3.org/2005/Atom}feed", []]);
  assert.deepEqual(feed.id, [`${platform.url}/veranstaltungen.atom`]);
  assert.deepEqual(feed.links, { self: `${platform.url}/veranstaltungen.atom`, alternate: `${platform.url}/veranstaltungen` });
  assert.equal(feed.title.length, 1);
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
  for (const part of [feed, ...feed.entries]) {
    assert.equal(part.updated.length, 1);
    assert.match(part.updated[0], time);
    assert.ok(Date.parse(part.updated[0]) <= Date.parse(feed.updated[0]), "nothing is newer than the feed");
  }
  for (const { id, title: called, published, summary, links } of feed.entries) {
    assert.deepEqual([id.length, called.length, published.length, summary.length], [1, 1, 1, 1]);
    assert.match(id[0], /^urn:uuid:[0-9a-f-]{36}$/);
    assert.match(published[0], time);
    assert.deepEqual(Object.keys(links), ["alternate"]);
    assert.ok(links.alternate.startsWith(`${platform.url}/veranstaltungen/`), links.alternate);
  }
  assert.equal(new Set(feed.entries.map(({ id }) => id[0])).size, feed.entries.length);
  const entry = ({ id }) => feed.entries.find((one) => one.id[0] === `urn:uuid:${id}`);
  assert.deepEqual(entry(event).title, ["Wohnen; Recht, Praxis"]);
  assert.deepEqual([entry(odd).title, entry(odd).links.alternate], [[title], `${platform.url}/veranstaltungen/${odd.slug}`]);
  assert.ok(entry(odd).summary[0].endsWith("Fragen & Antworten: ]]> <b>alles</b>."), entry(odd).summary[0]);
  // And the check can fail: an entry that does not end, and one in no namespace.
  await assert.rejects(reads("feed", Buffer.from(text.replace("</entry>", ""))), /ParseError/);
  assert.ok((await reads("feed", Buffer.from(text.replace("<entry>", '<entry xmlns="">')))).foreign.includes("entry"));
});

test("confirm, move, cancel: one UID, a growing SEQUENCE, the right METHOD, and no personal link inside", async () => {
  const email = "kalender@traeger.example";
  await new Visitor(platform).signUp(event.slug, { email });
  const first = await readMail(await platform.mail(email));
  assert.deepEqual(first.defects, []);
  assert.equal(first.calendar, null, "an unconfirmed place has no calendar entry");
  const token = personalLink(first).split("/").at(-1);
  await new Visitor(platform).post("/api/place-confirm", { token });
  const request = await readMail(await platform.mail(email, ({ subject }) => subject.includes("bestätigt")));

  const form = draft({ title: "Wohnen; Recht, Praxis", venue_name: "Haus, Hof", ends_at: draft().ends_at.replace("15:00", "16:00") });
  const page = await (await staff.get(`/verwaltung/veranstaltungen/${event.id}/bearbeiten`)).text();
  const version = page.match(/name="version"[^>]*value="([\d.]+)"|value="([\d.]+)"[^>]*name="version"/).slice(1).find(Boolean);
  await staff.post("/api/staff-save", { ...form, id: event.id, version, notify: "yes" });
  const update = await readMail(await platform.mail(email, ({ subject }) => subject.startsWith("Geändert")));

  await new Visitor(platform).post("/api/place-cancel", { token });
  const cancel = await readMail(await platform.mail(email, ({ subject }) => subject.startsWith("Abgesagt")));

  const mails = [request, update, cancel];
  for (const mail of mails) {
    assert.deepEqual(mail.defects, []);
    assert.equal(mail.types.indexOf("text/plain") < mail.types.indexOf("text/html"), true);
    assert.equal(mail.calendar_header_method, mail.calendar.method);
    assert.doesNotMatch(mail.calendar_text, /\/anmeldung\//);
  }
  assert.deepEqual(mails.map(({ calendar }) => calendar.method), ["REQUEST", "REQUEST", "CANCEL"]);
  // Nobody is asked for an answer that changes nothing.
  for (const { calendar } of mails) assert.deepEqual(calendar.events[0].attendee, { PARTSTAT: "ACCEPTED", RSVP: "FALSE" });
  assert.equal(new Set(mails.map(({ calendar }) => calendar.events[0].uid)).size, 1);
  const sequences = mails.map(({ calendar }) => calendar.events[0].sequence);
  assert.ok(sequences[0] < sequences[1] && sequences[1] < sequences[2], sequences.join());
  assert.equal(cancel.calendar.events[0].status, "CANCELLED");
  assert.equal(new Set(mails.map(({ message_id }) => message_id)).size, 3);
});

// Cells that a spreadsheet would take for a formula.
function formulasIn(csv) {
  const lines = csv.replace(/^\ufeff/, "").trim().split("\r\n");
  const cells = lines.flatMap((line) => line.split(/";"/)).map((cell) => cell.replace(/^"/, ""));
  return cells.filter((cell) => /^[=+\-@\t\r]/.test(cell));
}

test("exports hold no formula and no access needs", async () => {
  await new Visitor(platform).signUp(event.slug, { email: "tabelle@traeger.example", name: HOSTILE, organisation: "@SUM(A1:A9)", access_needs: "Höranlage" });
  const base = `/verwaltung/veranstaltungen/${event.id}/anmeldungen`;
  const book = Buffer.from(await (await staff.get(`${base}.xlsx`)).arrayBuffer());
  const sheet = await reads("workbook", book);
  assert.ok(sheet.rows.some((row) => row.includes(HOSTILE)));
  assert.ok(!sheet.types.includes("f"), sheet.types.join());
  const csv = await (await staff.get(`${base}.csv`)).text();
  assert.deepEqual(formulasIn(csv), []);
  // And both checks can fail: on the same file without the apostrophes, and on the same cell written as a formula.
  assert.equal(formulasIn(csv.replace(/"'/g, '"')).length, 2);
  assert.ok((await reads("workbook", formulaIn(book, HOSTILE))).types.includes("f"));
  for (const text of [csv, JSON.stringify(sheet.rows)]) assert.doesNotMatch(text, /Höranlage/);
});

test("whoever is not staff gets no export", async () => {
  for (const suffix of ["csv", "xlsx"]) {
    const answer = await new Visitor(platform).get(`/verwaltung/veranstaltungen/${event.id}/anmeldungen.${suffix}`);
    assert.equal(answer.status, 404);
  }
});

// What a document lacks for somebody to whom it is read aloud.
function lacks({ language, title, shows_title: shows, marked, ua, tags, marks, inside, written, outside }) {
  return Object.entries({
    language: language === "de-DE", title: title !== "" && shows, marks: marked && ua, heading: tags.H1 === 1,
    "all words in the tree": inside > 0 && marks === inside, "nothing outside": written > 0 && outside === 0,
  }).filter(([, holds]) => !holds).map(([what]) => what);
}

test("a board on paper is read by another library, and can be read aloud", async () => {
  const themes = await (await fetch(`${platform.url}/themen`)).text();
  const board = themes.match(/href="(\/themen\/ankommen-in-schule[a-z0-9-]*)"/)[1];
  const slug = themes.match(/href="\/themen\/(wohnung-finden[a-z0-9-]*)"/)[1];
  // Letters that no font of the platform has are there for who copies or searches.
  await staff.post("/api/board-join", { slug });
  const column = (await (await staff.get(`/themen/${slug}`)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  const written = await staff.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "quote", column, text: "Er sagte مرحبا und lachte 😀." });
  assert.ok(written.next);

  const answer = await fetch(`${platform.url}${board}/export.pdf`);
  assert.equal(answer.headers.get("content-type"), "application/pdf");
  const paper = await reads("paper", Buffer.from(await answer.arrayBuffer()));
  assert.deepEqual(lacks(paper), []);
  assert.equal(paper.title, "Ankommen in Schule und Ausbildung");
  assert.deepEqual(paper.outline, ["Ankommen in Schule und Ausbildung", "Ergebnisse", "Zugang zur Schule", "Übergang in Ausbildung", "Eltern und Familien", "Gesundheit und Belastung"]);
  for (const [tag, least] of Object.entries({ H2: 5, P: 2, L: 4, LI: 33, Lbl: 33, LBody: 33, Table: 1, TH: 4, TR: 6, TD: 20 })) assert.ok((paper.tags[tag] ?? 0) >= least, `${tag}: ${paper.tags[tag]}`);
  assert.ok(paper.pages > 2);
  const words = paper.text.replace(/\u00ad\s*/g, "").replace(/\s+/g, " ");
  for (const text of ["Die Schulaufnahmeuntersuchung ist das Nadelöhr: ein Termin im Monat für den ganzen Kreis.", "Land: Landesfachstelle", "Gehört zu: Regionalwerkstatt Leipzig", "Seite 1 von", "14 Stimmen"]) assert.ok(words.includes(text), text);

  const other = await reads("paper", Buffer.from(await (await fetch(`${platform.url}/themen/${slug}/export.pdf`)).arrayBuffer()));
  assert.deepEqual(lacks(other), []);
  assert.match(other.text.replace(/\s+/g, " "), /Er sagte \?+ und lachte \?/);
  for (const letter of [..."مرحبا", "😀"]) assert.ok(other.spoken.includes(letter), letter);
});

test("a moderator's paper of a board says what waits and for what a card stands, and everybody else's says nothing that waits", async () => {
  const made = await staff.post("/api/board-create", { title: "Wege zum Amt", lead: "Zum Ausprobieren.", columns: "Was fehlt", anonymity: "pseudonym", level: "all", votes: "3" });
  const path = made.next.replace("/moderation", "");
  const slug = path.split("/").at(-1);
  const member = new Visitor(platform);
  await member.post("/api/board-join", { slug, name: "Amsel" });
  const column = (await (await member.get(path)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  for (const text of ["Der Bus fährt nicht.", "Busse fehlen.", "Das liest noch niemand."]) await member.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "problem", column, text });
  const { cards } = JSON.parse(await (await staff.get(`${path}/export.json`)).text()).board;
  const [first, second] = [1, 2].map((number) => cards.find((card) => card.number === number).id);
  for (const card of [first, second]) await staff.post("/api/board-act", { slug, on: "moderation", operation: JSON.stringify({ stand: { card, standing: "published" } }) });
  await staff.post("/api/board-merge", { slug, on: "moderation", card: second, into: first });

  const paperOf = async (visitor) => reads("paper", Buffer.from(await (await visitor.get(`${path}/export.pdf`)).arrayBuffer()));
  const wordsOf = ({ text }) => text.replace(/\u00ad\s*/g, "").replace(/\s+/g, " ");
  const theirs = await paperOf(staff);
  assert.deepEqual(lacks(theirs), []);
  for (const words of ["Mit Karten, die nicht alle sehen.", "Das liest noch niemand.", "wartet auf Freigabe", "steht auch für Karte 2: Busse fehlen."]) assert.ok(wordsOf(theirs).includes(words), `${words}: ${wordsOf(theirs)}`);
  const others = wordsOf(await paperOf(new Visitor(platform)));
  assert.ok(others.includes("steht auch für Karte 2: Busse fehlen."), others);
  assert.doesNotMatch(others, /liest noch niemand|wartet auf Freigabe|nicht alle sehen/);
});

test("a card is a document that other libraries read: real headings, lists, and words that people typed", async () => {
  const slug = (await (await fetch(`${platform.url}/themen`)).text()).match(/href="\/themen\/(wohnung-finden[a-z0-9-]*)"/)[1];
  await staff.post("/api/board-join", { slug });
  const column = (await (await staff.get(`/themen/${slug}`)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
  const text = "</text:p><script>alert(1)</script> & „so\" 😀";
  assert.ok((await staff.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "problem", column, text })).next);
  const { cards } = JSON.parse(await (await staff.get(`/themen/${slug}/export.json`)).text()).board;
  const { id, number } = cards.find((card) => card.text === text);
  assert.ok((await staff.post("/api/board-comment", { slug, key: crypto.randomUUID(), about: id, number, text: "Bei uns auch so." })).next);

  const path = `/themen/${slug}/karten/${number}`;
  const answer = await fetch(`${platform.url}${path}.odt`);
  assert.equal(answer.headers.get("content-type"), "application/vnd.oasis.opendocument.text");
  const read = await reads("document", Buffer.from(await answer.arrayBuffer()));
  assert.deepEqual([read.type, read.first, read.title, read.language], ["application/vnd.oasis.opendocument.text", "mimetype", `Karte ${number}`, "de-DE"]);
  assert.deepEqual(read.headings.slice(0, 2), [[1, `Karte ${number}`], [2, "Ergebnis"]]);
  assert.deepEqual(read.headings.map(([level]) => level).filter((level) => level > 2), []);
  assert.ok(read.paragraphs.includes(text), read.paragraphs.join("\n"));
  assert.ok(read.paragraphs.some((words) => words.includes("Bei uns auch so.")));
  assert.ok(read.items >= 2, `${read.items}`);
  assert.deepEqual(read.unknown, []);
  // Only what was asked for; a moderator's part is a moderator's.
  const alone = await reads("document", Buffer.from(await (await fetch(`${platform.url}${path}.odt?teile=text`)).arrayBuffer()));
  assert.deepEqual(alone.headings, [[1, `Karte ${number}`]]);
  assert.equal((await fetch(`${platform.url}${path}.odt?teile=moderation`)).status, 404);
  const moderated = await reads("document", Buffer.from(await (await staff.get(`${path}.odt`)).arrayBuffer()));
  assert.ok(moderated.headings.some(([, words]) => words === "Protokoll und interne Notiz (nur Moderation)"));

  const paper = await reads("paper", Buffer.from(await (await fetch(`${platform.url}${path}.pdf`)).arrayBuffer()));
  assert.deepEqual(lacks(paper), []);
  assert.ok(paper.text.replace(/\s+/g, " ").includes("Bei uns auch so."));
  assert.ok((paper.tags.H2 ?? 0) >= 4 && (paper.tags.LI ?? 0) >= 2, JSON.stringify(paper.tags));
});

test("and the check can fail: a page that a browser prints without tags cannot be read aloud", async () => {
  const browser = await launch();
  const page = await openPage(browser);
  await page.goto(`${platform.url}/impressum`);
  const printed = await reads("paper", await page.pdf({ tagged: false }));
  await browser.close();
  assert.deepEqual(lacks(printed).includes("all words in the tree"), true);
  assert.deepEqual(lacks(printed).includes("heading"), true);
});
