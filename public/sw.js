// Readable offline: the assets of one build together, and the pages that were visited with it. Never personal pages.
const PAGES = "pages-3";
const ASSETS = "assets-3-";
const PAGES_MAX = 60;
const PATIENCE_MS = 3000;
const PERSONAL = /^\/(anmeldung|anrechnung|katalog|konto|nachweis|verwaltung|api)(\/|$)/;
const WORDS = "/module/suche.json";
// What is shown in place of a page that is not on the device. Their names stay the same from build to build: they are asked for anew.
const OFFLINE = ["/offline.html", "/offline.css"];

self.addEventListener("install", (event) => {
  event.waitUntil(keepStart().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlderVersions().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data && event.data.type === "forget") event.waitUntil(caches.delete(PAGES));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/pkg/")) event.respondWith(asset(event.request));
  else if (OFFLINE.includes(url.pathname)) event.respondWith(offline(event.request));
  else if (event.request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname === WORDS) event.respondWith(words(event));
});

// Only what everybody gets, and only whole: no error, and nothing that is one person's.
function mayKeep(response) {
  return response.ok && !/no-store|private/.test(response.headers.get("cache-control") || "");
}

// As somebody sees it who is not signed in. A worker that does not get it does not take over: what is there stays.
async function keepStart() {
  const request = new Request("/", { cache: "no-cache", credentials: "omit" });
  const start = await fetch(request);
  if (!mayKeep(start)) throw new Error(`the start page cannot be kept: ${start.status}`);
  await keepPage(request, start);
}

async function forgetOlderVersions() {
  const older = (await caches.keys()).filter((name) => name !== PAGES && !name.startsWith(ASSETS));
  await Promise.all(older.map((name) => caches.delete(name)));
}

// One page after the other: two would load the same build at once.
let building = Promise.resolve();
function keepBuild(html) {
  building = building.catch(() => {}).then(() => keepWhole(html));
  return building;
}

// A page names the assets of its build. Only when all of them are on the device, which the offline page says because all come
// in one step, everything of the build before goes: pages and assets that do not belong together are of no use to
// anybody. Half a build is none: the next page tries again, and until then the one before can be read.
async function keepWhole(html) {
  const names = new Set(html.match(/\/pkg\/[^"'\s)]+\.(?:js|wasm|css)/g) || []);
  const build = [...names].find((name) => /\/lafast\.[^/]+\.js$/.test(name));
  if (!build) return;
  const assets = await caches.open(ASSETS + build);
  if (await assets.match(OFFLINE[0])) return;
  await assets.addAll([...OFFLINE.map((name) => new Request(name, { cache: "no-cache" })), ...names]);
  const before = (await caches.keys()).filter((name) => name.startsWith(ASSETS) && name !== ASSETS + build);
  await Promise.all([PAGES, ...before].map((name) => caches.delete(name)));
}

async function offline(request) {
  return (await caches.match(request)) || fetch(request);
}

// A hashed name never changes what it holds.
async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  const build = (await caches.keys()).findLast((name) => name.startsWith(ASSETS));
  if (fresh.ok && build) await (await caches.open(build)).put(request, fresh.clone());
  return fresh;
}

// From the network; from the device, if the network is away, or so slow that nobody waits for it.
async function page(event, url) {
  const network = fetch(event.request).then((fresh) => {
    if (mayKeep(fresh) && !PERSONAL.test(url.pathname) && !url.searchParams.has("antwort")) {
      event.waitUntil(keepPage(event.request, fresh.clone()));
    }
    return fresh;
  });
  const patience = new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); });
  const fresh = await Promise.race([network, patience]).catch(() => null);
  if (fresh) return fresh;
  const kept = await caches.match(event.request);
  if (kept) return dated(kept);
  return network.catch(async () => (await caches.match(OFFLINE[0])) || Response.error());
}

// A page from the device says of when it is: somebody may travel to what was moved since. Behind everything that the application
// wakes, which expects its own page.
async function dated(kept) {
  const at = new Date(kept.headers.get("date") || NaN);
  const when = Number.isNaN(at.getTime()) ? "" : ` vom ${at.toLocaleString("de-DE", { dateStyle: "long", timeStyle: "short", timeZone: "Europe/Berlin" })} Uhr`;
  const words = `Gespeicherte Seite${when}. Die Verbindung fehlt oder ist langsam: Was sich seither geändert hat, steht hier nicht. Anmelden und absagen können Sie, sobald Sie wieder Netz haben.`;
  const said = `<aside class="kept" aria-label="Gespeicherte Seite">${words} <a href="" rel="external">Neu laden</a></aside>`;
  const html = (await kept.text()).replace("</body>", `${said}</body>`);
  const headers = [...kept.headers].filter(([name]) => !/^content-(encoding|length)$/.test(name));
  return new Response(html, { status: kept.status, headers });
}

// The words of the catalogue, so that it answers without a network, too.
async function words(event) {
  const fresh = await fetch(event.request).catch(() => null);
  if (!fresh || !fresh.ok) return (await caches.match(event.request)) || fresh || Response.error();
  const copy = fresh.clone();
  event.waitUntil(caches.open(PAGES).then((pages) => pages.put(event.request, copy)));
  return fresh;
}

async function keepPage(request, response) {
  await keepBuild(await response.clone().text());
  const pages = await caches.open(PAGES);
  await pages.put(request, response);
  const kept = await pages.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - PAGES_MAX)).map((old) => pages.delete(old)));
}
