// A server on Node in a process of its own, so that what it costs is not mixed up with what the phones cost.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { until } from "../../support/platform.mjs";
import { folder } from "./install.mjs";

// Starts it and waits for the port that it tells.
export async function serve(file) {
  const child = spawn(process.execPath, [join(folder, file)], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let told = "";
  child.stdout.on("data", (data) => { told += data; });
  const port = Number(await until(`the port of ${file}`, () => told.includes("\n") && told.trim()));
  return {
    pid: child.pid,
    url: `ws://127.0.0.1:${port}`,
    async stop() {
      process.off("exit", kill);
      const ended = new Promise((resolve) => { child.once("exit", resolve); });
      kill();
      await ended;
    },
  };
}
