// A room with boards: a platform without the demo, staff, and as many browsers as it takes.
import assert from "node:assert/strict";
import { PHONE } from "./browser.mjs";
import { Office, forTheTests } from "./office.mjs";
import { until } from "./platform.mjs";
import { Visitor } from "./visitor.mjs";

// A card is on every other screen after this long at the latest.
export const LIVE_MS = 5_000;

export class Room extends Office {
  lines = [];

  static async start(options = {}) {
    const room = new Room();
    await room.begin(options);
    return room;
  }

  // Its lines of events, too.
  async tidy() {
    for (const line of this.lines.splice(0)) line.close();
    await super.tidy();
  }

  // Staff makes a board; returns its path.
  async board(fields = {}) {
    const { next } = await this.staff.post("/api/board-create", {
      title: `Probe ${crypto.randomUUID().slice(0, 8)}`, lead: "Zum Ausprobieren.", columns: "Was fehlt\nWas hilft", anonymity: "pseudonym", level: "off", votes: "2", ...fields,
    });
    assert.match(next ?? "", /^\/themen\/[a-z0-9-]+\/moderation$/);
    return next.replace("/moderation", "");
  }

  // The moderator's side of a board.
  desk(path, options = {}) {
    return this.open(`${path}/moderation`, { cookies: this.staff.cookies, ...options });
  }

  // The board is stopped for everybody: a moderator's device shows it before the server knows of it.
  async stops(path) {
    await until("the board is stopped", async () => (await (await this.staff.get(path)).text()).includes("Dieses Board ist angehalten"), LIVE_MS);
  }

  // The id of a board.
  async id(path) {
    return (await new Visitor(this.platform).json("/api/board", { slug: path.split("/").at(-1) })).id;
  }

  // Opens a board with a hand on its line: `line.out` and `line.in` say what passes; what does not pass waits, and goes on with
  // `line.go()`. `line.says` makes of a word of the server what the page hears. A line that is cut says nothing of it, as phones
  // cut lines; the next one is whole. What is packed comes behind text that came after it: a page that is sent a packed board
  // must not be able to unpack.
  async withLine(path, before = () => {}) {
    const line = { out: () => true, in: () => true, says: (message) => message, held: [], opened: 0, go: () => { for (const send of line.held.splice(0)) send(); } };
    const page = await this.open("/themen", { viewport: PHONE });
    await page.routeWebSocket(/\/live\/boards\//, (socket) => {
      const server = socket.connectToServer();
      const number = line.opened += 1;
      const passes = (may, send) => (message) => {
        if (number <= (line.cut ?? 0)) return;
        if (may(String(message))) send(message);
        else line.held.push(() => send(message));
      };
      socket.onMessage(passes((text) => line.out(text), (message) => server.send(message)));
      server.onMessage(passes((text) => line.in(text), (message) => socket.send(line.says(message))));
      server.onClose(() => { if (number > (line.cut ?? 0)) socket.close(); });
    });
    await before(page);
    await this.go(page, path);
    await until("the line", () => line.opened > 0);
    return { page, line };
  }

  // Everything that a device is sent on its line of events, as text.
  async line(path, cookie) {
    const controller = new AbortController();
    const answer = await fetch(`${this.platform.url}/live/boards/${await this.id(path)}/events`, { headers: cookie ? { cookie } : {}, signal: controller.signal });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-type"), /^text\/event-stream/);
    const line = { text: "", close: () => controller.abort() };
    this.lines.push(line);
    (async () => {
      for await (const chunk of answer.body) line.text += Buffer.from(chunk).toString();
    })().catch(() => {});
    await until("the board", () => line.text.includes("\n\n"));
    return line;
  }
}

// For the tests of one file.
export const roomForTests = (prepare) => forTheTests(new Room(), prepare);

// Who came by the address of a board finds the form to take part folded.
export async function unfold(page) {
  const form = page.locator("#mitmachen details");
  if (!await form.evaluate((details) => details.open)) await form.locator("summary").click();
}

export async function join(page, name) {
  await unfold(page);
  await page.getByLabel("Ausgedachter Name").fill(name);
  await page.getByRole("button", { name: "Mitmachen" }).click();
  await page.getByRole("heading", { name: "Karte schreiben" }).waitFor();
}

export async function write(page, text, { kind = "Problem" } = {}) {
  await page.getByLabel("Ein Gedanke, ein bis drei Sätze").fill(text);
  await page.getByLabel(kind, { exact: true }).check();
  await page.getByRole("button", { name: "Karte absenden" }).click();
}

// A card in its column.
export const card = (page, text) => page.locator(".column .note", { hasText: text }).first();
