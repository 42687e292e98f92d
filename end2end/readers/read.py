"""Reads the platform's files with other people's libraries and prints what they understood, as JSON.

Usage: read.py calendar FILE   (icalendar)
       read.py workbook FILE   (openpyxl)
       read.py paper FILE      (pypdf)
       read.py document FILE   (odfpy)
       read.py schema FILE     (jsonschema-rs; FILE names the schema and holds the bodies that are to be judged)
       read.py mail FILE       (email, and icalendar for the entry inside)
       read.py feed FILE       (xml.etree)
"""

import email
import email.policy
import json
import sys
import zipfile
from xml.etree import ElementTree

from icalendar import Calendar
from jsonschema_rs import validator_for
from odf import dc, table, teletype, text
from odf.opendocument import load
from openpyxl import load_workbook
from pypdf import PdfReader
from pypdf.generic import ContentStream


def calendar(content):
    read = Calendar.from_ical(content)
    events = [
        {
            "uid": str(event["UID"]),
            "sequence": int(event.get("SEQUENCE", 0)),
            "status": str(event.get("STATUS", "")),
            "start": event.decoded("DTSTART").isoformat(),
            "end": event.decoded("DTEND").isoformat(),
            "summary": str(event["SUMMARY"]),
            "location": str(event.get("LOCATION", "")),
            "url": str(event.get("URL", "")),
            "attendee": dict(event["ATTENDEE"].params) if "ATTENDEE" in event else None,
            "errors": [str(error) for error in event.errors],
        }
        for event in read.walk("VEVENT")
    ]
    return {"method": str(read.get("METHOD", "")), "version": str(read["VERSION"]), "events": events}


def workbook(path):
    sheet = load_workbook(path).active
    return {
        "rows": [[cell.value for cell in row] for row in sheet.iter_rows()],
        # "f" is a formula, "s" a string.
        "types": sorted({cell.data_type for row in sheet.iter_rows() for cell in row}),
    }


def paper(path):
    file = PdfReader(path)
    root = file.trailer["/Root"]
    tags, marks = [], []

    def walk(part):
        if isinstance(part, list):
            for one in part:
                walk(one)
        elif isinstance(part, int):
            marks.append(part)
        elif part is not None:
            part = part.get_object()
            if part.get("/Type") == "/MCR":
                marks.append(part["/MCID"])
                return
            if "/S" in part:
                tags.append(str(part["/S"])[1:])
            walk(part.get("/K"))

    tree = root.get("/StructTreeRoot")
    if tree is not None:
        walk(tree.get_object().get("/K"))
    # What is written must be part of the text, or be marked as no part of it.
    written, outside, inside, spoken = 0, 0, 0, []
    for page in file.pages:
        depth = 0
        for operands, operator in ContentStream(page.get_contents(), file).operations:
            if operator in (b"BDC", b"BMC"):
                depth += 1
                if operator == b"BDC" and isinstance(operands[1], dict):
                    inside += "/MCID" in operands[1]
                    spoken.append(str(operands[1].get("/ActualText", "")))
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"Tj", b"TJ", b"'", b'"'):
                written += 1
                outside += depth == 0
    metadata = file.xmp_metadata
    return {
        "language": str(root.get("/Lang", "")),
        "title": str((file.metadata or {}).get("/Title", "")),
        "shows_title": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
        "marked": bool(root.get("/MarkInfo", {}).get("/Marked", False)),
        "ua": b"pdfuaid" in metadata.stream.get_data() if metadata else False,
        "pages": len(file.pages),
        "tags": {tag: tags.count(tag) for tag in sorted(set(tags))},
        "marks": len(marks),
        "inside": inside,
        "written": written,
        "outside": outside,
        # What is read aloud in place of letters that are shown otherwise.
        "spoken": "".join(spoken),
        "outline": [str(item.title) for item in file.outline if not isinstance(item, list)],
        "text": "\n".join(page.extract_text() for page in file.pages),
    }


