// R7: the mail server is down, the disk is full, the database restarts. Nothing acknowledged is lost, pages say so
// honestly, everything heals by itself within 30 s, and each mail goes out exactly once. The judge is put to the test after each
// outage: it is shown falsified results.
import assert from "node:assert/strict";
import { after, afterEach, test } from "node:test";
import { execFileSync } from "node:child_process";
import { Platform, until } from "../support/platform.mjs";
import { Postgres } from "../support/postgres.mjs";
import { Visitor, publish, staffOf } from "../support/visitor.mjs";

const HEALED_MS = 30_000;
// How old a public page may be on a server that did not make the change itself, and some room for the machine.
const PAGE_OLD_MS = 1_000 + 2_000;

let platform;
let postgres;
let event;
let staff;

async function begin(database, options) {
  platform = await Platform.start({ demo: false, database, ...options });
  staff = await staffOf(platform);
  event = await publish(staff, { capacity_on_site: "100" });
}
afterEach(() => platform?.stop());
after(() => postgres?.stop());

const addresses = (from, to) => Array.from({ length: to - from }, (_, index) => `p${from + index}@traeger.example`);

// Everybody signs up; whoever was told of a place.
async function acknowledged(emails) {
  const told = [];
  await Promise.all(emails.map(async (email) => {
    const { next } = await new Visitor(platform).signUp(event.slug, { email }).catch(() => ({}));
    if (/\/angemeldet/.test(next ?? "")) told.push(email);
  }));
  return told;
}

const SAYS_SO = /nicht erreichbar|später noch einmal|gerade nicht/i;
const INTERNALS = /sqlx|postgres|sqlite|panicked|error returned/i;

// What stands on a page, and the status that it has to have.
async function read(visitor, path, wanted) {
  const answer = await visitor.get(path);
  return { path, wanted, status: answer.status, text: await answer.text() };
}

// Everything that is wrong with how an outage went. Nothing: it held. Who asked for a place, and who was told of one, before,
// during (when nothing can be kept) and after it; whose sign-ups are there; how many mails each has; pages that were read.
function faults({ asked, told, there, mails, pages, healedMs }) {
  const acknowledged = [...told.before, ...told.after];
  const askers = new Set(Object.values(asked).flat());
  return [
    ...["before", "after"].flatMap((time) => asked[time].filter((email) => !told[time].includes(email)).map((email) => `${email} got no place ${time} the outage`)),
    ...told.during.map((email) => `${email} was told of a place that is not kept`),
    ...acknowledged.filter((email) => !there.includes(email)).map((email) => `${email} is lost`),
    ...there.filter((email, place) => there.indexOf(email) !== place).map((email) => `${email} is there twice`),
    ...there.filter((email) => !askers.has(email)).map((email) => `${email} never asked`),
    ...acknowledged.filter((email) => mails[email] !== 1).map((email) => `${email} has ${mails[email]} mails`),
    ...pages.filter(({ status, wanted }) => status !== wanted).map(({ path, status }) => `${path} answers ${status}`),
    ...pages.filter(({ wanted, text }) => wanted === 503 && !SAYS_SO.test(text)).map(({ path }) => `${path} does not say that it cannot be read now`),
    ...pages.filter(({ text }) => INTERNALS.test(text)).map(({ path }) => `${path} tells what is inside`),
    ...(healedMs > HEALED_MS ? [`healed after ${healedMs} ms`] : []),
  ];
}

// Each falsification is one that a lost commit, a forgotten claim or a careless page would leave behind.
const FALSIFIED = {
  "nobody gets a place any more": ({ told }) => { told.after = []; },
  "an answer before the commit": ({ told, asked }) => { told.during.push(asked.during[0] ?? asked.before[0]); },
  "a lost sign-up of before": (result) => { result.there = result.there.filter((email) => email !== result.told.before[0]); },
  "a lost sign-up of after": (result) => { result.there = result.there.filter((email) => email !== result.told.after[0]); },
  "a sign-up that is there twice": ({ there, told }) => { there.push(told.before[0]); },
  "somebody else's sign-up": ({ there }) => { there.push("fremd@traeger.example"); },
  "a mail that never went out": ({ mails, told }) => { mails[told.before[0]] = 0; },
  "a mail of before that went out once more": ({ mails, told }) => { mails[told.before[0]] = 2; },
  "a mail that went out twice": ({ mails, told }) => { mails[told.after[0]] = 2; },
  "a page with another status": ({ pages }) => { pages[0].status = pages[0].status === 200 ? 500 : 200; },
  "a page that tells what is inside": ({ pages }) => { pages.at(-1).text += "error returned from database"; },
  "a page that cannot be read and does not say so": ({ pages }) => { Object.assign(pages[0], { status: 503, wanted: 503, text: "" }); },
  "too long until it heals": (result) => { result.healedMs = HEALED_MS + 1; },
};

function judge(result) {
  assert.deepEqual(faults(result), []);
  for (const [name, falsify] of Object.entries(FALSIFIED)) {
    const falsified = structuredClone(result);
    falsify(falsified);
    assert.notDeepEqual(faults(falsified), [], name);
  }
}

function mailsTo(emails) {
  const counts = Object.fromEntries(emails.map((email) => [email, 0]));
  for (const mail of platform.mails()) for (const to of mail.to) if (to in counts) counts[to] += 1;
  return counts;
}

