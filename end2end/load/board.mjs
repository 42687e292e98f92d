// P5: boards under load, on WebSockets, from one address. The same scenes in front of our server, of Hocuspocus, and of a
// bare relay, each started anew for each scene.
//   node end2end/load/board.mjs all                                        every scene but the soak, in front of each server
//   node end2end/load/board.mjs room [phones] [cards a second] [seconds]   one room
//   node end2end/load/board.mjs rooms [rooms] [phones] [cards a second] [seconds]
//   node end2end/load/board.mjs rejoin [phones] [cards]                    all phones come at once to a full room
//   node end2end/load/board.mjs idle [connections]
//   node end2end/load/board.mjs reset [phones]                             all lines are lost at once
//   node end2end/load/board.mjs soak [seconds] [phones] [cards a second]
// A single scene runs in front of our server, or of others with --servers=ours,peer,relay. Phones and server share the
// machine: the column of the phones tells whether they could keep up. Ends with 1 if a card was lost, doubled or in another
// place on some phone.
import { loadavg } from "node:os";
import { install } from "./peer/install.mjs";
import * as scenes from "./scenes.mjs";
import { table } from "./table.mjs";

const SERVERS = {
  ours: { name: "ours", memory: true, load: () => import("./ours.mjs") },
  peer: { name: "Hocuspocus, commits nothing", memory: true, load: () => import("./peer/hocuspocus.mjs") },
  relay: { name: "bare relay, keeps nothing", memory: false, load: () => import("./peer/relay.mjs") },
};
const ALL = [["room", 200, 2], ["room", 200, 10], ["rooms"], ["rejoin"], ["idle"], ["reset"]];

const given = process.argv.slice(2);
const [what = "room", ...numbers] = given.filter((one) => !one.startsWith("--"));
const plan = what === "all" ? ALL : [[what, ...numbers.map(Number)]];
const named = given.find((one) => one.startsWith("--servers="))?.split("=")[1].split(",");
const servers = named ?? (what === "all" ? Object.keys(SERVERS) : ["ours"]);
if (plan.some(([scene]) => !scenes[scene]) || servers.some((server) => !SERVERS[server])) throw new Error(`no such scene or server: ${given.join(" ")}`);
if (servers.some((server) => server !== "ours")) install();

console.error(`Node ${process.version}, load of the machine before: ${loadavg()[0].toFixed(2)}`);
const rows = [];
for (const [scene, ...settings] of plan) {
  for (const key of servers) {
    const { name, memory, load } = SERVERS[key];
    // Who keeps nothing cannot give back what was missed.
    if (scenes[scene].needs === "memory" && !memory) continue;
    const server = await (await load()).start();
    for await (const row of scenes[scene](server, ...settings)) {
      rows.push({ server: name, ...row });
      console.error(`${name}: ${row.scene}`);
    }
    await server.stop();
  }
}
console.log(table(rows));

const isWhole = ({ times = [], lost = 0, doubled = 0, disordered = 0 }) => times.every(Number.isFinite) && lost + doubled + disordered === 0;
const broken = rows.filter((row) => !isWhole(row));
for (const { server, scene, times = [] } of broken) console.error(`NOT WHOLE: ${server}: ${scene}; ${times.filter((time) => !Number.isFinite(time)).length} cards did not arrive in time`);
process.exit(broken.length === 0 ? 0 : 1);
