// A visitor without WebAssembly and without a browser: plain forms over HTTP, one cookie jar. A test that wants to know what all
// visitors of a platform send sets `platform.hears`.
import assert from "node:assert/strict";

export class Visitor {
  constructor(platform) {
    this.platform = platform;
    this.jar = new Map();
  }

  // As the header of a request.
  get cookie() {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  // As a browser takes them.
  get cookies() {
    return [...this.jar].map(([name, value]) => ({ name, value, url: this.platform.url }));
  }

  get(path, headers = {}) {
    this.platform.hears?.(path);
    return fetch(this.platform.url + path, { headers: { accept: "text/html", cookie: this.cookie, ...headers }, redirect: "manual" });
  }

  // Sends a form and returns the address to which the browser is sent on.
  async post(path, fields) {
    this.platform.hears?.(path, fields);
    const answer = await fetch(this.platform.url + path, {
      method: "POST",
      redirect: "manual",
      headers: { origin: this.platform.url, accept: "text/html", cookie: this.cookie, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split("=");
      if (value) this.jar.set(name, value); else this.jar.delete(name);
    }
    return { status: answer.status, next: answer.headers.get("location") };
  }

  // What a server function answers to a program.
  async json(path, fields) {
    this.platform.hears?.(path, fields);
    const headers = { origin: this.platform.url, accept: "application/json", cookie: this.cookie, "content-type": "application/x-www-form-urlencoded" };
    return (await fetch(this.platform.url + path, { method: "POST", headers, body: new URLSearchParams(fields) })).json();
  }

  // Sends a form with a file, as a browser does; returns the address to which it is sent on.
  async upload(path, fields, name, bytes) {
    this.platform.hears?.(path, fields);
    const body = new FormData();
    for (const [key, value] of Object.entries(fields)) body.append(key, value);
    body.append("file", new Blob([bytes]), name);
    const answer = await fetch(this.platform.url + path, {
      method: "POST", redirect: "manual", headers: { origin: this.platform.url, accept: "text/html", cookie: this.cookie }, body,
    });
    return { status: answer.status, next: answer.headers.get("location") };
  }

  async signIn(email) {
    await this.post("/api/account-request-code", { email, next: "" });
    const { status } = await this.post("/api/account-redeem-code", { email, code: await this.platform.code(email), next: "" });
    assert.equal(status, 302);
    assert.notEqual(this.cookie, "");
  }

  // Signs up for a Veranstaltung; returns the answer to the form.
  async signUp(slug, fields) {
    return this.post("/api/sign-up", {
      slug, key: crypto.randomUUID(), name: "Beispielperson", organisation: "Brücke Mulde e. V.", district: "dresden", mode: "on_site", ...fields,
    });
  }
}

// The times of a Veranstaltung in so many days, open for sign-up until that morning.
export function inDays(days) {
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  return { starts_at: `${day}T10:00`, ends_at: `${day}T15:00`, opens_at: "2026-01-01T08:00", closes_at: `${day}T08:00` };
}

// The form of a Veranstaltung in six weeks with seats in the room.
export function draft(fields = {}) {
  return {
    kind: "regional", title: "Probe der Regionalwerkstatt", summary: "Ein Tag zum Ausprobieren.", districts: "dresden",
    ...inDays(42), capacity_on_site: "10", venue_name: "Haus am Bach", venue_town: "Dresden", ...fields,
  };
}

// A member of staff, signed in.
export async function staffOf(platform) {
  platform.addAdmin("leitung@lafast.example", "staff");
  const staff = new Visitor(platform);
  await staff.signIn("leitung@lafast.example");
  return staff;
}

// Staff creates and publishes; returns id and slug.
export async function publish(staff, fields) {
  const { next } = await staff.post("/api/staff-save", draft(fields));
  const id = next?.match(/\/verwaltung\/veranstaltungen\/([0-9a-f-]{36})/)?.[1];
  assert.ok(id, `the draft was not kept: ${next}`);
  await staff.post("/api/staff-publish", { id });
  const page = await (await staff.get(`/verwaltung/veranstaltungen/${id}`)).text();
  return { id, slug: page.match(/href="\/veranstaltungen\/([a-z0-9-]+)"/)[1] };
}
