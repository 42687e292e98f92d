// The catalogue for other systems: open standards against their public schemas, with broken twins; what was published or
// withdrawn since; the handbook.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { after, before, test } from "node:test";
import jsonld from "jsonld";
import { acts, curators, makes, publishes } from "../support/modules.mjs";
import { Platform, root } from "../support/platform.mjs";
import { reads } from "../support/readers.mjs";
import { staffOf } from "../support/visitor.mjs";

const SCHEMAS = process.env.LAFAST_SCHEMAS ?? resolve(root, "../shared/schemas");
const judged = { skip: existsSync(SCHEMAS) ? false : "the public schemas are not there" };

let platform;
let staff;
before(async () => {
  platform = await Platform.start();
  staff = await staffOf(platform);
});
after(() => platform?.stop());

const linked = async (path) => JSON.parse((await (await fetch(platform.url + path)).text()).match(/<script type="application\/ld\+json">(.*?)<\/script>/s)[1]);

// What schema.org's context says, as far as it is used here: every term is one of its own, and addresses are links.
const documentLoader = async (url) => {
  assert.equal(url, "https://schema.org");
  return { contextUrl: null, documentUrl: url, document: { "@context": { "@vocab": "http://schema.org/", type: "@type", id: "@id", url: { "@type": "@id" } } } };
};
const statements = (data) => jsonld.toRDF(data, { documentLoader, safe: true });

test("what pages tell programs is read by a JSON-LD processor, and nothing of it is lost", async () => {
  const address = `${platform.url}/module/FSA-201`;
  const data = await linked("/module/FSA-201");
  const quads = await statements(data);
  const said = (subject, term) => quads.filter((quad) => quad.subject.value === subject && quad.predicate.value === `http://schema.org/${term}`).map((quad) => quad.object.value);
  assert.ok(quads.some((quad) => quad.subject.value === address && quad.object.value === "http://schema.org/Course"));
  assert.deepEqual([said(address, "name"), said(address, "courseCode")], [[data.name], ["FSA-201"]]);
  assert.equal(said(address, "teaches").length, new Set(data.teaches).size);
  const [instance] = said(address, "hasCourseInstance");
  assert.deepEqual(said(instance, "courseMode"), [data.hasCourseInstance[0].courseMode]);
  // A word that is none of its terms is dropped by processors: here that is an error.
  await assert.rejects(() => statements({ ...data, "@type": "kein Begriff" }), /safe mode/i);
  await assert.rejects(() => statements({ ...data, "@id": "ohne Adresse", "@reverse": { "kein Begriff": data.offers } }));
  const list = await linked("/module?suche=Asyl");
  assert.deepEqual([list["@type"], list.numberOfItems], ["ItemList", list.itemListElement.length]);
  const listed = await statements(list);
  const links = listed.filter((quad) => quad.predicate.value === "http://schema.org/url").map((quad) => quad.object.value);
  assert.ok(links.length > 0 && links.length === list.numberOfItems);
  for (const link of links) assert.equal((await fetch(link)).status, 200, link);
  assert.deepEqual(list.itemListElement.map((item) => item.position), list.itemListElement.map((_, place) => place + 1));
});

test("the page tells programs what the module is (schema.org)", async () => {
  const course = await linked("/module/FSA-201");
  assert.equal(course["@type"], "Course");
  assert.equal(course.url, `${platform.url}/module/FSA-201`);
  for (const field of ["name", "description", "courseCode", "inLanguage", "timeRequired", "coursePrerequisites"]) assert.ok(course[field], field);
  assert.ok(course.provider[0].name && course.teaches.length >= 4);
  assert.deepEqual([course.offers[0].category, course.offers[0].price, course.offers[0].priceCurrency], ["Paid", "290.00", "EUR"]);
  assert.match(course.hasCourseInstance[0].courseWorkload, /^PT\d+H$/);
  assert.ok(["Online", "Onsite", "Blended"].includes(course.hasCourseInstance[0].courseMode));
});

