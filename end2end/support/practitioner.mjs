// What somebody does to get a seat: by hand on the page of a Veranstaltung, or without a browser.
import { personalLink } from "./platform.mjs";
import { Visitor } from "./visitor.mjs";

// Fills in what the form must hold.
export async function fillIn(page, email, { name = "Beispielperson Eins", mode = "on_site" } = {}) {
  await page.getByLabel("Name", { exact: true }).first().fill(name);
  await page.getByLabel("E-Mail-Adresse", { exact: true }).first().fill(email);
  await page.getByLabel("Träger oder Dienststelle").fill("Brücke Mulde e. V.");
  await page.getByLabel("Landkreis oder Stadt").selectOption("dresden");
  await page.locator(`#mode-${mode}`).check();
}

// Sends the form; ends on the page that says what happens next.
export async function sends(page) {
  await page.getByRole("button", { name: /^(Verbindlich anmelden|Auf die Warteliste)$/ }).click();
  await page.waitForURL(/\/angemeldet/);
}

// The mail that asks an address to confirm.
export const toConfirm = (platform, email) => platform.mail(email, ({ subject }) => subject.startsWith("Bitte bestätigen"));

// Somebody signs up and confirms without a browser. Returns the path of the personal link.
export async function takesPlace(platform, slug, email, fields = {}) {
  const visitor = new Visitor(platform);
  await visitor.signUp(slug, { email, ...fields });
  const link = personalLink(await toConfirm(platform, email));
  await visitor.post("/api/place-confirm", { token: tokenOf(link) });
  return link;
}

// Somebody gives the place up without a browser.
export const givesUp = (platform, link) => new Visitor(platform).post("/api/place-cancel", { token: tokenOf(link) });

// The token at the end of a personal link.
export const tokenOf = (link) => link.split("/").at(-1);
