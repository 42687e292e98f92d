// A2: a page by keyboard alone. Each stop of the focus has to be seen, and after each step the focus is somewhere.
import assert from "node:assert/strict";
import { until } from "./platform.mjs";

// Where the focus is.
const here = () => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    tag: element.tagName,
    id: element.id,
    text: (element.textContent ?? "").trim().slice(0, 60),
    href: element.getAttribute("href"),
    name: element.getAttribute("name"),
    value: element.getAttribute("value"),
    inDialog: element.closest("dialog") !== null,
    marked: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2,
    inView: box.bottom > 0 && box.top < window.innerHeight,
  };
};

export class Keyboard {
  constructor(page) {
    this.page = page;
  }

  // Somebody at a keyboard goes to a path.
  static async at(pages, path, options) {
    const page = await pages.open(path, options);
    return { page, keys: new Keyboard(page) };
  }

  focus() {
    return this.page.evaluate(here);
  }

  // Presses Tab until this is reached; every stop on the way has to be visible.
  async tabTo(what, reached, key = "Tab") {
    for (let stop = 0; stop < 120; stop += 1) {
      await this.page.keyboard.press(key);
      const stopped = await this.shown();
      if (stopped.tag === "BODY") continue;
      assert.ok(stopped.marked, `no focus mark on ${stopped.tag} ${stopped.id} ${stopped.text}`);
      assert.ok(stopped.inView, `the focus is out of sight: ${stopped.tag} ${stopped.id} ${stopped.text}`);
      if (reached(stopped)) {
        await this.stands();
        return stopped;
      }
    }
    return assert.fail(`Tab never reached ${what}`);
  }

  // To a button or a link by its words.
  to(words) {
    return this.tabTo(words, ({ tag, text }) => ["A", "BUTTON", "SUMMARY"].includes(tag) && text === words);
  }

  // To a field by its id, and types into it.
  async types(id, words) {
    await this.tabTo(`the field ${id}`, (stop) => stop.id === id);
    await this.page.keyboard.type(words);
  }

  // Where the focus is, as soon as it is on the screen: a page glides to it.
  async shown() {
    let stop;
    await until("the focus on the screen", async () => {
      stop = await this.focus();
      return stop.tag === "BODY" || stop.inView;
    }, 5000).catch(() => {});
    return stop;
  }

  // Until the page no longer glides: nobody presses the next key before.
  stands() {
    let before;
    return until("a page that stands still", async () => {
      const [last, now] = [before, await this.page.evaluate(() => window.scrollY)];
      before = now;
      return last === now;
    });
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  // After a step: what happened is to be read, and the focus is somewhere on the screen, not lost with what went.
  async rests(words) {
    await this.page.getByText(words).first().waitFor();
    let stop;
    await until("the focus", async () => {
      stop = await this.focus();
      return stop.tag !== "BODY" && stop.inView;
    }, 5000).catch(() => assert.fail(`after “${words}” the focus is lost: ${JSON.stringify(stop)}`));
    return stop;
  }
}

// A field for date and time takes its parts in the order of the language that the browser speaks, whatever the page's. The
// year has room for six digits: one goes on from it by Tab.
export async function dates(page) {
  const probe = await page.context().newPage();
  await probe.setContent('<label>Wann<input type="datetime-local"></label>');
  await probe.locator("input").focus();
  const inTheOrder = (page, american) => async (when) => {
    const [year, month, day, hour, minute] = when.split(/\D/);
    await page.keyboard.type(american ? month + day + year : day + month + year);
    await page.keyboard.press("Tab");
    await page.keyboard.type(american ? `${String(hour % 12 || 12).padStart(2, "0")}${minute}${hour < 12 ? "AM" : "PM"}` : hour + minute);
  };
  await inTheOrder(probe, true)("2026-12-31T15:00");
  const american = (await probe.locator("input").inputValue()) === "2026-12-31T15:00";
  await probe.close();
  return inTheOrder(page, american);
}
