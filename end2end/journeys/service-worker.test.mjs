// What the service worker keeps and when it lets go, without a browser: its own file, on a small network and caches of this
// test, of which any answer can fail.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { root } from "../support/platform.mjs";

const ORIGIN = "https://lafast.example";
const source = readFileSync(join(root, "public/sw.js"), "utf8");
const address = (request) => new URL(request.url ?? request, ORIGIN).pathname;

// A device with its caches, and a site that it can reach. `site`: what a path answers, given the request.
class Device {
  stores = new Map();
  asked = [];
  handlers = {};

  constructor(site) {
    this.site = site;
    const caches = {
      keys: async () => [...this.stores.keys()],
      has: async (name) => this.stores.has(name),
      delete: async (name) => this.stores.delete(name),
      match: async (request) => [...this.stores.values()].map((store) => store.get(address(request))).find(Boolean)?.clone(),
      open: async (name) => this.open(name),
    };
    const self = { location: new URL(ORIGIN), skipWaiting: async () => {}, clients: { claim: async () => {} }, addEventListener: (event, act) => { this.handlers[event] = act; } };
    class Asked extends Request {
      constructor(path, options) {
        super(new URL(path.url ?? path, ORIGIN), options);
      }
    }
    runInNewContext(source, { self, caches, fetch: (request) => this.fetch(request), Request: Asked, Response, URL, setTimeout: (act) => { this.runsOut = act; } });
  }

  async fetch(request, options = {}) {
    const path = address(request);
    this.asked.push({ path, credentials: request.credentials ?? options.credentials });
    const answer = this.site[path];
    if (answer === undefined) throw new TypeError("the network is gone");
    return answer();
  }

  open(name) {
    if (!this.stores.has(name)) this.stores.set(name, new Map());
    const store = this.stores.get(name);
    return {
      keys: async () => [...store.keys()].map((path) => new Request(ORIGIN + path)),
      match: async (request) => store.get(address(request))?.clone(),
      put: async (request, response) => { store.delete(address(request)); store.set(address(request), response); },
      delete: async (request) => store.delete(address(request)),
      // All of them, or none.
      addAll: async (requests) => {
        const answers = await Promise.all(requests.map(async (request) => [address(request), await this.fetch(request)]));
        if (answers.some(([, answer]) => !answer.ok)) throw new TypeError("one of them is no answer");
        for (const [path, answer] of answers) store.set(path, answer);
      },
    };
  }

  // Something happens; ends when the worker is done with it. The answer to a request, if it was one.
  async happens(name, event = {}) {
    const work = [];
    let answer;
    this.handlers[name]({ ...event, waitUntil: (promise) => work.push(promise), respondWith: (promise) => { answer = promise; } });
    const answered = await answer;
    for (const result of await Promise.allSettled(work)) if (result.status === "rejected" && name !== "fetch") throw result.reason;
    return answered;
  }

  visits(path, mode = "navigate") {
    const request = { url: ORIGIN + path, method: "GET", mode };
    return this.happens("fetch", { request });
  }

  kept(beginning) {
    return [...this.stores].filter(([name]) => name.startsWith(beginning)).flatMap(([, store]) => [...store.keys()]).sort();
  }
}

const text = (body, headers = {}, status = 200) => () => new Response(body, { status, headers: { "cache-control": "no-cache", ...headers } });
const page = (build, words = "") => text(`<script>import("/pkg/lafast.${build}.js", "/pkg/lafast.${build}.wasm")</script><link href="/pkg/lafast.${build}.css">${words}`);
const parts = (build) => ["js", "wasm", "css"].map((kind) => `/pkg/lafast.${build}.${kind}`);
const site = (build) => ({
  "/": page(build), "/impressum": page(build, `Impressum ${build}`), "/offline.html": text("offline"), "/offline.css": text("style"),
  ...Object.fromEntries(parts(build).map((path) => [path, text(path)])),
});
const whole = (build) => ["/offline.css", "/offline.html", ...parts(build)].sort();

async function installed(first = site("eins")) {
  const device = new Device(first);
  await device.happens("install");
  await device.happens("activate");
  return device;
}

