// The second main job: a room writes, and one moderator is in control. Several browsers at once; with and without
// WebAssembly. What somebody may not see is never in the bytes that this somebody is sent.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { TABLET, hydrated } from "../support/browser.mjs";
import { until } from "../support/platform.mjs";
import { LIVE_MS, card, join, roomForTests, write } from "../support/room.mjs";
import { Visitor } from "../support/visitor.mjs";

const room = roomForTests();

test("a room writes, and everybody sees it at once; the moderator says what appears", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  const ben = await room.open(path);
  const desk = await room.desk(path, { viewport: TABLET });
  const stranger = await room.line(path);
  const office = await room.line(path, room.staff.cookie);

  await join(anna, "Amsel");
  await join(ben, "Birke");
  await write(anna, "Der Bus fährt nur zweimal am Tag.");
  await card(ben, "Der Bus fährt nur zweimal am Tag.").waitFor({ timeout: LIVE_MS });
  assert.equal(await anna.getByLabel("Ein Gedanke, ein bis drei Sätze").inputValue(), "", "the field is free for the next card");

  // What somebody types stays, whatever arrives.
  await ben.getByLabel("Ein Gedanke, ein bis drei Sätze").fill("Noch nicht fer");
  await ben.getByRole("button", { name: /^Karte 1: Bei uns auch/ }).click();
  await anna.getByRole("button", { name: "Karte 1: Bei uns auch · 1" }).waitFor({ timeout: LIVE_MS });
  assert.equal(await ben.getByLabel("Ein Gedanke, ein bis drei Sätze").inputValue(), "Noch nicht fer");

  // From now on the moderator reads first.
  await desk.getByRole("button", { name: "Jede Karte wartet auf Freigabe" }).click();
  await anna.getByText("Jede Karte liest zuerst die Moderation.").waitFor({ timeout: LIVE_MS });
  await write(anna, "Das hier wartet erst einmal.", { kind: "Lösung" });
  await card(anna, "Das hier wartet erst einmal.").getByText("Wartet auf Freigabe").waitFor();
  const queued = (text) => desk.locator("li[id^=wartet]", { hasText: text });
  await queued("Das hier wartet erst einmal.").waitFor({ timeout: LIVE_MS });
  await write(anna, "Und das wird abgelehnt.");
  await queued("Und das wird abgelehnt.").waitFor({ timeout: LIVE_MS });
  assert.equal(await card(ben, "wartet erst einmal").count(), 0);
  assert.doesNotMatch(stranger.text, /wartet erst einmal|wird abgelehnt/);
  // And the check can fail: on the moderator's line it is found.
  await until("what waits on the moderator's line", () => /wartet erst einmal/.test(office.text), LIVE_MS);

  await queued("Das hier wartet erst einmal.").getByRole("button", { name: "Karte 2: Veröffentlichen" }).click();
  await card(ben, "Das hier wartet erst einmal.").waitFor({ timeout: LIVE_MS });
  await until("the card on the stranger's line", () => stranger.text.includes("Das hier wartet erst einmal."), LIVE_MS);

  const refused = queued("Und das wird abgelehnt.");
  await refused.getByText("Ablehnen").first().click();
  await refused.getByLabel("Grund der Ablehnung").selectOption({ label: "Doppelt" });
  await refused.getByRole("button", { name: "Ablehnen" }).click();
  await card(anna, "Und das wird abgelehnt.").getByText("Dasselbe steht schon auf einer anderen Karte.").waitFor({ timeout: LIVE_MS });
  assert.equal(await card(ben, "wird abgelehnt").count(), 0);
  assert.doesNotMatch(stranger.text, /wird abgelehnt/);

  // The emergency brake.
  await desk.getByRole("button", { name: "Board anhalten" }).click();
  await ben.getByText("Dieses Board ist angehalten").waitFor({ timeout: LIVE_MS });
  const send = ben.getByRole("button", { name: "Karte absenden" });
  await until("the shut button", () => send.isDisabled(), LIVE_MS);
  await desk.getByRole("button", { name: "Board weiterlaufen lassen" }).click();
  await until("the open button", () => send.isEnabled(), LIVE_MS);
});

