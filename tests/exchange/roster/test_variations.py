"""The same service, keeping its files otherwise: the same people, contacts and faults."""

import random
from collections import Counter
from dataclasses import asdict, replace
from functools import cache

import pytest
from tests.exchange.roster.rosters import (
    csv_bytes,
    grid,
    plan_of,
    roster,
    workbook,
)

from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.setup import Setup

RENAMED = {
    "Caseload": "Client ID;Line;Last name;First name;Date of Birth;Treatment team;"
    "Employment Specialist;Date of referral;Source of referral;Working at referral?;"
    "Enrolled on;First appointment;Vocational profile date;First job;Transferred from;"
    "Handover date;Date closed;Closure reason;Comments",
    "Contacts": "Service date;Client no.;Name;Worker;Contact method;Location;"
    "Duration (mins);Kept;Remarks",
    "Employer contacts": "Date;Staff;Company;Contact person;Type of contact;"
    "On behalf of (ref);Result",
    "Job outcomes": "Client no.;Name;Company name;Position;Kind of job;"
    "Permanent/temporary;Started;Last day;Weekly hours;Rate of pay;Total paid hours;"
    "Date hours changed;New weekly hours;Reason for leaving;Comments",
    "Team meetings": "Meeting date;Treatment team;Specialist;Present",
}
TRANSLATED = {
    "nb": (
        {
            "borgere.csv": "Deltakernr;Etternavn;Fornavn;Fødselsdato;Henvist;Henvist av;"
            "Inntatt;Første møte;Karriereprofil startet;Behandlingsteam;Jobbspesialist;"
            "Arbeidsstatus ved henvisning;Tidligere jobbspesialist;Dato for bytte;"
            "Avsluttet;Årsak til avslutning;Merknad",
            "kontakter.csv": "Dato;Deltakernr;Deltaker;Jobbspesialist;Kontaktform;Sted;"
            "Timer;Møtt",
            "virksomhedskontakter.csv": "Dato;Jobbspesialist;Arbeidsgiver;Snakket med;"
            "Form;For deltaker (nr);Resultat",
            "job.csv": "Deltakernr;Deltaker;Arbeidsgiver;Stilling;Ordinær jobb;"
            "Arbeidspraksis;Lønnstilskudd;VTA;Frivillig arbeid;Ansettelse;Jobbstart;"
            "Sluttdato;Timer pr. uke;Timelønn;Betalte timer totalt;Timetall endret fra;"
            "Nye timer pr. uke;Årsak til slutt;Merknad",
        },
        {
            "ledig": "arbeidsledig",
            "i job": "i jobb",
            "Fremmøde": "Oppmøte",
            "Hjemmebesøg": "Hjemmebesøk",
            "Distriktspsykiatrien": "DPS",
            "Arbejdsplads": "Arbeidsplass",
            "Jobcenter": "NAV",
            "Café": "Kafé",
            "nej": "nei",
            "Besøg": "Besøk",
            "E-mail": "E-post",
            "tidsbegrænset": "midlertidig",
            "3 dage/uge": "3 dager/uke",
        },
    ),
    "sv": (
        {
            "borgere.csv": "Deltagarnr;Efternamn;Förnamn;Födelsedatum;Anmäld;Anmäld av;"
            "Inskriven;Första mötet;Yrkesprofil påbörjad;Vårdteam;Arbetsspecialist;"
            "I arbete vid anmälan;Tidigare arbetsspecialist;Bytesdatum;Avslutad;"
            "Avslutsorsak;Anteckningar",
            "kontakter.csv": "Datum;Deltagarnr;Deltagare;Arbetsspecialist;Kontaktform;"
            "Plats;Timmar;Kom",
            "virksomhedskontakter.csv": "Datum;Arbetsspecialist;Arbetsgivare;Pratade med;"
            "Form;För deltagare (nr);Resultat",
            "job.csv": "Deltagarnr;Deltagare;Arbetsgivare;Befattning;Ordinarie jobb;"
            "Praktik;Lönebidrag;Samhall;Volontärarbete;Anställningsform;Startdatum;"
            "Slutdatum;Timmar per vecka;Timlön;Betalda timmar totalt;Timmar ändrade;"
            "Nya timmar per vecka;Orsak till slut;Anteckningar",
        },
        {
            "ledig": "nej",
            "i job": "ja",
            "Fremmøde": "Besök",
            "Hjemmebesøg": "Hembesök",
            "Distriktspsykiatrien": "Öppenvården",
            "Arbejdsplads": "Arbetsplatsen",
            "Jobcenter": "Arbetsförmedlingen",
            "Café": "Fik",
            "Gåtur": "Promenad",
            "Besøg": "Besök",
            "E-mail": "E-post",
            "fast": "tillsvidare",
            "tidsbegrænset": "visstid",
            "3 dage/uge": "3 dagar/vecka",
        },
    ),
    "de": (
        {
            "borgere.csv": "Klienten-Nr.;Nachname;Vorname;Geburtsdatum;Anmeldedatum;"
            "Angemeldet durch;Aufnahme;Erstgespräch;Berufsprofil begonnen;"
            "Behandlungsteam;Job Coach;Arbeitsstatus bei Anmeldung;Vorheriger Coach;"
            "Wechsel am;Austritt;Austrittsgrund;Bemerkungen",
            "kontakter.csv": "Datum;Klienten-Nr.;Klient;Job Coach;Kontaktart;Ort;Stunden;"
            "Erschienen",
            "virksomhedskontakter.csv": "Datum;Job Coach;Arbeitgeber;Gesprochen mit;"
            "Kontaktart;Für Klient (Nr.);Ergebnis",
            "job.csv": "Klienten-Nr.;Klient;Arbeitgeber;Tätigkeit;Erster Arbeitsmarkt;"
            "Praktikum;Lohnkostenzuschuss;Geschützter Arbeitsplatz;Ehrenamt;Vertrag;"
            "Beginn;Ende;Std./Woche;Stundenlohn;Bezahlte Stunden insgesamt;Änderung ab;"
            "Neue Wochenstunden;Kündigungsgrund;Bemerkungen",
        },
        {
            "ledig": "arbeitslos",
            "i job": "in Arbeit",
            "Fremmøde": "persönlich",
            "Hjemmebesøg": "Hausbesuch",
            "Distriktspsykiatrien": "Ambulanz",
            "IPS-kontor": "Büro",
            "Arbejdsplads": "Arbeitsplatz",
            "Bibliotek": "Bibliothek",
            "Gåtur": "Spaziergang",
            "nej": "nein",
            "Besøg": "Besuch",
            "fast": "unbefristet",
            "tidsbegrænset": "befristet",
            "3 dage/uge": "3 Tage/Woche",
        },
    ),
}


