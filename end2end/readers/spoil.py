"""Writes tables of modules as people keep them, by a library that is not the platform's.

spoil.py edit FILE CELL VALUE     changes one cell of a spreadsheet that the platform exported
spoil.py compute FILE TEXT        makes a formula of each cell with this text
spoil.py write FOLDER             writes the tables
"""
import json
import sys
from pathlib import Path

from openpyxl import Workbook, load_workbook

HEADINGS = ["code", "institution", "title", "lead", "weeks", "ects", "places"]
LEAD = "Sie üben, Bescheide zu prüfen; und größere Fälle zu lösen."
ROW = ["UGL-1", "Evangelische Hochschule Dresden", "Übungen im Aufenthaltsrecht", LEAD, "12", "5", "Dresden"]


def lines(rows, separator=";", end="\r\n"):
    quoted = lambda cell: '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in separator + '"\n') else cell
    return end.join(separator.join(quoted(cell) for cell in row) for row in rows) + end


def book(path, rows, change=lambda sheet: None):
    workbook = Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(row)
    change(sheet)
    workbook.save(path)


def merged(sheet):
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Modulkatalog 2027"
    sheet.merge_cells("A1:G1")
    sheet.append(["UGL-2", None, "Noch eine Übung dazu", LEAD, 10, 2.5, "Leipzig"])
    sheet.merge_cells("B4:B5")


def formulas(sheet):
    sheet["E2"] = "=6+6"
    sheet["F2"] = "#REF!"
    sheet["F2"].data_type = "e"


def write(folder):
    put = lambda name, text, encoding: (folder / name).write_bytes(text.encode(encoding))
    put("windows.csv", lines([HEADINGS, ROW]), "cp1252")
    put("bom.csv", lines([HEADINGS, ROW]), "utf-8-sig")
    put("utf16.csv", lines([HEADINGS, ROW], "\t"), "utf-16")
    put("komma.csv", lines([HEADINGS, [*ROW[:6], "Dresden\nLeipzig, Süd"]], ",", "\n"), "utf-8")
    put("sep.csv", "sep=;\r\n" + lines([HEADINGS, ROW]), "utf-8")
    put("zahlen.csv", lines([HEADINGS, [*ROW[:4], " 12 ", "2,5", ""], ["UGL-2", *ROW[1:4], "12.0", "7.50", ""]]), "utf-8")
    put("ueberschriften.csv", lines([["KÜRZEL ", "Institution", " Titel", "Bemerkung", "DAUER IN WOCHEN"], ["ugl-1", ROW[1], ROW[2], "?", "12"]]), "utf-8")
    put("falsch.csv", lines([["Modul", "Titel"], ["UGL-1", "Ohne Kürzel"]]), "utf-8")
    put("doppelt.csv", lines([["code", "Titel", "title"], ["UGL-1", "a", "b"]]), "utf-8")
    put("zeilen.csv", lines([HEADINGS, ROW, [""] * 7, ROW, ["kein Kürzel", *ROW[1:]], ["UGL-3", "Hochschule Nirgendwo", *ROW[2:]], ["UGL-4", *ROW[1:4], "zwölf", "99", ""]]), "utf-8")
    many = [["U%04d-1" % number, *ROW[1:]] for number in range(5000)]
    put("viele.csv", lines([HEADINGS, *many]), "utf-8")
    put("zuviele.csv", lines([HEADINGS, *many, ROW]), "utf-8")
    book(folder / "verbunden.xlsx", [HEADINGS, [*ROW[:4], 12, 5, ROW[6]]], merged)
    book(folder / "formeln.xlsx", [HEADINGS, ROW], formulas)
    book(folder / "luegt.csv", [HEADINGS, ROW])
    put("gefahr.csv", lines([HEADINGS, [*ROW[:6], "=HYPERLINK(\"https://boese.example\")"]]), "utf-8")
    put("leer.csv", "", "utf-8")
    put("kaputt.xlsx", "PK\x03\x04 kein Archiv", "latin-1")


match sys.argv[1:]:
    case ["edit", path, cell, value]:
        workbook = load_workbook(path)
        sheet = workbook.active
        places = {heading.value: heading.column for heading in sheet[1]}
        rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
        code, field = cell.split(".")
        sheet.cell(rows[code], places[field]).value = value
        workbook.save(path)
    case ["compute", path, text]:
        workbook = load_workbook(path)
        for row in workbook.active.iter_rows():
            for cell in row:
                if cell.value == text:
                    cell.value = text
        workbook.save(path)
    case ["write", folder]:
        write(Path(folder))
        json.dump(sorted(file.name for file in Path(folder).iterdir()), sys.stdout)
