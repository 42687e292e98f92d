// Pages in one browser on one platform: opened, looked at for errors, and closed after each test.
import assert from "node:assert/strict";
import { hydrated, launch, openPage } from "./browser.mjs";

export class Pages {
  opened = [];

  async launch(platform) {
    this.platform = platform;
    this.browser = await launch();
  }

  async stop() {
    await this.browser?.close();
    this.platform?.stop();
  }

  // Goes to a path, and lets the page come to life if scripts run.
  async open(path, { cookies = [], script = true, before, ...options } = {}) {
    const page = await openPage(this.browser, { script, ...options });
    this.opened.push(page);
    page.script = script;
    await page.context().addCookies(cookies);
    if (before) await page.addInitScript(before);
    await this.go(page, path);
    return page;
  }

  // Goes on to another path with the same page.
  async go(page, path) {
    await page.goto(this.platform.url + path);
    if (page.script) await hydrated(page);
  }

  // Closes every page. No error in the console of any of them: the browser itself tells of each line that broke off
  // with the server, where a test lets it.
  async tidy() {
    const problems = this.opened.flatMap((page) => page.problems.filter((problem) => !page.mayBreakOff || !/net::ERR_|WebSocket|Failed to load resource/.test(problem)));
    for (const page of this.opened.splice(0)) await page.context().close();
    assert.deepEqual(problems, []);
  }
}
