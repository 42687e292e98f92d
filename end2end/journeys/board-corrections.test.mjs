// What staff corrects of a board stands on every page that shows it. With and without WebAssembly.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE } from "../support/browser.mjs";
import { until } from "../support/platform.mjs";
import { LIVE_MS, roomForTests } from "../support/room.mjs";

const WRONG = "Wohnun in Pirna";
const RIGHT = "Wohnung in Pirna";

const room = roomForTests();

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });

for (const script of [true, false]) {
  test(`staff corrects a title, and who takes part reads it${script ? " at once" : ", without WebAssembly"}`, async () => {
    const path = await room.board({ title: WRONG });
    const anna = await room.open(path, { viewport: PHONE, script });
    await heading(anna, WRONG).waitFor();
    const screen = await room.open(`${path}/leinwand`, { script });
    await heading(screen, WRONG).waitFor();
    const other = await room.desk(path, { viewport: PHONE, script });
    await heading(other, `Moderation: ${WRONG}`).waitFor();
    const desk = await room.desk(path, { viewport: PHONE, script });
    await desk.getByRole("link", { name: "Board bearbeiten" }).click();
    await heading(desk, "Board bearbeiten").waitFor();
    assert.equal(await desk.getByLabel("Stimmen je Person").inputValue(), "2");
    await desk.getByLabel("Titel").fill(RIGHT);
    await desk.getByRole("button", { name: "Speichern", exact: true }).click();
    await heading(desk, `Moderation: ${RIGHT}`).waitFor();
    await desk.getByText("Die Änderungen sind gespeichert.").waitFor();
    assert.equal(new URL(desk.url()).pathname, `${path}/moderation`, "its address stays");
    for (const [page, at, before] of [[anna, path, ""], [screen, `${path}/leinwand`, ""], [other, `${path}/moderation`, "Moderation: "]]) {
      if (!script) await room.go(page, at);
      await heading(page, before + RIGHT).waitFor({ timeout: LIVE_MS });
    }
    for (const [page, before] of [[anna, ""], [screen, "Leinwand: "], [other, "Moderation: "]]) {
      await until("the title of the document", async () => (await page.title()).startsWith(before + RIGHT), LIVE_MS);
    }
  });
}