// The mails that the platform has yet to send, or to note as sent.
function waiting() {
  const sql = "SELECT id FROM outbox WHERE next_try_at IS NOT NULL";
  const url = platform.env.DATABASE_URL;
  return url.startsWith("postgres:") ? postgres.query(new URL(url).pathname.slice(1), sql) : platform.query(sql);
}

// How many mails each has, once everybody has one and none waits any more: one that waits may go out a second time.
async function mailed(emails) {
  await until("all mails", () => Object.values(mailsTo(emails)).every((count) => count > 0) && waiting().length === 0, HEALED_MS);
  return mailsTo(emails);
}

test("the mail server is down: people sign up, and have their mails 30 s after it is back", async () => {
  await begin();
  await platform.stopMail();
  // Without mails places are kept: there is nothing that could not be acknowledged.
  const asked = { before: addresses(0, 30), during: [], after: addresses(30, 35) };
  const before = await acknowledged(asked.before);
  await until("an attempt", () => /mail server cannot be reached/.test(platform.log));
  const pages = [await read(staff, `/veranstaltungen/${event.slug}`, 200)];
  await platform.startMail();
  const back = performance.now();
  await mailed(before);
  const healedMs = performance.now() - back;
  const after = await acknowledged(asked.after);
  const mails = await mailed([...before, ...after]);
  judge({ asked, told: { before, during: [], after }, there: platform.signedUp(), mails, pages, healedMs });
});

test("two servers share one database: each mail goes out once, and what one changes the other shows", async () => {
  postgres = await Postgres.start();
  await begin(postgres.database("outbox"));
  const second = await platform.beside();
  const told = await acknowledged(addresses(0, 100));
  assert.equal(told.length, 100);
  assert.deepEqual(Object.entries(await mailed(told)).filter(([, count]) => count !== 1), []);

  const elsewhere = async () => (await fetch(`${second.url}/veranstaltungen/${event.slug}`)).text();
  const reason = "Der Saal steht unter Wasser.";
  // Asked for twice, so that the second answer is the kept page.
  await elsewhere();
  assert.equal((await elsewhere()).includes(reason), false);
  await staff.post("/api/staff-cancel", { id: event.id, reason });
  await until("the cancelled Veranstaltung on the other server", async () => (await elsewhere()).includes(reason), PAGE_OLD_MS);
});

test("the database restarts: an honest page, and everything works again by itself", async () => {
  postgres ??= await Postgres.start();
  await begin(postgres.database("restart"));
  const asked = { before: addresses(0, 20), during: addresses(20, 25), after: addresses(30, 40) };
  const before = await acknowledged(asked.before);
  await postgres.end();
  // Nobody can be recognised now: a member of staff is told so, and not that the page does not exist.
  const paths = ["/", "/konto", "/verwaltung", `/verwaltung/veranstaltungen/${event.id}`, `/veranstaltungen/${event.slug}`];
  const pages = await Promise.all([
    read(new Visitor(platform), "/veranstaltungen", 503),
    ...paths.map((path) => read(staff, path, 503)),
  ]);
  const { next } = await staff.post("/api/staff-publish", { id: event.id });
  assert.match(next ?? "", /\/verwaltung\/veranstaltungen\//, "a form goes back to its page");
  assert.equal((await fetch(`${platform.url}/readyz`)).status, 503);
  assert.equal((await fetch(`${platform.url}/healthz`)).status, 200);
  const during = await acknowledged(asked.during);
  await postgres.begin();
  const back = performance.now();
  await until("/readyz", () => fetch(`${platform.url}/readyz`).then((answer) => answer.ok, () => false), HEALED_MS);
  const after = await acknowledged(asked.after);
  const healedMs = Math.round(performance.now() - back);
  console.log(`# healed ${healedMs} ms after the database was back`);
  const there = postgres.query("restart", "SELECT email FROM sign_up");
  judge({ asked, told: { before, during, after }, there, mails: await mailed([...before, ...after]), pages, healedMs });
});

// A limit on the size of files stands for the full disk: writing fails in the same place, and room can be made again
// without being root.
test("the disk is full: nobody is told of a place that is not kept, reading goes on, and it heals", { skip: process.platform !== "linux" }, async () => {
  await begin(undefined, { ignoringLimits: true });
  const limit = (bytes) => execFileSync("prlimit", ["--pid", String(platform.server.pid), `--fsize=${bytes}:unlimited`]);
  const asked = { before: addresses(0, 20), during: [...addresses(20, 30), "voll@traeger.example"], after: ["wieder@traeger.example"] };
  const before = await acknowledged(asked.before);
  limit(4096);
  const during = await acknowledged(addresses(20, 30));
  const refused = await new Visitor(platform).signUp(event.slug, { email: "voll@traeger.example" });
  if (/\/angemeldet/.test(refused.next ?? "")) during.push("voll@traeger.example");
  // Where not even the answer can be kept, the form is shown again.
  assert.match(refused.next ?? "", /antwort=|#anmelden$/);
  const pages = [await read(new Visitor(platform), `/veranstaltungen/${event.slug}`, 200)];
  limit("unlimited");
  const room = performance.now();
  const after = await until("a place again", async () => {
    const told = await acknowledged(asked.after);
    return told.length > 0 && told;
  }, HEALED_MS);
  const healedMs = performance.now() - room;
  // What is noted as sent goes out no more, also after the server was killed.
  await mailed([...before, ...after]);
  await platform.kill();
  await platform.serve();
  const mails = await mailed([...before, ...after]);
  judge({ asked, told: { before, during, after }, there: platform.signedUp(), mails, pages, healedMs });
  assert.doesNotMatch(platform.run("check"), /FAIL/);
});
