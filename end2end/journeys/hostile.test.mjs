// S6: hostile text through every field of every form, read again on every page, rendered by the server and in the
// browser. Nothing of it runs, and nothing even tries: the content policy has nothing to stop. A page or a text field that was
// left out is named.
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, test } from "node:test";
import WebSocket from "ws";
import { DESKTOP, hydrated, launch, openPage } from "../support/browser.mjs";
import { Fields } from "../support/fields.mjs";
import { Platform, personalLink } from "../support/platform.mjs";
import { COMPLETE, curators, makes, publishes } from "../support/modules.mjs";
import { Opened, ROUTES } from "../support/routes.mjs";
import { Visitor, draft, inDays, publish } from "../support/visitor.mjs";

// Each of them breaks out of several places at once, and is short enough for the shortest field (60 characters).
const TEXTS = [
  "\"></textarea><script>_ran=2</script><img src onerror=_ran=1>",
  "</title></script><svg onload=_ran=3>'-(_ran=4)-'\u202e{{7*7}}",
];

// Nothing that somebody typed is on these pages.
const WITHOUT_TEXTS = ["/impressum", "/datenschutz", "/barrierefreiheit", "/leichte-sprache"];

let platform;
let browser;
let staff;
let faculty;
// Pages with the mails to somebody with hostile texts.
const mailed = [];
const opened = new Opened();
// Each text does that, also where only its beginning fits.
const isHostile = (value) => value.includes("_ran=");
const fields = new Fields(isHostile);

before(async () => {
  platform = await Platform.start({ demo: false });
  platform.hears = (path, form) => fields.hear(path, form);
  platform.addAdmin("leitung@lafast.example", "admin");
  staff = new Visitor(platform);
  await staff.signIn("leitung@lafast.example");
  faculty = await curators(platform);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  platform?.stop();
});

