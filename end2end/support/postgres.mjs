// A private PostgreSQL server: a data folder of its own under /tmp, gone with the process that started it.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { freePort, until } from "./platform.mjs";

const TOOLS = ["initdb", "postgres", "createdb", "pg_ctl", "psql", "pg_dump", "pg_restore"];

// The folder with the tools: LAFAST_POSTGRES_BIN, PATH, or where Debian and Homebrew put it.
function findTools() {
  const folders = [process.env.LAFAST_POSTGRES_BIN, ...(process.env.PATH ?? "").split(delimiter)].filter(Boolean);
  for (let version = 20; version >= 13; version -= 1) folders.push(`/usr/lib/postgresql/${version}/bin`, `/opt/homebrew/opt/postgresql@${version}/bin`, `/usr/local/opt/postgresql@${version}/bin`);
  const found = folders.find((folder) => TOOLS.every((tool) => existsSync(join(folder, tool))));
  if (!found) throw new Error(`no folder with ${TOOLS.join(", ")}: bin/setup --test installs PostgreSQL`);
  return found;
}

export class Postgres {
  static async start() {
    const server = new Postgres();
    server.tools = findTools();
    server.folder = mkdtempSync("/tmp/lafast-postgres-");
    const data = join(server.folder, "data");
    mkdirSync(data);
    if (process.getuid() === 0) execFileSync("chown", ["-R", "postgres", server.folder]);
    execFileSync(...server.owner("initdb", "--auth=trust", "--username=lafast", "--encoding=UTF8", "--locale=C", "--pgdata", data), { stdio: "ignore", cwd: "/tmp" });
    server.port = await freePort();
    await server.begin();
    process.once("exit", () => server.stop());
    return server;
  }

  // PostgreSQL refuses to run as root.
  owner(tool, ...options) {
    const command = join(this.tools, tool);
    return process.getuid() === 0 ? ["runuser", ["-u", "postgres", "--", command, ...options]] : [command, options];
  }

  async begin() {
    const data = join(this.folder, "data");
    const [command, options] = this.owner("postgres", "-D", data, "-h", "127.0.0.1", "-p", String(this.port), "-k", this.folder, "-c", "max_connections=300");
    // Without a locale it does not start on every system.
    this.process = spawn(command, options, { stdio: "ignore", cwd: "/tmp", env: { ...process.env, LC_ALL: "C" } });
    await until("PostgreSQL", () => {
      try { this.query("postgres", "SELECT 1"); return true; } catch { return false; }
    });
  }

  // Ends the server as an operator does who restarts it: connections are cut, what was committed stays.
  async end() {
    const ended = new Promise((resolve) => { this.process.once("exit", resolve); });
    execFileSync(...this.owner("pg_ctl", "stop", "-D", join(this.folder, "data"), "-m", "fast"), { stdio: "ignore", cwd: "/tmp" });
    await ended;
  }

  tool(tool, ...options) {
    return execFileSync(join(this.tools, tool), ["-h", "127.0.0.1", "-p", String(this.port), "-U", "lafast", ...options], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 28 });
  }

  database(name) {
    // template1 can be in use, by the server's own housekeeping too, and is refused then.
    this.tool("createdb", "-T", "template0", name);
    return `postgres://lafast@127.0.0.1:${this.port}/${name}`;
  }

  // The first column of each row.
  query(database, sql) {
    return this.tool("psql", "-d", database, "-At", "-c", sql).split("\n").filter(Boolean);
  }

  stop() {
    try { execFileSync(...this.owner("pg_ctl", "stop", "-D", join(this.folder, "data"), "-m", "immediate"), { stdio: "ignore", cwd: "/tmp" }); } catch { /* it is not running */ }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
