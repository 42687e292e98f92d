// R7: the mail server is down, the disk is full, the database restarts. Nothing acknowledged is lost, pages say so
// honestly, everything heals by itself within 30 s, and each mail goes out exactly once.
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

function mailsTo(emails) {
  const counts = Object.fromEntries(emails.map((email) => [email, 0]));
  for (const mail of platform.mails()) for (const to of mail.to) if (to in counts) counts[to] += 1;
  return counts;
}

async function everyMailOnce(emails) {
  await until("all mails", () => Object.values(mailsTo(emails)).every((count) => count > 0), HEALED_MS);
  assert.deepEqual(Object.entries(mailsTo(emails)).filter(([, count]) => count !== 1), []);
}

test("the mail server is down: people sign up, and have their mails 30 s after it is back", async () => {
  await begin();
  await platform.stopMail();
  const told = await acknowledged(addresses(0, 30));
  assert.equal(told.length, 30);
  await until("an attempt", () => /mail server cannot be reached/.test(platform.log));
  await platform.startMail();
  await everyMailOnce(told);
});

test("two servers share one database: each mail goes out once, and what one changes the other shows", async () => {
  postgres = await Postgres.start();
  await begin(postgres.database("outbox"));
  const second = await platform.beside();
  const told = await acknowledged(addresses(0, 100));
  assert.equal(told.length, 100);
  await everyMailOnce(told);

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
  const before = await acknowledged(addresses(0, 20));
  assert.equal(before.length, 20);
  await postgres.end();
  const down = await fetch(`${platform.url}/veranstaltungen`, { headers: { accept: "text/html" } });
  assert.equal(down.status, 503);
  const page = await down.text();
  assert.match(page, /nicht erreichbar|später noch einmal|gerade nicht/i);
  assert.doesNotMatch(page, /sqlx|postgres|panicked|error returned/i);
  // Nobody can be recognised now: a member of staff is told so, and not that the page does not exist.
  const paths = ["/", "/konto", "/verwaltung", `/verwaltung/veranstaltungen/${event.id}`, `/veranstaltungen/${event.slug}`];
  await Promise.all(paths.map(async (path) => {
    const answer = await staff.get(path);
    assert.equal(answer.status, 503, path);
    assert.match(await answer.text(), /nicht erreichbar|später noch einmal|gerade nicht/i, path);
  }));
  const { next } = await staff.post("/api/staff-publish", { id: event.id });
  assert.match(next ?? "", /\/verwaltung\/veranstaltungen\//, "a form goes back to its page");
  assert.equal((await fetch(`${platform.url}/readyz`)).status, 503);
  assert.equal((await fetch(`${platform.url}/healthz`)).status, 200);
  assert.deepEqual(await acknowledged(addresses(20, 25)), [], "nobody is told of a place that is not kept");
  await postgres.begin();
  const back = performance.now();
  await until("/readyz", () => fetch(`${platform.url}/readyz`).then((answer) => answer.ok, () => false), HEALED_MS);
  const after = await acknowledged(addresses(30, 40));
  assert.equal(after.length, 10);
  console.log(`# healed ${Math.round(performance.now() - back)} ms after the database was back`);
  const there = postgres.query("restart", "SELECT email FROM sign_up");
  assert.deepEqual([...before, ...after].filter((email) => !there.includes(email)), []);
  await everyMailOnce([...before, ...after]);
});

// A limit on the size of files stands for the full disk: writing fails in the same place, and room can be made again
// without being root.
test("the disk is full: nobody is told of a place that is not kept, reading goes on, and it heals", { skip: process.platform !== "linux" }, async () => {
  await begin(undefined, { ignoringLimits: true });
  const limit = (bytes) => execFileSync("prlimit", ["--pid", String(platform.server.pid), `--fsize=${bytes}:unlimited`]);
  const before = await acknowledged(addresses(0, 20));
  assert.equal(before.length, 20);
  limit(4096);
  assert.deepEqual(await acknowledged(addresses(20, 30)), []);
  const refused = await new Visitor(platform).signUp(event.slug, { email: "voll@traeger.example" });
  assert.match(refused.next ?? "", /antwort=|\/veranstaltungen\//);
  assert.equal((await fetch(`${platform.url}/veranstaltungen/${event.slug}`)).status, 200);
  limit("unlimited");
  await until("a place again", async () => (await acknowledged(["wieder@traeger.example"])).length === 1, HEALED_MS);
  await everyMailOnce([...before, "wieder@traeger.example"]);
  await platform.kill();
  await platform.serve();
  assert.doesNotMatch(platform.run("check"), /FAIL/);
});
