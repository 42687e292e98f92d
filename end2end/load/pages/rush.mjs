// P4 over HTTP: 2,000 people sign up in 10 s.
import { Visitor, publish, staffOf } from "../../support/visitor.mjs";

const PEOPLE = 2000;

export async function rush(say, bars, platform) {
  const staff = await staffOf(platform);
  const event = await publish(staff, { capacity_on_site: "20" });
  const waits = [];
  const statuses = {};
  const start = performance.now();
  await Promise.all(Array.from({ length: PEOPLE }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, (index * 10_000) / PEOPLE));
    const asked = performance.now();
    const { status } = await new Visitor(platform).signUp(event.slug, { email: `rush${index}@traeger.example` });
    waits.push(performance.now() - asked);
    statuses[status] = (statuses[status] ?? 0) + 1;
  }));
  waits.sort((a, b) => a - b);
  say(`P4 ${PEOPLE} people in ${((performance.now() - start) / 1000).toFixed(1)} s over HTTP: ${JSON.stringify(statuses)}, p50 ${waits[PEOPLE / 2].toFixed(0)} ms, p99 ${waits[Math.floor(PEOPLE * 0.99)].toFixed(0)} ms`);
  bars.atLeast("P4 people who were answered", statuses[302], PEOPLE);
  bars.atMost("P4 p99 in ms", waits[Math.floor(PEOPLE * 0.99)], 1000);
}