// A page that counts what ran and what the content policy stopped.
async function watched(cookies = []) {
  const page = await openPage(browser, { viewport: DESKTOP });
  await page.context().addCookies(cookies);
  await page.addInitScript(() => {
    window.__stopped = [];
    document.addEventListener("securitypolicyviolation", (event) => window.__stopped.push(`${event.violatedDirective}: ${event.sample || event.blockedURI}`));
  });
  page.on("dialog", (dialog) => { page.problems.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  return page;
}

// Goes to a page and lets it come to life; what ran or was stopped there.
async function visit(page, path) {
  fields.hear(path);
  opened.note(await page.goto(platform.url + path));
  await hydrated(page);
  await fields.note(page);
  return (await ranOrStopped(page)).map((what) => `${path}: ${what}`);
}

// Reads the page of an answer now: later it looks otherwise.
async function visitOnce({ next }, cookies) {
  const page = await watched(cookies);
  assert.deepEqual(await visit(page, next.replace(platform.url, "")), []);
  assert.deepEqual(page.problems, []);
  await page.context().close();
}

async function ranOrStopped(page) {
  return page.evaluate(() => [window._ran ?? [], ...window.__stopped].flat());
}

for (const [index, hostile] of TEXTS.entries()) {
  test(`text ${index + 1} is only text, everywhere`, async () => {
    const event = await publish(staff, {
      title: hostile, summary: hostile, description: hostile, audience: hostile, agenda: hostile, access_info: hostile,
      venue_name: hostile, venue_street: hostile, venue_town: hostile, online_info: hostile, contact: hostile, tags: hostile,
      capacity_on_site: "2",
    });
    const typed = { name: hostile, organisation: hostile, topic: hostile, access_needs: hostile, listing: "participants" };
    const email = `boese${index}@traeger.example`;
    const by = { signed_up_by_name: hostile };
    const colleagues = { colleague_1_name: hostile, colleague_1_email: `mit${index}@traeger.example` };
    const signedUp = await new Visitor(platform).signUp(event.slug, { ...typed, ...by, ...colleagues, email });
    assert.match(signedUp.next, /angemeldet/);
    const link = personalLink(await platform.mail(email));
    const token = link.split("/").at(-1);
    const visitor = new Visitor(platform);
    await visitor.post("/api/place-confirm", { token });
    await visitor.post("/api/place-propose-topic", { token, topic: `Noch ein Thema ${hostile}` });
    await visitor.post("/api/place-answers", { token, access_needs: hostile, listing: "participants" });
    await staff.post("/api/account-save", { name: hostile, organisation: hostile, district: "dresden" });
    await staff.post("/api/staff-add", {
      workshop: event.id, name: hostile, email: `dazu${index}@traeger.example`, organisation: hostile, district: "dresden", mode: "on_site", add_reason: hostile,
    });
    await staff.post("/api/staff-access-duty", { workshop: event.id, wanted: "1" });
    await staff.post("/api/staff-message", { workshop: event.id, key: crypto.randomUUID(), group: "all", subject: hostile, text: hostile });
    // All seats are taken: somebody waits, is given one out of turn, hands it to a colleague, and that is taken back.
    const [gives, gets] = [`gibt${index}@traeger.example`, `bekommt${index}@traeger.example`];
    const placeOf = (email, column) => platform.query(`SELECT ${column} FROM sign_up WHERE email = '${email}'`)[0];
    await new Visitor(platform).signUp(event.slug, { email: gives });
    const waits = personalLink(await platform.mail(gives)).split("/").at(-1);
    await visitor.post("/api/place-confirm", { token: waits });
    const moved = placeOf(gives, "id");
    assert.equal(placeOf(gives, "state"), "waiting");
    await staff.post("/api/staff-move-up", { workshop: event.id, id: moved, reason: hostile });
    assert.equal(placeOf(gives, "state"), "confirmed");
    const nobody = await visitor.post("/api/place-hand-over", { token: waits, key: crypto.randomUUID(), name: hostile, email: hostile });
    assert.match(nobody.next, /antwort=/);
    await visitOnce(nobody);
    await visitor.post("/api/place-hand-over", { token: waits, key: crypto.randomUUID(), name: hostile, email: gets });
    assert.deepEqual([placeOf(gets, "id"), placeOf(gets, "state")], [moved, "confirmed"]);
    await staff.post("/api/staff-cancel-sign-up", { workshop: event.id, id: moved, reason: hostile });
    assert.equal(placeOf(gets, "state"), "cancelled");
    const takenBack = personalLink(await platform.mail(gets));
    const untold = await staff.post("/api/staff-add", { workshop: event.id, name: hostile, email: hostile, organisation: hostile, district: "dresden", mode: "on_site", add_reason: hostile });
    // A wrong form shows again what was typed.
    const refused = await new Visitor(platform).signUp(event.slug, { ...typed, email: hostile, colleague_1_name: hostile, colleague_1_email: hostile });
    assert.match(refused.next, /antwort=/);
    // A program fills in every field; and who asks for a code with that gets none.
    await new Visitor(platform).signUp(event.slug, { ...typed, email: `programm${index}@traeger.example`, website: hostile });
    const codeless = await new Visitor(platform).post("/api/account-request-code", { email: hostile, next: "" });
    const lostCode = await visitor.get(`/b?code=${encodeURIComponent(hostile)}`);

    // A board: its title, its columns, a name, a card that everybody sees, and one that waits.
    const made = await staff.post("/api/board-create", { title: hostile, lead: hostile, columns: `${hostile.slice(0, 55)}\nZwei`, anonymity: "named", level: "off", votes: "3" });
    assert.match(made.next, /^\/themen\/.+\/moderation$/);
    const board = made.next.replace("/moderation", "");
    const slug = board.split("/").at(-1);
    // And corrected: then pages that are open take it from the log.
    await staff.post("/api/board-correct", { slug, seen: "0", title: hostile, lead: `${hostile} .` });
    assert.match((await staff.json("/api/board", { slug })).view.settings.called.lead, / \.$/);
    await visitor.post("/api/board-join", { slug, name: hostile });
    const column = (await (await visitor.get(board)).text()).match(/<option value="([0-9a-f-]{36})"/)[1];
    const card = () => visitor.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "quote", column, text: hostile });
    await card();
    const seen = JSON.parse(await (await visitor.get(`${board}/export.json`)).text()).board.cards;
    const first = seen[0].id;
    await visitor.post("/api/board-comment", { slug, key: crypto.randomUUID(), about: first, text: hostile });
    await visitor.post("/api/board-edit", { slug, card: first, base: "0", text: `${hostile} ` });
    await staff.post("/api/board-split", { slug, key: crypto.randomUUID(), card: first, part: hostile });
    await staff.post("/api/board-conclude", { slug, card: first, finding: hostile, taker: hostile.slice(0, 100), level: "state", progress: "open" });
    await staff.post("/api/board-note", { slug, card: first, base: "", note: hostile });
    await staff.post("/api/board-rules", { slug, on: "moderation", base: "", rules: hostile });
    await staff.post("/api/board-column", { slug, on: "moderation", key: crypto.randomUUID(), column: "", title: hostile.slice(0, 55) });
    const solution = crypto.randomUUID();
    await visitor.post("/api/board-write", { slug, key: solution, kind: "solution", column, text: hostile });
    await visitor.post("/api/board-tried", { slug, key: crypto.randomUUID(), card: solution, outcome: "helped", district: "dresden", context: hostile });
    await staff.post("/api/board-act", { slug, on: "moderation", operation: JSON.stringify({ spotlight: { card: first } }) });
    await staff.post("/api/board-act", { slug, on: "moderation", operation: JSON.stringify({ moderate: { level: "all" } }) });
    await card();
    // What comes out of it: a template, a codebook, a coding with a memo.
    const key = () => crypto.randomUUID();
    const template = (await staff.post("/api/template-create", { key: key(), title: hostile, lead: hostile, columns: hostile.slice(0, 55), anonymity: "named", level: "off", votes: "3" })).next;
    assert.match(template, /^\/vorlagen\//);
    await staff.post("/api/template-board", { slug: template.split("/").at(-1), district: "dresden" });
    const [book, code] = [key(), key()];
    await staff.post("/api/codebook-create", { key: book, title: hostile, description: hostile });
    await staff.post("/api/code-add", { codebook: book, key: code, name: hostile.slice(0, 60), definition: hostile, example: hostile });
    const id = (await staff.json("/api/board", { slug })).id;
    const coding = (await staff.post("/api/coding-create", { key: key(), coding_title: hostile, codebook: book, "boards[0]": id })).next;
    assert.match(coding, /^\/verwaltung\/auswertung\//);
    await staff.post("/api/coding-read", { coding: coding.split("/").at(-1), board: id, card: first, "codes[0]": code, memo: hostile });
    const unkind = await visitor.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: hostile, column: hostile, text: hostile });

    // A module: every text of it, a comment, and why changes were asked for.
    const module = `BOE-${index + 1}`;
    const long = hostile.padEnd(90, " .");
    const texts = { title: hostile, lead: long, contents: long, outcomes: `anwenden: ${hostile}`, teaching: hostile, knowledge: hostile, usability: hostile, award: hostile, exam: `${hostile.replaceAll(";", ",")}; ${hostile.replaceAll(";", ",")}`, places: hostile, access: hostile, responsible: hostile, funding: hostile, quality: hostile, keywords: hostile, situations: hostile, attendance: "80", attendance_reason: hostile };
    await makes(faculty, module, { ...COMPLETE, ...texts });
    await faculty.agrees.post("/api/module-comment", { code: module, number: "1", field: "title", key: key(), said: hostile });
    const { said } = await faculty.agrees.json("/api/catalogue-field", { code: module, field: "title" });
    await faculty.writes.post("/api/module-comment-settle", { code: module, number: "1", field: "title", comment: said[0].id });
    await faculty.writes.post("/api/module-review", { code: module, number: "1", deed: "submit" });
    await faculty.agrees.post("/api/module-review", { code: module, number: "1", deed: "request_changes", reason: hostile });
    const wrong = await faculty.writes.post("/api/module-write", { code: module, number: "1", field: "weeks", before: "12", value: hostile });
    await publishes(faculty, staff, module);
    // A certificate, a run, and a plan of it.
    await staff.post("/api/programme-save", { code: `BOE-Z${index + 1}`, title: hostile, lead: hostile, rule: module, award: hostile });
    const noCertificate = await staff.post("/api/programme-save", { code: hostile, title: hostile, lead: hostile, rule: hostile, award: hostile });
    const noModule = await faculty.writes.post("/api/module-create", { key: key(), code: hostile, title: hostile, institution: faculty.institution });
    const run = await publish(staff, { kind: "run", module, title: hostile, sessions: "" });
    // A run that is over, entered afterwards: one of two has passed, and has a certificate, until it is revoked.
    const over = await publish(staff, { ...inDays(-2), kind: "run", module, title: hostile, sessions: "" });
    for (const who of ["bestanden", "nicht-bestanden"]) {
      await staff.post("/api/staff-add", {
        workshop: over.id, name: `${who} ${hostile}`, email: `${who}${index}@traeger.example`, organisation: hostile, district: "dresden", mode: "on_site", add_reason: hostile,
      });
    }
    const desk = `/katalog/durchgang/${over.id}`;
    const passes = async () => (await faculty.writes.get(desk)).text();
    const [, place] = (await passes()).match(/name="passed\[0\]" value="([0-9a-f-]{36})"/);
    await faculty.writes.post("/api/run-pass", { id: over.id, "passed[0]": place });
    const [certificate] = (await passes()).match(/\/nachweis\/[0-9A-Z]{16}/);
    const revokes = (reason) => faculty.writes.post("/api/run-revoke", { id: over.id, code: certificate.split("/").at(-1), reason });
    const kept = await revokes(hostile.padEnd(400, " ."));
    const lost = await staff.post("/api/staff-save", { ...draft({ title: hostile }), kind: "run", module: hostile, sessions: hostile, venue_postcode: hostile, online_link: hostile });
    const wish = `/lernweg?ziel=BOE-Z${index + 1}&m=${module}&m=${encodeURIComponent(hostile)}&hat=${encodeURIComponent(hostile)}&ab=${encodeURIComponent(hostile)}`;
    // What somebody can do already, a table, a token.
    const able = new Visitor(platform);
    await able.signIn(`kann${index}@traeger.example`);
    await able.post("/api/account-save", { name: hostile, organisation: hostile, district: "dresden" });
    await able.post("/api/recognition-begin", { code: module, procedure: "anrechnung" });
    const application = await (await able.get(`/anrechnung/${module}`)).text();
    const recognition = application.match(/name="id" value="([0-9a-f-]{36})"/)[1];
    await able.post("/api/recognition-write", { code: module, id: recognition, "outcome[0]": "1", "grasp[0]": "fully", "said[0]": hostile });
    await able.upload("/api/recognition-upload", { code: module, id: recognition }, `${hostile}.pdf`, "%PDF-1.7\n%%EOF");
    await able.post("/api/recognition-act", { code: module, id: recognition, deed: "submit" });
    const table = (await faculty.writes.upload("/api/modules-upload", {}, `${hostile}.csv`, `code;${hostile.replaceAll(/[;"]/g, "")};title\n${module};x;${hostile.replaceAll(/[;"]/g, "")}\n${hostile.replaceAll(/[;"]/g, "")};;\n`)).next;
    assert.match(table, /^\/katalog\/import\//);
    const opened = await faculty.writes.post("/api/access-token", { institution: faculty.institution, name: hostile, scope: "modules_read", days: "30" });
    const hook = await faculty.writes.post("/api/access-webhook", { institution: faculty.institution, url: hostile, "events[0]": "module.published" });
    const judged = (await (await staff.get(`/katalog/anrechnung/${recognition}`)).text()).match(/name="seen" value="([^"]+)"/)[1];
    const findings = { granted: "", by: "", files: hostile, reason: hostile, precedent: hostile };
    const undecided = await staff.post("/api/recognition-decide", {
      seen: judged, "finding[0][outcome]": "1", ...Object.fromEntries(Object.entries(findings).map(([name, value]) => [`finding[0][${name}]`, value])),
    });
    await visitOnce(undecided, staff.cookies);
    const asked = await staff.post("/api/recognition-decide", { seen: judged, note: hostile, deed: "ask" });
    const office = `/verwaltung/veranstaltungen/${event.id}`;
    const lostLink = await new Visitor(platform).post("/api/link-again", { email: hostile });
    // Everybody of the Veranstaltung: what happened to the place, and what was mailed.
    const people = await (await staff.get(office)).text();
    const gone = await (await staff.get(`/verwaltung/veranstaltungen/${over.id}`)).text();
    const courses = [...new Set(people.match(/\/verwaltung\/anmeldungen\/[0-9a-f-]{36}/g))];
    const mails = [...new Set((people + gone).match(/\/verwaltung\/veranstaltungen\/[0-9a-f-]{36}\/anmeldungen\/[0-9a-f-]{36}\/mails/g))];
    assert.ok(courses.length >= 3 && mails.length >= 3);
    mailed.push(...mails.map((path) => [index, path]));
    const found = [];
    const reader = await watched();
    for (const path of ["/", "/veranstaltungen", `/veranstaltungen?suche=${encodeURIComponent(hostile)}&kreis=${encodeURIComponent(hostile)}`,
      `/veranstaltungen/${event.slug}`, signedUp.next.replace(platform.url, ""), refused.next.replace(platform.url, ""), link, lostLink.next.replace(platform.url, ""), `/konto/anmelden?weiter=${encodeURIComponent(hostile)}`, "/themen", board, `${board}/leinwand`, `${board}/ergebnisse`, `${board}/karten/1`, "/vorlagen", template, unkind.next.replace(platform.url, ""), takenBack, codeless.next.replace(platform.url, ""), lostCode.headers.get("location").replace(platform.url, "")]) found.push(...await visit(reader, path));
    for (const path of ["/module", `/module?suche=${encodeURIComponent(hostile)}&von=${encodeURIComponent(hostile)}`, `/module/${module}`, `/module/${module}/fassung/1`, `/module/vergleich?m=${module}&m=BOE-1`, `/veranstaltungen/${run.slug}`, `/veranstaltungen/${over.slug}`, certificate, wish]) found.push(...await visit(reader, path));
    // The same again, put together in the browser.
    await reader.goto(`${platform.url}/impressum`);
    await hydrated(reader);
    await reader.getByRole("link", { name: "Veranstaltungen" }).click();
    await reader.locator(`.card a[href="/veranstaltungen/${event.slug}"]`).first().click();
    await reader.locator("#anmelden").waitFor();
    found.push(...await ranOrStopped(reader));
    const writer = await watched(staff.cookies);
    for (const path of ["/konto", "/verwaltung", "/verwaltung/postausgang", "/verwaltung/protokoll", office, `${office}/bearbeiten`, `${office}/kopieren`, ...courses, ...mails, "/themen", board, made.next, `${made.next}?karte=1`, `${made.next}?karte=${encodeURIComponent(hostile)}`, `${board}?als=${encodeURIComponent(hostile)}`, `${board}/ergebnisse`, `${board}/karten/1`, `${board}/anwesend`, `${board}/protokoll`, `${board}/bearbeiten`, "/verwaltung/ergebnisse", "/katalog/zertifikate", noCertificate.next.replace(platform.url, ""), untold.next.replace(platform.url, ""), `${office}?suche=${encodeURIComponent(hostile)}`, lost.next.replace(platform.url, ""), "/vorlagen", template, "/verwaltung/auswertung", `/verwaltung/auswertung/codebuch/${book}`, coding, `${coding}/karte/${slug}/1`]) found.push(...await visit(writer, path));
    const curator = await watched(faculty.writes.cookies);
    for (const path of ["/katalog", noModule.next.replace(platform.url, ""), `/katalog/${module}`, `/katalog/${module}/feld/title`, `/katalog/${module}/feld/outcomes`, wrong.next.replace(platform.url, ""), table, "/katalog/import", "/katalog/bedarf", "/katalog/pruefung", "/katalog/semester", opened.next.replace(platform.url, ""), hook.next.replace(platform.url, ""), asked.next.replace(platform.url, ""), "/katalog/anrechnung", kept.next.replace(platform.url, ""), desk]) found.push(...await visit(curator, path));
    // Why it counts no more is read by whoever checks it.
    await revokes(hostile);
    assert.match(await passes(), /widerrufen am/);
    found.push(...await visit(curator, desk), ...await visit(reader, certificate));
    const applicant = await watched(able.cookies);
    for (const path of [`/anrechnung/${module}`, "/anrechnung", `/nachweis?code=${encodeURIComponent(hostile)}`]) found.push(...await visit(applicant, path));
    assert.deepEqual(applicant.problems, []);
    await applicant.context().close();
    assert.deepEqual(curator.problems, []);
    await curator.context().close();
    await staff.post("/api/staff-cancel", { id: event.id, reason: hostile });
    for (const path of [`/veranstaltungen/${event.slug}`, link]) found.push(...await visit(reader, path));
    assert.deepEqual(found, []);
    assert.deepEqual([...reader.problems, ...writer.problems], []);
    await reader.context().close();
    await writer.context().close();
  });
}

