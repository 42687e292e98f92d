// What becomes of a page with forms when a form, its answer or the page's next data is lost or slow, and of what somebody typed
// there meanwhile. With WebAssembly: without it a browser keeps what was typed by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TABLET } from "../support/browser.mjs";
import { pagesWithOffice } from "../support/office.mjs";
import { until } from "../support/platform.mjs";
import { givesUp, takesPlace } from "../support/practitioner.mjs";
import { Visitor, publish } from "../support/visitor.mjs";

const pages = pagesWithOffice();

const NO_NETWORK = "Ihre Eingaben stehen noch hier.";

// The page of a Veranstaltung in the office: one person has the only seat, one waits. What gets lost is heard of in the console.
async function desk(name) {
  const event = await publish(pages.staff, { capacity_on_site: "1" });
  const emails = ["sitzt", "wartet"].map((one) => `${name}-${one}@traeger.example`);
  const links = [];
  for (const [at, person] of ["Ahorn Sitzt", "Birke Wartet"].entries()) links.push(await takesPlace(pages.platform, event.slug, emails[at], { name: person }));
  const page = await pages.open(`/verwaltung/veranstaltungen/${event.id}`, { cookies: pages.staff.cookies, viewport: TABLET });
  page.mayBreakOff = true;
  return { page, emails, links };
}

async function writes(page) {
  await page.locator("summary", { hasText: "Nachricht schreiben" }).click();
  await page.getByLabel("alle Angemeldeten und Wartenden").check();
  await page.getByLabel("Betreff").fill("Neuer Raum");
  await page.getByLabel("Nachricht", { exact: true }).fill("Wir treffen uns im Saal.");
}

const sends = (page) => page.getByRole("button", { name: "Senden" }).click();

// The server does it, and the answer to it is lost on the way, this once.
const loseTheAnswer = (page, address) => page.route(address, async (route) => {
  await route.fetch();
  await route.abort();
}, { times: 1 });

// Each of them has exactly one such mail.
async function onceEach(emails, subject) {
  for (const email of emails) await pages.platform.mail(email, (mail) => mail.subject.startsWith(subject));
  for (const email of emails) assert.equal(pages.platform.mails().filter((mail) => mail.to.includes(email) && mail.subject.startsWith(subject)).length, 1, email);
}

test("a message that is sent without a network stays on its page as it was typed, and goes out once", async () => {
  const { page, emails } = await desk("ohne-netz");
  await writes(page);
  await page.context().setOffline(true);
  await sends(page);
  await page.getByText(NO_NETWORK).waitFor();
  await page.getByRole("heading", { name: "Anmeldungen" }).waitFor();
  assert.equal(await page.getByLabel("Nachricht", { exact: true }).inputValue(), "Wir treffen uns im Saal.");
  await page.context().setOffline(false);
  await sends(page);
  await page.getByText("Die Nachricht geht an 2 Personen.").waitFor();
  await onceEach(emails, "Neuer Raum");
});

test("a message whose answer is lost is sent again by hand, and everybody has it once", async () => {
  const { page, emails } = await desk("antwort-weg");
  await writes(page);
  await loseTheAnswer(page, "**/api/staff-message");
  await sends(page);
  await page.getByText(NO_NETWORK).waitFor();
  await sends(page);
  await page.getByText("Die Nachricht geht an 2 Personen.").waitFor();
  await onceEach(emails, "Neuer Raum");
});

test("a page that cannot be loaded again says what worked, stays, and says that it may be old", async () => {
  const { page, emails } = await desk("laedt-nicht");
  await writes(page);
  await page.route("**/api/staff-workshop*", (route) => route.abort(), { times: 1 });
  await sends(page);
  await page.getByText("Die Nachricht geht an 2 Personen.").waitFor();
  await page.getByText("Was hier steht, kann veraltet sein.").waitFor();
  await page.locator(".list-item", { hasText: "Ahorn Sitzt" }).waitFor();
  await onceEach(emails, "Neuer Raum");
  await page.getByRole("link", { name: "Noch einmal laden" }).click();
  await page.getByText("Was hier steht, kann veraltet sein.").waitFor({ state: "detached" });
  await page.locator(".list-item", { hasText: "Ahorn Sitzt" }).waitFor();
});

test("what was sent is gone from its form, what was not is still there", async () => {
  const { page } = await desk("leert-sich");
  await page.locator("summary", { hasText: "Person eintragen" }).click();
  const add = page.locator("form", { has: page.getByRole("button", { name: "Eintragen" }) });
  await add.getByLabel("Name", { exact: true }).fill("Linde Noch-Nicht");
  await add.getByLabel("Landkreis oder Stadt").selectOption("zwickau");
  await writes(page);
  await sends(page);
  await page.getByText("Die Nachricht geht an 2 Personen.").waitFor();
  await until("an empty message", async () => (await page.locator("#text").inputValue()) === "" && (await page.locator("#subject").inputValue()) === "");
  assert.equal(await add.getByLabel("Name", { exact: true }).inputValue(), "Linde Noch-Nicht");
  assert.equal(await add.getByLabel("Landkreis oder Stadt").inputValue(), "zwickau");
  assert.ok(await add.isVisible(), "and its part is still open");
});

