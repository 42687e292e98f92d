// R3: fifty people read and write at the same time, for a minute: nobody is turned away, and the write-ahead log
// stays small. R5: in the middle of it a backup is taken; it restores to a verified database that holds everything
// acknowledged before it was begun. LOAD_SECONDS asks for another length.
//
// That the one writer and its patience are what keeps SQLite from refusing is shown in server/store/tests/durable/refused.rs:
// there each write is refused without both. That nobody waits in a circle on PostgreSQL is told in stories/at_once.rs. Here the
// judge is put to the test: it is shown falsified results.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { execFile, execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Platform, binary, python } from "../support/platform.mjs";
import { Postgres } from "../support/postgres.mjs";
import { Visitor, publish, staffOf } from "../support/visitor.mjs";

const SECONDS = Number(process.env.LOAD_SECONDS ?? 60);
const WRITERS = 25;
const READERS = 25;
const WAL_BYTES_MAX = 64 * 1024 * 1024;
// The mails with which the office signs in are among the first.
const MAILS_READ = 20;

const opened = [];
after(() => opened.forEach((one) => one.stop()));

async function begin(database) {
  const platform = await Platform.start({ database, mailsRead: MAILS_READ });
  opened.unshift(platform);
  return { platform, event: await publish(await staffOf(platform), { capacity_on_site: "200" }) };
}

// What is wrong with how people were answered. A form is answered with 302, with a place or without one.
function faults(statuses, places, log) {
  const wrong = Object.entries(statuses).filter(([status]) => !["200", "302"].includes(status));
  const found = wrong.map(([status, count]) => `${count} answers with ${status}`);
  if (statuses[302] !== places) found.push(`${statuses[302] - places} turned away`);
  if (/database is locked|busy|deadlock/i.test(log)) found.push("the database was busy");
  return found;
}

// Everybody reads and writes for a while; in the middle of it a copy is made. Returns what was said, and who had been
// told of a place before the copy was begun.
async function crowd(engine, { platform, event }, copy) {
  const end = Date.now() + SECONDS * 1000;
  const acknowledged = [];
  const statuses = {};
  const seen = (status) => { statuses[status] = (statuses[status] ?? 0) + 1; };
  const writer = async (number) => {
    for (let turn = 0; Date.now() < end; turn += 1) {
      const email = `w${number}-${turn}@traeger.example`;
      const { status, next } = await new Visitor(platform).signUp(event.slug, { email });
      seen(status);
      if (/\/angemeldet/.test(next ?? "")) acknowledged.push(email);
    }
  };
  const pages = ["/", "/veranstaltungen", `/veranstaltungen/${event.slug}`, "/veranstaltungen.ics", "/veranstaltungen?frei=1"];
  const reader = async (number) => {
    for (let turn = number; Date.now() < end; turn += 1) {
      const answer = await fetch(platform.url + pages[turn % pages.length]);
      await answer.arrayBuffer();
      seen(answer.status);
    }
  };
  const backup = (async () => {
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 500));
    const before = [...acknowledged];
    return { before, said: await copy() };
  })();
  await Promise.all([
    ...Array.from({ length: WRITERS }, (_, number) => writer(number)),
    ...Array.from({ length: READERS }, (_, number) => reader(number)),
  ]);
  const { before, said } = await backup;
  console.log(`# R3 on ${engine} in ${SECONDS} s: ${JSON.stringify(statuses)}, ${acknowledged.length} sign-ups; ${said.trim()}`);
  assert.deepEqual(faults(statuses, acknowledged.length, platform.log), []);
  // And the check can fail: with one error of the server, one person who was turned away, or one line of a database that was
  // busy.
  assert.deepEqual(faults({ ...statuses, 503: 1 }, acknowledged.length, platform.log), ["1 answers with 503"]);
  assert.deepEqual(faults({ ...statuses, 302: statuses[302] + 1 }, acknowledged.length, platform.log), ["1 turned away"]);
  for (const line of ["error returned from database: database is locked", "ERROR a change: busy", "deadlock detected"]) {
    assert.deepEqual(faults(statuses, acknowledged.length, `${platform.log}${line}\n`), ["the database was busy"]);
  }
  assert.ok(before.length > 0);
  return { before, said };
}