test("votes are blind until they are shown, and bounded", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  const ben = await room.open(path);
  const desk = await room.desk(path, { viewport: TABLET });
  await join(anna, "Amsel");
  await join(ben, "Birke");
  for (const text of ["Erstens das.", "Zweitens dies.", "Drittens jenes."]) {
    await write(anna, text);
    await card(anna, text).waitFor();
  }
  await desk.getByRole("button", { name: "Gewichten" }).click();
  await anna.getByText("Sie haben noch 2 Stimmen.").waitFor({ timeout: LIVE_MS });
  await anna.getByRole("button", { name: "Karte 1: Stimme geben" }).click();
  await anna.getByRole("button", { name: "Karte 1: Meine Stimme", pressed: true }).waitFor();
  await anna.getByRole("button", { name: "Karte 2: Stimme geben" }).click();
  await anna.getByText("Sie haben noch 0 Stimmen.").waitFor();
  await anna.getByRole("button", { name: "Karte 3: Stimme geben" }).click();
  await anna.getByText("Sie haben alle 2 Stimmen vergeben.").waitFor();
  assert.equal(await ben.getByRole("button", { name: /Karte 1: Stimme geben · / }).count(), 0, "nobody sees how many");
  await desk.getByRole("button", { name: "Stimmen verdecken", pressed: true }).click();
  await ben.getByRole("button", { name: "Karte 1: Stimme geben · 1 Stimme" }).waitFor({ timeout: LIVE_MS });
});

test("a projector shows the newest cards and the code", async () => {
  const path = await room.board();
  const screen = await room.open(`${path}/leinwand`, { viewport: { width: 1920, height: 1080 } });
  const code = (await screen.locator(".board-code").textContent()).trim();
  assert.match(code, /^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  const host = new URL(room.platform.url).host;
  assert.match(await screen.locator(".screen-join").textContent(), new RegExp(`Mitmachen unter ${host}/themen, Code ${code}$`));
  const anna = await room.open("/themen");
  await anna.getByLabel("Code aus der Veranstaltung").fill(code.toLowerCase());
  await anna.getByRole("button", { name: "Zum Board" }).click();
  await anna.waitForURL(`**${path}?mitmachen=1`);
  await hydrated(anna);
  await anna.getByLabel("Ausgedachter Name").waitFor();
  await join(anna, "Amsel");
  await write(anna, "Von hinten lesbar.");
  await card(screen, "Von hinten lesbar.").waitFor({ timeout: LIVE_MS });
  await anna.goto(`${room.platform.url}/b/gibtesnicht`);
  await anna.getByText("Zu diesem Code gibt es kein Board.").first().waitFor();
});

test("the server goes and comes back: the page says so, and shows the room again by itself", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  anna.mayBreakOff = true;
  await join(anna, "Amsel");
  await write(anna, "Vor dem Neustart.");
  await card(anna, "Vor dem Neustart.").waitFor();
  await room.platform.kill();
  await anna.getByText("Gerade keine Verbindung.").waitFor({ timeout: LIVE_MS });
  await anna.getByLabel("Ein Gedanke, ein bis drei Sätze").fill("Was ich gerade schreibe");
  await room.platform.serve();
  await anna.getByText("Gerade keine Verbindung.").waitFor({ state: "detached", timeout: 15_000 });
  assert.equal(await anna.getByLabel("Ein Gedanke, ein bis drei Sätze").inputValue(), "Was ich gerade schreibe");
  const ben = await room.open(path);
  await join(ben, "Birke");
  await write(ben, "Nach dem Neustart.");
  await card(anna, "Nach dem Neustart.").waitFor({ timeout: LIVE_MS });
});

test("new cards are announced politely, at most once in five seconds", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  const ben = await room.open(path);
  await join(anna, "Amsel");
  await join(ben, "Birke");
  await ben.evaluate(() => {
    window.said = [];
    const place = document.getElementById("neues");
    new MutationObserver(() => window.said.push({ text: place.textContent, at: performance.now() })).observe(place, { childList: true, characterData: true, subtree: true });
  });
  for (const text of ["Eins.", "Zwei.", "Drei."]) {
    await write(anna, text);
    await card(ben, text).waitFor({ timeout: LIVE_MS });
  }
  const said = await until("what came meanwhile", () => ben.evaluate(() => window.said.length >= 2 && window.said));
  assert.equal(said[0].text.replace("\u00a0", " "), "Neu auf dem Board: 1 Beitrag.");
  assert.equal(said[1].text.replace("\u00a0", " "), "Neu auf dem Board: 2 Beiträge.");
  // The page's clock and this one's round by themselves.
  assert.ok(said[1].at - said[0].at >= 4990, `${said[1].at - said[0].at} ms`);
  assert.equal(await ben.locator("#neues").getAttribute("role"), "status");
});