test("a run is told to programs with dates, place and seats (schema.org)", async () => {
  const [run] = (await linked("/module/FSA-102")).hasCourseInstance;
  assert.ok(Date.parse(run.startDate) < Date.parse(run.endDate));
  assert.equal((await fetch(run.url)).status, 200);
  assert.equal(run.location["@type"], "Place");
  assert.deepEqual([run.maximumAttendeeCapacity, run.remainingAttendeeCapacity], [30, 0]);
});

test("MOOChub: pages, media type, versions, and answers that need not be sent again", async () => {
  const url = `${platform.url}/bridges/moochub/courses`;
  const answer = await fetch(url, { headers: { accept: "application/vnd.api+json; moochub-version=3" } });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/vnd.api+json; moochub-version=3.0");
  const body = await answer.json();
  assert.ok(body.data.length >= 13);
  assert.deepEqual([body.links.self, body.links.first], [`${url}?page=1`, `${url}?page=1`]);
  assert.equal(new Set(body.data.map((course) => course.id)).size, body.data.length);
  for (const { attributes } of body.data) assert.equal((await fetch(attributes.url)).status, 200);
  const tag = answer.headers.get("etag");
  assert.equal((await fetch(url, { headers: { "if-none-match": tag } })).status, 304);
  assert.equal((await fetch(url, { headers: { accept: "application/vnd.api+json; moochub-version=2.1" } })).status, 406);
  for (const page of ["0", "99", "x"]) assert.equal((await fetch(`${url}?page=${page}`)).status, 404, page);
});

test("the handbook is read by another library, and can be read aloud", async () => {
  const answer = await fetch(`${platform.url}/modulhandbuch.pdf`);
  assert.equal(answer.headers.get("content-type"), "application/pdf");
  const [all, single] = [answer, await fetch(`${platform.url}/modulhandbuch.pdf?modul=FSA-103`)].map(async (file) => Buffer.from(await file.arrayBuffer()));
  for (const day of ["2001-01-01", "gestern"]) assert.equal((await fetch(`${platform.url}/modulhandbuch.pdf?stand=${day}`)).status, 404, day);
  const [paper, one] = [await reads("paper", await all), await reads("paper", await single)];
  assert.equal(paper.title, "Modulhandbuch");
  assert.equal(paper.language, "de-DE");
  assert.ok(paper.marked && paper.ua && paper.shows_title);
  assert.equal(paper.outside, 0);
  assert.equal(paper.marks, paper.inside);
  const chapters = (file) => file.outline.filter((title) => /^[A-Z]+-\d+ /.test(title));
  assert.ok(chapters(paper).length >= 13, `${chapters(paper).length}`);
  assert.ok(chapters(paper).includes("FSA-103 Beratung mit Sprachmittlung"));
  assert.equal(chapters(one).length, 1);
  const certificate = await reads("paper", Buffer.from(await (await fetch(`${platform.url}/modulhandbuch.pdf?zertifikat=FSA-Z1`)).arrayBuffer()));
  assert.match(certificate.title, /^Modulhandbuch: Grundlagen der Flüchtlings/);
  assert.deepEqual(chapters(certificate).map((title) => title.split(" ")[0]).toSorted(), ["AKL-1", "AKL-2", "AKL-3", "FSA-101", "FSA-102", "FSA-103", "HMS-13"]);
  assert.equal((await fetch(`${platform.url}/modulhandbuch.pdf?zertifikat=FSA-Z9`)).status, 404);
  // What is being written is marked on every page.
  const drafts = await reads("paper", Buffer.from(await (await staff.get("/katalog/modulhandbuch.pdf")).arrayBuffer()));
  assert.ok(chapters(drafts).some((title) => title.startsWith("HMS-14")));
  assert.ok(drafts.text.match(/Entwurf/gi).length >= drafts.pages, drafts.text.slice(0, 400));
});

