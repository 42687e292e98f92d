// The first main job: a practitioner finds a Regionalwerkstatt on a phone and gets a seat, or the truth about
// the waiting list. With and without WebAssembly.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { hydrated, launch, openPage } from "../support/browser.mjs";
import { Platform, personalLink } from "../support/platform.mjs";
import { fillIn } from "../support/practitioner.mjs";

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

async function open(path, options = {}) {
  const page = await openPage(browser, options);
  await page.goto(platform.url + path);
  if (options.script !== false) await hydrated(page);
  return page;
}

// A Veranstaltung that is open for sign-up with free seats on site.
async function withFreeSeats(page) {
  await page.goto(`${platform.url}/veranstaltungen?frei=1&form=on_site`);
  return page.locator(".card a").first().getAttribute("href");
}

for (const script of [true, false]) {
  const how = script ? "with WebAssembly" : "without WebAssembly";

  describe(`a practitioner on a phone, ${how}`, () => {
    const email = `eins-${script}@traeger.example`;
    let page;
    let link;

    before(async () => { page = await openPage(browser, { script }); });
    after(async () => { await page.context().close(); });

    test("signs up and is told to look into the mailbox", async () => {
      const href = await withFreeSeats(page);
      await page.goto(platform.url + href);
      if (script) await hydrated(page);
      await fillIn(page, email);
      await page.getByRole("button", { name: "Verbindlich anmelden" }).click();
      await page.waitForURL(/\/angemeldet/);
      await page.getByText("für Sie gehalten").waitFor();
    });

    test("opens the link, and opening changes nothing", async () => {
      const mail = await platform.mail(email, (one) => one.subject.startsWith("Bitte bestätigen"));
      assert.equal(mail.defects.length, 0);
      assert.deepEqual(mail.parts.slice(0, 3), ["multipart/alternative", "text/plain", "text/html"]);
      link = platform.url + personalLink(mail);
      for (let scanner = 0; scanner < 3; scanner += 1) assert.equal((await fetch(link)).status, 200);
      await page.goto(link);
      if (script) await hydrated(page);
      await page.getByText("Bitte bestätigen Sie Ihre Anmeldung.").waitFor();
    });

    test("confirms with a button and gets the calendar entry by mail", async () => {
      await page.getByRole("button", { name: "Jetzt bestätigen" }).click();
      await page.getByText("Ihr Platz ist bestätigt.").first().waitFor();
      const mail = await platform.mail(email, (one) => one.subject.includes("ist bestätigt"));
      assert.ok(mail.parts.includes("text/calendar"), mail.parts.join());
    });

    test("changes the answers", async () => {
      await page.locator("#access_needs").fill("Stufenloser Zugang");
      await page.getByRole("button", { name: "Änderungen speichern" }).click();
      await page.getByText("Ihre Angaben sind gespeichert.").waitFor();
      assert.equal(await page.locator("#access_needs").inputValue(), "Stufenloser Zugang");
    });

    test("cancels, and sees what happened in plain words", async () => {
      await page.getByText("Ich kann nicht kommen").click();
      await page.getByRole("button", { name: "Platz absagen" }).click();
      await page.getByText("Ihr Platz ist abgesagt.").first().waitFor();
      await page.getByText("E-Mail-Adresse bestätigt, Platz fest.").waitFor();
      const mail = await platform.mail(email, (one) => one.subject.startsWith("Abgesagt"));
      assert.ok(mail.parts.includes("text/calendar"));
    });

    test("saw no error in the console", () => assert.deepEqual(page.problems, []));
  });
}

test("a wrong form gets a German sentence at each field and keeps what was typed, without WebAssembly", async () => {
  const page = await openPage(browser, { script: false });
  const href = await withFreeSeats(page);
  await page.goto(platform.url + href);
  await page.locator("#anmelden form").evaluate((form) => { form.noValidate = true; });
  await page.getByLabel("Name", { exact: true }).first().fill("</textarea><script>alert(1)</script>");
  await page.locator("#access_needs").fill("</textarea><script>alert(2)</script>");
  await page.getByLabel("E-Mail-Adresse", { exact: true }).first().fill("keine-adresse");
  await page.getByRole("button", { name: "Verbindlich anmelden" }).click();
  await page.waitForURL(/antwort=/);
  await page.locator("#email-error").getByText("Sie sieht so aus").waitFor();
  assert.equal(await page.locator("#email").inputValue(), "keine-adresse");
  assert.equal(await page.locator("#access_needs").inputValue(), "</textarea><script>alert(2)</script>");
  assert.equal(await page.locator("#name").inputValue(), "</textarea><script>alert(1)</script>");
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("a wrong form with WebAssembly keeps what was typed and stays on the page", async () => {
  const page = await openPage(browser);
  const href = await withFreeSeats(page);
  await page.goto(platform.url + href);
  await hydrated(page);
  await page.locator("#anmelden form").evaluate((form) => { form.noValidate = true; });
  await page.getByLabel("Name", { exact: true }).first().fill("Beispielperson Zwei");
  await page.getByRole("button", { name: "Verbindlich anmelden" }).click();
  await page.locator("#email-error").waitFor();
  assert.equal(await page.locator("#name").inputValue(), "Beispielperson Zwei");
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("the same form sent twice is one sign-up, and a known address reads what a new one reads", async () => {
  const page = await openPage(browser, { script: false });
  const href = await withFreeSeats(page);
  const notices = [];
  for (let time = 0; time < 2; time += 1) {
    await page.goto(platform.url + href);
    await fillIn(page, "doppelt@traeger.example");
    await page.getByRole("button", { name: "Verbindlich anmelden" }).click();
    await page.waitForURL(/\/angemeldet/);
    // The minute may turn between the two; a full hour has none.
    notices.push((await page.locator(".notice").innerText()).replace(/\d+(:\d\d)?\sUhr/, "…"));
  }
  assert.ok(notices[0].includes("…"), notices[0]);
  assert.equal(notices[0], notices[1]);
  await platform.mail("doppelt@traeger.example", (mail) => mail.subject.startsWith("Ihr Link zu"));
  const confirmations = platform.mails().filter((mail) => mail.to.includes("doppelt@traeger.example") && mail.subject.startsWith("Bitte"));
  assert.equal(confirmations.length, 1);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("a lost link comes again, and unknown addresses read the same", async () => {
  const page = await open("/anmeldung", { script: false });
  const answers = [];
  for (const address of ["doppelt@traeger.example", "niemand@traeger.example"]) {
    await page.goto(`${platform.url}/anmeldung`);
    await page.getByLabel("E-Mail-Adresse").fill(address);
    await page.getByRole("button", { name: "Link senden" }).click();
    await page.waitForURL(/antwort=/);
    answers.push(await page.locator(".notice").innerText());
  }
  assert.equal(answers[0], answers[1]);
  assert.equal(platform.mails().filter((mail) => mail.to.includes("niemand@traeger.example")).length, 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
