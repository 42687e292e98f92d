// A platform without the demo, its office, and pages on it, for the tests of one file.
import { after, afterEach, before } from "node:test";
import { Pages } from "./pages.mjs";
import { Platform } from "./platform.mjs";
import { staffOf } from "./visitor.mjs";

// Begun before the first test, tidied after each, stopped after the last. `staff` is somebody of the office.
export function pagesWithOffice() {
  const pages = new Pages();
  before(async () => {
    await pages.launch(await Platform.start({ demo: false }));
    pages.staff = await staffOf(pages.platform);
  });
  afterEach(() => pages.tidy());
  after(() => pages.stop());
  return pages;
}
