// What a scene costs: the server's processor time and memory, and whether the phones themselves were too slow to measure
// it: how late their event loop was, and how much of a core they took.
import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

// The kernel counts processor time in these (USER_HZ), whatever the machine.
const TICKS_A_SECOND = 100;
const LOOK_EVERY_MS = 1;

export function memoryMb(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]) / 1024;
}

// Of all its threads. The name of the process may hold spaces; behind its bracket nothing does.
function cpuMs(pid) {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ").slice(11, 13);
  return ((Number(user) + Number(system)) * 1000) / TICKS_A_SECOND;
}

// Begins to measure; the function returned ends it.
export function measure(pid) {
  const [begun, before, own] = [performance.now(), cpuMs(pid), process.cpuUsage()];
  const delay = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  delay.enable();
  return () => {
    delay.disable();
    const took = performance.now() - begun;
    const { user, system } = process.cpuUsage(own);
    const late = (nanos) => Math.max(0, nanos / 1e6 - LOOK_EVERY_MS);
    return {
      took,
      cpuMs: cpuMs(pid) - before,
      memoryMb: memoryMb(pid),
      phones: { lateP99: late(delay.percentile(99)), lateMax: late(delay.max), share: (user + system) / 10 / took },
    };
  };
}
