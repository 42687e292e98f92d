// A mail server that answers 4xx and 5xx, over TCP: what is refused for now is tried again with a pause and goes out once;
// what is refused for good is given up, and staff read why. Where the platform is refused and not a mail, all mails wait. The log
// names nobody.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Platform, until } from "../support/platform.mjs";
import { Visitor, publish, staffOf } from "../support/visitor.mjs";

// The first pause of the worker is 30 s; the rest is for the machine.
const RETRIED_MS = 60_000;
// How long after it takes the platform again the mail server has everything.
const HEALED_MS = 30_000;

let platform;
let event;
let staff;
before(async () => {
  platform = await Platform.start({ demo: false, mailPassword: "geheim" });
  staff = await staffOf(platform);
  event = await publish(staff, { capacity_on_site: "30" });
});
after(() => platform?.stop());

const mailsTo = (email) => platform.mails().filter((mail) => mail.to.includes(email));

// What staff read about the mails to one person.
async function readByStaff(email) {
  const list = await (await staff.get(`/verwaltung/veranstaltungen/${event.id}?suche=${encodeURIComponent(email)}`)).text();
  const path = list.match(/href="(\/verwaltung\/veranstaltungen\/[0-9a-f-]+\/anmeldungen\/[0-9a-f-]+\/mails)"/)[1];
  return { path, text: await (await staff.get(path)).text() };
}

test("what is refused for now goes out once, after a pause, and holds back nobody else", async () => {
  const later = "spaeter@traeger.example";
  platform.refuseMails({ [later]: `451 4.2.1 <${later}> is busy, come back later` });
  await new Visitor(platform).signUp(event.slug, { email: later });
  await until("a refusal", () => platform.refusals(later) > 0);
  const refused = performance.now();
  await new Visitor(platform).signUp(event.slug, { email: "gleich@traeger.example" });
  await platform.mail("gleich@traeger.example");
  const waits = await until("what staff read", async () => {
    const { text } = await readByStaff(later);
    return text.includes("is busy, come back later") && text;
  });
  assert.match(waits, /wartet/);
  assert.match(waits, /bisher 1.Versuch/);
  platform.refuseMails();
  await until("the mail", () => mailsTo(later).length > 0, RETRIED_MS);
  assert.ok(performance.now() - refused > 20_000, "not at once: the mail server asked for a pause");
  assert.equal(platform.refusals(later), 1, "and not again and again meanwhile");
  await until("staff read that it was sent", async () => /gesendet/.test((await readByStaff(later)).text));
  assert.equal(mailsTo(later).length, 1);
});

test("what is refused for good is given up, staff read why, and send it again once it can be", async () => {
  const gone = "unbekannt@traeger.example";
  platform.refuseMails({ [gone]: `550 5.1.1 <${gone}> does not exist` });
  await new Visitor(platform).signUp(event.slug, { email: gone });
  const { path, text } = await until("the mail is given up", async () => {
    const read = await readByStaff(gone);
    return read.text.includes("aufgegeben") && read;
  });
  assert.match(text, /550|does not exist/);
  assert.equal(platform.refusals(gone), 1);
  assert.equal(mailsTo(gone).length, 0);

  platform.refuseMails();
  const value = (name) => text.match(new RegExp(`name="${name}" value="([^"]+)"`))[1];
  const form = Object.fromEntries(["workshop", "place", "mail", "key"].map((name) => [name, value(name)]));
  // A double tap.
  const answers = await Promise.all([staff.post("/api/staff-mail-again", form), staff.post("/api/staff-mail-again", form)]);
  for (const { next } of answers) assert.ok(next.includes(path), next);
  await until("the mail", () => mailsTo(gone).length > 0);
  await new Visitor(platform).signUp(event.slug, { email: "danach@traeger.example" });
  await platform.mail("danach@traeger.example");
  assert.equal(mailsTo(gone).length, 1);
});

const REFUSED = {
  greeting: "554 5.7.1 nobody from there",
  AUTH: "535 5.7.8 that is no password",
  MAIL: "550 5.1.0 unknown sender",
};
for (const [step, answer] of Object.entries(REFUSED)) {
  test(`whoever refuses the platform (${answer}) has refused no mail: all go out once, when it takes them again`, async () => {
    const emails = [0, 1, 2].map((number) => `${step.toLowerCase()}-${number}@traeger.example`);
    platform.refuseMails({ [step]: answer });
    for (const email of emails) await new Visitor(platform).signUp(event.slug, { email });
    await until("a refusal", () => platform.refusals(step) > 0);
    const { text } = await until("what staff read", async () => {
      const read = await readByStaff(emails[0]);
      return read.text.includes(answer.slice(answer.indexOf(" ", 4) + 1)) && read;
    });
    assert.match(text, /wartet/);
    assert.doesNotMatch(text, /aufgegeben/);
    platform.refuseMails();
    await until("all mails", () => emails.every((email) => mailsTo(email).length > 0), HEALED_MS);
    const last = `${step.toLowerCase()}-danach@traeger.example`;
    await new Visitor(platform).signUp(event.slug, { email: last });
    await platform.mail(last);
    assert.deepEqual(emails.map((email) => mailsTo(email).length), [1, 1, 1]);
  });
}

test("the log says what kind of refusal it was, and names nobody", () => {
  assert.match(platform.log, /a mail waits: refused for now, status 451/);
  assert.match(platform.log, /a mail is given up: refused, status 550/);
  for (const status of [554, 535, 550]) {
    assert.match(platform.log, new RegExp(`mails wait, the mail server takes none from this platform: refused, status ${status}`));
  }
  assert.doesNotMatch(platform.log, /@traeger\.example|does not exist|come back later|nobody from|no password|unknown sender|geheim/);
});
