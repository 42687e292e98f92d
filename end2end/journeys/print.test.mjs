// On paper: the facts, and nothing to press. The page of a Veranstaltung, the list of who comes, and what came out of a board.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Pages } from "../support/pages.mjs";
import { Platform } from "../support/platform.mjs";
import { takesPlace } from "../support/practitioner.mjs";
import { publish, staffOf } from "../support/visitor.mjs";

const pages = new Pages();
let staff;
let event;

before(async () => {
  await pages.launch(await Platform.start());
  staff = await staffOf(pages.platform);
  event = await publish(staff, { title: "Probe auf Papier", capacity_on_site: "1" });
  await takesPlace(pages.platform, event.slug, "kommt@traeger.example", { name: "Ahorn Kommt", organisation: "Haus Zwickau" });
  await takesPlace(pages.platform, event.slug, "wartet@traeger.example", { name: "Birke Wartet" });
});
afterEach(() => pages.tidy());
after(() => pages.stop());

// What is to be seen of what nobody can use on paper.
const usable = (page) => page
  .locator("header, nav, footer, form, button, .button, input, select, textarea, .tile-map")
  .evaluateAll((found) => found.filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 120)));

// On the screen there is something to press, on paper there is not; and there all of these can be read.
async function reads(page, facts) {
  assert.notDeepEqual(await usable(page), [], "and the check can fail: on the screen there is something");
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await usable(page), []);
  for (const fact of facts) assert.ok(await fact.first().isVisible(), `${fact}`);
}

test("the page of a Veranstaltung says what, when, where and for whom", async () => {
  const page = await pages.open(`/veranstaltungen/${event.slug}`);
  await page.locator("#anmelden").waitFor();
  await reads(page, [
    page.getByRole("heading", { name: "Probe auf Papier" }), page.getByText("Ein Tag zum Ausprobieren."), page.locator(".facts time"),
    page.getByText(/Haus am Bach/), page.locator(".facts").getByText("Dresden"),
  ]);
});

test("the list of the office says who comes and who waits", async () => {
  const page = await pages.open(`/verwaltung/veranstaltungen/${event.id}`, { cookies: staff.cookies });
  await reads(page, [
    page.getByRole("heading", { name: "Probe auf Papier" }), page.getByText("Ahorn Kommt"), page.getByText("Haus Zwickau"),
    page.locator(".list-item", { hasText: "Ahorn Kommt" }).getByText("bestätigt"), page.locator(".list-item", { hasText: "Birke Wartet" }).getByText("Warteliste"),
  ]);
});

test("what came out of a board says what was found and how far it is", async () => {
  const compared = (await (await staff.get("/vorlagen")).text()).match(/href="(\/vorlagen\/[a-z0-9-]+)"/)[1];
  const [, results] = (await (await staff.get(compared)).text()).match(/href="(\/themen\/[a-z0-9-]+\/ergebnisse)"/);
  const page = await pages.open(results, { cookies: staff.cookies });
  await page.getByText("ändern").first().waitFor();
  await reads(page, [page.getByRole("heading", { level: 1 }), page.locator("main h2"), page.locator(".notes .note")]);
});
