// What somebody writes is not lost on the way: kept on the device before it counts, sent when there is a network, over a
// WebSocket or where none gets through by other means, and never twice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import WebSocket from "ws";
import { hydrated } from "../support/browser.mjs";
import { until } from "../support/platform.mjs";
import { LIVE_MS, card, join, roomForTests, write } from "../support/room.mjs";
import { Visitor } from "../support/visitor.mjs";

const room = roomForTests();

// What the device's database holds, read by the browser itself.
const kept = (page, store) => page.evaluate((store) => new Promise((resolve, reject) => {
  const request = indexedDB.open("lafast");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction(store).objectStore(store).getAll();
    all.onsuccess = () => { request.result.close(); resolve(all.result); };
  };
}), store);

test("what is written without a network waits on the device, survives the page, and arrives once", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  const ben = await room.open(path);
  anna.mayBreakOff = true;
  await join(anna, "Amsel");
  await write(anna, "Vorher.");
  await card(ben, "Vorher.").waitFor({ timeout: LIVE_MS });
  await anna.context().setOffline(true);
  await write(anna, "Im Funkloch geschrieben.");
  await anna.getByText("Auf diesem Gerät", { exact: true }).waitFor();
  assert.equal(await anna.getByLabel("Ein Gedanke, ein bis drei Sätze").inputValue(), "", "the field is free for the next thought");
  await anna.getByRole("button", { name: "Karte 1: Bei uns auch" }).click();
  // Shown at once, though nobody has heard of it.
  await anna.getByRole("button", { name: "Karte 1: Bei uns auch · 1", pressed: true }).waitFor();
  assert.equal((await kept(anna, "wanted")).length, 2);
  assert.equal(await card(ben, "Im Funkloch").count(), 0);
  // The page is closed without a network, and opened again with one.
  const again = await anna.context().newPage();
  await anna.close();
  await again.context().setOffline(false);
  await again.goto(room.platform.url + path);
  await hydrated(again);
  await card(ben, "Im Funkloch geschrieben.").waitFor({ timeout: 15_000 });
  await ben.getByText("Bei uns auch · 1").waitFor({ timeout: LIVE_MS });
  await until("nothing waits on the device", async () => (await kept(again, "wanted")).length === 0);
  await again.reload();
  await hydrated(again);
  assert.equal(await again.locator(".column .note-text", { hasText: "Im Funkloch geschrieben." }).count(), 1);
  assert.equal(await again.getByRole("heading", { name: "Noch nicht auf dem Board" }).count(), 0);
});

test("who taps and leaves at once loses nothing", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  await join(anna, "Amsel");
  await write(anna, "Geht das verloren?");
  await card(anna, "Geht das verloren?").waitFor({ timeout: LIVE_MS });
  // The list is loaded already: the board is left within moments, whether the device has kept the tap by then or not.
  await anna.locator('nav a[href="/themen"]').first().click();
  await anna.waitForURL("**/themen");
  await anna.goBack();
  const button = anna.getByRole("button", { name: "Karte 1: Bei uns auch" });
  await button.waitFor();
  await button.evaluate((button) => {
    button.click();
    document.querySelector('nav a[href="/themen"]').click();
  });
  await anna.waitForURL("**/themen");
  await anna.goBack();
  await anna.getByRole("button", { name: "Karte 1: Bei uns auch · 1", pressed: true }).waitFor({ timeout: LIVE_MS });
  await until("nothing waits on the device", async () => (await kept(anna, "wanted")).length === 0);
});

test("a button says at once that it was pressed", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  await join(anna, "Amsel");
  await write(anna, "Eine Karte.");
  const button = anna.getByRole("button", { name: "Karte 1: Bei uns auch" });
  await button.waitFor({ timeout: LIVE_MS });
  const busy = await button.evaluate((button) => {
    button.click();
    return button.getAttribute("aria-busy");
  });
  assert.equal(busy, "true");
  await anna.getByRole("button", { name: "Karte 1: Bei uns auch · 1", pressed: true }).waitFor();
  assert.equal(await button.getAttribute("aria-busy"), null);
});

