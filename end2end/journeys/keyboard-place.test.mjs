// A2: what one does with a place, and what the office does first, by keyboard alone. The public pages at the width of a phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TABLET } from "../support/browser.mjs";
import { Keyboard, dates } from "../support/keyboard.mjs";
import { pagesWithOffice } from "../support/office.mjs";
import { personalLink } from "../support/platform.mjs";
import { givesUp, takesPlace, toConfirm } from "../support/practitioner.mjs";
import { Visitor, inDays, publish } from "../support/visitor.mjs";

const pages = pagesWithOffice();

const open = (path, options) => Keyboard.at(pages, path, options);

const arrives = (page) => page.waitForFunction(() => document.activeElement?.id === "seite");

test("confirms", async () => {
  const { slug } = await publish(pages.staff);
  await new Visitor(pages.platform).signUp(slug, { email: "bestaetigt@traeger.example" });
  const { keys } = await open(personalLink(await toConfirm(pages.platform, "bestaetigt@traeger.example")));
  await keys.to("Jetzt bestätigen");
  await keys.press("Enter");
  await keys.rests("Danke, Ihre Adresse ist bestätigt.");
  // From there it goes on, and not at the top of the page again.
  assert.equal((await keys.tabTo("what comes next", () => true)).text, "Zum Absagen");
  assert.equal((await keys.tabTo("what comes after that", () => true)).text, "Alles zur Veranstaltung");
});

test("signs up with a colleague and a vote; both confirm, and the vote is taken back and given again", async () => {
  const { slug } = await publish(pages.staff);
  await takesPlace(pages.platform, slug, "bringt-mit@traeger.example", { topic: "Wohnen nach der Anerkennung" });
  const { page, keys } = await open(`/veranstaltungen/${slug}`);
  for (const [id, words] of [["name", "Beispielperson Erste"], ["email", "erste@traeger.example"], ["organisation", "Brücke Mulde e. V."], ["district", "Dresden"]]) await keys.types(id, words);
  await keys.tabTo("the mode", ({ name }) => name === "mode");
  await keys.press("Space");
  await keys.tabTo("a topic", ({ name }) => name?.startsWith("votes["));
  await keys.press("Space");
  await keys.types("topic", "Kita in ländlichen Orten");
  await keys.tabTo("colleagues", ({ tag, text }) => tag === "SUMMARY" && text.startsWith("Kolleg"));
  await keys.press("Enter");
  await keys.types("colleague_1_name", "Beispielperson Zweite");
  await keys.types("colleague_1_email", "zweite@traeger.example");
  await keys.to("Verbindlich anmelden");
  await keys.press("Enter");
  await page.waitForURL(/\/angemeldet/);
  await arrives(page);
  for (const name of ["zweite", "erste"]) {
    await pages.go(page, personalLink(await toConfirm(pages.platform, `${name}@traeger.example`)));
    await keys.to("Jetzt bestätigen");
    await keys.press("Enter");
    await keys.rests("Danke, Ihre Adresse ist bestätigt.");
  }

  const topic = (text) => page.locator(".list-item", { hasText: text });
  await topic("Wohnen nach der Anerkennung").getByText("2 Stimmen").waitFor();
  await keys.to("Stimme zurücknehmen");
  await keys.press("Enter");
  await keys.rests("Ihre Stimme ist zurückgenommen.");
  await topic("Wohnen nach der Anerkennung").getByText("1 Stimme", { exact: true }).waitFor();
  await keys.to("Dafür stimmen");
  await keys.press("Enter");
  await topic("Wohnen nach der Anerkennung").getByText("2 Stimmen").waitFor();
  await keys.rests("Ihre Stimme ist gezählt.");
  await keys.types("topic", "Fahrtkosten");
  await keys.press("Enter");
  await keys.rests("Danke, Ihr Thema steht jetzt auf der Liste.");
  await topic("Fahrtkosten").getByRole("button", { name: "Stimme zurücknehmen" }).waitFor();
});

test("has the link sent again", async () => {
  const { slug } = await publish(pages.staff);
  await takesPlace(pages.platform, slug, "verliert@traeger.example");
  const { page, keys } = await open(`/veranstaltungen/${slug}/angemeldet`);
  await keys.to("Link erneut senden");
  await keys.press("Enter");
  await page.waitForURL(/\/anmeldung$/);
  await arrives(page);
  await keys.types("email", "verliert@traeger.example");
  await keys.press("Enter");
  await keys.rests("Wenn es zu dieser Adresse Anmeldungen gibt");
  await pages.platform.mail("verliert@traeger.example", ({ subject }) => subject.startsWith("Ihr Link zu"));
});