describe("without WebAssembly", () => {
  test("one joins, writes, edits, moves, votes, takes back and erases", async () => {
    const path = await room.board({ level: "flagged" });
    const slug = path.split("/").at(-1);
    const anna = await room.open(path, { script: false });
    await join(anna, "Amsel");
    await write(anna, "Ohne Script geschrieben.", { kind: "Lösung" });
    await anna.getByText("Ihre Karte ist da.").waitFor();
    const mine = card(anna, "Ohne Script geschrieben.");
    await mine.getByText("Mehr").click();
    await mine.getByLabel("Text der Karte 1").fill("Ohne Script geändert.");
    await mine.getByRole("button", { name: "Text ändern" }).click();
    await anna.getByText("Ihr neuer Text ist gespeichert.").waitFor();
    const changed = card(anna, "Ohne Script geändert.");
    await changed.getByRole("button", { name: "Karte 1: Verschieben" }).click();
    await changed.getByLabel("Karte 1 verschieben nach").selectOption({ label: "Was hilft, ganz oben" });
    await changed.getByRole("button", { name: "Verschieben", exact: true }).click();
    await anna.locator(".column", { has: anna.getByRole("heading", { name: "Was hilft" }) }).locator(".note-text", { hasText: "Ohne Script geändert." }).waitFor();
    await room.staff.post("/api/board-act", { slug, on: "moderation", operation: JSON.stringify({ go_to: { phase: "weigh" } }) });
    await anna.reload();
    await anna.getByRole("button", { name: "Karte 1: Stimme geben" }).click();
    await anna.getByText("Ihre Stimme ist gezählt.").waitFor();
    await card(anna, "Ohne Script geändert.").getByText("Mehr").click();
    await anna.getByRole("button", { name: "Karte 1: Zurückziehen" }).click();
    await anna.getByText("Nur Sie sehen diese Karte noch.").waitFor();
    await card(anna, "Ohne Script geändert.").getByText("Mehr").click();
    await card(anna, "Ohne Script geändert.").getByText("Text löschen").click();
    await anna.getByRole("button", { name: "Karte 1: Endgültig löschen" }).click();
    await anna.getByText("Der Text ist endgültig gelöscht.").waitFor();
    assert.equal(await card(anna, "Ohne Script geändert.").count(), 0);
  });

  test("a wrong form says so in German, keeps what was typed and changes nothing", async () => {
    const path = await room.board();
    const slug = path.split("/").at(-1);
    const anna = new Visitor(room.platform);
    const long = "zu lang ".repeat(60);
    const page = async (next) => (await anna.get(next.replace(room.platform.url, ""))).text();
    // Who has not joined leaves no trace, and is told what to do.
    const early = await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "topic", column: crypto.randomUUID(), text: "Zu früh" });
    assert.match(await page(early.next), /machen Sie zuerst oben mit/);
    assert.equal(anna.cookie, "", "no cookie for who was refused");
    const nameless = await anna.post("/api/board-join", { slug, name: "" });
    assert.match(await page(nameless.next), /Bitte geben Sie einen Namen an/);
    await anna.post("/api/board-join", { slug, name: "Amsel" });
    assert.match(anna.cookie, /^lafast-device=/);
    const column = (await page(path)).match(/<option value="([0-9a-f-]{36})"/)[1];
    const tooLong = await page((await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "topic", column, text: long })).next);
    assert.match(tooLong, /Bitte kürzen Sie den Text auf höchstens 400 Zeichen/);
    assert.ok(tooLong.includes(long.trim()), "what was typed is still there");
    const kindless = await page((await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "", column, text: "Was?" })).next);
    assert.match(kindless, /<legend>Art der Karte.*Bitte wählen Sie eine Art\./s);
    const empty = await page((await anna.post("/api/board-write", { slug, key: crypto.randomUUID(), kind: "", column, text: "" })).next);
    for (const sentence of ["Bitte schreiben Sie etwas.", "Bitte wählen Sie eine Art."]) assert.ok(empty.includes(sentence), sentence);
    // Sent twice, it is one card.
    const key = crypto.randomUUID();
    for (let turn = 0; turn < 2; turn += 1) await anna.post("/api/board-write", { slug, key, kind: "topic", column, text: "Nur einmal da." });
    assert.equal((await page(path)).match(/<p class="note-text">Nur einmal da\./g).length, 1);
    // What only the moderator may do.
    const brake = await page((await anna.post("/api/board-act", { slug, operation: JSON.stringify({ freeze: { frozen: true } }) })).next);
    assert.match(brake, /Das darf auf diesem Board nur die Moderation/);
    assert.equal((await anna.get(`${path}/moderation`)).status, 404);
    assert.equal((await anna.get("/themen/gibt-es-nicht")).status, 404);
    assert.equal((await fetch(`${room.platform.url}/live/boards/${crypto.randomUUID()}/events`)).status, 404);
  });
});