test("hostile text that arrives on a line is only text, on every page that is open", async () => {
  const { next } = await staff.post("/api/board-create", { title: "Auf der Leitung", columns: "Eins\nZwei", anonymity: "named", level: "off", votes: "3" });
  const board = next.replace("/moderation", "");
  const slug = board.split("/").at(-1);
  const [phone, screen, desk, here] = [await watched(), await watched(), await watched(staff.cookies), await watched(staff.cookies)];
  const found = [];
  for (const [page, path] of [[phone, board], [screen, `${board}/leinwand`], [desk, next]]) found.push(...await visit(page, path));
  const author = new Visitor(platform);
  await author.post("/api/board-join", { slug, name: TEXTS[0] });
  const { id, view } = await author.json("/api/board", { slug });
  const column = view.columns[0].id;
  const line = new WebSocket(`${platform.url.replace("http", "ws")}/live/boards/${id}`, { headers: { cookie: author.cookie }, origin: platform.url });
  await once(line, "open");
  try {
    const wants = (operation) => ({ id: crypto.randomUUID(), operation });
    for (const [number, text] of TEXTS.entries()) {
      const card = crypto.randomUUID();
      line.send(JSON.stringify([
        wants({ write: { card, column, kind: "quote", text } }),
        wants({ comment: { card: crypto.randomUUID(), on: card, text } }),
        wants({ edit: { card, base: 0, text: `${text} neu` } }),
      ]));
      for (const page of [phone, desk]) {
        await page.locator(".column .note-text", { hasText: `_ran=${number === 0 ? 1 : 4}` }).filter({ hasText: "neu" }).first().waitFor();
        await page.locator(".column .note-comment", { hasText: "_ran" }).nth(number).waitFor({ state: "attached" });
      }
      await staff.post("/api/board-conclude", { slug, on: "moderation", card, finding: text, taker: text, level: "state", progress: "open" });
      await staff.post("/api/board-act", { slug, on: "moderation", operation: JSON.stringify({ spotlight: { card } }) });
      await screen.locator(".screen-large .note-text", { hasText: `_ran=${number === 0 ? 1 : 4}` }).waitFor();
    }
    await staff.post("/api/board-act", { slug, on: "moderation", operation: JSON.stringify({ rename_column: { column, title: TEXTS[0] } }) });
    for (const page of [phone, desk]) await page.locator(".column > h2", { hasText: "_ran" }).waitFor();
    // Who wrote that is in the room.
    found.push(...await visit(here, `${board}/anwesend`));
    await here.locator("main li", { hasText: "_ran" }).waitFor();
  } finally {
    line.terminate();
  }
  for (const page of [phone, screen, desk, here]) {
    found.push(...await ranOrStopped(page), ...page.problems);
    await page.context().close();
  }
  assert.deepEqual(found, []);
});