test("accepts an offer", async () => {
  const { slug } = await publish(pages.staff, { ...inDays(10), capacity_on_site: "1" });
  const seat = await takesPlace(pages.platform, slug, "geht@traeger.example");
  const link = await takesPlace(pages.platform, slug, "wird-gefragt@traeger.example");
  await givesUp(pages.platform, seat);
  await pages.platform.mail("wird-gefragt@traeger.example", ({ subject }) => subject.startsWith("Ein Platz ist frei"));
  const { page, keys } = await open(link);
  await keys.to("Platz annehmen");
  await keys.press("Enter");
  await keys.rests("Der Platz gehört Ihnen.");
  await page.getByText("Ihr Platz ist bestätigt.").waitFor();
});

test("declines an offer", async () => {
  const { slug } = await publish(pages.staff, { ...inDays(10), capacity_on_site: "1" });
  const seat = await takesPlace(pages.platform, slug, "geht-auch@traeger.example");
  const link = await takesPlace(pages.platform, slug, "lehnt-ab@traeger.example");
  await givesUp(pages.platform, seat);
  await pages.platform.mail("lehnt-ab@traeger.example", ({ subject }) => subject.startsWith("Ein Platz ist frei"));
  const { page, keys } = await open(link);
  await keys.to("Platz ablehnen");
  await keys.press("Enter");
  assert.ok((await keys.rests("Den Platz wirklich ablehnen?")).inDialog, "the focus is in the question");
  await keys.to("Endgültig ablehnen");
  await keys.press("Enter");
  await keys.rests("Danke für die Nachricht. So kann jemand nachrücken.");
  await page.getByText("Sie haben den Platz abgelehnt").first().waitFor();
});

test("leaves the waiting list", async () => {
  const { slug } = await publish(pages.staff, { capacity_on_site: "1" });
  await takesPlace(pages.platform, slug, "bleibt@traeger.example");
  const { page, keys } = await open(await takesPlace(pages.platform, slug, "wartet-nicht@traeger.example"));
  await page.getByText("Sie stehen auf Platz 1 der Warteliste.").first().waitFor();
  await keys.to("Ich möchte nicht mehr warten");
  await keys.press("Enter");
  assert.ok((await keys.rests("Die Warteliste wirklich verlassen?")).inDialog, "the focus is in the question");
  await keys.to("Warteliste verlassen");
  await keys.press("Enter");
  await keys.rests("Danke für die Nachricht. Sie stehen nicht mehr auf der Warteliste.");
  await page.getByText("Sie haben die Warteliste verlassen.").first().waitFor();
});

test("comes by video instead, and changes the answers", async () => {
  const { slug } = await publish(pages.staff, { capacity_online: "2" });
  const { page, keys } = await open(await takesPlace(pages.platform, slug, "wechselt@traeger.example"));
  await keys.to("Zu „online“ wechseln");
  await keys.press("Enter");
  await keys.rests("Der Wechsel ist eingetragen.");
  await page.getByText("Gewechselt: jetzt online.").waitFor();

  await keys.types("access_needs", "Stufenloser Zugang");
  await keys.tabTo("who may see it", ({ name }) => name === "listing");
  await keys.press("ArrowDown");
  await keys.to("Änderungen speichern");
  await keys.press("Enter");
  await keys.rests("Ihre Angaben sind gespeichert.");
  await pages.go(page, new URL(page.url()).pathname);
  assert.equal(await page.locator("#access_needs").inputValue(), "Stufenloser Zugang");
  assert.ok(await page.getByLabel("Auch die anderen Teilnehmenden").isChecked());
});

test("hands the place to a colleague, wrong at first", async () => {
  const { slug } = await publish(pages.staff);
  const { page, keys } = await open(await takesPlace(pages.platform, slug, "gibt@traeger.example"));
  await keys.to("An eine Person aus meinem Träger");
  await keys.press("Enter");
  await keys.types("name", "Beispielperson Nachfolge");
  await keys.types("email", "bekommt@traeger");
  await keys.press("Enter");
  await page.waitForFunction(() => document.activeElement?.getAttribute("role") === "alert");
  await keys.tabTo("the wrong field's link", ({ href }) => href === "#email");
  await keys.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "email");
  await keys.press("Control+A");
  await page.keyboard.type("bekommt@traeger.example");
  await keys.press("Enter");
  await page.waitForURL(/\/anmeldung\?antwort=/);
  await keys.rests("Der Platz ist weitergegeben.");
  assert.equal((await keys.focus()).id, "seite", "who arrives elsewhere begins at the heading");
  await pages.platform.mail("bekommt@traeger.example", ({ subject }) => subject.startsWith("Ein Platz für Sie"));
});

