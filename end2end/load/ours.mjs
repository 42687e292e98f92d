// Our server under load, on SQLite: a card is committed (synchronous=FULL) before anybody sees it.
import { Platform } from "../support/platform.mjs";
import { Visitor, staffOf } from "../support/visitor.mjs";
import { Phone } from "./phone.mjs";

export async function start() {
  const platform = await Platform.start({ demo: false });
  const staff = await staffOf(platform);
  return {
    pid: platform.server.pid,
    room: (people) => room(platform, staff, people),
    async stop() {
      const ended = new Promise((resolve) => { platform.server.once("exit", resolve); });
      platform.stop();
      await ended;
    },
  };
}

// A board with people on it; each has the cookie of a device.
async function room(platform, staff, people) {
  const { next } = await staff.post("/api/board-create", { title: "Last", lead: "", columns: "Was fehlt\nWas hilft", anonymity: "anonymous", level: "off", votes: "3" });
  const path = next.replace("/moderation", "");
  const slug = path.split("/").at(-1);
  const visitors = Array.from({ length: people }, () => new Visitor(platform));
  await Promise.all(visitors.map((visitor) => visitor.post("/api/board-join", { slug, district: "dresden" })));
  const { id } = await (await fetch(`${platform.url}/api/board`, {
    method: "POST", headers: { origin: platform.url, accept: "application/json", "content-type": "application/x-www-form-urlencoded" }, body: new URLSearchParams({ slug }),
  })).json();
  return {
    // The phone of one who has joined, and of one who looks only.
    phone: (seat) => new Phone(platform, id, visitors[seat]),
    guest: () => new Phone(platform, id, new Visitor(platform)),
    // In which order a phone was told of the cards by the server, and what the database has.
    listed: (phone) => phone.listed,
    async kept() {
      const { board } = JSON.parse(await (await staff.get(`${path}/export.json`)).text());
      return board.cards.map((card) => card.text);
    },
  };
}
