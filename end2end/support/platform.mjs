// The running platform for the journeys: the release binary, a database of its own, a real SMTP server.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, existsSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execFileSync } from "node:child_process";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const binary = join(root, "target", "release", "lafast");

// The interpreter with the packages of requirements.txt: bin/test names it, else it is where bin/setup puts it.
const cache = process.env.LAFAST_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "lafast");
const prepared = join(cache, "venv", "bin", "python");
export const python = process.env.LAFAST_PYTHON ?? (existsSync(prepared) ? prepared : "python3");

// The demo, if end2end/run.mjs has made it for a whole run: each platform on SQLite begins with a copy of it.
const demoDatabase = process.env.LAFAST_DEMO_DATABASE;

// Makes the demo and lets its mails go out, which takes a platform as long as many a journey. Returns the file.
export async function makeDemo() {
  const platform = await Platform.start();
  const file = join(platform.folder, "lafast.db");
  const due = "import sqlite3, sys, time; print(sqlite3.connect(sys.argv[1]).execute('SELECT COUNT(*) FROM outbox WHERE next_try_at <= ?', [time.time() * 1e6]).fetchone()[0])";
  await until("the demo's mails", () => execFileSync(python, ["-c", due, file], { encoding: "utf8" }).trim() === "0", 60_000);
  const ended = new Promise((resolve) => { platform.server.once("exit", resolve); });
  platform.server.kill("SIGTERM");
  await ended;
  if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) throw new Error("the server left a log beside its database");
  const kept = join(mkdtempSync(join(tmpdir(), "lafast-demo-")), "lafast.db");
  copyFileSync(file, kept);
  platform.stop();
  return kept;
}