def document(path):
    # What the file is must be readable without unpacking: its first part, as it is.
    first = zipfile.ZipFile(path).infolist()[0]
    file = load(path)
    words = lambda kind: [teletype.extractText(part) for part in file.getElementsByType(kind)]
    return {
        "type": str(file.getMediaType()),
        "first": first.filename if first.compress_type == zipfile.ZIP_STORED and not first.extra else "",
        "title": "".join(teletype.extractText(part) for part in file.meta.getElementsByType(dc.Title)),
        "language": "".join(teletype.extractText(part) for part in file.meta.getElementsByType(dc.Language)),
        "headings": [[int(part.getAttribute("outlinelevel")), teletype.extractText(part)] for part in file.getElementsByType(text.H)],
        "paragraphs": words(text.P),
        "items": len(file.getElementsByType(text.ListItem)),
        "rows": len(file.getElementsByType(table.TableRow)),
        # Styles that are used and nowhere to be found.
        "unknown": sorted({str(part.getAttribute("stylename")) for kind in (text.H, text.P, text.Span) for part in file.getElementsByType(kind)
                           if file.getStyleByName(str(part.getAttribute("stylename"))) is None}),
    }


def schema(path):
    with open(path, "rb") as file:
        asked = json.load(file)
    with open(asked["schema"], "rb") as file:
        document = json.load(file)
        # One schema of many, as API descriptions hold them.
        rules = {"$ref": asked["at"], "components": document["components"]} if "at" in asked else document
        # A format is an annotation unless it is asked for.
        judge = validator_for(rules, validate_formats=True)
    place = lambda error: "/".join(["$", *map(str, error.instance_path)])
    faults = lambda body: sorted({f"{place(error)}: {error.message[:200]}" for error in judge.iter_errors(body)})
    return [faults(body) for body in asked["bodies"]]


def feed(content):
    # What is not well-formed ends here with an error.
    root = ElementTree.fromstring(content)
    atom = lambda name: "{http://www.w3.org/2005/Atom}" + name
    words = lambda part, name: [found.text or "" for found in part.findall(atom(name))]
    links = lambda part: {link.get("rel", "alternate"): link.get("href", "") for link in part.findall(atom("link"))}
    what = lambda part: {**{name: words(part, name) for name in ("id", "title", "updated", "published", "summary")}, "links": links(part)}
    # Nothing of it may stand in another namespace, where no reader of feeds looks.
    foreign = sorted({part.tag for part in root.iter() if not part.tag.startswith(atom(""))})
    return {**what(root), "root": root.tag, "foreign": foreign, "entries": [what(entry) for entry in root.findall(atom("entry"))]}


def mail(content):
    message = email.message_from_bytes(content, policy=email.policy.default)
    parts = list(message.walk())
    entries = [part for part in parts if part.get_content_type() == "text/calendar"]
    return {
        "subject": str(message["Subject"]),
        "from": str(message["From"]),
        "to": str(message["To"]),
        "message_id": str(message["Message-ID"]),
        "types": [part.get_content_type() for part in parts],
        "defects": [str(defect) for part in parts for defect in part.defects],
        "text": message.get_body(preferencelist=("plain",)).get_content(),
        "html": message.get_body(preferencelist=("html",)).get_content(),
        "calendar": calendar(entries[0].get_content()) if entries else None,
        "calendar_text": entries[0].get_content() if entries else "",
        "calendar_header_method": entries[0].get_param("method") if entries else None,
    }


kind, path = sys.argv[1:]
if kind in ("workbook", "paper", "document", "schema"):
    result = {"workbook": workbook, "paper": paper, "document": document, "schema": schema}[kind](path)
else:
    with open(path, "rb") as file:
        result = {"calendar": calendar, "mail": mail, "feed": feed}[kind](file.read())
json.dump(result, sys.stdout, ensure_ascii=False)
