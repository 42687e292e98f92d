// The start page knows the district of this device only after somebody said so, and forgets it when told to. Nothing else is
// ever kept, and no cookie is set. From there somebody finds a Veranstaltung.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { hydrated } from "../support/browser.mjs";
import { Pages } from "../support/pages.mjs";
import { Platform, until } from "../support/platform.mjs";

const pages = new Pages();

before(async () => pages.launch(await Platform.start()));
afterEach(() => pages.tidy());
after(() => pages.stop());

// Everything that this site has left on the device, service worker aside.
async function left(page) {
  const inside = await page.evaluate(async () => ({
    local: { ...localStorage }, session: { ...sessionStorage }, databases: (await indexedDB.databases()).map(({ name }) => name),
  }));
  return { ...inside, cookies: (await page.context().cookies()).map(({ name }) => name) };
}
const NOTHING = { local: {}, session: {}, databases: [], cookies: [] };

test("nothing is kept by looking, nor by choosing a district to look at", async () => {
  const page = await pages.open("/");
  await page.getByRole("heading", { name: "Jetzt anmelden", exact: true }).waitFor();
  assert.deepEqual(await left(page), NOTHING);
  await page.getByRole("link", { name: /^Görlitz/ }).click();
  await page.getByRole("heading", { name: "Jetzt anmelden: Görlitz" }).waitFor();
  assert.deepEqual(await left(page), NOTHING);
  await page.goto(pages.platform.url);
  await hydrated(page);
  await page.getByRole("heading", { name: "Jetzt anmelden", exact: true }).waitFor();
});

test("after a choice the device remembers, over reloads and on new pages, until it is told to forget", async () => {
  const page = await pages.open("/?kreis=goerlitz");
  await page.getByRole("button", { name: "Görlitz auf diesem Gerät merken" }).click();
  await page.getByText("Gemerkt. Die Startseite zeigt ab jetzt zuerst, was hier in der Nähe ist.").waitFor();
  assert.deepEqual(await left(page), { ...NOTHING, local: { kreis: "goerlitz" } });
  await page.reload();
  await hydrated(page);
  await page.getByRole("button", { name: "Dieses Gerät soll Görlitz vergessen" }).waitFor();

  const again = await page.context().newPage();
  await again.goto(pages.platform.url);
  await hydrated(again);
  await again.getByRole("heading", { name: "Jetzt anmelden: Görlitz" }).waitFor();
  assert.equal(new URL(again.url()).search, "?kreis=goerlitz", "the address says what is shown");
  await again.getByRole("button", { name: "Dieses Gerät soll Görlitz vergessen" }).click();
  await again.getByRole("button", { name: "Görlitz auf diesem Gerät merken" }).waitFor();
  assert.deepEqual(await left(again), NOTHING);
  await again.goto(pages.platform.url);
  await hydrated(again);
  await again.getByRole("heading", { name: "Jetzt anmelden", exact: true }).waitFor();
});

