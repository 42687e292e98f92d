// What the office does with people and with a Veranstaltung that is running, on a tablet, with and without WebAssembly.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { TABLET } from "../support/browser.mjs";
import { Pages } from "../support/pages.mjs";
import { Platform, personalLink } from "../support/platform.mjs";
import { takesPlace } from "../support/practitioner.mjs";
import { readMail, reads } from "../support/readers.mjs";
import { inDays, publish, staffOf } from "../support/visitor.mjs";

const pages = new Pages();
let staff;

before(async () => {
  await pages.launch(await Platform.start({ demo: false }));
  staff = await staffOf(pages.platform);
});
after(() => pages.stop());

const mailTo = (address, subject) => pages.platform.mail(address, (mail) => mail.subject.startsWith(subject));
const mailsTo = (address, subject) => pages.platform.mails().filter((mail) => mail.to.includes(address) && mail.subject.startsWith(subject));

for (const script of [true, false]) {
  const address = (name) => `${name}-${script}@traeger.example`;
  const title = `Werkstatt ${script ? "mit" : "ohne"} Skript`;

  describe(script ? "with WebAssembly" : "without WebAssembly", () => {
    let page;
    let event;
    let office;
    const person = (name) => page.locator("section", { hasText: "Anmeldungen" }).locator(".list-item", { hasText: name });
    const names = async () => (await page.locator(".list-item summary strong").allInnerTexts()).sort();

    before(async () => {
      event = await publish(staff, { title, capacity_on_site: "1", ...inDays(42) });
      office = `/verwaltung/veranstaltungen/${event.id}`;
      await takesPlace(pages.platform, event.slug, address("sitzt"), { name: "Ahorn Sitzt", access_needs: "Stufenloser Zugang" });
      await takesPlace(pages.platform, event.slug, address("wartet"), { name: "Birke Wartet", organisation: "Haus Zwickau" });
      await takesPlace(pages.platform, event.slug, address("wartet-auch"), { name: "Eiche Wartet-Auch" });
      page = await pages.open(office, { cookies: staff.cookies, script, viewport: TABLET });
    });
    after(() => pages.tidy());

    test("enters a person above the limit, with a reason; who waits keeps the place in line", async () => {
      await page.locator("summary", { hasText: "Person eintragen" }).click();
      const form = page.locator("form", { has: page.getByRole("button", { name: "Eintragen" }) });
      await form.getByLabel("Name", { exact: true }).fill("Linde Spricht");
      await form.getByLabel("E-Mail-Adresse").fill(address("spricht"));
      await form.getByLabel("Träger", { exact: true }).fill("Hochschule am Bach");
      await form.getByLabel("Landkreis oder Stadt").selectOption("leipzig");
      await form.getByLabel("vor Ort").check();
      // Without a reason nobody is entered.
      await form.evaluate((form) => { form.noValidate = true; });
      await form.getByRole("button", { name: "Eintragen" }).click();
      await page.locator("#add_reason-error").waitFor();
      assert.equal(await form.getByLabel("Name", { exact: true }).inputValue(), "Linde Spricht");
      await form.getByLabel("Grund (wird protokolliert)").fill("Hält den Vortrag");
      await form.getByRole("button", { name: "Eintragen" }).click();
      await page.getByText("Die Person ist eingetragen und bekommt eine E-Mail.").waitFor();
      await person("Linde Spricht").getByText("bestätigt").waitFor();
      await person("Birke Wartet").getByText("Warteliste").waitFor();
      const mail = await mailTo(address("spricht"), "Ihr Platz bei");
      const own = await pages.open(personalLink(mail));
      await own.getByText(/Von der Geschäftsstelle eingetragen .*Hält den Vortrag/).waitFor();
    });

    test("reads which seats are kept back, uses one, and has it again when the entry is cancelled", async () => {
      const other = await publish(staff, { title: "Werkstatt mit Vortrag", capacity_on_site: "2", reserved_on_site: "1", ...inDays(44) });
      const desk = await pages.open(`/verwaltung/veranstaltungen/${other.id}`, { cookies: staff.cookies, script, viewport: TABLET });
      const keptBack = desk.getByText(/^Reserviert: 1\sPlatz vor Ort\. Wer hier eingetragen wird, nutzt zuerst einen davon\./);
      await desk.locator("summary", { hasText: "Person eintragen" }).click();
      await keptBack.waitFor();
      const form = desk.locator("form", { has: desk.getByRole("button", { name: "Eintragen" }) });
      await form.getByLabel("Name", { exact: true }).fill("Weide Spricht");
      await form.getByLabel("E-Mail-Adresse").fill(address("spricht-auch"));
      await form.getByLabel("Träger", { exact: true }).fill("Hochschule am Bach");
      await form.getByLabel("Landkreis oder Stadt").selectOption("leipzig");
      await form.getByLabel("vor Ort").check();
      await form.getByLabel("Grund (wird protokolliert)").fill("Hält den Vortrag");
      await form.getByRole("button", { name: "Eintragen" }).click();
      await desk.getByText("Die Person ist eingetragen und bekommt eine E-Mail.").waitFor();
      await keptBack.waitFor({ state: "detached" });
      const speaker = desk.locator(".list-item", { hasText: "Weide Spricht" });
      await speaker.locator("summary").click();
      await speaker.getByLabel("Grund (die Person sieht ihn)").fill("Der Vortrag fällt aus");
      await speaker.getByRole("button", { name: "Platz absagen" }).click();
      await desk.getByText("Der Platz ist abgesagt. Die Person bekommt eine E-Mail.").waitFor();
      await keptBack.waitFor({ state: "attached" });
    });

    test("moves somebody up out of turn, with a reason that the person reads", async () => {
      await pages.go(page, office);
      const reason = (name, deed) => person(name).locator("form", { has: page.getByRole("button", { name: deed }) })
        .getByLabel("Grund (die Person sieht ihn)");
      await person("Birke Wartet").locator("summary").click();
      await reason("Birke Wartet", "Platz absagen").fill("Noch nicht zu Ende");
      await person("Eiche Wartet-Auch").locator("summary").click();
      await reason("Eiche Wartet-Auch", "Auf einen Platz setzen").fill("Bringt die Sprachmittlung mit");
      await person("Eiche Wartet-Auch").getByRole("button", { name: "Auf einen Platz setzen" }).click();
      await page.getByText("Die Person hat jetzt einen Platz und bekommt eine E-Mail.").waitFor();
      await person("Eiche Wartet-Auch").getByText("bestätigt").waitFor();
      // The list has moved. What was typed for one person never stands at another, and with WebAssembly nobody else's is lost.
      const typed = await page.locator(".list-item input[name=reason]").evaluateAll((fields) => fields.filter(({ value }) => value)
        .map((field) => [field.closest(".list-item").querySelector("strong").textContent, field.value]));
      assert.deepEqual(typed, script ? [["Birke Wartet", "Noch nicht zu Ende"]] : []);
      assert.equal(await person("Birke Wartet").locator("details").evaluate(({ open }) => open), script);
      assert.equal(await person("Eiche Wartet-Auch").locator("details").evaluate(({ open }) => open), false);
      const own = await pages.open(personalLink(await mailTo(address("wartet-auch"), "Sie haben einen Platz")));
      await own.getByText("Von der Geschäftsstelle auf einen Platz gesetzt. Grund: Bringt die Sprachmittlung mit").waitFor();
    });

    test("filters the list of sign-ups by where they stand and by what is looked for", async () => {
      await pages.go(page, office);
      assert.deepEqual(await names(), ["Ahorn Sitzt", "Birke Wartet", "Eiche Wartet-Auch", "Linde Spricht"]);
      assert.equal(await page.getByText("Stufenloser Zugang").count(), 0, "needs are not shown unasked");
      await page.locator("summary", { hasText: "Filtern" }).click();
      await page.locator("#stand").selectOption("waiting");
      await page.getByRole("button", { name: "Anzeigen" }).click();
      await page.getByText("1 Person ·").waitFor();
      assert.deepEqual(await names(), ["Birke Wartet"]);
      await pages.go(page, office);
      await page.locator("summary", { hasText: "Filtern" }).click();
      await page.getByLabel("Name, Adresse oder Träger").fill("zwickau");
      await page.getByRole("button", { name: "Anzeigen" }).click();
      await page.getByText("1 Person ·").waitFor();
      assert.deepEqual(await names(), ["Birke Wartet"]);
      assert.equal(await page.locator("#suche").inputValue(), "zwickau", "the form says what narrows the list");
      assert.ok(await page.locator("#suche").isVisible(), "and is open then");
    });

    test("takes on what people need, sees it then, and gives it back", async () => {
      await pages.go(page, office);
      await page.getByRole("button", { name: "Ich kümmere mich um Bedarfe" }).click();
      await page.getByText("Stufenloser Zugang").waitFor({ state: "attached" });
      await person("Ahorn Sitzt").locator("summary .badge", { hasText: "Bedarf" }).waitFor();
      await page.getByRole("button", { name: "Ich kümmere mich nicht mehr darum" }).click();
      await page.getByText("Stufenloser Zugang").waitFor({ state: "detached" });
    });

    test("takes the list along as XLSX and CSV, without the needs", async () => {
      await pages.go(page, office);
      const files = {};
      for (const kind of ["XLSX", "CSV"]) {
        const arrives = page.waitForEvent("download");
        await page.getByRole("link", { name: kind, exact: true }).click();
        const download = await arrives;
        assert.equal(download.suggestedFilename(), `anmeldungen.${kind.toLowerCase()}`);
        files[kind] = readFileSync(await download.path());
      }
      const { rows, types } = await reads("workbook", files.XLSX);
      const column = rows[0].indexOf("Name");
      assert.deepEqual(rows.slice(1).map((row) => row[column]).sort(), ["Ahorn Sitzt", "Birke Wartet", "Eiche Wartet-Auch", "Linde Spricht"]);
      assert.ok(!types.includes("f"));
      const text = files.CSV.toString("utf8");
      for (const name of ["Ahorn Sitzt", "Linde Spricht"]) assert.ok(text.includes(name), name);
      assert.ok(!text.includes("Stufenloser") && !JSON.stringify(rows).includes("Stufenloser"));
    });

    test("writes to those who wait, each alone, and to nobody else", async () => {
      await pages.go(page, office);
      await page.locator("summary", { hasText: "Nachricht schreiben" }).click();
      await page.getByLabel("alle auf der Warteliste").check();
      await page.getByLabel("Betreff").fill("Wie es steht");
      await page.getByLabel("Nachricht", { exact: true }).fill("Bitte halten Sie sich den Tag frei.");
      await page.getByRole("button", { name: "Senden" }).click();
      await page.getByText("Die Nachricht geht an 1 Person.").waitFor();
      const mail = await mailTo(address("wartet"), "Wie es steht");
      assert.match(mail.text, /Bitte halten Sie sich den Tag frei\./);
      assert.deepEqual(mail.to, [address("wartet")]);
      assert.equal(mailsTo(address("sitzt"), "Wie es steht").length, 0);
    });

    test("changes the place: everybody is told and every calendar follows; without the tick nobody is", async () => {
      const before = (await readMail(await mailTo(address("sitzt"), "Ihr Platz bei"))).calendar.events[0];
      await pages.go(page, `${office}/bearbeiten`);
      await page.getByLabel("Haus und Raum").fill("Haus am Berg");
      assert.ok(await page.locator("#notify").isChecked());
      await page.getByRole("button", { name: "Änderungen speichern" }).click();
      await page.getByText("Die Änderungen sind gespeichert.").waitFor();
      for (const name of ["sitzt", "wartet", "spricht"]) assert.match((await mailTo(address(name), "Geändert")).text, /Haus am Berg/, name);
      const changed = (await readMail(await mailTo(address("sitzt"), "Geändert"))).calendar.events[0];
      assert.equal(changed.uid, before.uid);
      assert.ok(changed.sequence > before.sequence);
      assert.match(changed.location, /Haus am Berg/);

      await pages.go(page, `${office}/bearbeiten`);
      await page.getByLabel("Haus und Raum").fill("Haus im Tal");
      await page.locator("#notify").uncheck();
      await page.getByRole("button", { name: "Änderungen speichern" }).click();
      await page.getByText("Die Änderungen sind gespeichert.").waitFor();
      // What was put into the outbox later is there; a notice would be, too.
      await staff.post("/api/staff-message", { workshop: event.id, key: crypto.randomUUID(), group: "confirmed", subject: "Danach", text: "Danach geschrieben." });
      await mailTo(address("sitzt"), "Danach");
      assert.equal(mailsTo(address("sitzt"), "Geändert").length, 1);
    });

    test("makes a series across districts: drafts with texts and seats, without people and places", async () => {
      await pages.go(page, office);
      await page.getByRole("link", { name: "Kopieren" }).click();
      await page.getByRole("heading", { name: "Kopieren" }).waitFor();
      const starts = [inDays(60).starts_at, inDays(70).starts_at];
      for (const [row, district] of [[1, "zwickau"], [2, "bautzen"]]) {
        await page.locator(`#district_${row}`).selectOption(district);
        if (row === 1) await page.locator("#starts_1").fill(starts[0]);
      }
      // A date is missing: nothing is made, and the sentence stands at its field.
      await page.getByRole("button", { name: "Entwürfe anlegen" }).click();
      await page.locator("#starts_2-error").waitFor();
      // Beside each other labels begin on one line and fields end on one, whatever is said between; what is wrong is as wide as the form.
      const edge = (what, side) => page.locator(what).evaluate((element, side) => Math.round(element.getBoundingClientRect()[side]), side);
      assert.equal(await edge("label[for=district_2]", "top"), await edge("label[for=starts_2]", "top"));
      assert.equal(await edge("#district_2", "bottom"), await edge("#starts_2", "bottom"));
      assert.ok(await edge(".notice-error", "right") <= await edge("main form", "right"));
      assert.equal(await page.locator("#starts_1").inputValue(), starts[0]);
      await page.locator("#starts_2").fill(starts[1]);
      await page.getByRole("button", { name: "Entwürfe anlegen" }).click();
      await page.waitForURL(/\/verwaltung$/);
      const drafts = page.locator(".list-item", { hasText: title }).filter({ hasText: "Entwurf" });
      await drafts.nth(1).waitFor();
      assert.equal(await drafts.count(), 2);
      await drafts.first().getByRole("link").click();
      await page.getByText("Noch niemand.").waitFor();
      // Nobody is invited to nowhere.
      await page.getByRole("button", { name: "Veröffentlichen" }).click();
      await page.getByText("Bitte geben Sie Haus und Ort an, wenn es Plätze vor Ort gibt.").waitFor();
      await page.getByRole("link", { name: "Bearbeiten" }).click();
      await page.getByLabel("Titel").waitFor();
      assert.equal(await page.getByLabel("Titel").inputValue(), title);
      assert.equal(await page.locator("#capacity_on_site").inputValue(), "1");
      assert.equal(await page.getByLabel("Haus und Raum").inputValue(), "");
      assert.equal(await page.locator("#districts").inputValue(), "zwickau");
      await page.getByLabel("Haus und Raum").fill("Haus an der Mulde");
      await page.locator("#venue_town").fill("Zwickau");
      await page.getByRole("button", { name: "Änderungen speichern" }).click();
      await page.getByRole("button", { name: "Veröffentlichen" }).click();
      await page.getByText("Die Veranstaltung ist veröffentlicht.").waitFor();
    });

    test("cancels after a question: everybody is told why, and no sign-up is left open", async () => {
      await pages.go(page, office);
      await page.getByText("Veranstaltung absagen").click();
      await page.getByText(/^\d\sPersonen bekommen sofort eine E-Mail mit dem Grund\./).waitFor();
      await page.getByRole("link", { name: "Nicht absagen" }).waitFor();
      await page.getByLabel("Grund", { exact: true }).fill("Die Halle steht unter Wasser.");
      await page.getByRole("button", { name: "Absagen und alle benachrichtigen" }).click();
      await page.getByText("Die Veranstaltung ist abgesagt.").waitFor();
      for (const name of ["sitzt", "wartet", "wartet-auch", "spricht"]) assert.match((await mailTo(address(name), "Abgesagt")).text, /Die Halle steht unter Wasser/, name);
      assert.equal((await readMail(await mailTo(address("sitzt"), "Abgesagt"))).calendar.method, "CANCEL");
      await page.getByRole("link", { name: "Ansehen" }).click();
      await page.getByText("Diese Veranstaltung ist abgesagt.").waitFor();
      assert.equal(await page.locator("#anmelden").count(), 0);
    });
  });
}
