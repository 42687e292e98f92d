// Readable offline: the assets of one build together, and the pages that were visited. Never personal pages.
const PAGES = "pages-1";
const ASSETS = "assets-1";
const PAGES_MAX = 60;
const NETWORK_MS_MAX = 3000;
const PERSONAL = /^\/(anmeldung|konto|verwaltung|api)(\/|$)/;

self.addEventListener("install", (event) => {
  event.waitUntil(keepBuild().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOtherCaches().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data && event.data.type === "forget") event.waitUntil(caches.delete(PAGES));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/pkg/")) event.respondWith(asset(event.request));
  else if (event.request.mode === "navigate") event.respondWith(page(event.request, url));
});

// The start page names the assets of its build; they are kept together with it.
async function keepBuild() {
  const assets = await caches.open(ASSETS);
  await assets.addAll(["/offline.html", "/offline.css"]);
  const start = await fetch("/", { cache: "no-cache" });
  const html = await start.clone().text();
  const names = new Set(html.match(/\/pkg\/[^"'\s)]+\.(?:js|wasm|css)/g) || []);
  await Promise.all([...names].map((name) => assets.add(name)));
  await (await caches.open(PAGES)).put("/", start);
}

async function forgetOtherCaches() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== PAGES && name !== ASSETS).map((name) => caches.delete(name)));
}

// A hashed name never changes what it holds.
async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await (await caches.open(ASSETS)).put(request, fresh.clone());
  return fresh;
}

async function page(request, url) {
  try {
    const fresh = await inTime(fetch(request));
    const shared = !/no-store/.test(fresh.headers.get("cache-control") || "");
    if (fresh.ok && shared && !PERSONAL.test(url.pathname) && !url.searchParams.has("antwort")) {
      await keepPage(request, fresh.clone());
    }
    return fresh;
  } catch {
    return (await caches.match(request)) || (await caches.match("/offline.html"));
  }
}

async function keepPage(request, response) {
  const pages = await caches.open(PAGES);
  await pages.put(request, response);
  const kept = await pages.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - PAGES_MAX)).map((old) => pages.delete(old)));
}

function inTime(promise) {
  return Promise.race([
    promise,
    new Promise((_, reject) => setTimeout(() => reject(new Error("too slow")), NETWORK_MS_MAX)),
  ]);
}