test("a thought that is not finished is still there after a reload", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  await join(anna, "Amsel");
  await anna.getByLabel("Ein Gedanke, ein bis drei Sätze").pressSequentially("Noch nicht fer");
  await anna.getByLabel("Lösung", { exact: true }).check();
  await anna.getByLabel("Spalte", { exact: true }).selectOption({ label: "Was hilft" });
  const column = await anna.getByLabel("Spalte", { exact: true }).inputValue();
  await until("the draft is kept", async () => (await kept(anna, "drafts")).join() === ["Noch nicht fer", `solution\n${column}`].join());
  await anna.reload();
  await hydrated(anna);
  const field = anna.getByLabel("Ein Gedanke, ein bis drei Sätze");
  await until("the draft is back", async () => (await field.inputValue()) === "Noch nicht fer");
  assert.ok(await anna.getByLabel("Lösung", { exact: true }).isChecked());
  assert.equal(await anna.getByLabel("Spalte", { exact: true }).inputValue(), column);
  await field.pressSequentially("tig.");
  await anna.getByRole("button", { name: "Karte absenden" }).click();
  await card(anna, "Noch nicht fertig.").waitFor({ state: "attached", timeout: LIVE_MS });
  await until("the draft is gone", async () => (await kept(anna, "drafts")).length === 0);
});

test("a comment and other words that are not finished are still there after a reload, and go when they are sent", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  await join(anna, "Amsel");
  await write(anna, "Eine Karte.");
  await card(anna, "Eine Karte.").waitFor({ timeout: LIVE_MS });
  await anna.locator("#karte-1 > details > summary", { hasText: "Kommentieren" }).click();
  await anna.getByLabel("Kommentar zu Karte 1").pressSequentially("Noch ein Wo");
  await anna.locator("#karte-1 > details > summary", { hasText: "Mehr" }).click();
  await anna.getByLabel("Text der Karte 1").fill("Zwei Karten.");
  await until("both are kept", async () => {
    const drafts = await kept(anna, "drafts");
    return ["Noch ein Wo", "Zwei Karten."].every((text) => drafts.some((draft) => draft.endsWith(`\n${text}`)));
  });
  // Meanwhile somebody else says it otherwise: what was begun before that is no word over theirs.
  const slug = path.split("/").at(-1);
  const { id, revision = 0 } = JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards[0];
  await anna.goto(`${room.platform.url}/themen`);
  await room.staff.post("/api/board-edit", { slug, on: "moderation", card: id, base: revision, text: "Keine Karte." });
  await room.go(anna, path);
  const [comment, words] = [anna.getByLabel("Kommentar zu Karte 1"), anna.getByLabel("Text der Karte 1")];
  await until("both are back", async () => await comment.inputValue() === "Noch ein Wo" && await words.inputValue() === "Zwei Karten.");
  assert.ok(await comment.isVisible() && await words.isVisible(), "and seen");
  await anna.locator("#karte-1").getByRole("button", { name: "Text ändern" }).click();
  await anna.getByText("Die Karte wurde inzwischen geändert.").waitFor({ timeout: LIVE_MS });
  await anna.locator("#karte-1").getByRole("button", { name: "Text ändern" }).click();
  await card(anna, "Zwei Karten.").waitFor({ timeout: LIVE_MS });
  await comment.press("End");
  await comment.pressSequentially("rt.");
  await anna.locator("#karte-1 form", { has: comment }).getByRole("button", { name: "Kommentieren" }).click();
  await anna.locator("#karte-1 .note-comment", { hasText: "Noch ein Wort." }).waitFor({ timeout: LIVE_MS });
  await until("no draft is left", async () => (await kept(anna, "drafts")).length === 0);
  await anna.reload();
  await hydrated(anna);
  assert.equal(await comment.inputValue(), "");
});