test("a new build replaces the one before once all of it is there", async () => {
  const device = await installed();
  await device.visits("/impressum");
  assert.deepEqual(device.kept("assets-"), whole("eins"));
  device.site = site("zwei");
  await device.visits("/");
  assert.deepEqual(device.kept("assets-"), whole("zwei"));
  assert.deepEqual(device.kept("pages-"), ["/"], "and the pages of the one before went with it");
});

for (const lost of [...parts("zwei"), "/offline.css"]) {
  test(`of a new build ${lost} does not arrive: what was there can be read until it comes`, async () => {
    for (const answer of [undefined, text("gone", {}, 404)]) {
      const device = await installed();
      await device.visits("/impressum");
      device.site = { ...site("zwei"), [lost]: answer };
      await device.visits("/");
      device.site = {};
      assert.match(await (await device.visits("/impressum")).text(), /Impressum eins/);
      for (const path of parts("eins")) assert.equal(await (await device.visits(path, "cors")).text(), path);
      device.site = site("zwei");
      await device.visits("/impressum");
      assert.deepEqual(device.kept("assets-"), whole("zwei"));
      assert.deepEqual(device.kept("pages-"), ["/impressum"]);
    }
  });
}

test("two pages that come at once load a build once", async () => {
  const device = await installed();
  device.site = site("zwei");
  device.asked = [];
  await Promise.all([device.visits("/"), device.visits("/impressum")]);
  assert.equal(device.asked.filter(({ path }) => path === "/pkg/lafast.zwei.wasm").length, 1);
  assert.deepEqual(device.kept("pages-"), ["/", "/impressum"]);
});

test("what is shown in place of a page that is not there comes with its style", async () => {
  const device = await installed();
  device.site = {};
  assert.equal(await (await device.visits("/veranstaltungen")).text(), "offline");
  assert.equal(await (await device.visits("/offline.css", "no-cors")).text(), "style");
});

test("the start page is kept as it is for everybody", async () => {
  const device = await installed();
  assert.equal(device.asked.find(({ path }) => path === "/").credentials, "omit");
});

test("a start page that is an error or one person's is not kept, the worker does not take over, and what was there stays", async () => {
  for (const [headers, status] of [[{}, 503], [{ "cache-control": "no-store" }, 200], [{ "cache-control": "private" }, 200]]) {
    const device = new Device({ ...site("eins"), "/": text("not for everybody", headers, status) });
    device.open("pages-older").put("/", new Response("read before"));
    await assert.rejects(device.happens("install"), /start page/);
    assert.deepEqual(device.kept("pages-"), ["/"]);
    assert.equal(await device.stores.get("pages-older").get("/").text(), "read before");
  }
});

test("a page that is an error or one person's is shown, and not kept", async () => {
  const device = await installed();
  for (const [headers, status] of [[{}, 500], [{ "cache-control": "no-store" }, 200], [{ "cache-control": "private" }, 200]]) {
    device.site["/impressum"] = text("once", headers, status);
    assert.equal(await (await device.visits("/impressum")).text(), "once");
    assert.deepEqual(device.kept("pages-"), ["/"]);
  }
});

const dated = (words, date) => async () => new Response(await page("eins", `<body>${words}</body>`)().text(), { headers: { "cache-control": "no-cache", date } });

test("a page from the device says of when it is, without a network and with one on which nobody waits", async () => {
  const device = await installed();
  device.site["/impressum"] = dated("gelesen", "Sun, 05 Jan 2025 11:05:00 GMT");
  const fresh = await (await device.visits("/impressum")).text();
  assert.doesNotMatch(fresh, /Gespeicherte Seite/);
  const says = async (answer) => {
    const html = await (await answer).text();
    assert.match(html, /gelesen<aside class="kept".*Gespeicherte Seite vom 5\. Januar 2025 um 12:05 Uhr\..*sobald Sie wieder Netz haben\. <a href="" rel="external">Neu laden<\/a><\/aside><\/body>/);
  };
  device.site["/impressum"] = undefined;
  await says(device.visits("/impressum"));
  let arrives;
  device.site["/impressum"] = () => new Promise((resolve) => { arrives = () => resolve(dated("neu", "Mon, 06 Jan 2025 11:05:00 GMT")()); });
  device.runsOut = null;
  const slow = device.visits("/impressum");
  device.runsOut();
  arrives();
  await says(slow);
  // What came late is there next time.
  assert.match(await device.stores.get("pages-3").get("/impressum").clone().text(), /neu/);
});