test("hostile text is only text in mails that are read in the office, because no mail server is set", async () => {
  await platform.goesOnWithoutMail();
  const found = [];
  const page = await watched(staff.cookies);
  const read = new Set();
  for (const [text, path] of mailed) {
    const list = await (await staff.get(path)).text();
    // One of each kind with each of the texts.
    const mails = new Map([...list.matchAll(/<strong>([^<]+)(?:<!>)?<\/strong>[^]*?href="(\/verwaltung\/postausgang\/[^"]+)"/g)].map(([, occasion, mail]) => [occasion, mail]));
    for (const [occasion, mail] of mails) {
      if (read.has(`${text} ${occasion}`)) continue;
      read.add(`${text} ${occasion}`);
      found.push(...await visit(page, mail));
    }
  }
  assert.ok(read.size >= 6, [...read].join());
  found.push(...await visit(page, "/verwaltung/postausgang"), ...await visit(page, mailed[0][1]));
  assert.deepEqual(found, []);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("no page of the route list was left out but those without texts", () => {
  assert.deepEqual(opened.missing(ROUTES), WITHOUT_TEXTS);
});

test("no text field of a form on these pages was left out", () => {
  assert.ok(fields.shown.size >= 60, [...fields.shown].join("\n"));
  assert.deepEqual(fields.missing(), []);
});

test("and the check can fail: a field through which nothing hostile went is named", async () => {
  const page = await watched();
  await page.goto(platform.url);
  await page.evaluate(() => {
    const form = document.createElement("form");
    form.setAttribute("action", "/api/neu");
    for (const name of ["grund[3]", "zeile_2_name"]) form.append(Object.assign(document.createElement("input"), { name }));
    document.querySelector("main").append(form);
  });
  const few = new Fields(isHostile);
  await few.note(page);
  await page.context().close();
  few.hear("/api/neu", { "grund[0]": "harmlos", zeile_1_name: TEXTS[0] });
  assert.deepEqual(few.missing(), ["/api/neu grund[]", "/veranstaltungen suche"]);
  few.hear(`/veranstaltungen?suche=${encodeURIComponent(TEXTS[1])}`);
  few.hear("/api/neu", { "grund[1]": TEXTS[1].slice(0, 55) });
  assert.deepEqual(few.missing(), []);
});

test("a link that is no web address is refused at its field", async () => {
  const { next } = await staff.post("/api/staff-save", draft({ online_link: "javascript:window._ran=5" }));
  const page = await (await staff.get(next.replace(platform.url, ""))).text();
  assert.match(page, /id="online_link-error"/);
});

test("and the check can fail: text that is put in as HTML is noticed", async () => {
  const page = await watched();
  await page.goto(platform.url);
  await page.evaluate((text) => { document.querySelector("main").innerHTML = text; }, TEXTS[0]);
  await page.waitForFunction(() => window.__stopped.length > 0 || window._ran);
  assert.notDeepEqual(await ranOrStopped(page), []);
  await page.context().close();
});
