// What P2 does not see, because nobody touches the page: waking it on a processor four times slower.
import { hydrated, launch, openPage } from "../../support/browser.mjs";
import { until } from "../../support/platform.mjs";

export async function awake(say, platform, pages) {
  const browser = await launch();
  for (const [name, path] of pages) {
    const page = await openPage(browser);
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.addInitScript(() => {
      window.longTasks = [];
      new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask", buffered: true });
    });
    await page.goto(platform.url + path, { waitUntil: "networkidle" });
    const sign = performance.now();
    const before = await page.evaluate(() => window.longTasks.splice(0).length);
    await hydrated(page);
    const waking = performance.now() - sign;
    await until("an idle page", () => page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(true)))));
    const blocked = await page.evaluate(() => window.longTasks.reduce((sum, duration) => sum + duration - 50, 0));
    say(`P2 ${name}: from the first sign to alive ${waking.toFixed(0)} ms at 4 × CPU throttling, of which ${blocked.toFixed(0)} ms blocked (long tasks before the sign: ${before})`);
    await page.context().close();
  }
  await browser.close();
}
