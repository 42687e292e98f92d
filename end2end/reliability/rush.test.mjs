// R1 as it is run: two processes of the binary on one PostgreSQL, and 2,000 people who want 80 seats at once over HTTP. Every
// tenth form is sent twice with the same key, the second time to the other process. Who is told that there is too much going
// on sends the form again with its key, as people do. What is judged is read from the database, and what each person was told.
// RUSH_SEATS asks for other numbers of seats (20 and 40 are in server/store/tests/rush.rs).
//
// That the lock is what holds is shown in server/store/tests/rush.rs: there the same crowd overbooks with the lock off. Here
// the judge is put to the test: it is shown falsified results.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Platform } from "../support/platform.mjs";
import { Postgres } from "../support/postgres.mjs";
import { Visitor, publish, staffOf } from "../support/visitor.mjs";

const PEOPLE = 2_000;
const TWICE_EVERY = 10;
// Forms that are on their way to one process at the same time.
const SOCKETS = 200;
// How often a form is sent at most until it is answered with a place.
const TRIES_MAX = 20;
const SEATS = (process.env.RUSH_SEATS ?? "80").split(",").map(Number);
const DATABASE = "rush";

let postgres;
let platform;
let staff;
let servers;

before(async () => {
  postgres = await Postgres.start();
  platform = await Platform.start({ demo: false, database: postgres.database(DATABASE) });
  staff = await staffOf(platform);
  // From here on mails stay in the outbox: what they cost is measured elsewhere, and both processes start anew without them.
  delete platform.env.LAFAST_SMTP_URL;
  await platform.kill();
  await platform.serve();
  servers = [platform, await platform.beside()];
});
after(() => {
  platform?.stop();
  postgres?.stop();
});

const rows = (sql) => postgres.query(DATABASE, `SELECT row_to_json(found) FROM (${sql}) AS found`).map((line) => JSON.parse(line));

// Does everything in the list, a bounded number at once.
async function bounded(work, one) {
  const waiting = [...work];
  await Promise.all(Array.from({ length: SOCKETS }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await one(next);
  }));
}

// Everybody at once, half of them at each process. Returns the attempts with what was answered.
async function everybody(slug) {
  const queues = [[], []];
  for (let number = 0; number < PEOPLE; number += 1) {
    const form = { email: `person${number}@traeger.example`, key: crypto.randomUUID() };
    queues[number % 2].push({ ...form });
    if (number % TWICE_EVERY === 0) queues[(number + 1) % 2].push({ ...form });
  }
  await Promise.all(queues.map((queue, place) => bounded(queue, async (attempt) => {
    for (attempt.tries = 1; attempt.tries <= TRIES_MAX; attempt.tries += 1) {
      const { status, next } = await new Visitor(servers[place]).signUp(slug, { email: attempt.email, key: attempt.key });
      attempt.status = status;
      attempt.reply = next?.match(/\/angemeldet\?antwort=([0-9a-z-]+)/)?.[1];
      if (attempt.reply || status !== 302) break;
    }
  })));
  return queues.flat();
}

// What people were told, by the page that they were sent to.
function told(attempts) {
  const sentences = new Map(rows("SELECT id, reply FROM form_reply").map(({ id, reply }) => [id, JSON.parse(reply).notice ?? ""]));
  return attempts.map(({ email, key, status, reply }) => ({ email, key, status, said: sentences.get(reply) ?? "" }));
}

// Whoever has a seat confirms, each at one of the processes.
async function everyHolderConfirms(workshop) {
  const held = rows(`SELECT token FROM sign_up WHERE workshop_id = '${workshop}' AND state = 'held'`);
  await bounded(held.map(({ token }, place) => ({ token, server: servers[place % 2] })), async ({ token, server }) => {
    const { status } = await new Visitor(server).post("/api/place-confirm", { token });
    assert.equal(status, 302);
  });
}

const places = (workshop) => rows(`SELECT email, state, seat_no, queue_no, (SELECT position FROM sign_up_history
    WHERE sign_up_history.sign_up_id = sign_up.id AND sign_up_history.seq = 1) AS position
  FROM sign_up WHERE workshop_id = '${workshop}' ORDER BY queue_no`);

