// The address of a Veranstaltung for somebody else: shared where the device can, copied where it cannot. On a phone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pagesWithOffice } from "../support/office.mjs";
import { publish } from "../support/visitor.mjs";

const pages = pagesWithOffice();
const title = "Probe zum Weitersagen";
const event = async () => `/veranstaltungen/${(await publish(pages.staff, { title })).slug}`;

test("where the device shares nothing the address is copied, and a word says so", async () => {
  const path = await event();
  const page = await pages.open(path, { before: () => { delete Navigator.prototype.share; } });
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  assert.equal(await page.getByRole("button", { name: "Link teilen" }).count(), 0);
  await page.getByRole("button", { name: "Link kopieren" }).click();
  await page.getByText("Link kopiert.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), pages.platform.url + path);
});

test("where it does it gets title and address, and closing its list again is no error", async () => {
  const path = await event();
  const page = await pages.open(path, {
    before: () => {
      window.shared = new Promise((told) => {
        Navigator.prototype.share = async ({ title, url }) => {
          told({ title, url });
          throw new DOMException("closed", "AbortError");
        };
      });
    },
  });
  assert.equal(await page.getByRole("button", { name: "Link kopieren" }).count(), 0);
  await page.getByRole("button", { name: "Link teilen" }).click();
  const shared = await page.evaluate(() => window.shared);
  assert.deepEqual(shared, { title: `${title} – LaFaSt Sachsen`, url: pages.platform.url + path });
  assert.equal(await page.getByText("Link kopiert.").count(), 0);
});
