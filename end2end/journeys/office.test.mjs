// Staff publishes, somebody signs up, staff cancels. And whoever is not staff finds nothing.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { DESKTOP, PHONE, hydrated, launch, openPage } from "../support/browser.mjs";
import { Platform } from "../support/platform.mjs";

let platform;
let browser;

before(async () => {
  platform = await Platform.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  platform?.stop();
});

for (const [script, viewport] of [[true, DESKTOP], [false, DESKTOP], [true, PHONE], [false, PHONE]]) {
  describe(`${script ? "with WebAssembly" : "without WebAssembly"}, ${viewport.width} px wide`, () => {
    const own = `${script}-${viewport.width}`;
    const staff = `leitung-${own}@lafast.example`;
    const first = `a-${own}@traeger.example`;
    const second = `b-${own}@traeger.example`;
    let page;

    before(async () => {
      platform.addAdmin(staff, "staff");
      page = await openPage(browser, { viewport, script });
    });
    after(() => page.context().close());

    async function go(path) {
      await page.goto(platform.url + path);
      if (script) await hydrated(page);
    }

    test("staff signs in with a mailed code", async () => {
      await go("/konto/anmelden");
      await page.getByLabel("E-Mail-Adresse").fill(staff);
      await page.getByRole("button", { name: "Code schicken" }).click();
      await page.getByLabel("Code aus der E-Mail").waitFor();
      await page.getByLabel("Code aus der E-Mail").fill(await platform.code(staff));
      await page.getByRole("button", { name: "Anmelden", exact: true }).click();
      await page.getByText("Angemeldet als").waitFor();
    });

    test("staff creates and publishes a Veranstaltung", async () => {
      await go("/verwaltung/veranstaltungen/neu");
      const start = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
      const fields = {
        title: "Probe der Regionalwerkstatt",
        summary: "Ein Tag zum Ausprobieren.",
        starts_at: `${start}T10:00`,
        ends_at: `${start}T15:00`,
        opens_at: "2026-01-01T08:00",
        closes_at: `${start}T08:00`,
        capacity_on_site: "1",
        venue_name: "Haus am Bach",
        venue_town: "Plauen",
      };
      await page.locator("#districts").selectOption("vogtlandkreis");
      for (const name of ["Zwickau", "Erzgebirgskreis"]) await page.getByLabel(name).check();
      for (const [name, value] of Object.entries(fields)) await page.locator(`#${name}`).fill(value);
      await page.getByRole("button", { name: "Als Entwurf speichern" }).click();
      await page.getByRole("button", { name: "Veröffentlichen" }).click();
      await page.getByText("Die Veranstaltung ist veröffentlicht.").waitFor();
      const shown = await (await fetch(platform.url + await page.getByRole("link", { name: "Ansehen" }).getAttribute("href"))).text();
      const [facts] = shown.match(/<dl[^>]*facts[^]*?<\/dl>/);
      for (const name of ["Vogtlandkreis", "Zwickau", "Erzgebirgskreis"]) assert.match(facts, new RegExp(name));
    });

    test("two people sign up for one seat: the second waits, and moves up when the first is cancelled", async () => {
      const href = await page.getByRole("link", { name: "Ansehen" }).getAttribute("href");
      for (const email of [first, second]) {
        const visitor = await openPage(browser, { script: false });
        await visitor.goto(platform.url + href);
        await visitor.getByLabel("Name", { exact: true }).first().fill("Beispielperson");
        await visitor.getByLabel("E-Mail-Adresse", { exact: true }).first().fill(email);
        await visitor.getByLabel("Träger oder Dienststelle").fill("Träger Vogtland");
        await visitor.getByLabel("Landkreis oder Stadt").selectOption("vogtlandkreis");
        await visitor.locator("#mode-on_site").check();
        await visitor.getByRole("button", { name: /^(Verbindlich anmelden|Auf die Warteliste)$/ }).click();
        await visitor.waitForURL(/\/angemeldet/);
        const mail = await platform.mail(email, (one) => one.subject.startsWith("Bitte bestätigen"));
        await visitor.goto(mail.text.match(/https?:\/\/\S+\/anmeldung\/\S+/)[0]);
        await visitor.getByRole("button", { name: "Jetzt bestätigen" }).click();
        await visitor.waitForURL(/antwort=/);
        await visitor.context().close();
      }
      const waiting = await platform.mail(second, (mail) => mail.subject.startsWith("Warteliste"));
      assert.match(waiting.text, /Platz 1 der Warteliste/);

      const leaving = await openPage(browser, { script: false });
      const link = (await platform.mail(first)).text.match(/https?:\/\/\S+\/anmeldung\/\S+/)[0];
      await leaving.goto(link);
      await leaving.getByText("Ich kann nicht kommen").click();
      await leaving.getByRole("button", { name: "Platz absagen" }).click();
      await leaving.waitForURL(/antwort=/);
      await leaving.context().close();
      await platform.mail(second, (mail) => mail.subject.startsWith("Sie haben einen Platz"));
    });

    test("staff cancels, everybody is told, and the page says so", async () => {
      await page.reload();
      if (script) await hydrated(page);
      await page.getByText("Veranstaltung absagen").click();
      await page.getByLabel("Grund", { exact: true }).fill("Der Raum steht unter Wasser.");
      await page.getByRole("button", { name: "Absagen und alle benachrichtigen" }).click();
      await page.getByText("Die Veranstaltung ist abgesagt.").waitFor();
      const mail = await platform.mail(second, (one) => one.subject.startsWith("Abgesagt"));
      assert.match(mail.text, /Der Raum steht unter Wasser/);
      assert.ok(mail.parts.includes("text/calendar"));
    });

    test("staff throws a draft away", async () => {
      await page.getByRole("link", { name: "Kopieren" }).click();
      await page.waitForURL(/kopieren/);
      if (script) await hydrated(page);
      const start = new Date(Date.now() + 50 * 86_400_000).toISOString().slice(0, 10);
      await page.locator("#district_1").selectOption("leipzig");
      await page.locator("#starts_1").fill(`${start}T10:00`);
      await page.getByRole("button", { name: "Entwürfe anlegen" }).click();
      await page.waitForURL(/\/verwaltung$/);
      const drafts = page.locator("li", { hasText: "Probe der Regionalwerkstatt" }).filter({ hasText: "Entwurf" });
      await drafts.first().waitFor();
      const before = await drafts.count();
      await drafts.first().getByRole("link").first().click();
      await page.waitForURL(/veranstaltungen\/[0-9a-f-]{36}$/);
      if (script) await hydrated(page);
      await page.getByRole("link", { name: "Entwurf löschen" }).click();
      await page.getByRole("button", { name: "Endgültig löschen" }).click();
      await page.getByText("Der Entwurf ist gelöscht.").waitFor();
      assert.equal(await drafts.count(), before - 1);
    });

    test("staff saw no error in the console", () => assert.deepEqual(page.problems, []));
  });
}

test("whoever is not staff finds nothing in the office", async () => {
  for (const path of ["/verwaltung", "/verwaltung/postausgang", "/verwaltung/protokoll", "/verwaltung/veranstaltungen/neu"]) {
    const answer = await fetch(platform.url + path);
    assert.equal(answer.status, 404, path);
    assert.match(await answer.text(), /Diese Seite gibt es nicht/);
  }
});
