// People who come together: three on one form, somebody who signs up a colleague, and topics with three votes each. On a
// phone, with and without WebAssembly.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pagesWithOffice } from "../support/office.mjs";
import { personalLink } from "../support/platform.mjs";
import { fillIn, sends, takesPlace, toConfirm } from "../support/practitioner.mjs";
import { publish } from "../support/visitor.mjs";

const pages = pagesWithOffice();

for (const script of [true, false]) {
  const address = (name) => `${name}-${script}@traeger.example`;

  describe(script ? "with WebAssembly" : "without WebAssembly", () => {
    test("three people on one form: each gets an own mail with an own link, and decides alone", async () => {
      const { slug } = await publish(pages.staff, { capacity_on_site: "2" });
      const page = await pages.open(`/veranstaltungen/${slug}`, { script });
      await fillIn(page, address("erste"), { name: "Beispielperson Erste" });
      await page.getByText("Kolleg*innen mit anmelden").click();
      for (const [row, name] of [[1, "zweite"], [2, "dritte"]]) {
        await page.locator(`#colleague_${row}_name`).fill(`Beispielperson ${name}`);
        await page.locator(`#colleague_${row}_email`).fill(address(name));
      }
      await sends(page);
      const mails = [];
      for (const name of ["erste", "zweite", "dritte"]) mails.push(await toConfirm(pages.platform, address(name)));
      assert.deepEqual(mails.map(({ to }) => to.length), [1, 1, 1], "nobody reads the address of another");
      const links = mails.map(personalLink);
      assert.equal(new Set(links).size, 3);
      // Two seats for three: the last of the form waits, and is told so.
      assert.match(mails[2].subject, /^Bitte bestätigen: Warteliste/);

      await pages.go(page, links[1]);
      await page.getByText("Beispielperson zweite").waitFor();
      await page.getByRole("button", { name: "Jetzt bestätigen" }).click();
      await page.getByText("Ihr Platz ist bestätigt.").waitFor();
      // What one does changes nothing for the others.
      await pages.go(page, links[0]);
      await page.getByText("Bitte bestätigen Sie Ihre Anmeldung.").waitFor();
      await page.getByText("Ich kann nicht kommen").click();
      await page.getByRole("button", { name: "Platz absagen" }).click();
      await page.getByText("Ihr Platz ist abgesagt.").first().waitFor();
      await pages.go(page, links[1]);
      await page.getByText("Ihr Platz ist bestätigt.").waitFor();
      await pages.go(page, links[2]);
      await page.getByText("Bitte bestätigen Sie Ihre Anmeldung.").waitFor();
      await page.getByText(/Nachgerückt, Platz gehalten bis/).waitFor();
    });

    test("a colleague without an address: the sentence stands at the field, nobody is signed up", async () => {
      const { slug } = await publish(pages.staff);
      const page = await pages.open(`/veranstaltungen/${slug}`, { script });
      await fillIn(page, address("vergisst"));
      await page.getByText("Kolleg*innen mit anmelden").click();
      await page.locator("#colleague_1_name").fill("Beispielperson Ohne");
      await page.getByRole("button", { name: "Verbindlich anmelden" }).click();
      await page.locator("#colleague_1_email-error").waitFor();
      assert.ok(await page.locator("#colleague_1_name").isVisible(), "what is wrong is not folded away");
      assert.equal(await page.locator("#colleague_1_name").inputValue(), "Beispielperson Ohne");
      await page.locator("#colleague_1_email").fill(address("nachgetragen"));
      await sends(page);
      await toConfirm(pages.platform, address("nachgetragen"));
      assert.equal(pages.platform.mails().filter(({ to }) => to.includes(address("vergisst"))).length, 1);
    });

    test("signed up by a colleague: the person gets the mail, knows who it was, and decides", async () => {
      const { slug } = await publish(pages.staff);
      const page = await pages.open(`/veranstaltungen/${slug}`, { script });
      await fillIn(page, address("nimmt-teil"), { name: "Beispielperson Teilnahme" });
      await page.getByText("Ich melde jemand anderen an").click();
      await page.getByLabel("Ihr Name").fill("Beispielperson Sekretariat");
      await sends(page);
      const mail = await toConfirm(pages.platform, address("nimmt-teil"));
      assert.match(mail.text, /Eingetragen von: Beispielperson Sekretariat/);
      await pages.go(page, personalLink(mail));
      await page.getByText("(eingetragen von Beispielperson Sekretariat)").waitFor();
      await page.getByRole("button", { name: "Jetzt bestätigen" }).click();
      await page.getByText("Ihr Platz ist bestätigt.").waitFor();
      const links = pages.platform.mails().filter(({ to, text }) => text.includes(personalLink(mail)) && !to.includes(address("nimmt-teil")));
      assert.deepEqual(links, [], "the personal link is nobody else's");
    });

    test("a topic is proposed, three votes are given, a fourth is refused with a sentence", async () => {
      const { slug } = await publish(pages.staff);
      for (const number of [1, 2, 3]) await takesPlace(pages.platform, slug, address(`bringt-${number}`), { topic: `Thema Nummer ${number}` });
      const page = await pages.open(await takesPlace(pages.platform, slug, address("waehlt")), { script });
      const topic = (text) => page.locator(".list-item", { hasText: text });
      const vote = (text, words) => topic(text).getByRole("button", { name: words }).click();

      // The proposer's own vote is the first of three.
      await page.getByLabel("Thema vorschlagen").fill("Was ich selbst mitbringe");
      await page.getByRole("button", { name: "Vorschlagen", exact: true }).click();
      await page.getByText("Danke, Ihr Thema steht jetzt auf der Liste.").waitFor();
      await topic("Was ich selbst mitbringe").getByRole("button", { name: "Stimme zurücknehmen" }).waitFor();
      for (const number of [1, 2]) {
        await vote(`Thema Nummer ${number}`, "Dafür stimmen");
        await topic(`Thema Nummer ${number}`).getByText("2 Stimmen").waitFor();
        await topic(`Thema Nummer ${number}`).getByRole("button", { name: "Stimme zurücknehmen" }).waitFor();
      }
      await vote("Thema Nummer 3", "Dafür stimmen");
      await page.getByText("Sie haben Ihre drei Stimmen vergeben. Nehmen Sie zuerst eine zurück.").waitFor();
      await topic("Thema Nummer 3").getByText("1 Stimme", { exact: true }).waitFor();
      // One back, and it can go elsewhere.
      await vote("Was ich selbst mitbringe", "Stimme zurücknehmen");
      await topic("Was ich selbst mitbringe").getByText("0 Stimmen").waitFor();
      await vote("Thema Nummer 3", "Dafür stimmen");
      await topic("Thema Nummer 3").getByText("2 Stimmen").waitFor();

      // Everybody sees them in their order in the form, and can vote there.
      await pages.go(page, `/veranstaltungen/${slug}`);
      const shown = await page.locator("#votes label").allInnerTexts();
      assert.deepEqual(shown.map((line) => line.replace(/\s+/g, " ").trim()), [
        "Thema Nummer 1 (2 Stimmen)", "Thema Nummer 2 (2 Stimmen)", "Thema Nummer 3 (2 Stimmen)", "Was ich selbst mitbringe (0 Stimmen)",
      ]);
      await fillIn(page, address("kreuzt-an"));
      await page.getByLabel("Thema Nummer 2").check();
      await sends(page);
      await pages.go(page, personalLink(await toConfirm(pages.platform, address("kreuzt-an"))));
      await topic("Thema Nummer 2").getByRole("button", { name: "Stimme zurücknehmen" }).waitFor();
      await topic("Thema Nummer 2").getByText("3 Stimmen").waitFor();
      assert.equal(await page.getByRole("button", { name: "Stimme zurücknehmen" }).count(), 1);
    });
  });
}