// Waits for a condition; ends with an error that names it.
export async function until(what, condition, timeoutMs = 20_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function startMailSink(folder, { port: fixedPort = 0, read } = {}) {
  const file = join(folder, "mails.jsonl");
  if (!existsSync(file)) writeFileSync(file, "");
  const child = spawn(python, [join(root, "end2end/support/mail_sink.py"), file, String(fixedPort), ...(read ? [String(read)] : [])], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (data) => { output += data; });
  const port = Number(await until("the mail server's port", () => output.includes("\n") && output.trim()));
  return { child, port, file };
}

export class Platform {
  // Another build takes its place where a test installs one.
  binary = binary;
  // Further servers on the same database.
  others = [];

  // With `mailPassword` the platform signs in at its mail server. After `mailsRead` only the address of a mail is kept, and the mail as it
  // came: where many thousands are sent, reading them would be half of the load.
  static async start({ demo = true, database, ignoringLimits = false, mailPassword, mailsRead } = {}) {
    const platform = new Platform();
    // However this process ends, its server and its mail server end with it.
    process.once("exit", () => {
      for (const { server } of [platform, ...platform.others]) server?.kill("SIGKILL");
      platform.sink?.child.kill("SIGKILL");
    });
    platform.folder = mkdtempSync(join(tmpdir(), "lafast-journey-"));
    platform.sink = await startMailSink(platform.folder, { read: mailsRead });
    platform.port = await freePort();
    platform.url = `http://127.0.0.1:${platform.port}`;
    platform.env = {
      ...process.env,
      DATABASE_URL: database ?? `sqlite:${join(platform.folder, "lafast.db")}`,
      LAFAST_ADDR: `127.0.0.1:${platform.port}`,
      LAFAST_PUBLIC_URL: platform.url,
      LAFAST_SITE_ROOT: join(root, "target/site"),
      LAFAST_SMTP_URL: `smtp://${mailPassword ? `platform:${mailPassword}@` : ""}127.0.0.1:${platform.sink.port}`,
      LAFAST_MAIL_FROM: "platform@lafast.example",
      LAFAST_LOG: "warn",
    };
    platform.log = "";
    if (demo && !database && demoDatabase) copyFileSync(demoDatabase, join(platform.folder, "lafast.db"));
    await platform.serve(demo ? ["--demo"] : [], { ignoringLimits });
    return platform;
  }

  // Starts the server on the database that is there, and waits until it is ready.
  // With `ignoringLimits` a write beyond a limit of the system fails, as on a full disk, instead of ending the process.
  async serve(options = [], { ignoringLimits = false } = {}) {
    const command = ignoringLimits ? ["sh", ["-c", 'trap "" XFSZ; exec "$0" "$@"', this.binary, "serve", ...options]] : [this.binary, ["serve", ...options]];
    this.server = spawn(...command, { env: this.env, cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
    this.server.stdout.on("data", (data) => { this.log += data; });
    this.server.stderr.on("data", (data) => { this.log += data; });
    await until("/readyz", async () => {
      if (this.server.exitCode !== null) throw new Error(`the server ended:\n${this.log}`);
      return fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false);
    }, 60_000);
  }

  // A further server on the same database, with an address and a log of its own. It ends with this one.
  async beside() {
    const other = Object.assign(new Platform(), { binary: this.binary, folder: this.folder, sink: this.sink, log: "" });
    this.others.push(other);
    other.port = await freePort();
    other.url = `http://127.0.0.1:${other.port}`;
    other.env = { ...this.env, LAFAST_ADDR: `127.0.0.1:${other.port}`, LAFAST_PUBLIC_URL: other.url };
    await other.serve();
    return other;
  }

  // Ends the server at once, as a power cut does.
  async kill() {
    const ended = new Promise((resolve) => { this.server.once("exit", resolve); });
    this.server.kill("SIGKILL");
    await ended;
  }

  // The server begins anew without a mail server: what it has to mail is read in the office then.
  async goesOnWithoutMail() {
    await this.kill();
    delete this.env.LAFAST_SMTP_URL;
    await this.serve();
  }

  // The mail server goes away, and comes back at the same address.
  async stopMail() {
    const ended = new Promise((resolve) => { this.sink.child.once("exit", resolve); });
    this.sink.child.kill("SIGKILL");
    await ended;
  }

  async startMail() {
    this.sink = await startMailSink(this.folder, { port: this.sink.port });
  }

  // From now on the mail server answers so to mails for these addresses: { address: "451 later" }; "greeting", "AUTH" and "MAIL"
  // stand for whoever comes, for a password and for a sender. Nothing: it takes all.
  refuseMails(answers = {}) {
    // Moved into place whole: the mail server reads it at any moment.
    const file = `${this.sink.file}.refuse`;
    writeFileSync(`${file}.new`, JSON.stringify(answers));
    renameSync(`${file}.new`, file);
  }

  // How often the mail server refused an address, or what stands in its place.
  refusals(address) {
    const file = `${this.sink.file}.refused`;
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
    return lines.filter((line) => JSON.parse(line).to === address).length;
  }

  // Runs a command of the platform on the same database.
  run(...command) {
    return execFileSync(this.binary, command, { env: this.env, cwd: this.folder, encoding: "utf8", maxBuffer: 1 << 26 });
  }

  // The first column of each row, read from the file with a program that is not the platform's.
  query(sql) {
    const program = "import json, sqlite3, sys; print(json.dumps([row[0] for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])]))";
    return JSON.parse(execFileSync(python, ["-c", program, join(this.folder, "lafast.db"), sql], { encoding: "utf8", maxBuffer: 1 << 28 }));
  }

  // The addresses of all sign-ups.
  signedUp() {
    return this.query("SELECT email FROM sign_up");
  }

  // Every mail so far, oldest first.
  mails() {
    // What stands behind the last line break is still being written.
    return readFileSync(this.sink.file, "utf8").split("\n").slice(0, -1).map((line) => JSON.parse(line));
  }

  // The newest mail to an address that fits.
  async mail(address, fits = () => true) {
    return until(`a mail to ${address}`, () => this.mails().filter((mail) => mail.to.includes(address) && fits(mail)).at(-1));
  }

  // The newest sign-in code for an address.
  async code(address) {
    const mail = await this.mail(address, (mail) => /Code/.test(mail.subject));
    return mail.text.match(/\b[A-Z0-9]{4}[ -]?[A-Z0-9]{4}\b/)[0];
  }

  addAdmin(address, role, organisation) {
    this.run("admin", "add", address, "--role", role, ...(organisation ? ["--organisation", organisation] : []));
  }

  stop() {
    for (const { server } of [this, ...this.others]) server?.kill("SIGTERM");
    this.sink.child.kill("SIGTERM");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function personalLink(mail) {
  return new URL(mail.text.match(/https?:\/\/\S+\/anmeldung\/\S+/)[0]).pathname;
}

export { existsSync };