test("what was sent leaves its field also where the form is made anew before the device has kept it", async () => {
  const path = await room.board();
  // As if the device were slow: that it has kept something is heard when this test lets it.
  const anna = await room.open(path, { before: () => {
    const { get, set } = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, "oncomplete");
    const hears = function hears(done) { set.call(this, (event) => { if (window.held) window.held.push(() => done(event)); else done(event); }); };
    Object.defineProperty(IDBTransaction.prototype, "oncomplete", { configurable: true, get, set: hears });
  } });
  const ben = await room.open(path);
  await join(anna, "Amsel");
  await join(ben, "Birke");
  await write(anna, "Eine Karte.");
  await card(ben, "Eine Karte.").waitFor({ timeout: LIVE_MS });
  const comments = async (text) => {
    await ben.getByLabel("Kommentar zu Karte 1").fill(text);
    await ben.locator("#karte-1 form", { has: ben.locator("#kommentar-1") }).getByRole("button", { name: "Kommentieren" }).click();
    await anna.locator("#karte-1 .note-comment", { hasText: text }).waitFor({ state: "attached", timeout: LIVE_MS });
  };
  await ben.locator("#karte-1 > details > summary", { hasText: "Kommentieren" }).click();
  await comments("Auch sonntags?");
  await anna.locator("#karte-1 > details > summary", { hasText: "Kommentar" }).click();
  await anna.locator("#karte-2 summary", { hasText: "Antworten" }).click();
  const answer = anna.getByLabel("Antwort auf Kommentar 2");
  await answer.fill("Sonntags nie.");
  await until("the draft is kept", async () => (await kept(anna, "drafts")).some((draft) => draft.endsWith("\nSonntags nie.")));
  await answer.evaluate((area) => { area.isFirst = true; window.held = []; });
  await anna.locator("#karte-2 form", { has: answer }).getByRole("button", { name: "Antworten" }).click();
  await until("the device", () => anna.evaluate(() => window.held.length > 0));
  await comments("Und abends?");
  assert.equal(await answer.evaluate((area) => area.isFirst ?? false), false, "the form is another one by now");
  await anna.evaluate(() => { const { held } = window; delete window.held; for (const go of held) go(); });
  await anna.locator("#karte-2 .note-comment", { hasText: "Sonntags nie." }).waitFor({ timeout: LIVE_MS });
  assert.equal(await answer.inputValue(), "");
  await until("no draft is left", async () => (await kept(anna, "drafts")).length === 0);
  // And it stays so when the form is made anew once more.
  await comments("Und nachts?");
  assert.equal(await answer.inputValue(), "");
  assert.equal(await anna.locator("#karte-2 .note-comment").count(), 1, "sent once");
});

test("where the device can keep nothing, what is written stays in sight, and the page asks before it goes", async () => {
  const path = await room.board();
  const anna = await room.open(path, { before: () => { IDBFactory.prototype.open = () => { throw new DOMException("broken", "UnknownError"); }; } });
  const ben = await room.open(path);
  anna.mayBreakOff = true;
  await join(anna, "Amsel");
  const asked = [];
  anna.on("dialog", (dialog) => {
    asked.push(dialog.type());
    return dialog.dismiss();
  });
  await anna.context().setOffline(true);
  await write(anna, "Nur hier geschrieben.");
  const waiting = anna.locator("section[aria-labelledby=unterwegs] .note", { hasText: "Nur hier geschrieben." });
  await waiting.getByText("Nur auf dieser Seite", { exact: true }).waitFor();
  await anna.close({ runBeforeUnload: true });
  await until("the question", () => asked.length === 1);
  assert.deepEqual(asked, ["beforeunload"]);
  assert.ok(await waiting.isVisible(), "it stays");
  // A link to another page asks as well; one that stays on this page does not.
  await anna.locator('nav a[href="/themen"]').first().click();
  await until("the question of the link", () => asked.length === 2);
  assert.deepEqual(asked, ["beforeunload", "beforeunload"]);
  assert.equal(new URL(anna.url()).pathname, path);
  await anna.getByRole("link", { name: "Problem", exact: true }).click();
  await anna.waitForURL(`**${path}?art=problem`);
  assert.ok(await waiting.isVisible(), "it still does");
  assert.equal(asked.length, 2);
  await anna.context().setOffline(false);
  await card(ben, "Nur hier geschrieben.").waitFor({ timeout: 15_000 });
  await waiting.waitFor({ state: "detached", timeout: LIVE_MS });
  // With nothing left to lose links lead on as ever.
  await anna.locator('nav a[href="/themen"]').first().click();
  await anna.waitForURL("**/themen");
  await anna.goBack();
  await anna.getByRole("heading", { name: "Karte schreiben" }).waitFor();
  assert.equal(asked.length, 2);
  // With nothing left to lose it goes without a word.
  const closed = anna.waitForEvent("close");
  await anna.close({ runBeforeUnload: true });
  await closed;
  assert.equal(asked.length, 2);
});

test("what is refused keeps its words, says why, and can be sent again", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  const desk = await room.desk(path);
  anna.mayBreakOff = true;
  await join(anna, "Amsel");
  await anna.context().setOffline(true);
  await write(anna, "Zu spät gekommen.");
  await anna.getByText("Auf diesem Gerät", { exact: true }).waitFor();
  await desk.getByRole("button", { name: "Board anhalten" }).click();
  await room.stops(path);
  await anna.context().setOffline(false);
  const waiting = anna.locator(".note", { hasText: "Zu spät gekommen." });
  await waiting.getByText("Das Board ist gerade angehalten.").waitFor({ timeout: 15_000 });
  await until("nothing is sent to a board that has stopped", () => waiting.getByRole("button", { name: "Noch einmal senden" }).isDisabled(), LIVE_MS);
  await desk.getByRole("button", { name: "Board weiterlaufen lassen" }).click();
  await anna.getByText("Dieses Board ist angehalten").waitFor({ state: "detached", timeout: LIVE_MS });
  await waiting.getByText("Das Board läuft wieder. Bitte noch einmal senden.").waitFor();
  await waiting.getByRole("button", { name: "Noch einmal senden" }).click();
  await card(anna, "Zu spät gekommen.").getByText("Veröffentlicht").waitFor({ timeout: LIVE_MS });
});