const counts = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
function byKey(attempts) {
  const groups = new Map();
  for (const attempt of attempts) groups.set(attempt.key, [...(groups.get(attempt.key) ?? []), attempt]);
  return groups;
}
const inOrder = (numbers) => [...numbers].sort((one, other) => one - other);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// Everything that is wrong with the end of a rush. Nothing: it held.
function faults(seats, attempts, there) {
  const found = [];
  const expect = (holds, what) => { if (!holds) found.push(what); };
  const refused = attempts.filter(({ status, said }) => status !== 302 || !said);
  expect(refused.length === 0, `${refused.length} were not answered with a place: ${refused.map(({ status }) => status).slice(0, 5)}`);
  const unlike = [...byKey(attempts).values()].filter((same) => new Set(same.map(({ said }) => said)).size > 1);
  expect(unlike.length === 0, `${unlike.length} keys were answered differently`);

  expect(there.length === PEOPLE, `${there.length} rows for ${PEOPLE} people`);
  expect(new Set(there.map(({ email }) => email)).size === there.length, "somebody is there twice");
  const seated = there.filter(({ seat_no }) => seat_no !== null);
  const confirmed = there.filter(({ state }) => state === "confirmed");
  expect(confirmed.length === seats, `${confirmed.length} confirmed on ${seats} seats`);
  expect(same(inOrder(seated.map(({ seat_no }) => seat_no)), counts(1, seats)), "a seat is missing or given twice");
  const waiting = there.filter(({ state }) => state === "waiting");
  expect(same(inOrder(waiting.map(({ position }) => position)), counts(1, PEOPLE - seats)), "the line has a gap or a double");
  expect(same(waiting.map(({ position }) => position), inOrder(waiting.map(({ position }) => position))), "somebody jumped the line");

  const positions = new Map(waiting.map(({ email, position }) => [email, String(position)]));
  const misled = attempts.filter(({ email, said }) => said.match(/auf Platz (\d+) der Warteliste/)?.[1] !== positions.get(email));
  expect(misled.length === 0, `${misled.length} were told something else than what is kept`);
  return found;
}

// Each falsification is one that a broken lock, a lost row or a forgotten key would leave behind.
const FALSIFIED = {
  "one seat too many": ({ there }) => { Object.assign(there.find(({ state }) => state === "waiting"), { state: "confirmed", seat_no: 1 }); },
  "a seat that is given twice": ({ there }) => { there.filter(({ seat_no }) => seat_no)[1].seat_no = 1; },
  "a seat that nobody got": ({ there }) => { Object.assign(there.find(({ state }) => state === "confirmed"), { state: "cancelled", seat_no: null }); },
  "a gap in the line": ({ there }) => { there.find(({ position }) => position === 7).position = PEOPLE; },
  "two at the same place in line": ({ there }) => { there.find(({ position }) => position === 7).position = 8; },
  "two who changed places in line": ({ there }) => {
    const [seven, eight] = [7, 8].map((place) => there.find(({ position }) => position === place));
    [seven.position, eight.position] = [8, 7];
  },
  "a lost row": ({ there }) => { there.pop(); },
  "somebody who is there twice": ({ there }) => { there[0].email = there[1].email; },
  "another answer to the same key": ({ attempts }) => {
    const twice = [...byKey(attempts).values()].find((same) => same.length === 2);
    twice[1].said = twice[1].said.replace(/\d+/, (number) => String(Number(number) + 1));
  },
  "an error of the server": ({ attempts }) => { attempts[0].status = 500; },
  "an answer that says another place": ({ attempts }) => { attempts.find(({ said }) => said.includes("Platz 7 der")).said = "Ihr Platz ist gehalten."; },
};

describe("R1: two processes on one PostgreSQL", () => {
  for (const seats of SEATS) {
    test(`${PEOPLE} people want ${seats} seats at once: ${seats} get one, the line is 1 to ${PEOPLE - seats}`, async () => {
      const event = await publish(staff, { capacity_on_site: String(seats) });
      const began = performance.now();
      const attempts = await everybody(event.slug);
      const seconds = (performance.now() - began) / 1000;
      await everyHolderConfirms(event.id);
      const result = { attempts: told(attempts), there: places(event.id) };
      console.log(`# R1, two processes, ${seats} seats: ${attempts.length} forms in ${seconds.toFixed(1)} s, ${attempts.filter(({ tries }) => tries > 1).length} of them sent again`);
      assert.deepEqual(faults(seats, result.attempts, result.there), []);
      for (const [name, falsify] of Object.entries(FALSIFIED)) {
        const falsified = structuredClone(result);
        falsify(falsified);
        assert.notDeepEqual(faults(seats, falsified.attempts, falsified.there), [], name);
      }
    });
  }
});
