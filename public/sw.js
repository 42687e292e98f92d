// Readable offline: the assets of one build together, and the pages that were visited with it. Never personal pages.
const PAGES = "pages-2";
const ASSETS = "assets-2-";
const PAGES_MAX = 60;
const PATIENCE_MS = 3000;
const PERSONAL = /^\/(anmeldung|anrechnung|katalog|konto|nachweis|verwaltung|api)(\/|$)/;
const WORDS = "/module/suche.json";

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
  else if (event.request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname === WORDS) event.respondWith(words(event));
});

async function keepStart() {
  await keepPage(new Request("/"), await fetch("/", { cache: "no-cache" }));
}

async function forgetOlderVersions() {
  const older = (await caches.keys()).filter((name) => name !== PAGES && !name.startsWith(ASSETS));
  await Promise.all(older.map((name) => caches.delete(name)));
}

// A page names the assets of its build. With a new build everything of the one before goes: pages and assets that
// do not belong together are of no use to anybody.
async function keepBuild(html) {
  const names = new Set(html.match(/\/pkg\/[^"'\s)]+\.(?:js|wasm|css)/g) || []);
  const build = [...names].find((name) => /\/lafast\.[^/]+\.js$/.test(name));
  const name = ASSETS + build;
  if (!build || (await caches.has(name))) return;
  const before = (await caches.keys()).filter((other) => other.startsWith(ASSETS));
  await Promise.all([PAGES, ...before].map((other) => caches.delete(other)));
  // Half a build is none: the next page tries again.
  try {
    await (await caches.open(name)).addAll(["/offline.html", "/offline.css", ...names]);
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

// A hashed name never changes what it holds.
async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  const build = (await caches.keys()).find((name) => name.startsWith(ASSETS));
  if (fresh.ok && build) await (await caches.open(build)).put(request, fresh.clone());
  return fresh;
}

// From the network; from the device, if the network is away, or so slow that nobody waits for it.
async function page(event, url) {
  const network = fetch(event.request).then((fresh) => {
    const shared = !/no-store/.test(fresh.headers.get("cache-control") || "");
    if (fresh.ok && shared && !PERSONAL.test(url.pathname) && !url.searchParams.has("antwort")) {
      event.waitUntil(keepPage(event.request, fresh.clone()));
    }
    return fresh;
  });
  const patience = new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); });
  const fresh = await Promise.race([network, patience]).catch(() => null);
  const kept = fresh || (await caches.match(event.request));
  if (kept) return kept;
  return network.catch(async () => (await caches.match("/offline.html")) || Response.error());
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
