// R3: fifty people read and write at the same time, for a minute: nobody is turned away, and the write-ahead log
// stays small. R5: in the middle of it a backup is taken; it restores to a verified database that holds everything
// acknowledged before it was begun. LOAD_SECONDS asks for another length.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { execFile, execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Platform, python, root } from "../support/platform.mjs";
import { Visitor, publish } from "../support/visitor.mjs";

const SECONDS = Number(process.env.LOAD_SECONDS ?? 60);
const WRITERS = 25;
const READERS = 25;
const WAL_BYTES_MAX = 64 * 1024 * 1024;
const binary = join(root, "target", "release", "lafast");

let platform;
let event;

before(async () => {
  platform = await Platform.start();
  platform.addAdmin("leitung@lafast.example", "staff");
  const staff = new Visitor(platform);
  await staff.signIn("leitung@lafast.example");
  event = await publish(staff, { capacity_on_site: "200" });
});
after(() => platform?.stop());

test(`${WRITERS + READERS} people for ${SECONDS} s: no error, a small log, and a backup that holds what it should`, async () => {
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
  let wal = 0;
  const watch = setInterval(() => {
    wal = Math.max(wal, statSync(join(platform.folder, "lafast.db-wal"), { throwIfNoEntry: false })?.size ?? 0);
  }, 100);
  const backup = (async () => {
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 500));
    const before = [...acknowledged];
    const { stdout } = await promisify(execFile)(binary, ["backup", join(platform.folder, "copy.db")], { env: platform.env, cwd: platform.folder });
    return { before, stdout };
  })();
  await Promise.all([
    ...Array.from({ length: WRITERS }, (_, number) => writer(number)),
    ...Array.from({ length: READERS }, (_, number) => reader(number)),
  ]);
  clearInterval(watch);
  const { before, stdout } = await backup;
  console.log(`# R3 in ${SECONDS} s: ${JSON.stringify(statuses)}, ${acknowledged.length} sign-ups, log at most ${wal} bytes; ${stdout.trim()}`);
  assert.deepEqual(Object.keys(statuses).filter((status) => !["200", "302"].includes(status)), []);
  assert.equal(statuses[302], acknowledged.length);
  assert.ok(wal > 0 && wal <= WAL_BYTES_MAX, `the log grew to ${wal} bytes`);
  assert.doesNotMatch(platform.log, /database is locked|busy/i);

  assert.match(stdout, /verified/);
  const restored = join(platform.folder, "restored.db");
  const env = { ...platform.env, DATABASE_URL: `sqlite:${restored}` };
  assert.match(execFileSync(binary, ["restore", join(platform.folder, "copy.db")], { env, cwd: platform.folder, encoding: "utf8" }), /verified/);
  const program = "import json, sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(json.dumps([r[0] for r in c.execute('SELECT email FROM sign_up')]))";
  const there = new Set(JSON.parse(execFileSync(python, ["-c", program, restored], { encoding: "utf8", maxBuffer: 1 << 28 })));
  assert.ok(before.length > 0);
  assert.deepEqual(before.filter((email) => !there.has(email)), []);
});

test("and a copy that was touched is not restored", async () => {
  const copy = join(platform.folder, "copy.db");
  const program = "import sys; f = open(sys.argv[1], 'r+b'); f.seek(8192); f.write(b'\\xff' * 4096); f.close()";
  execFileSync(python, ["-c", program, copy]);
  const env = { ...platform.env, DATABASE_URL: `sqlite:${join(platform.folder, "other.db")}` };
  assert.throws(() => execFileSync(binary, ["restore", copy], { env, cwd: platform.folder, encoding: "utf8", stdio: "pipe" }), /nothing was restored/);
});
