// The account: what fills in forms, the export of what is kept, devices that are signed out, and deleting it, which nobody does by
// accident. On a phone, with and without WebAssembly.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { pagesWithOffice } from "../support/office.mjs";
import { until } from "../support/platform.mjs";
import { Visitor, publish } from "../support/visitor.mjs";

const pages = pagesWithOffice();

// Signs in on one more device: not before the next code has arrived.
async function signsIn(email) {
  const device = new Visitor(pages.platform);
  const codes = () => pages.platform.mails().filter(({ to, subject }) => to.includes(email) && /Code/.test(subject)).length;
  const before = codes();
  await device.post("/api/account-request-code", { email, next: "" });
  await until("the next code", () => codes() > before);
  await device.post("/api/account-redeem-code", { email, code: await pages.platform.code(email), next: "" });
  assert.ok(await isIn(device));
  return device;
}

async function isIn(device) {
  return (await (await device.get("/konto")).text()).includes("Angemeldet als");
}

for (const script of [true, false]) {
  const address = (name) => `${name}-${script}@traeger.example`;

  describe(script ? "with WebAssembly" : "without WebAssembly", () => {
    test("signs in, wrong at first, and out again", async () => {
      const email = address("kommt");
      const page = await pages.open("/konto/anmelden", { script });
      await page.getByLabel("E-Mail-Adresse").fill(email);
      await page.getByRole("button", { name: "Code schicken" }).click();
      await page.getByLabel("Code aus der E-Mail").fill("AAAA2222");
      const code = await pages.platform.code(email);
      await page.getByRole("button", { name: "Anmelden", exact: true }).click();
      await page.locator("#code-error").getByText("Dieser Code stimmt nicht.").waitFor();
      await page.getByLabel("Code aus der E-Mail").fill(code);
      await page.getByRole("button", { name: "Anmelden", exact: true }).click();
      await page.getByText("Angemeldet als").waitFor();
      assert.equal(await page.getByText("(dieses Gerät)").count(), 1);
      await page.getByRole("button", { name: "Abmelden", exact: true }).click();
      await page.getByRole("button", { name: "Code schicken" }).waitFor();
      await pages.go(page, "/konto");
      await page.getByText("Sie sind nicht angemeldet.").waitFor();
    });

    test("what fills in forms is saved, wrong at first, and stands in the next form", async () => {
      const email = address("speichert");
      const { slug } = await publish(pages.staff);
      const page = await pages.open("/konto", { script, cookies: (await signsIn(email)).cookies });
      const name = page.locator("#name");
      const organisation = page.getByLabel("Träger oder Dienststelle");
      await page.getByText("Alles ist freiwillig.").waitFor();
      assert.equal(await page.getByText("(freiwillig)").filter({ visible: true }).count(), 0, "and that is said once");
      await name.fill("X");
      await organisation.fill("Brücke Mulde e. V.");
      await page.getByRole("button", { name: "Speichern" }).click();
      await page.locator("#name-error").getByText("2 bis 120 Zeichen").waitFor();
      assert.equal(await name.inputValue(), "X");
      assert.equal(await organisation.inputValue(), "Brücke Mulde e. V.", "what was right is not typed again");
      await name.fill("Beispielperson Konto");
      await page.getByLabel("Landkreis oder Stadt").selectOption("goerlitz");
      await page.getByRole("button", { name: "Speichern" }).click();
      await page.getByText("Ihre Angaben sind gespeichert.").waitFor();

      await pages.go(page, "/konto");
      assert.equal(await name.inputValue(), "Beispielperson Konto");
      await pages.go(page, `/veranstaltungen/${slug}`);
      const filled = {};
      for (const id of ["name", "email", "organisation", "district"]) filled[id] = await page.locator(`#${id}`).inputValue();
      assert.deepEqual(filled, { name: "Beispielperson Konto", email, organisation: "Brücke Mulde e. V.", district: "goerlitz" });
    });

    test("the export holds what is kept about the person, and nobody else gets it", async () => {
      const email = address("liest-nach");
      const device = await signsIn(email);
      await device.post("/api/account-save", { name: "Beispielperson Export", organisation: "Brücke Mulde e. V.", district: "meissen" });
      const { slug } = await publish(pages.staff, { title: "Probe der Auskunft" });
      assert.match((await device.signUp(slug, { email, name: "Beispielperson Export", access_needs: "Hörschleife" })).next, /\/anmeldung\//);
      const page = await pages.open("/konto", { script, cookies: device.cookies });
      await page.getByRole("link", { name: "Probe der Auskunft" }).waitFor();
      const arrives = page.waitForEvent("download");
      await page.getByRole("link", { name: "Meine Daten herunterladen (JSON)" }).click();
      const download = await arrives;
      assert.equal(download.suggestedFilename(), "auskunft.json");
      const whole = readFileSync(await download.path(), "utf8");
      const { konto, geraete, anmeldungen } = JSON.parse(whole);
      assert.deepEqual([konto.email, konto.name, konto.traeger, konto.kreis], [email, "Beispielperson Export", "Brücke Mulde e. V.", "meissen"]);
      assert.equal(geraete.length, 1);
      assert.equal(anmeldungen.length, 1);
      assert.ok(whole.includes("Probe der Auskunft") && whole.includes("Hörschleife"));
      assert.ok(!whole.includes("leitung@lafast.example"));
      assert.equal((await new Visitor(pages.platform).get("/konto/auskunft.json")).status, 404);
    });

    test("signs out one other device, then all of them, and nobody else", async () => {
      const email = address("viele-geraete");
      const [own, ...others] = [await signsIn(email), await signsIn(email), await signsIn(email)];
      const stranger = await signsIn(address("fremd"));
      const still = async () => (await Promise.all(others.map(isIn))).filter(Boolean).length;
      const page = await pages.open("/konto", { script, cookies: own.cookies });
      const devices = page.locator(".list-item");
      const ends = devices.getByRole("button", { name: "Abmelden" });
      assert.equal(await devices.count(), 3);
      assert.equal(await ends.count(), 2, "this device is signed out above");
      await ends.first().click();
      await page.getByText("Das Gerät ist abgemeldet.").waitFor();
      await until("one device less", async () => (await devices.count()) === 2);
      assert.equal(await still(), 1);
      assert.ok(await isIn(own));

      await page.getByRole("button", { name: "Überall abmelden" }).click();
      await page.getByRole("button", { name: "Code schicken" }).waitFor();
      assert.equal(await still(), 0);
      assert.ok(!await isIn(own));
      assert.ok(await isIn(stranger));
    });

    test("deletes the account only with the tick; the place is given up then", async () => {
      const email = address("geht");
      const device = await signsIn(email);
      const { slug } = await publish(pages.staff);
      const place = new URL((await device.signUp(slug, { email })).next, pages.platform.url).pathname;
      const page = await pages.open("/konto", { script, cookies: device.cookies });
      const question = page.locator("dialog");
      const tick = question.getByLabel("Ja, mein Konto soll gelöscht werden.");
      assert.ok(!await question.isVisible());
      await page.getByText("Konto löschen", { exact: true }).click();
      await question.getByText("Das Konto wirklich löschen?").waitFor();
      assert.ok(!await tick.isChecked(), "nothing is decided beforehand");
      await question.getByRole("button", { name: "Konto endgültig löschen" }).click();
      await page.locator("#sure-error").getByText("Bitte setzen Sie das Häkchen").waitFor();
      assert.ok(await isIn(device), "the account is still there");
      assert.match(await (await device.get(place)).text(), /Ihr Platz ist bestätigt/);

      await tick.check();
      await question.getByRole("button", { name: "Konto endgültig löschen" }).click();
      await page.getByText(/^Ihr Konto ist gelöscht, 1\sAnmeldung ist abgesagt\.$/).waitFor();
      await page.getByRole("heading", { name: "Anmelden", level: 1 }).waitFor();
      assert.ok(!await isIn(device));
      await pages.go(page, "/konto");
      await page.getByText("Sie sind nicht angemeldet.").waitFor();
      await pages.go(page, place);
      await page.getByText("Sie haben abgesagt.").first().waitFor();
    });
  });
}
