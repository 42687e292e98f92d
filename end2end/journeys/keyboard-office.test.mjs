// A2: the account at the width of a phone, and what the office does with people and with a Veranstaltung, by keyboard alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TABLET, hydrated } from "../support/browser.mjs";
import { Keyboard, dates } from "../support/keyboard.mjs";
import { pagesWithOffice } from "../support/office.mjs";
import { until } from "../support/platform.mjs";
import { takesPlace } from "../support/practitioner.mjs";
import { inDays, publish } from "../support/visitor.mjs";

const pages = pagesWithOffice();

const open = (path, options) => Keyboard.at(pages, path, options);

// The page of a Veranstaltung in the office: one person, who needs something, has the seat, one waits.
async function desk(name) {
  const event = await publish(pages.staff, { capacity_on_site: "1" });
  await takesPlace(pages.platform, event.slug, `${name}-sitzt@traeger.example`, { name: "Ahorn Sitzt", access_needs: "Rampe am Eingang" });
  await takesPlace(pages.platform, event.slug, `${name}-wartet@traeger.example`, { name: "Birke Wartet" });
  return open(`/verwaltung/veranstaltungen/${event.id}`, { cookies: pages.staff.cookies, viewport: TABLET });
}

const arrives = (page) => page.waitForFunction(() => document.activeElement?.id === "seite");

test("signs in, saves what fills in forms, and deletes the account", async () => {
  const email = "tastatur@traeger.example";
  const { page, keys } = await open("/konto/anmelden");
  await keys.types("email", email);
  await keys.press("Enter");
  assert.equal((await keys.rests("Code aus der E-Mail")).id, "code", "one goes on in the field that came");
  await page.keyboard.type("AAAA2222");
  await keys.press("Enter");
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "alert");
  await keys.tabTo("the wrong field's link", ({ href }) => href === "#code");
  await keys.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "code");
  await keys.press("Control+A");
  await page.keyboard.type(await pages.platform.code(email));
  await keys.press("Enter");
  await page.waitForURL(/\/konto$/);
  await arrives(page);
  // The heading is there at once; what stands below it is asked of the server.
  await page.getByText("Angemeldet als").waitFor();

  await keys.types("name", "Beispielperson Tastatur");
  await keys.types("organisation", "Brücke Mulde e. V.");
  await keys.types("district", "Zwickau");
  await keys.to("Speichern");
  await keys.press("Enter");
  await keys.rests("Ihre Angaben sind gespeichert.");
  assert.equal(await page.locator("#name").inputValue(), "Beispielperson Tastatur");
  assert.equal(await page.locator("#district").inputValue(), "zwickau");

  await keys.to("Konto löschen");
  await keys.press("Enter");
  assert.ok((await keys.rests("Das Konto wirklich löschen?")).inDialog, "the focus is in the question");
  await keys.tabTo("the tick", ({ id }) => id === "sure");
  await page.keyboard.press("Space");
  await keys.to("Konto endgültig löschen");
  await keys.press("Enter");
  await page.getByText(/^Ihr Konto ist gelöscht/).waitFor();
  await arrives(page);
});

test("signs out everywhere", async () => {
  const { page, keys } = await open("/konto/anmelden");
  await keys.types("email", "geht@traeger.example");
  await keys.press("Enter");
  await keys.rests("Code aus der E-Mail");
  await page.keyboard.type(await pages.platform.code("geht@traeger.example"));
  await keys.press("Enter");
  await page.waitForURL(/\/konto$/);
  await arrives(page);
  // The heading is there at once; what stands below it is asked of the server.
  await page.getByText("Angemeldet als").waitFor();
  await keys.to("Überall abmelden");
  await keys.press("Enter");
  await page.waitForURL(/\/konto\/anmelden$/);
  await arrives(page);
});

test("staff moves somebody up with a reason", async () => {
  const { page, keys } = await desk("rueckt");
  await keys.tabTo("who waits", ({ tag, text }) => tag === "SUMMARY" && text.startsWith("Birke Wartet"));
  await keys.press("Enter");
  await keys.tabTo("the reason", ({ name }) => name === "reason");
  await page.keyboard.type("Bringt die Sprachmittlung mit");
  await keys.to("Auf einen Platz setzen");
  await keys.press("Enter");
  await keys.rests("Die Person hat jetzt einen Platz und bekommt eine E-Mail.");
  await pages.platform.mail("rueckt-wartet@traeger.example", ({ subject }) => subject.startsWith("Sie haben einen Platz"));
});

test("staff enters a person, and takes the place back with a reason", async () => {
  const { page, keys } = await desk("kommt-dazu");
  await keys.to("Person eintragen");
  await keys.press("Enter");
  for (const [id, words] of [["name", "Linde Spricht"], ["email", "spricht@traeger.example"], ["organisation", "Hochschule am Bach"], ["district", "Leipzig"]]) await keys.types(id, words);
  await keys.tabTo("the mode", ({ name }) => name === "mode");
  await keys.press("Space");
  await keys.types("add_reason", "Hält den Vortrag");
  await keys.press("Enter");
  await keys.rests("Die Person ist eingetragen und bekommt eine E-Mail.");
  await pages.platform.mail("spricht@traeger.example", ({ subject }) => subject.startsWith("Ihr Platz bei"));

  await keys.tabTo("who was entered", ({ tag, text }) => tag === "SUMMARY" && text.startsWith("Linde Spricht"));
  await keys.press("Enter");
  await keys.tabTo("the reason", ({ name }) => name === "reason");
  await page.keyboard.type("Der Vortrag fällt aus");
  await keys.press("Enter");
  await keys.rests("Der Platz ist abgesagt. Die Person bekommt eine E-Mail.");
  await pages.platform.mail("spricht@traeger.example", ({ subject }) => subject.startsWith("Abgesagt"));
});

