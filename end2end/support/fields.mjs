// Text fields of forms: which of them a test was shown, and through which of them it sent what it wants to send everywhere.
import { routeOf } from "./routes.mjs";

// Where people type words. Numbers, dates and what is chosen are something else.
const TEXT = ["text", "search", "url", "email", "tel"].map((type) => `input[type=${type}]`).concat("input:not([type])", "textarea").join(", ");

// A field, by where its form goes and by its name. Which one of several alike it is does not matter.
function called(address, name) {
  const { pathname } = new URL(address, "http://lafast.example");
  return `${routeOf(pathname) ?? pathname} ${name.replace(/\[(\d+|[0-9a-f-]{36})\]/g, "[]").replace(/_\d+_/, "_n_")}`;
}

export class Fields {
  shown = new Set();
  filled = new Set();

  // `isWanted`: whether a value is what the test wants to send.
  constructor(isWanted) {
    this.isWanted = isWanted;
  }

  // Notes the fields of a page as it stands now.
  async note(page) {
    const found = await page.evaluate((text) => [...document.querySelectorAll(text)]
      .filter((field) => field.name && field.form && !field.hidden)
      .map((field) => [field.form.getAttribute("action") || location.pathname, field.name]), TEXT);
    for (const [address, name] of found) this.shown.add(called(address, name));
  }

  // Notes what is sent to an address, in it or as a form.
  hear(address, form = {}) {
    const { searchParams } = new URL(address, "http://lafast.example");
    for (const [name, value] of [...searchParams, ...new URLSearchParams(form)]) {
      if (this.isWanted(value)) this.filled.add(called(address, name));
    }
  }

  // The fields that were shown, and through which nothing of it went.
  missing() {
    return [...this.shown].filter((field) => !this.filled.has(field)).sort();
  }
}