test("MOOChub: every course is what the public schema asks for, and what is broken is not", judged, async () => {
  const schema = resolve(SCHEMAS, "moochub/moochub-schema.json");
  const good = await (await fetch(`${platform.url}/bridges/moochub/courses`)).json();
  const breaks = [
    (course) => delete course.attributes.name, (course) => delete course.attributes.license, (course) => delete course.attributes.publisher,
    (course) => { course.id = "FSA-101"; }, (course) => { course.attributes.url = "keine Adresse"; }, (course) => { course.attributes.duration = "14 Wochen"; },
    (course) => { course.attributes.creator = []; }, (course) => { course.attributes.courseMode = ["hybrid"]; }, (course) => { course.type = "courses"; },
  ];
  const broken = breaks.map((damage) => {
    const body = structuredClone(good);
    damage(body.data[0]);
    return body;
  });
  const [faults, ...found] = await reads("schema", Buffer.from(JSON.stringify({ schema, bodies: [good, ...broken] })));
  assert.deepEqual(faults, []);
  for (const [number, wrong] of found.entries()) assert.notDeepEqual(wrong, [], breaks[number].toString());
});

const oeapi = async (path) => (await fetch(`${platform.url}/oeapi/v6${path}`)).json();

test("OEAPI: every item is what the public schema asks for, and what is broken is not", judged, async () => {
  const schema = resolve(SCHEMAS, "oeapi-v6/oeapi.json");
  const { components } = JSON.parse(readFileSync(schema, "utf8"));
  const judge = (at, bodies) => reads("schema", Buffer.from(JSON.stringify({ schema, at: `#/components/schemas/${at}`, bodies })));
  const lists = [["courses", "Course", 13], ["course-offerings", "CourseOffering", 6], ["learning-outcomes", "LearningOutcome", 40], ["programmes", "Programme", 2], ["organisations", "Organisation", 3]];
  for (const [list, kind, least] of lists) {
    const page = await oeapi(`/${list}?pageSize=250`);
    assert.ok(page.items.length >= least, `${list}: ${page.items.length}`);
    const faults = await judge(kind, page.items);
    assert.deepEqual(faults.flat(), [], list);
    assert.deepEqual(await judge("Pagination", [page]), [[]]);
    // The items themselves, one by one.
    const id = `${kind[0].toLowerCase()}${kind.slice(1)}Id`;
    assert.deepEqual(await oeapi(`/${list}/${page.items[0][id]}`), page.items[0]);
    // Nothing less passes.
    const broken = [(item) => delete item[id], (item) => delete item.name, (item) => delete item.primaryCode, (item) => { item.name = []; }, (item) => { item[id] = "keine UUID"; }]
      .map((damage) => { const item = structuredClone(page.items[0]); damage(item); return item; });
    for (const [number, wrong] of (await judge(kind, broken)).entries()) assert.notDeepEqual(wrong, [], `${list} ${number}`);
  }
  const [course] = (await oeapi("/courses?pageSize=250")).items;
  const [wrong] = await judge("Course", [{ ...course, validFrom: "2026-11-24" }]);
  assert.notDeepEqual(wrong, [], "a day is no instant");
  assert.deepEqual(await judge("Service", [await oeapi("")]), [[]]);

  // The schema lets nearly every word pass where its lists can be extended: the words themselves are looked at here.
  const words = (name) => components.schemas[name]["x-ooapi-extensible-enum"];
  const known = (name, value) => assert.ok(words(name).includes(value) || /^x-[a-z-]+$/.test(value), `${name}: ${value}`);
  for (const item of (await oeapi("/courses?pageSize=250")).items) {
    item.modesOfDelivery.forEach((mode) => known("modeOfDelivery", mode));
    item.studyLoad.forEach((load) => known("studyloadUnit", load.studyLoadUnit));
    [item.primaryCode, ...item.otherCodes ?? []].forEach((code) => known("codeType", code.codeType));
  }
  for (const item of (await oeapi("/course-offerings?pageSize=250")).items) {
    known("offeringState", item.state);
    item.modesOfDelivery.forEach((mode) => known("modeOfDelivery", mode));
    item.otherCodes.forEach((code) => known("codeType", code.codeType));
  }
  for (const item of (await oeapi("/learning-outcomes?pageSize=250")).items) known("learningOutcomeLevel", item.complexityLevel);
  for (const item of (await oeapi("/programmes")).items) {
    known("programmeType", item.programmeType);
    known("qualificationAwarded", item.qualificationAwarded);
  }
});

