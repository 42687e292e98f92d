// A form that stood open while the world went on: sent at last, it is one sign-up with a true answer, or a sentence that says
// why there is none. On a phone, with and without WebAssembly.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pagesWithOffice } from "../support/office.mjs";
import { personalLink } from "../support/platform.mjs";
import { fillIn, sends, takesPlace, toConfirm } from "../support/practitioner.mjs";
import { draft, inDays, publish } from "../support/visitor.mjs";

const pages = pagesWithOffice();

// The lines of the office's list of sign-ups.
async function listed(id) {
  const page = await (await pages.staff.get(`/verwaltung/veranstaltungen/${id}`)).text();
  return [...page.matchAll(/<summary><strong>/g)].length;
}

// A key as the form of that day carried it: the first 48 bits of a UUIDv7 are the milliseconds.
function keyOf(days) {
  const fresh = crypto.randomUUID().replace(/^(.{14})4/, "$17");
  const then = (Date.now() - days * 86_400_000).toString(16).padStart(12, "0");
  return `${then.slice(0, 8)}-${then.slice(8)}${fresh.slice(13)}`;
}

for (const script of [true, false]) {
  const address = (name) => `${name}-${script}@traeger.example`;
  const send = (page) => page.getByRole("button", { name: "Verbindlich anmelden" }).click();
  // What was typed is still there: in the form that stands open, or in words on the page that has none any more.
  const keeps = async (page, name, email) => {
    const form = page.locator("#anmelden");
    if (script) {
      assert.equal(await form.locator("#name").inputValue(), name);
      assert.equal(await form.locator("#email").inputValue(), email);
    } else {
      assert.equal(await form.locator("form").count(), 0);
      const said = await form.innerText();
      for (const line of [`Name: ${name}`, `E-Mail-Adresse: ${email}`, "Träger oder Dienststelle: Brücke Mulde e. V.", "Landkreis oder Stadt: Dresden"]) assert.ok(said.includes(line), said);
    }
  };

  describe(script ? "with WebAssembly" : "without WebAssembly", () => {
    test("the last seat went meanwhile: the answer is the waiting list, and not the seat that the page still shows", async () => {
      const { id, slug } = await publish(pages.staff, { capacity_on_site: "1" });
      const page = await pages.open(`/veranstaltungen/${slug}`, { script });
      await page.locator("#anmelden").getByText("1 von 1 Platz frei").waitFor();
      await takesPlace(pages.platform, slug, address("schneller"));
      await fillIn(page, address("spaeter"));
      await sends(page);
      await page.getByText("Gerade ist alles belegt. Sie stehen auf Platz 1 der Warteliste.").waitFor();
      assert.match((await toConfirm(pages.platform, address("spaeter"))).subject, /Warteliste/);
      assert.equal(await listed(id), 2);
    });

    test("days later, and sent twice by going back: one sign-up, and the same answer", async () => {
      const { id, slug } = await publish(pages.staff);
      const page = await pages.open(`/veranstaltungen/${slug}`, { script });
      await page.locator("#anmelden input[name=key]").evaluate((field, key) => { field.value = key; }, keyOf(9));
      await fillIn(page, address("lange-offen"));
      const answers = [];
      for (const time of [1, 2]) {
        await sends(page);
        answers.push(await page.getByText("für Sie gehalten").innerText());
        if (time === 1) {
          await page.goBack();
          await page.locator("#anmelden").waitFor();
          await fillIn(page, address("lange-offen"));
        }
      }
      assert.equal(answers[0], answers[1]);
      assert.equal(await listed(id), 1);
      const mail = await toConfirm(pages.platform, address("lange-offen"));
      await pages.go(page, personalLink(mail));
      await page.getByRole("button", { name: "Jetzt bestätigen" }).click();
      await page.getByText("Ihr Platz ist bestätigt.").waitFor();
      assert.equal(pages.platform.mails().filter(({ to, subject }) => to.includes(address("lange-offen")) && subject.startsWith("Bitte")).length, 1);
    });

    test("sign-up closed meanwhile: a sentence says so, what was typed stays, nobody is signed up", async () => {
      const { id, slug } = await publish(pages.staff);
      const page = await pages.open(`/veranstaltungen/${slug}`, { script });
      const version = (await (await pages.staff.get(`/verwaltung/veranstaltungen/${id}/bearbeiten`)).text()).match(/name="version" value="([\d.]+)"/)[1];
      const yesterday = inDays(-1).closes_at;
      const { next } = await pages.staff.post("/api/staff-save", { ...draft({ closes_at: yesterday }), id, version });
      assert.match(next, /antwort=/);
      await fillIn(page, address("zu-spaet"), { name: "Beispielperson Zuspät" });
      await send(page);
      await page.getByText("Die Anmeldung ist geschlossen. Bitte fragen Sie bei der Geschäftsstelle nach.").first().waitFor();
      await keeps(page, "Beispielperson Zuspät", address("zu-spaet"));
      assert.equal(await listed(id), 0);
      assert.equal(pages.platform.mails().filter(({ to }) => to.includes(address("zu-spaet"))).length, 0);
    });

    test("cancelled meanwhile: a sentence says so, what was typed stays, nobody is signed up", async () => {
      const { id, slug } = await publish(pages.staff);
      const page = await pages.open(`/veranstaltungen/${slug}`, { script });
      await pages.staff.post("/api/staff-cancel", { id, reason: "Der Raum steht unter Wasser." });
      await fillIn(page, address("vergeblich"));
      await send(page);
      await page.getByText(/Diese Veranstaltung (findet nicht statt|ist abgesagt)/).first().waitFor();
      await keeps(page, "Beispielperson Eins", address("vergeblich"));
      assert.equal(await listed(id), 0);
    });
  });
}