const title = `${WRITERS + READERS} people for ${SECONDS} s: no error, and a copy that holds what it should`;

// Both engines at once: a minute is a minute.
describe("R3 and R5", { concurrency: 2 }, () => {
  test(`SQLite: ${title}, and a small log`, async () => {
    const place = await begin();
    const { platform } = place;
    let wal = 0;
    const watch = setInterval(() => {
      wal = Math.max(wal, statSync(join(platform.folder, "lafast.db-wal"), { throwIfNoEntry: false })?.size ?? 0);
    }, 100);
    const copy = join(platform.folder, "copy.db");
    const { before, said } = await crowd("SQLite", place, async () => {
      const { stdout } = await promisify(execFile)(binary, ["backup", copy], { env: platform.env, cwd: platform.folder });
      return stdout;
    });
    clearInterval(watch);
    console.log(`# log at most ${wal} bytes`);
    assert.ok(wal > 0 && wal <= WAL_BYTES_MAX, `the log grew to ${wal} bytes`);
    assert.match(said, /verified/);

    const restored = join(platform.folder, "restored.db");
    const env = { ...platform.env, DATABASE_URL: `sqlite:${restored}` };
    assert.match(execFileSync(binary, ["restore", copy], { env, cwd: platform.folder, encoding: "utf8" }), /verified/);
    const program = "import json, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(json.dumps([r[0] for r in c.execute('SELECT email FROM sign_up')]))";
    const there = new Set(JSON.parse(execFileSync(python, ["-c", program, restored], { encoding: "utf8", maxBuffer: 1 << 28 })));
    assert.deepEqual(before.filter((email) => !there.has(email)), []);

    // A copy that was touched is not restored.
    const damage = "import sys; f = open(sys.argv[1], 'r+b'); f.seek(8192); f.write(b'\\xff' * 4096); f.close()";
    execFileSync(python, ["-c", damage, copy]);
    const other = { ...platform.env, DATABASE_URL: `sqlite:${join(platform.folder, "other.db")}` };
    assert.throws(() => execFileSync(binary, ["restore", copy], { env: other, cwd: platform.folder, encoding: "utf8", stdio: "pipe" }), /nothing was restored/);
  });

  test(`PostgreSQL: ${title}`, async () => {
    const postgres = await Postgres.start();
    opened.push(postgres);
    const place = await begin(postgres.database("load"));
    const { platform } = place;
    const copy = join(platform.folder, "copy.dump");
    const env = { ...platform.env, PATH: `${postgres.tools}:${process.env.PATH}` };
    const { before, said } = await crowd("PostgreSQL", place, async () => {
      const { stdout } = await promisify(execFile)(binary, ["backup", copy], { env, cwd: platform.folder });
      return stdout;
    });
    assert.match(said, /verified/);

    const lafast = (database, ...words) => execFileSync(binary, words, { env: { ...env, DATABASE_URL: database }, cwd: platform.folder, encoding: "utf8", stdio: "pipe" });
    const restored = postgres.database("restored");
    assert.match(lafast(restored, "restore", copy), /verified/);
    const there = new Set(postgres.query("restored", "SELECT email FROM sign_up"));
    assert.deepEqual(before.filter((email) => !there.has(email)), []);
    assert.doesNotMatch(lafast(restored, "check"), /FAIL/);

    // A copy that was touched is not restored.
    const bytes = readFileSync(copy);
    bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 4096);
    writeFileSync(copy, bytes);
    const other = postgres.database("other");
    assert.throws(() => lafast(other, "restore", copy), /nothing was restored/);
    assert.deepEqual(postgres.query("other", "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"), []);
  });
});