test("where no WebSocket gets through everything works all the same", async () => {
  const path = await room.board();
  const anna = await room.open(path, { before: () => { window.WebSocket = class { constructor() { throw new DOMException("blocked", "SecurityError"); } }; } });
  const ben = await room.open(path);
  await join(anna, "Amsel");
  await join(ben, "Birke");
  await write(anna, "Über den anderen Weg.");
  await card(ben, "Über den anderen Weg.").waitFor({ timeout: LIVE_MS });
  await write(ben, "Und zurück.");
  await card(anna, "Und zurück.").waitFor({ timeout: LIVE_MS });
});

// Somebody on a board, without a browser.
async function member(path, name) {
  const visitor = new Visitor(room.platform);
  await visitor.post("/api/board-join", { slug: path.split("/").at(-1), name });
  return visitor;
}

// A socket, and what it heard.
async function socket(path, { cookie = "", origin = room.platform.url, query = "" } = {}) {
  const ws = new WebSocket(`${room.platform.url.replace("http", "ws")}/live/boards/${await room.id(path)}${query}`, { headers: { cookie }, origin });
  const heard = [];
  const line = { ws, heard, packed: 0, closed: null, refused: null, close: () => ws.terminate() };
  ws.on("message", (data, isBinary) => {
    line.packed += isBinary ? data.length : 0;
    heard.push(JSON.parse((isBinary ? gunzipSync(data) : data).toString()));
  });
  ws.on("close", (code) => { line.closed = code; });
  ws.on("unexpected-response", (_request, response) => { line.refused = response.statusCode; ws.terminate(); });
  ws.on("error", () => {});
  room.lines.push(line);
  return line;
}

test("a socket takes what a device wants, once, and refuses what is too large, unreadable or from elsewhere", async () => {
  const path = await room.board();
  const anna = await member(path, "Amsel");
  const line = await socket(path, { cookie: anna.cookie });
  await until("the board and the clock", () => line.heard.length >= 2);
  const { board } = line.heard[0];
  assert.equal(board.members, 1);
  assert.ok(Math.abs(line.heard[1].alive / 1000 - Date.now()) < 60_000);
  const column = board.columns[0].id;
  const wanted = (text) => ({ id: crypto.randomUUID(), operation: { write: { card: crypto.randomUUID(), column, kind: "topic", text } } });
  const one = wanted("Über den Socket.");
  line.ws.send(JSON.stringify([one]));
  line.ws.send(JSON.stringify([one, wanted("")]));
  const answers = () => line.heard.flatMap((news) => news.answers ?? []);
  await until("three answers", () => answers().length === 3);
  assert.deepEqual(answers()[0], answers()[1], "the same again gets the same answer");
  assert.deepEqual(answers()[2].answer, { Err: { text: { TooShort: { min: 1 } } } });
  await until("the card", () => line.heard.some((news) => news.change?.cards?.some((card) => card.text === "Über den Socket." && card.mine)));
  assert.equal(line.heard.flatMap((news) => news.change?.cards ?? []).length, 1);

  // Who has not joined reads.
  const reader = await socket(path);
  await until("the board", () => reader.heard.length >= 1);
  reader.ws.send(JSON.stringify([wanted("Von niemandem.")]));
  await until("an answer", () => reader.heard.some((news) => news.answers));
  assert.deepEqual(reader.heard.find((news) => news.answers).answers[0].answer, { Err: "not_joined" });

  for (const [message, code] of [["x".repeat(17 * 1024), 1009], ["x".repeat(200 * 1024), 1009], ["nicht lesbar", 1007], [Buffer.from([1, 2]), 1003]]) {
    const hostile = await socket(path, { cookie: anna.cookie });
    await until("the board", () => hostile.heard.length >= 1);
    hostile.ws.send(message);
    await until("the end", () => hostile.closed !== null);
    assert.equal(hostile.closed, code, String(message).slice(0, 20));
  }
  for (const origin of ["https://attacker.example", "null"]) {
    const foreign = await socket(path, { cookie: anna.cookie, origin });
    await until("a refusal", () => foreign.refused !== null);
    assert.equal(foreign.refused, 403);
  }
});

