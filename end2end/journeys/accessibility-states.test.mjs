// A1 for states that one meets seldom: what becomes of a place, how signing up stands, and no network.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { faults, faultsAt } from "../support/axe.mjs";
import { hydrated } from "../support/browser.mjs";
import { pagesWithOffice } from "../support/office.mjs";
import { personalLink, python } from "../support/platform.mjs";
import { givesUp, takesPlace, toConfirm, tokenOf } from "../support/practitioner.mjs";
import { Visitor, inDays, publish } from "../support/visitor.mjs";

const pages = pagesWithOffice();

// As if the deadline of this place had passed: the server's own clock does the rest within seconds.
function runsOut(link) {
  const program = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=10); n = c.execute('UPDATE sign_up SET until = 1 WHERE token = ? AND until IS NOT NULL', (sys.argv[2],)).rowcount; c.commit(); assert n == 1, n";
  execFileSync(python, ["-c", program, join(pages.platform.folder, "lafast.db"), tokenOf(link)]);
}

test("axe-core finds nothing on a place that is offered, declined, missed, or was never confirmed", async () => {
  const found = [];
  const mail = (name, subject) => pages.platform.mail(`${name}@traeger.example`, (one) => one.subject.startsWith(subject));
  const { slug } = await publish(pages.staff, { ...inDays(10), capacity_on_site: "1" });
  const seat = await takesPlace(pages.platform, slug, "sitzt@traeger.example");
  const links = {};
  for (const name of ["lehnt-ab", "verpasst", "gefragt"]) links[name] = await takesPlace(pages.platform, slug, `${name}@traeger.example`);
  await givesUp(pages.platform, seat);
  await mail("lehnt-ab", "Ein Platz ist frei");
  await new Visitor(pages.platform).post("/api/place-decline", { token: tokenOf(links["lehnt-ab"]) });
  await mail("verpasst", "Ein Platz ist frei");
  runsOut(links.verpasst);
  await mail("verpasst", "Angebot abgelaufen");
  await mail("gefragt", "Ein Platz ist frei");

  const other = await publish(pages.staff);
  await new Visitor(pages.platform).signUp(other.slug, { email: "vergisst@traeger.example" });
  links.vergisst = personalLink(await toConfirm(pages.platform, "vergisst@traeger.example"));
  runsOut(links.vergisst);
  await mail("vergisst", "Nicht bestätigt");

  const page = await pages.open(links.gefragt);
  await page.getByRole("link", { name: "Platz ablehnen" }).click();
  await page.getByRole("dialog", { name: "Den Platz wirklich ablehnen?" }).waitFor();
  found.push(...await faults(page, "place gefragt with dialog"));
  for (const [name, words] of [
    ["gefragt", "Ein Platz ist frei: Sie haben ihn sicher bis"], ["lehnt-ab", "Sie haben den Platz abgelehnt"],
    ["verpasst", "Die Frist für das Angebot ist abgelaufen."], ["vergisst", "Die Zeit zum Bestätigen ist abgelaufen."],
  ]) {
    found.push(...await faultsAt(page, pages.platform.url + links[name], `place ${name}`));
    await page.getByText(words).first().waitFor();
  }
  assert.deepEqual(found, []);
});

test("axe-core finds nothing on a Veranstaltung that is not open yet, full, closed, over or cancelled", async () => {
  const found = [];
  const soon = inDays(7).starts_at;
  const full = await publish(pages.staff, { capacity_on_site: "1" });
  await takesPlace(pages.platform, full.slug, "einzige@traeger.example");
  const cancelled = await publish(pages.staff);
  await pages.staff.post("/api/staff-cancel", { id: cancelled.id, reason: "Der Raum steht unter Wasser." });
  const page = await pages.open("/");
  for (const [name, { slug }, words] of [
    ["not open yet", await publish(pages.staff, { opens_at: soon }), "Die Anmeldung öffnet am"],
    ["full", full, "ausgebucht, Warteliste offen"],
    ["closed", await publish(pages.staff, { closes_at: inDays(-1).closes_at }), "Die Anmeldung ist geschlossen."],
    ["over", await publish(pages.staff, { ...inDays(-3), opens_at: "2024-01-01T08:00" }), "Diese Veranstaltung ist vorbei."],
    ["cancelled", cancelled, "Diese Veranstaltung ist abgesagt."],
  ]) {
    found.push(...await faultsAt(page, `${pages.platform.url}/veranstaltungen/${slug}`, name));
    await page.getByText(words).first().waitFor();
  }
  // All of them in lists, too.
  found.push(...await faultsAt(page, `${pages.platform.url}/veranstaltungen?ab=2020-01-01`, "list with all states"));
  assert.deepEqual(found, []);
});

test("axe-core finds nothing without a network: on a page that was read before, and on the one for those that were not", async () => {
  const found = [];
  const { slug } = await publish(pages.staff);
  const page = await pages.open(`/veranstaltungen/${slug}`, { serviceWorkers: "allow" });
  page.mayBreakOff = true;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload();
  await hydrated(page);
  await page.context().setOffline(true);
  await page.reload();
  await hydrated(page);
  // Of when it is stands above it; that one is offline is not said a second time.
  await page.locator(".kept").waitFor();
  assert.equal(await page.getByText("Sie sind offline.").first().isVisible(), false);
  found.push(...await faults(page, "read before, offline"));
  await page.goto(`${pages.platform.url}/leichte-sprache`);
  await page.getByText(/ohne Netz|offline|keine Verbindung/i).first().waitFor();
  found.push(...await faults(page, "offline page"));
  assert.deepEqual(found, []);
});
