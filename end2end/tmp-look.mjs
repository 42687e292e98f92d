import { DESKTOP, hydrated, launch, openPage } from "./support/browser.mjs";
import { Platform } from "./support/platform.mjs";
import { Visitor, staffOf } from "./support/visitor.mjs";
const platform = await Platform.start();
const browser = await launch();
const staff = await staffOf(platform);
for (const [who, from, to] of [["user", "/module/FSA-103", "/module"]]) {
const page = await openPage(browser, { viewport: DESKTOP });
if (who === "staff") await page.context().addCookies(staff.cookies); if (who === "user") { const v = new Visitor(platform); await v.signIn(`x${Math.random()}@y.example`); if (from.includes("HMS-12")) await v.post("/api/module-demand", { code: "HMS-12", district: "goerlitz" }); await page.context().addCookies(v.cookies); }
page.on("console", (m) => console.log("C", m.type(), m.text()));
await page.goto(platform.url + from);
console.log((await page.evaluate(() => document.querySelector("form")?.outerHTML)));await hydrated(page);console.log("AFTER", (await page.evaluate(() => document.querySelector("form")?.outerHTML)));
await page.evaluate((to) => { const a = document.createElement("a"); a.href = to; a.textContent = "x"; document.querySelector("main").append(a); a.click(); }, to);
await page.waitForTimeout(1500); console.log(who, from, to, page.url(), (await page.locator("main h1").innerText()).slice(0, 100), page.problems);
await page.context().close();
}
await browser.close(); platform.stop();