test("cancels: the question holds the focus, gives it back, and is answered", async () => {
  const { slug } = await publish(pages.staff);
  const { page, keys } = await open(await takesPlace(pages.platform, slug, "sagt-ab@traeger.example"));
  await keys.to("Ich kann nicht kommen");
  await keys.press("Enter");
  await page.getByRole("dialog", { name: "Den Platz wirklich absagen?" }).waitFor();
  assert.ok((await keys.rests("Den Platz wirklich absagen?")).inDialog, "the focus is in the question");
  // Round and round, and never onto the page behind. The browser's own bar is the only way out.
  const stops = new Set();
  for (let stop = 0; stop < 12; stop += 1) {
    await keys.press(stop % 3 === 2 ? "Shift+Tab" : "Tab");
    const { tag, inDialog, text, marked } = await keys.focus();
    if (tag === "BODY") continue;
    assert.ok(inDialog && marked, `${tag} ${text}`);
    stops.add(text);
  }
  assert.deepEqual([...stops].sort(), ["Platz absagen", "Platz behalten"]);
  for (const leaves of ["Escape", "Platz behalten"]) {
    if (leaves === "Escape") await keys.press("Escape");
    else {
      await keys.to(leaves);
      await keys.press("Enter");
    }
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    const back = await keys.focus();
    assert.equal(back.text, "Ich kann nicht kommen", "the focus is back where it was");
    assert.ok(back.marked && back.inView);
    await keys.press("Enter");
    await page.getByRole("dialog").waitFor();
  }
  await keys.to("Platz absagen");
  await keys.press("Enter");
  await keys.rests("Ihr Platz ist abgesagt.");
});

test("cancels without WebAssembly: the question is a part of the page, and the next stop is in it", async () => {
  const { slug } = await publish(pages.staff);
  const { page, keys } = await open(await takesPlace(pages.platform, slug, "sagt-ab-ohne@traeger.example"), { script: false });
  await keys.to("Ich kann nicht kommen");
  await keys.press("Enter");
  await page.getByText("Den Platz wirklich absagen?").waitFor();
  assert.equal((await keys.tabTo("the next stop", () => true)).text, "Platz absagen");
  await keys.press("Enter");
  await page.waitForURL(/antwort=/);
  await page.getByText("Ihr Platz ist abgesagt.").first().waitFor();
  // A page that is loaded begins at its top.
  assert.equal((await keys.tabTo("the first stop", () => true)).text, "Zum Inhalt springen");
});

test("staff creates and publishes", async () => {
  const { page, keys } = await open("/verwaltung", { cookies: pages.staff.cookies, viewport: TABLET });
  await keys.to("Neue Veranstaltung");
  await keys.press("Enter");
  await arrives(page);
  const { starts_at, ends_at, opens_at, closes_at } = inDays(42);
  const typesMoment = await dates(page);
  await keys.types("title", "Werkstatt von der Tastatur");
  await keys.types("summary", "Ein Tag zum Ausprobieren.");
  await keys.types("districts", "Meißen");
  for (const [id, when] of Object.entries({ starts_at, ends_at, opens_at, closes_at })) {
    await keys.types(id, "");
    await typesMoment(when);
    assert.equal(await page.locator(`#${id}`).inputValue(), when);
  }
  await keys.types("venue_name", "Haus an der Elbe");
  await keys.types("venue_town", "Meißen");
  await keys.to("Als Entwurf speichern");
  await keys.press("Enter");
  await keys.rests("Der Entwurf ist gespeichert.");
  await keys.to("Veröffentlichen");
  await keys.press("Enter");
  await keys.rests("Die Veranstaltung ist veröffentlicht.");
  await keys.to("Ansehen");
  await keys.press("Enter");
  await page.waitForURL(/\/veranstaltungen\/werkstatt-von-der-tastatur/);
  await arrives(page);
});