test("all of Saxony is shown to who asks for it, until another district is looked at; the next visit begins with what is remembered", async () => {
  const page = await pages.open("/", { before: () => localStorage.setItem("kreis", "goerlitz") });
  const inGoerlitz = page.getByRole("heading", { name: "Jetzt anmelden: Görlitz" });
  const everywhere = page.getByRole("heading", { name: "Jetzt anmelden", exact: true });
  const navigation = page.getByRole("navigation", { name: "Hauptnavigation" });
  const elsewhere = async () => {
    await navigation.getByRole("link", { name: "Veranstaltungen" }).click();
    await page.getByRole("heading", { name: "Veranstaltungen", exact: true }).waitFor();
  };
  await inGoerlitz.waitFor();
  await page.getByRole("link", { name: "Ganz Sachsen zeigen" }).click();
  await everywhere.waitFor();
  // Where somebody was sent on from, nobody comes back to.
  await elsewhere();
  await page.goBack();
  await everywhere.waitFor();
  assert.equal(new URL(page.url()).search, "");
  await elsewhere();
  await navigation.getByRole("link", { name: "Start" }).click();
  await everywhere.waitFor();
  await elsewhere();
  assert.equal(await page.evaluate(() => localStorage.getItem("kreis")), "goerlitz", "nothing was forgotten");

  await navigation.getByRole("link", { name: "Start" }).click();
  await page.getByRole("link", { name: /^Dresden/ }).click();
  await page.getByRole("heading", { name: "Jetzt anmelden: Dresden" }).waitFor();
  await elsewhere();
  await navigation.getByRole("link", { name: "Start" }).click();
  await inGoerlitz.waitFor();

  await page.getByRole("link", { name: "Ganz Sachsen zeigen" }).click();
  await everywhere.waitFor();
  const next = await page.context().newPage();
  await next.goto(pages.platform.url);
  await hydrated(next);
  await next.getByRole("heading", { name: "Jetzt anmelden: Görlitz" }).waitFor();
});

test("what is kept there but is no district changes nothing", async () => {
  const page = await pages.open("/", { before: () => localStorage.setItem("kreis", "<img src=x onerror=alert(1)>") });
  await page.getByRole("heading", { name: "Jetzt anmelden", exact: true }).waitFor();
  assert.equal(new URL(page.url()).search, "", "the page stays where it is");
});

for (const script of [true, false]) {
  test(`finds a Veranstaltung by search, tile and filter, and comes back to the same list, ${script ? "with" : "without"} WebAssembly`, async () => {
    const wanted = "Regionalwerkstatt Mittelsachsen: Sprachmittlung als Netz, nicht als Glücksfall";
    let found = (await (await fetch(`${pages.platform.url}/veranstaltungen`)).text()).match(/class="card-title"/g).length;
    const page = await pages.open("/", { script, touch: true });
    const says = (address) => JSON.stringify(Object.fromEntries([...new URL(address).searchParams].filter(([, value]) => value !== "")));
    const titles = () => page.locator(".card-title").allInnerTexts();
    // The list holds what is wanted, and less than before; the address says why.
    const narrowed = async (filters) => {
      await page.waitForURL((address) => says(address) === JSON.stringify(filters));
      let shown;
      await until(`a list narrowed by ${JSON.stringify(filters)}`, async () => {
        shown = await titles();
        return shown.includes(wanted) && shown.length < found;
      });
      found = shown.length;
    };
    const sends = async (name) => {
      const arrives = page.waitForEvent("load");
      await page.getByRole("button", { name }).tap();
      await arrives;
      if (script) await hydrated(page);
    };

    await page.getByRole("searchbox", { name: "Suchen" }).fill("Sprachmittlung");
    await sends("Suchen");
    await narrowed({ suche: "Sprachmittlung" });
    await page.getByRole("link", { name: /^Mittelsachsen: / }).tap();
    await narrowed({ kreis: "mittelsachsen", suche: "Sprachmittlung" });
    await page.locator("#art").selectOption("regional");
    await page.getByLabel("Nur mit freien Plätzen").check();
    await sends("Anzeigen");
    await narrowed({ kreis: "mittelsachsen", suche: "Sprachmittlung", art: "regional", frei: "1" });
    const [address, list] = [page.url(), await titles()];

    await page.getByRole("link", { name: wanted }).tap();
    await page.waitForURL(/\/veranstaltungen\/[a-z0-9-]+$/);
    await page.getByRole("heading", { name: wanted, level: 1 }).waitFor();
    await page.goBack();
    await page.waitForURL(address);
    await until("the same list", async () => JSON.stringify(await titles()) === JSON.stringify(list));
    assert.equal(await page.locator("#art").inputValue(), "regional", "the form says what narrows the list");
    assert.ok(await page.getByLabel("Nur mit freien Plätzen").isChecked());
  });
}