@cache
def uk_sheets():
    (file,) = roster("uk-roster").files
    return {sheet.name: grid(file, sheet.name) for sheet in file.sheets}


def uk_plan(sheets=None, files=None, setup=None):
    uk = roster("uk-roster")
    files = files or [open_file("book.xlsx", workbook(sheets))]
    return make_plan(files, setup or uk.setup, uk.as_of)


def assert_same(plan, name="uk-roster", without=("formula_cell",)):
    """Hold a plan against that of the service's own files.

    A formula is lost where a workbook is written anew.
    """
    wanted = plan_of(name)
    assert asdict(plan.counts) == asdict(wanted.counts)
    kinds = Counter(f.kind for f in wanted.findings)
    for kind in without:
        del kinds[kind]
    assert Counter(f.kind for f in plan.findings) == kinds


def with_rows(change):
    return {
        name: rows if name == "Lists" else change(name, rows)
        for name, rows in uk_sheets().items()
    }


@pytest.mark.parametrize("seed", range(2))
def test_columns_in_another_order(seed):
    rng = random.Random(seed)

    def shuffled(_, rows):
        order = rng.sample(range(len(rows[3])), len(rows[3]))
        return [[row[at] for at in order] for row in rows]

    assert_same(uk_plan(with_rows(shuffled)))


def test_headings_in_other_words_on_sheets_without_names():
    def renamed(name, rows):
        return [*rows[:3], RENAMED[name].split(";"), *rows[4:]]

    sheets = {f"Sheet{n}": rows for n, rows in enumerate(with_rows(renamed).values())}
    plan = uk_plan(sheets)
    assert_same(plan)
    assert not any(table.unknown for table in plan.tables)


@pytest.mark.parametrize(
    ("delimiter", "encoding", "days"),
    [
        ("\t", "utf-16", "%Y-%m-%d"),
        ("|", "cp1252", "%d %b %Y"),
        (",", "utf-8-sig", "%d.%m.%Y"),
        (";", "utf-8", "%d-%m-%y"),
    ],
)
def test_sheets_saved_as_csv_files(delimiter, encoding, days):
    files = [
        open_file(
            f"{name}.csv",
            csv_bytes(rows if name == "Lists" else rows[3:], delimiter, encoding, days),
            encoding="windows-1252",
        )
        for name, rows in uk_sheets().items()
    ]
    assert_same(uk_plan(files=files))
    assert_same(uk_plan(files=files, setup=Setup(encoding="windows-1252")))


def test_one_list_on_two_sheets():
    sheets = {}
    for name, rows in uk_sheets().items():
        if name in ("Caseload", "Contacts", "Job outcomes"):
            half = len(rows) // 2
            sheets[f"{name} 1"] = rows[:half]
            sheets[f"{name} 2"] = [*rows[:4], *rows[half:]]
        else:
            sheets[name] = rows
    assert_same(uk_plan(sheets))


