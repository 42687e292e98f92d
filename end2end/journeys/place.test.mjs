// A place and what its owner does with it by the personal link alone: another mode, other answers, a colleague in its
// stead, and giving it up. On a phone, with and without WebAssembly.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pagesWithOffice } from "../support/office.mjs";
import { personalLink, until } from "../support/platform.mjs";
import { givesUp, takesPlace } from "../support/practitioner.mjs";
import { readMail } from "../support/readers.mjs";
import { publish } from "../support/visitor.mjs";

const VIDEO = "https://video.example/raum-7";
const pages = pagesWithOffice();

// In the room, and one seat by video.
const hybrid = () => publish(pages.staff, { capacity_on_site: "3", capacity_online: "1", online_link: VIDEO, online_info: "Browser genügt." });

for (const script of [true, false]) {
  const address = (name) => `${name}-${script}@traeger.example`;

  describe(script ? "with WebAssembly" : "without WebAssembly", () => {
    test("from the room to video and back, and to nowhere when nothing is free there", async () => {
      const { slug } = await hybrid();
      const page = await pages.open(await takesPlace(pages.platform, slug, address("wechselt")), { script });
      assert.equal(await page.getByText(VIDEO).count(), 0, "who comes to the room is not shown the video link");
      await page.getByRole("button", { name: "Zu „online“ wechseln" }).click();
      await page.getByText("Der Wechsel ist eingetragen.").waitFor();
      await page.getByRole("link", { name: VIDEO }).waitFor();
      await page.getByText("Gewechselt: jetzt online.").waitFor();
      const mail = await pages.platform.mail(address("wechselt"), ({ subject }) => subject.startsWith("Geändert: Ihre Teilnahme"));
      assert.match(mail.text, /Sie nehmen jetzt online teil/);
      assert.ok(mail.text.includes(VIDEO));
      await page.getByRole("button", { name: "Zu „vor Ort“ wechseln" }).click();
      await page.getByText("Gewechselt: jetzt vor Ort.").waitFor();
      assert.equal(await page.getByText(VIDEO).count(), 0);

      const other = await takesPlace(pages.platform, slug, address("sitzt-online"), { mode: "online" });
      await page.getByRole("button", { name: "Zu „online“ wechseln" }).click();
      await page.getByText("Dort ist gerade kein Platz frei. Es bleibt alles, wie es ist.").waitFor();
      await page.getByText("Ihr Platz ist bestätigt.").waitFor();
      // And once there is one, it is possible again.
      await givesUp(pages.platform, other);
      await page.getByRole("button", { name: "Zu „online“ wechseln" }).click();
      await page.getByText("Der Wechsel ist eingetragen.").waitFor();
      await page.getByRole("link", { name: VIDEO }).waitFor();
    });

    test("other answers are kept, and what is too long is not and says so", async () => {
      const { slug } = await hybrid();
      const page = await pages.open(await takesPlace(pages.platform, slug, address("antwortet"), { access_needs: "Hörschleife" }), { script });
      const needs = page.getByLabel("Was brauchen Sie, um gut teilnehmen zu können?");
      assert.equal(await needs.inputValue(), "Hörschleife");
      await needs.fill("Stufenloser Zugang");
      await page.getByLabel("Auch die anderen Teilnehmenden").check();
      await page.getByRole("button", { name: "Änderungen speichern" }).click();
      await page.getByText("Ihre Angaben sind gespeichert.").waitFor();
      await pages.go(page, new URL(page.url()).pathname);
      assert.equal(await needs.inputValue(), "Stufenloser Zugang");
      assert.ok(await page.getByLabel("Auch die anderen Teilnehmenden").isChecked());

      await needs.evaluate((field) => { field.removeAttribute("maxlength"); });
      await needs.fill("x".repeat(501));
      await page.getByRole("button", { name: "Änderungen speichern" }).click();
      await page.locator("#access_needs-error").getByText("höchstens 500 Zeichen").waitFor();
      await pages.go(page, new URL(page.url()).pathname);
      assert.equal(await needs.inputValue(), "Stufenloser Zugang");
    });

    test("handed to a colleague: the old link ends, the colleague's own one works", async () => {
      const { slug } = await hybrid();
      const link = await takesPlace(pages.platform, slug, address("gibt-weiter"));
      const page = await pages.open(link, { script });
      await page.getByText("An eine Person aus meinem Träger").click();
      await page.getByLabel("Name der Person").fill("Beispielperson Nachfolge");
      await page.getByLabel("E-Mail-Adresse der Person").fill(address("bekommt"));
      await page.getByRole("button", { name: "Platz weitergeben" }).click();
      await page.getByText("Der Platz ist weitergegeben. Die Person bekommt gleich eine E-Mail.").waitFor();
      assert.equal(new URL(page.url()).pathname, "/anmeldung");
      await pages.platform.mail(address("gibt-weiter"), ({ subject }) => subject.startsWith("Weitergegeben"));

      await page.goto(pages.platform.url + link);
      await page.getByText("Diese Seite gibt es nicht").first().waitFor();
      assert.equal(await page.getByText("Beispielperson").count(), 0, "nothing of the colleague is behind the old link");
      // The browser tells of the one answer that was a 404.
      assert.deepEqual(page.problems.splice(0).filter((problem) => !problem.includes("404")), []);

      const mail = await pages.platform.mail(address("bekommt"), ({ subject }) => subject.startsWith("Ein Platz für Sie"));
      const own = personalLink(mail);
      assert.notEqual(own, link);
      await pages.go(page, own);
      await page.getByText("Ihr Platz ist bestätigt.").waitFor();
      await page.getByText("Beispielperson Nachfolge").waitFor();
      await page.getByText("Der Platz wurde weitergegeben.").waitFor();
      assert.ok(mail.parts.includes("text/calendar"));
    });

    test("a colleague who has a place already cannot get a second one", async () => {
      const { slug } = await hybrid();
      await takesPlace(pages.platform, slug, address("hat-schon"));
      const page = await pages.open(await takesPlace(pages.platform, slug, address("will-geben")), { script });
      await page.getByText("An eine Person aus meinem Träger").click();
      await page.getByLabel("Name der Person").fill("Beispielperson Zwei");
      await page.getByLabel("E-Mail-Adresse der Person").fill(address("hat-schon"));
      await page.getByRole("button", { name: "Platz weitergeben" }).click();
      await page.locator("#email-error").getByText("Diese Person ist schon angemeldet.").waitFor();
      assert.equal(await page.getByLabel("Name der Person").inputValue(), "Beispielperson Zwei");
      await page.getByText("Ihr Platz ist bestätigt.").waitFor();
    });

    test("given up only after a question, and the calendar entry goes too", async () => {
      const { slug } = await hybrid();
      const page = await pages.open(await takesPlace(pages.platform, slug, address("sagt-ab")), { script });
      const question = page.locator("dialog");
      assert.ok(!await question.isVisible());
      await page.getByText("Ich kann nicht kommen").click();
      await question.getByText("Den Platz wirklich absagen?").waitFor();
      await question.getByText("Platz behalten").click();
      await question.waitFor({ state: "hidden" });
      await page.getByText("Ihr Platz ist bestätigt.").waitFor();
      await page.getByText("Ich kann nicht kommen").click();
      await question.getByRole("button", { name: "Platz absagen" }).click();
      await page.getByText("Ihr Platz ist abgesagt. Danke, so kann jemand nachrücken.").waitFor();
      await page.getByText("Sie können sich neu anmelden.").waitFor();
      assert.equal(await question.count(), 0, "nothing is left to give up");
      assert.equal(await page.getByRole("link", { name: "In den Kalender" }).count(), 0, "nobody who stays away has it in the calendar");
      await page.getByRole("link", { name: "Neu anmelden" }).click();
      await page.waitForURL(`${pages.platform.url}/veranstaltungen/${slug}#anmelden`);
      const form = page.locator("#anmelden");
      await until("the form is on the screen", async () => (await form.boundingBox())?.y < page.viewportSize().height);
      const mail = await readMail(await pages.platform.mail(address("sagt-ab"), ({ subject }) => subject.startsWith("Abgesagt")));
      assert.equal(mail.calendar.method, "CANCEL");
    });
  });
}
