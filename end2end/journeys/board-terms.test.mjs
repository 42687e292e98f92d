// How long what is written on a board stays: the office says it, and everybody reads it before they write. With and without
// WebAssembly.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE } from "../support/browser.mjs";
import { until } from "../support/platform.mjs";
import { LIVE_MS, join, roomForTests, write } from "../support/room.mjs";

const STAYS = "Die Beiträge bleiben, bis jemand sie löscht.";
const GOES = /werden alle Beiträge und Ergebnisse am \S+\s\d+\.\s\S+\s\d{4} gelöscht/;
const RESULTS_STAY = /werden alle Beiträge, Stimmen und Namen am \S+\s\d+\.\s\S+\s\d{4} gelöscht\. Ergebnisse, die die Moderation festgehalten hat, bleiben\./;

const room = roomForTests();

// Waits until the paragraph beside the choice says this, and nothing on the page says the other any more.
async function says(desk, sentence, other) {
  const paragraph = desk.locator("section[aria-labelledby=frist] > p");
  await paragraph.filter({ hasText: sentence }).waitFor({ timeout: LIVE_MS });
  assert.equal(await desk.getByText(other).count(), 0);
}

for (const script of [true, false]) {
  test(`the office gives a board a term, and the page tells it${script ? "" : ", without WebAssembly"}`, async () => {
    const path = await room.board();
    const anna = await room.open(path, { viewport: PHONE, script });
    await anna.getByText(STAYS).waitFor();
    const desk = await room.desk(path, { viewport: PHONE, script });
    await room.go(desk, `${path}/bearbeiten`);
    const term = desk.getByLabel("Von selbst löschen");
    const goes = desk.getByLabel("Was dann gelöscht wird");
    assert.deepEqual([await term.inputValue(), await goes.inputValue()], ["", "all"]);
    assert.equal(await goes.isVisible(), false, "nothing is erased");
    await term.selectOption({ label: "Nach 90 Tagen ohne Neues" });
    await goes.waitFor();
    await desk.getByRole("button", { name: "Frist speichern" }).click();
    await says(desk, GOES, STAYS);
    assert.deepEqual([await term.inputValue(), await goes.inputValue()], ["90", "all"]);
    await room.go(anna, path);
    await anna.getByText(GOES).waitFor();
    await join(anna, "Amsel");
    await write(anna, "Für neunzig Tage.");
    await room.go(desk, `${path}/bearbeiten`);
    assert.equal(await term.inputValue(), "90");
    await goes.selectOption({ label: "nur Beiträge, die Ergebnisse bleiben" });
    await desk.getByRole("button", { name: "Frist speichern" }).click();
    await says(desk, RESULTS_STAY, GOES);
    await room.go(anna, path);
    await anna.getByText(RESULTS_STAY).waitFor();
    await room.go(desk, `${path}/bearbeiten`);
    assert.deepEqual([await term.inputValue(), await goes.inputValue()], ["90", "posts"]);
    await term.selectOption({ label: "Nie" });
    await goes.waitFor({ state: "hidden" });
    await desk.getByRole("button", { name: "Frist speichern" }).click();
    await says(desk, STAYS, RESULTS_STAY);
    await room.go(anna, path);
    await anna.getByText(STAYS).waitFor();
  });
}

test("another term is read on a console that is open, as soon as it is set", async () => {
  const path = await room.board();
  const first = await room.desk(path);
  const second = await room.desk(path, { viewport: PHONE });
  await room.go(first, `${path}/bearbeiten`);
  await second.getByText(STAYS).waitFor();
  await first.getByLabel("Von selbst löschen").selectOption({ label: "Nach einem Jahr ohne Neues" });
  await first.getByRole("button", { name: "Frist speichern" }).click();
  await says(first, GOES, STAYS);
  await says(second, GOES, STAYS);
});

test("who only moderates sees how long it stays, and does not say it", async () => {
  const path = await room.board();
  const anna = await room.open(path);
  await join(anna, "Amsel");
  await write(anna, "Ich moderiere mit.");
  const slug = path.split("/").at(-1);
  const cards = async () => JSON.parse(await (await room.staff.get(`${path}/export.json`)).text()).board.cards;
  const [{ id }] = await until("the card in the log", async () => {
    const all = await cards();
    return all.length > 0 && all;
  });
  await room.staff.post("/api/board-hand-over", { slug, on: "moderation", card: id, given: "1" });
  await room.go(anna, `${path}/moderation`);
  await anna.getByText(STAYS).waitFor();
  assert.equal(await anna.getByRole("link", { name: "Board bearbeiten" }).count(), 0);
});
