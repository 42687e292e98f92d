// A platform without the demo, its office, and pages on it, for the tests of one file.
import { after, afterEach, before } from "node:test";
import { Pages } from "./pages.mjs";
import { Platform } from "./platform.mjs";
import { staffOf } from "./visitor.mjs";

// `staff` is somebody of the office.
export class Office extends Pages {
  async begin(options = {}) {
    await this.launch(await Platform.start({ demo: false, ...options }));
    this.staff = await staffOf(this.platform);
  }
}

// Begun before the first test of a file, tidied after each, stopped after the last. What else has to be there for all of them is
// prepared here, too: several hooks of a file would not wait for each other.
export function forTheTests(pages, prepare = () => {}) {
  before(async () => {
    await pages.begin();
    await prepare(pages);
  });
  afterEach(() => pages.tidy());
  after(() => pages.stop());
  return pages;
}

export const pagesWithOffice = () => forTheTests(new Office());