test("OEAPI: what hangs together is found by its id, pages and filters", async () => {
  const first = await oeapi("/courses");
  assert.deepEqual([first.pageSize, first.pageNumber, first.hasPreviousPage, first.hasNextPage, first.items.length], [10, 1, false, true, 10]);
  const second = await oeapi("/courses?pageNumber=2");
  assert.deepEqual([second.hasPreviousPage, second.hasNextPage], [true, false]);
  const names = [...first.items, ...second.items].map((course) => course.name[0].value.toLowerCase());
  assert.deepEqual(names, names.toSorted());
  const [law] = (await oeapi("/courses?primaryCode=FSA-102")).items;
  assert.equal((await oeapi("/courses?q=AUFENTHALTSRECHT")).items[0].courseId, law.courseId);
  assert.equal((await oeapi("/courses?teachingLanguage=en")).items.length, 0);
  const [run] = (await oeapi(`/courses/${law.courseId}/course-offerings`)).items;
  assert.deepEqual([run.courseId, run.maxNumberStudents, run.enrolledNumberStudents, run.pendingNumberStudents], [law.courseId, 30, 30, 4]);
  const outcomes = (await oeapi("/learning-outcomes?pageSize=250")).items.map((outcome) => outcome.learningOutcomeId);
  assert.ok(law.learningOutcomeIds.length >= 4 && law.learningOutcomeIds.every((id) => outcomes.includes(id)));
  for (const id of law.programmeIds) assert.ok((await oeapi(`/programmes/${id}/courses?pageSize=250`)).items.some((course) => course.courseId === law.courseId));
  const status = async (path) => (await fetch(`${platform.url}/oeapi/v6${path}`)).status;
  for (const path of ["/courses?pageSize=11", "/courses?pageNumber=0", "/courses?pageNumber=x"]) assert.equal(await status(path), 400, path);
  for (const path of ["/persons", "/courses/unbekannt", `/courses/${law.courseId}/persons`]) assert.equal(await status(path), 404, path);
  const answer = await fetch(`${platform.url}/oeapi/v6/courses`);
  assert.equal((await fetch(`${platform.url}/oeapi/v6/courses`, { headers: { "if-none-match": answer.headers.get("etag") } })).status, 304);
  assert.notEqual((await fetch(`${platform.url}/oeapi/v6/courses?pageNumber=2`)).headers.get("etag"), answer.headers.get("etag"));
});

test("who keeps a copy hears of each publication and withdrawal once, in order", async () => {
  const since = async (cursor) => (await fetch(`${platform.url}/module/aenderungen.json?changed_since=${cursor}`)).json();
  const all = await since("");
  const states = Object.fromEntries(all.items.map((item) => [item.code, item.state]));
  assert.deepEqual([states["FSA-101"], states["AKL-4"], states["HMS-14"]], ["published", "withdrawn", undefined]);
  assert.equal(new Set(all.items.map((item) => item.id)).size, all.items.length);
  const times = all.items.map((item) => Date.parse(item.changedAt));
  assert.deepEqual(times, times.toSorted((one, other) => one - other));
  assert.deepEqual((await since(all.cursor)).items, []);
  assert.equal((await fetch(all.items.find((item) => item.state === "published").course)).status, 200);
  assert.equal((await fetch(`${platform.url}/module/aenderungen.json?changed_since=gestern`)).status, 400);

  const faculty = await curators(platform);
  await makes(faculty, "NEU-1");
  await publishes(faculty, staff, "NEU-1");
  const news = await since(all.cursor);
  assert.deepEqual(news.items.map((item) => [item.code, item.state, item.version]), [["NEU-1", "published", 1]]);
  await acts(staff, "NEU-1", "1", "withdraw", "Nur zur Probe.");
  const gone = await since(news.cursor);
  assert.deepEqual(gone.items.map((item) => [item.code, item.state, item.version, item.course]), [["NEU-1", "withdrawn", null, null]]);

  const feed = await (await fetch(`${platform.url}/module.atom`)).text();
  assert.ok(feed.includes("<title>FSA-101 ") && !feed.includes("NEU-1") && !feed.includes("AKL-4"));
});
