// The waiting list: who waits knows the place in line, gets a seat when somebody cancels, and is asked first when the day
// is near. On a phone, with and without WebAssembly.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pagesWithOffice } from "../support/office.mjs";
import { personalLink } from "../support/platform.mjs";
import { fillIn, givesUp, sends, takesPlace, toConfirm } from "../support/practitioner.mjs";
import { inDays, publish } from "../support/visitor.mjs";

const pages = pagesWithOffice();

// A Veranstaltung whose only seat is taken: its slug, and the link to the seat.
async function full(days, taker) {
  const { slug } = await publish(pages.staff, { ...inDays(days), capacity_on_site: "1" });
  return { slug, seat: await takesPlace(pages.platform, slug, taker) };
}

// Somebody signs up although all is taken, and reads the same place in line everywhere. The page stays on the person's link.
async function joinsTheLine(slug, email, position, script) {
  const page = await pages.open(`/veranstaltungen/${slug}`, { script });
  await page.locator("#anmelden").getByText(position === 1 ? "ausgebucht, Warteliste offen" : `ausgebucht, ${position - 1} Person`).waitFor();
  await fillIn(page, email);
  await sends(page);
  await page.getByText(`Gerade ist alles belegt. Sie stehen auf Platz ${position} der Warteliste.`).waitFor();
  const mail = await toConfirm(pages.platform, email);
  assert.match(mail.subject, /^Bitte bestätigen: Warteliste für/);
  assert.match(mail.text, new RegExp(`Platz ${position} der Warteliste`));
  await pages.go(page, personalLink(mail));
  await page.getByText(`Bitte bestätigen Sie Platz ${position} auf der Warteliste.`).waitFor();
  await page.getByRole("button", { name: "Jetzt bestätigen" }).click();
  await page.getByText(`Sie stehen auf Platz ${position} der Warteliste.`).waitFor();
  await page.getByText(`E-Mail-Adresse bestätigt, Warteliste auf Platz ${position}.`).waitFor();
  return page;
}

// Opens the link of the mail with this subject, as somebody does who reads it on the phone.
async function opensMail(page, email, subject) {
  const mail = await pages.platform.mail(email, (one) => one.subject.startsWith(subject));
  await pages.go(page, personalLink(mail));
  return mail;
}

for (const script of [true, false]) {
  const address = (name) => `${name}-${script}@traeger.example`;

  describe(script ? "with WebAssembly" : "without WebAssembly", () => {
    test("weeks before the day a seat that is given up goes to the first in line, who is told by mail", async () => {
      const { slug, seat } = await full(42, address("sitzt"));
      const page = await joinsTheLine(slug, address("wartet"), 1, script);
      await givesUp(pages.platform, seat);
      const mail = await opensMail(page, address("wartet"), "Sie haben einen Platz");
      assert.ok(mail.parts.includes("text/calendar"), mail.parts.join());
      await page.getByText("Ihr Platz ist bestätigt.").waitFor();
      await page.getByText("Nachgerückt, Platz fest.").waitFor();
      assert.equal(await page.getByRole("button", { name: "Platz annehmen" }).count(), 0, "nothing is left to answer");
    });

    test("near the day the first in line is asked and declines, the next one is asked and accepts", async () => {
      const { slug, seat } = await full(10, address("geht"));
      const first = await joinsTheLine(slug, address("lehnt-ab"), 1, script);
      const second = await joinsTheLine(slug, address("nimmt-an"), 2, script);
      await givesUp(pages.platform, seat);

      const offer = await opensMail(first, address("lehnt-ab"), "Ein Platz ist frei");
      assert.ok(!offer.parts.includes("text/calendar"), "an offer is not in the calendar yet");
      const told = await first.getByText(/Ein Platz ist frei: Sie haben ihn sicher bis .+\./).innerText();
      assert.ok(offer.text.includes(told.match(/bis (.+?)\.? /)[1].slice(0, 10)), `the mail and the page name the same deadline: ${told}`);
      await first.getByText("Platz ablehnen").click();
      await first.getByRole("button", { name: "Endgültig ablehnen" }).click();
      await first.getByText("Danke für die Nachricht. So kann jemand nachrücken.").waitFor();
      await first.getByText("Sie haben den Platz abgelehnt.").waitFor();

      await opensMail(second, address("nimmt-an"), "Ein Platz ist frei");
      await second.getByRole("button", { name: "Platz annehmen" }).click();
      await second.getByText("Der Platz gehört Ihnen.").waitFor();
      await second.getByText("Ihr Platz ist bestätigt.").waitFor();
      await second.getByText("Angebot angenommen, Platz fest.").waitFor();
      const confirmed = await pages.platform.mail(address("nimmt-an"), ({ subject }) => subject.includes("ist bestätigt"));
      assert.ok(confirmed.parts.includes("text/calendar"));

      // Who declined cannot take it back any more.
      await pages.go(first, new URL(first.url()).pathname);
      assert.equal(await first.getByRole("button", { name: "Platz annehmen" }).count(), 0);
    });

    test("who does not want to wait any longer leaves, and who stood behind moves on", async () => {
      const { slug } = await full(42, address("bleibt"));
      const first = await joinsTheLine(slug, address("hat-genug"), 1, script);
      const second = await joinsTheLine(slug, address("steht-dahinter"), 2, script);
      await first.getByText("Ich möchte nicht mehr warten").click();
      await first.getByRole("button", { name: "Warteliste verlassen" }).click();
      await first.getByText("Danke für die Nachricht. Sie stehen nicht mehr auf der Warteliste.").waitFor();
      await first.getByText("Sie haben die Warteliste verlassen.").waitFor();
      await pages.go(second, new URL(second.url()).pathname);
      await second.getByText("Sie stehen auf Platz 1 der Warteliste.").waitFor();
    });
  });
}