test("a device that comes back is sent what it has missed, and nothing that it has", async () => {
  const path = await room.board();
  const anna = await member(path, "Amsel");
  const ben = await member(path, "Bussard");
  const line = await socket(path, { cookie: anna.cookie });
  await until("the board", () => line.heard.length >= 2);
  const column = line.heard[0].board.columns[0].id;
  const write = (text) => line.ws.send(JSON.stringify([{ id: crypto.randomUUID(), operation: { write: { card: crypto.randomUUID(), column, kind: "topic", text } } }]));
  write("Vorher geschrieben.");
  const away = await socket(path, { cookie: ben.cookie });
  await until("the card", () => away.heard.some((news) => JSON.stringify(news).includes("Vorher geschrieben.")));
  const { sequence } = away.heard.map((news) => news.board ?? news.change).findLast(Boolean);
  away.close();
  write("Inzwischen geschrieben.");
  await until("the second card", () => line.heard.some((news) => news.change?.cards?.some((card) => card.text === "Inzwischen geschrieben.")));
  const back = await socket(path, { cookie: ben.cookie, query: `?ab=${sequence}&gepackt=1` });
  await until("the clock", () => back.heard.length >= 2);
  assert.deepEqual(Object.keys(back.heard[0]), ["change"]);
  assert.deepEqual(back.heard[0].change.cards.map((card) => card.text), ["Inzwischen geschrieben."]);
  // A number that the board has never had is no way to anything else than the board.
  const liar = await socket(path, { cookie: ben.cookie, query: "?ab=999999" });
  await until("the board", () => liar.heard.length >= 1);
  assert.equal(liar.heard[0].board.cards.length, 2);
});

test("who comes first gets the board packed, as everybody sees it, and then what is only for this device", async () => {
  const path = await room.board({ level: "all" });
  const [anna, ben] = [await member(path, "Amsel"), await member(path, "Bussard")];
  const line = await socket(path, { cookie: anna.cookie });
  await until("the board", () => line.heard.length >= 2);
  const column = line.heard[0].board.columns[0].id;
  line.ws.send(JSON.stringify([{ id: crypto.randomUUID(), operation: { write: { card: crypto.randomUUID(), column, kind: "topic", text: "Wartet noch auf die Freigabe." } } }]));
  await until("the answer", () => line.heard.some((news) => news.answers));
  const query = "?gepackt=1";
  const [mine, theirs] = [await socket(path, { cookie: anna.cookie, query }), await socket(path, { cookie: ben.cookie, query })];
  await until("the clocks", () => [mine, theirs].every(({ heard }) => heard.some((news) => news.alive)));
  assert.ok(mine.packed > 0 && theirs.packed === mine.packed, "one packed board for both");
  assert.deepEqual(mine.heard[0].board.cards, [], "what waits is not in it");
  assert.deepEqual(mine.heard[1].change.cards.map((card) => [card.text, card.mine]), [["Wartet noch auf die Freigabe.", true]]);
  assert.ok(!JSON.stringify(theirs.heard).includes("Freigabe"));
  assert.equal(theirs.heard[1].change.votes_left, 2);
  // The moderator, who sees it otherwise, gets it in one piece.
  const desk = await socket(path, { cookie: room.staff.cookie, query });
  await until("the board", () => desk.heard.length >= 1);
  assert.equal(desk.packed, 0);
  assert.equal(desk.heard[0].board.cards.length, 1);
});

test("a device that says too much is told to wait, and loses nothing", async () => {
  const path = await room.board();
  const anna = await member(path, "Amsel");
  const line = await socket(path, { cookie: anna.cookie });
  await until("the board", () => line.heard.length >= 1);
  const column = line.heard[0].board.columns[0].id;
  const one = (number) => ({ id: crypto.randomUUID(), operation: { write: { card: crypto.randomUUID(), column, kind: "topic", text: `Nummer ${number}` } } });
  // What it wants counts, not how many messages it makes of it: 20 cards in one, then 120 one by one.
  line.ws.send(JSON.stringify(Array.from({ length: 20 }, (_, number) => one(number))));
  for (let number = 20; number < 140; number += 1) line.ws.send(JSON.stringify([one(number)]));
  await until("all answers", () => line.heard.filter((news) => news.answers || news.busy).length === 121, 20_000);
  const busy = line.heard.filter((news) => news.busy);
  assert.ok(busy.length > 10, `${busy.length} times busy`);
  assert.ok(busy.every((news) => news.busy >= 1 && news.busy <= 60));
  assert.equal(line.closed, null);
});
