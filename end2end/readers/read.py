"""Reads the platform's files with other people's libraries and prints what they understood, as JSON.

Usage: read.py calendar FILE   (icalendar)
       read.py workbook FILE   (openpyxl)
       read.py mail FILE       (email, and icalendar for the entry inside)
"""

import email
import email.policy
import json
import sys

from icalendar import Calendar
from openpyxl import load_workbook


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
if kind == "workbook":
    result = workbook(path)
else:
    with open(path, "rb") as file:
        result = {"calendar": calendar, "mail": mail}[kind](file.read())
json.dump(result, sys.stdout, ensure_ascii=False)