test("on a phone there is one column at a time", async () => {
  const path = await room.board({ columns: "Was fehlt\nWas hilft\nWas nun" });
  const anna = await room.open(path);
  const heading = (page, name) => page.getByRole("heading", { name, level: 2 });
  await heading(anna, "Was fehlt").waitFor();
  assert.equal(await heading(anna, "Was hilft").isVisible(), false);
  await anna.getByText("Spalte 1 von 3").waitFor();
  const further = anna.getByRole("link", { name: "Weiter: Was hilft" });
  assert.equal(await further.count(), 0, "where there is nothing to read through, one way is enough");
  await join(anna, "Amsel");
  await write(anna, "Der Bus fährt selten.");
  await card(anna, "Der Bus fährt selten.").waitFor({ timeout: LIVE_MS });
  // From the end of a column, too.
  await further.click();
  await heading(anna, "Was hilft").waitFor();
  await anna.getByRole("link", { name: "Vorige Spalte: Was fehlt" }).click();
  await heading(anna, "Was fehlt").waitFor();
  await anna.getByRole("link", { name: "Nächste Spalte: Was hilft" }).click();
  await heading(anna, "Was hilft").waitFor();
  assert.equal(await heading(anna, "Was fehlt").isVisible(), false);
  await anna.getByRole("link", { name: "Nächste Spalte: Was nun" }).click();
  await anna.getByText("Spalte 3 von 3").waitFor();
  await anna.goBack();
  await heading(anna, "Was hilft").waitFor();
  // A link that somebody was sent leads to the same column.
  const there = anna.url().replace(room.platform.url, "");
  const ben = await room.open(there);
  await heading(ben, "Was hilft").waitFor();
  // Where there is room they are side by side, and without script all are below each other.
  await ben.setViewportSize(TABLET);
  await heading(ben, "Was nun").waitFor();
  const places = () => ben.locator(".column").evaluateAll((all) => all.map((one) => { const { x, y, width } = one.getBoundingClientRect(); return { x, y, width }; }));
  const [first, second, third] = await places();
  assert.ok(second.y === first.y && second.width > 340, `two on a tablet: ${second.width} px`);
  assert.ok(third.x === second.x && third.y > second.y && third.width === second.width, `the third stands below the second, beside the first: ${third.x}, ${third.y}`);
  await ben.setViewportSize({ width: 1000, height: 800 });
  assert.equal(new Set((await places()).map(({ y }) => y)).size, 1, "three where they fit");
  assert.equal(await ben.getByText("Spalte 2 von 3").isVisible(), false);
  assert.equal(await ben.getByRole("link", { name: /^Weiter: / }).count(), 0);
  const plain = await room.open(there, { script: false });
  for (const name of ["Was fehlt", "Was hilft", "Was nun"]) await heading(plain, name).waitFor();
  assert.equal(await plain.getByText("Spalte 2 von 3").isVisible(), false);
  // Where one title takes two lines the cards of all columns begin on one height.
  await ben.setViewportSize({ width: 1280, height: 800 });
  const add = { add_column: { column: crypto.randomUUID(), title: "Was wir dem Fachtag vorschlagen" } };
  await room.staff.post("/api/board-act", { slug: path.split("/").at(-1), on: "moderation", operation: JSON.stringify(add) });
  await heading(ben, "Was wir dem Fachtag vorschlagen").waitFor({ timeout: LIVE_MS });
  const ends = await ben.locator(".column > h2").evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().bottom)));
  assert.equal(new Set(ends).size, 1, ends.join());
});
