// Connections that say nothing.
import { setTimeout as pause } from "node:timers/promises";
import { measure, memoryMb } from "../gauge.mjs";
import { allThere, closeAll } from "./phones.mjs";

const AT_ONCE = 500;
const LOOKED_AT_MS = 5_000;

export async function* idle(server, connections = 10_000) {
  const room = await server.room(1);
  const before = memoryMb(server.pid);
  const phones = [];
  while (phones.length < connections) {
    const next = Array.from({ length: Math.min(AT_ONCE, connections - phones.length) }, () => room.guest().open());
    phones.push(...next);
    await allThere(next);
  }
  const end = measure(server.pid);
  await pause(LOOKED_AT_MS);
  yield { scene: `idle: ${connections} connections, ${before.toFixed(0)} MB before them`, cost: end(), lost: phones.filter((phone) => !phone.isThere).length };
  closeAll(phones);
}