def test_all_lists_under_one_another_on_one_sheet():
    rows = []
    for name, own in uk_sheets().items():
        if name != "Lists":
            rows += [[name], *own[3:], [None], [None]]
    assert_same(uk_plan({"Everything": rows}))


def test_headings_repeated_on_every_page():
    def repeated(_, rows):
        out = rows[:4]
        for n, row in enumerate(rows[4:]):
            out = [*out, rows[3]] if n and n % 60 == 0 else out
            out.append(row)
        return out

    assert_same(uk_plan(with_rows(repeated)))


def test_columns_more_titles_more_and_notes_below():
    def more(_, rows):
        body = [
            ["Colour" if n == 3 else "green" if n > 3 and any(row) else None, *row]
            for n, row in enumerate(rows)
        ]
        notes = [[None], [None, "* please keep this up to date, ask Sadia if unsure"]]
        return [["Calder Vale"], ["For internal use only"], *body, *notes]

    plan = uk_plan(with_rows(more))
    assert_same(plan)
    assert all("Colour" in t.unknown for t in plan.tables if t.kind != "lists")


def test_formulas_filled_down_below_the_data_are_no_rows():
    sheets = dict(uk_sheets())
    sheets["Contacts"] = [*sheets["Contacts"][:-2], *[[None] * 9] * 50]
    file = open_file("book.xlsx", workbook(sheets))
    contacts = next(s for s in file.sheets if s.name == "Contacts")
    last = contacts.rows[-1].number
    filled = [
        contacts.rows[0]._replace(number=n, values=(None, None, None, 0))
        for n in range(last + 1, last + 200)
    ]
    formulas = {(row.number, 3): "IF(A1=0,0,1)" for row in filled}
    wide = replace(contacts, rows=(*contacts.rows, *filled), formulas=formulas)
    sheets = tuple(wide if s is contacts else s for s in file.sheets)
    assert_same(uk_plan(files=[replace(file, sheets=sheets)]))


def test_logs_without_client_numbers_find_people_by_name():
    def nameless(name, rows):
        if name not in ("Contacts", "Job outcomes"):
            return rows
        at = rows[3].index("Ref")
        return [[*row[:at], *row[at + 1 :]] for row in rows]

    plan = uk_plan(with_rows(nameless))
    kinds = Counter(f.kind for f in plan.findings)
    # Two people have one name: their rows are asked about, each by itself.
    asked = kinds.pop("name_of_two")
    twins = {"IPS-0001", "IPS-0008"}
    own = [r for r in plan_of("uk-roster").rows if r.record and r.person in twins]
    logged = [row for row in own if row.kind in ("contacts", "jobs")]
    assert asked == len(logged) - (kinds["duplicate_row"] - 7)
    counted = plan_of("uk-roster").counts
    assert plan.counts.contacts + plan.counts.jobs + len(logged) == (
        counted.contacts + counted.jobs
    )


def test_specialists_as_sections_instead_of_a_column():
    rows = uk_sheets()["Contacts"]
    at = rows[3].index("ES")
    names = [post.name for post in roster("uk-roster").setup.specialists]
    body = [[*row[:at], *row[at + 1 :]] for row in rows[:4]]
    for name in names:
        body.append([name])
        body += [[*row[:at], *row[at + 1 :]] for row in rows[4:] if row[at] == name]
    plan = uk_plan({**uk_sheets(), "Contacts": body})
    told = Counter(
        r.record.specialist for r in plan.rows if r.kind == "contacts" and r.record
    )
    typed = Counter(row[at] for row in rows[4:])
    lost = sum(1 for f in plan.questions if f.place.sheet == "Contacts")
    assert told.keys() == set(names)
    assert told.total() >= sum(typed[name] for name in names) - lost - 7


@pytest.mark.parametrize("language", TRANSLATED)
def test_other_languages_nothing_stated(language):
    headings, words = TRANSLATED[language]
    files = []
    for file in roster("dk-csv").files:
        rows = [[words.get(value, value) for value in row] for row in grid(file)[1:]]
        rows.insert(0, headings[file.name].split(";"))
        name = f"{len(files)}.csv"
        files.append(open_file(name, csv_bytes(rows, ";")))
    plan = make_plan(files, Setup(), roster("dk-csv").as_of)
    assert {table.language for table in plan.tables} == {language}
    assert not any(table.unknown for table in plan.tables)
    found, wanted = asdict(plan.counts), asdict(plan_of("dk-csv").counts)
    # What is a flex-job in Denmark is another kind of job elsewhere.
    types = found.pop("jobs_by_type"), wanted.pop("jobs_by_type")
    assert found == wanted
    assert types[0].pop("set_aside") == types[1].pop("flex_job")
    assert types[0] == types[1]
    kinds = Counter(f.kind for f in plan_of("dk-csv").findings)
    assert Counter(f.kind for f in plan.findings) == kinds
    assert {need.key for need in plan.needs} == {"specialists", "treatment_teams"}
