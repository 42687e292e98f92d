// Modules of the catalogue: an institution with two curators, and a version that has everything it needs.
import assert from "node:assert/strict";
import { Visitor } from "./visitor.mjs";

export const COMPLETE = {
  title: "Asylrecht für den Einstieg", lead: "Sie lernen, Bescheide zu lesen und Fristen zu berechnen.",
  contents: "Ablauf des Asylverfahrens, Schutzformen, Bescheide, Fristen, Grenzen der eigenen Beratung.",
  outcomes: "anwenden: Sie lesen einen Bescheid und berechnen die Frist. [SozArb-E]", teaching: "Seminar", knowledge: "keine",
  usability: "Zählt für das Zertifikat.", award: "Bestandene Klausur.", exam: "Klausur; 90 Minuten; 100 %", grading: "graded",
  hours_contact: "40", hours_alone: "100", ects: "5", weeks: "12", frequency: "winter", mode: "on_site", access: "stufenlos",
  language: "de", responsible: "Professur für Recht", fee: "0", licence: "CC-BY-4.0", quality: "Evaluation nach jedem Durchgang",
};

// Two who curate the modules of one institution: who writes, and who agrees.
export async function curators(platform, institution = "Hochschule am Bach", host = "hochschule.example") {
  const [writes, agrees] = [new Visitor(platform), new Visitor(platform)];
  for (const [name, visitor] of [["schreibt", writes], ["stimmt-zu", agrees]]) {
    const email = `${name}@${host}`;
    platform.addAdmin(email, "curator", institution);
    await visitor.signIn(email);
  }
  const { institutions } = await writes.json("/api/catalogue", {});
  return { writes, agrees, institution: institutions[0][0] };
}

// Makes a module with a first draft.
export async function makes({ writes, institution }, code, fields = COMPLETE, partner = "") {
  const { next } = await writes.post("/api/module-create", { key: crypto.randomUUID(), code, title: fields.title, institution, partner });
  assert.equal(next, `/katalog/${code}`);
  for (const [field, value] of Object.entries(fields)) {
    const { errors } = await writes.json("/api/module-write", { code, number: "1", field, before: field === "title" ? fields.title : "", value });
    assert.deepEqual(errors, [], field);
  }
}

// Does something with a version; refused is an error.
export async function acts(visitor, code, number, deed, reason = "") {
  const { errors } = await visitor.json("/api/module-review", { code, number, deed, reason });
  assert.deepEqual(errors, [], deed);
}

// Handed in, agreed to by the other and by the office, published.
export async function publishes({ writes, agrees }, staff, code, number = "1") {
  for (const [who, deed] of [[writes, "submit"], [agrees, "approve"], [staff, "approve"], [writes, "publish"]]) await acts(who, code, number, deed);
}
