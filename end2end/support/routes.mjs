// Every page of the application, from its own list, so that a test over all pages notices a new one.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./platform.mjs";

const source = readFileSync(join(root, "app/src/routes/mod.rs"), "utf8");

// As they stand in app/src/routes/mod.rs: /veranstaltungen/:slug
export const ROUTES = [...source.matchAll(/path!\("([^"]*)"\)/g)].map(([, route]) => route);
if (ROUTES.length < 40) throw new Error(`only ${ROUTES.length} routes found`);

const parameters = (route) => route.split(":").length;

// The route of a path or an address; the one that says most of it in words.
export function routeOf(address) {
  const parts = new URL(address, "http://lafast.example").pathname.split("/");
  const fits = ROUTES.filter((route) => {
    const words = route.split("/");
    return words.length === parts.length && words.every((word, at) => word.startsWith(":") ? parts[at] !== "" : word === parts[at]);
  });
  return fits.sort((one, other) => parameters(one) - parameters(other))[0];
}

// Pages for whom there is a sign-in or a personal link, or that are reached from there only.
const INSIDE = ["/anmeldung/:token", "/themen/:slug/moderation", "/themen/:slug/anwesend", "/themen/:slug/protokoll", "/themen/:slug/bearbeiten", "/nachweis/:code"];
export const isPublic = (route) => !/^\/(verwaltung|katalog)(\/|$)/.test(route) && !INSIDE.includes(route);

// Which pages were shown to a test: those that answered.
export class Opened {
  routes = new Set();

  // Notes the answer to a navigation.
  note(answer) {
    if (answer?.ok()) this.came(answer.url());
  }

  // Notes a page that is there.
  came(address) {
    this.routes.add(routeOf(address));
  }

  // Of these routes, the ones that were never shown.
  missing(routes) {
    return routes.filter((route) => !this.routes.has(route));
  }
}