test("staff takes on what people need, and changes where it is", async () => {
  const { page, keys } = await desk("zieht-um");
  await keys.to("Ich kümmere mich um Bedarfe");
  await keys.press("Enter");
  await keys.rests("Sie kümmern sich jetzt um die Bedarfe.");
  await page.getByRole("button", { name: "Ich kümmere mich nicht mehr darum" }).waitFor();

  await keys.to("Bearbeiten");
  await keys.press("Enter");
  await page.getByRole("heading", { name: /^Bearbeiten: / }).waitFor();
  await arrives(page);
  await keys.types("venue_name", "");
  await keys.press("Control+A");
  await page.keyboard.type("Haus am Berg");
  await keys.to("Änderungen speichern");
  await keys.press("Enter");
  await keys.rests("Die Änderungen sind gespeichert.");
  assert.match((await pages.platform.mail("zieht-um-sitzt@traeger.example", ({ subject }) => subject.startsWith("Geändert"))).text, /Haus am Berg/);
});

test("staff sends a mail again, and finds that in the log", async () => {
  const { page, keys } = await desk("sucht-mail");
  const sent = () => pages.platform.mails().filter(({ to, subject }) => to.includes("sucht-mail-sitzt@traeger.example") && subject.startsWith("Ihr Platz bei")).length;
  await keys.tabTo("who has the seat", ({ tag, text }) => tag === "SUMMARY" && text.startsWith("Ahorn Sitzt"));
  await keys.press("Enter");
  const { href } = await keys.to("E-Mails");
  // What is still on its way is not sent again.
  await until("a mail that is sent", async () => (await (await pages.staff.get(href)).text()).includes("Noch einmal senden"));
  await keys.press("Enter");
  await page.getByRole("heading", { name: "E-Mails an Ahorn Sitzt" }).waitFor();
  await arrives(page);
  await keys.to("Noch einmal senden");
  await keys.press("Enter");
  await keys.rests("Die E-Mail steht noch einmal im Postausgang.");
  await until("the mail, twice", () => sent() === 2);

  await pages.go(page, "/verwaltung");
  await keys.to("Protokoll");
  await keys.press("Enter");
  await page.waitForURL(/\/verwaltung\/protokoll$/);
  await arrives(page);
  const published = page.getByText("Veranstaltung veröffentlicht");
  await published.first().waitFor();
  await keys.to("Filtern");
  await keys.press("Enter");
  await keys.types("worum", "Nachrichten");
  await keys.to("Anzeigen");
  await keys.press("Enter");
  await page.waitForURL(/worum=mails/);
  await hydrated(page);
  await page.getByText("E-Mail noch einmal verschickt (Platz bestätigt)").first().waitFor();
  assert.equal(await published.count(), 0);
});

test("staff writes to a group", async () => {
  const { keys } = await desk("liest");
  await keys.to("Nachricht schreiben");
  await keys.press("Enter");
  await keys.tabTo("to whom", ({ name }) => name === "group");
  await keys.press("ArrowDown");
  await keys.types("subject", "Wie es steht");
  await keys.types("text", "Bitte halten Sie sich den Tag frei.");
  await keys.to("Senden");
  await keys.press("Enter");
  await keys.rests("Die Nachricht geht an 1 Person.");
  await pages.platform.mail("liest-wartet@traeger.example", ({ subject }) => subject === "Wie es steht");
});

test("staff copies to another district, and throws the draft away", async () => {
  const { page, keys } = await desk("kopiert");
  await keys.to("Kopieren");
  await keys.press("Enter");
  await page.getByRole("heading", { name: "Kopieren" }).waitFor();
  await arrives(page);
  const { starts_at } = inDays(60);
  const typesMoment = await dates(page);
  await keys.types("district_1", "Zwickau");
  await keys.types("starts_1", "");
  await typesMoment(starts_at);
  assert.equal(await page.locator("#starts_1").inputValue(), starts_at);
  await keys.to("Entwürfe anlegen");
  await keys.press("Enter");
  await page.waitForURL(/\/verwaltung$/);
  await arrives(page);
  const drafts = page.locator(".list-item", { hasText: "Entwurf" });
  await drafts.first().waitFor();

  const draft = await drafts.getByRole("link").first().getAttribute("href");
  await keys.tabTo("the draft", ({ href }) => href === draft);
  await keys.press("Enter");
  await page.waitForURL(`**${draft}`);
  await arrives(page);
  await keys.to("Entwurf löschen");
  await keys.press("Enter");
  assert.ok((await keys.rests("Den Entwurf wirklich löschen?")).inDialog, "the focus is in the question");
  await keys.to("Endgültig löschen");
  await keys.press("Enter");
  await page.waitForURL(/\/verwaltung\?antwort=/);
  await keys.rests("Der Entwurf ist gelöscht.");
  assert.equal(await drafts.count(), 0);
});

test("staff cancels a Veranstaltung after a question", async () => {
  const { page, keys } = await desk("faellt-aus");
  await keys.to("Veranstaltung absagen");
  await keys.press("Enter");
  assert.ok((await keys.rests("Die Veranstaltung wirklich absagen?")).inDialog, "the focus is in the question");
  await keys.types("reason", "Der Raum steht unter Wasser.");
  await keys.to("Absagen und alle benachrichtigen");
  await keys.press("Enter");
  await keys.rests("Die Veranstaltung ist abgesagt.");
  assert.equal(await page.getByText("Veranstaltung absagen").count(), 0);
  for (const name of ["sitzt", "wartet"]) await pages.platform.mail(`faellt-aus-${name}@traeger.example`, ({ subject }) => subject.startsWith("Abgesagt"));
});