test("who is no longer signed in is told so, and keeps what was typed", async () => {
  const { page, emails } = await desk("abgemeldet");
  await writes(page);
  const kept = await page.context().cookies();
  await page.context().clearCookies();
  await sends(page);
  await page.getByText("Vielleicht sind Sie nicht mehr angemeldet").waitFor();
  assert.equal(await page.getByLabel("Nachricht", { exact: true }).inputValue(), "Wir treffen uns im Saal.");
  await page.context().addCookies(kept);
  await sends(page);
  await page.getByText("Die Nachricht geht an 2 Personen.").waitFor();
  await onceEach(emails, "Neuer Raum");
});

test("who has a seat meanwhile is not asked to give it up where leaving the line was asked for", async () => {
  const { emails: [, email], links: [seat, link] } = await desk("rueckt-nach");
  const page = await pages.open(link);
  await page.getByText("Ich möchte nicht mehr warten").click();
  await page.locator("dialog[open]", { hasText: "Die Warteliste wirklich verlassen?" }).waitFor();
  await givesUp(pages.platform, seat);
  await pages.platform.mail(email, ({ subject }) => subject.startsWith("Sie haben einen Platz"));
  await page.locator("dialog[open]").getByRole("button", { name: "Warteliste verlassen" }).click();
  await page.getByText("Ihr Platz ist bestätigt.").waitFor();
  assert.equal(await page.locator("dialog[open]").count(), 0);
  assert.notEqual(await page.evaluate(() => document.activeElement.tagName), "BODY");
});

test("a question that was not answered right stays open, with the focus where it is wrong", async () => {
  const visitor = new Visitor(pages.platform);
  await visitor.signIn("fragt@traeger.example");
  const page = await pages.open("/konto", { cookies: visitor.cookies });
  await page.getByText("Konto löschen", { exact: true }).click();
  await page.getByRole("button", { name: "Konto endgültig löschen" }).click();
  await page.locator("dialog[open] #sure-error").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "sure");
});

test("what is chosen on the account page stays chosen while another device is signed out", async () => {
  const visitor = new Visitor(pages.platform);
  await visitor.signIn("waehlt@traeger.example");
  await visitor.post("/api/account-save", { name: "Beispielperson", organisation: "", district: "dresden" });
  const codes = () => pages.platform.mails().filter(({ to, subject }) => to.includes("waehlt@traeger.example") && /Code/.test(subject)).length;
  const other = new Visitor(pages.platform);
  await other.post("/api/account-request-code", { email: "waehlt@traeger.example", next: "" });
  await until("the code for the other device", () => codes() === 2);
  await other.post("/api/account-redeem-code", { email: "waehlt@traeger.example", code: await pages.platform.code("waehlt@traeger.example"), next: "" });
  const page = await pages.open("/konto", { cookies: visitor.cookies });
  await page.locator("#district").selectOption("zwickau");
  await page.locator("#name").fill("Beispielperson Neu");
  const others = page.locator(".list-item").getByRole("button", { name: "Abmelden" });
  await others.click();
  await others.waitFor({ state: "detached" });
  assert.equal(await page.locator("#district").inputValue(), "zwickau");
  assert.equal(await page.locator("#name").inputValue(), "Beispielperson Neu");
  await page.getByRole("button", { name: "Speichern" }).click();
  await page.getByText("Ihre Angaben sind gespeichert.").waitFor();
  assert.equal(await page.locator("#district").inputValue(), "zwickau");
});

test("where a network is slow a page says that something is on its way, and keeps what it shows", async () => {
  const { slug } = await publish(pages.staff, { title: "Werkstatt in Görlitz", districts: "goerlitz" });
  assert.ok(slug);
  const page = await pages.open("/veranstaltungen");
  let comes;
  const arrives = new Promise((resolve) => { comes = resolve; });
  await page.route("**/api/workshop-list*", async (route) => { await arrives; await route.continue(); });
  await page.locator("a[href='/veranstaltungen?kreis=goerlitz']").click();
  await page.locator("main[aria-busy=true]").waitFor();
  assert.ok(await page.locator(".tile-map").isVisible(), "the map is still there");
  comes();
  await page.locator("main:not([aria-busy])").waitFor();
  await page.getByText("ganz Sachsen zeigen").waitFor();
});
