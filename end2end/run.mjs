// Runs every journey, one file after the other (two cores), with TAP output and a closing count.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "journeys");
const only = process.argv[2] ?? "";
const files = readdirSync(folder).filter((name) => name.endsWith(".test.mjs") && name.includes(only)).map((name) => join(folder, name));
const child = spawn(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=tap", ...files], { stdio: "inherit" });
child.on("exit", (code) => process.exit(code ?? 1));
