#!/usr/bin/env python3
"""Writes the example exports beside it, and truth.json with what is planted in them.

    generate.py [FOLDER]

Everything is made up and drawn with one fixed seed, by integer arithmetic only: every machine writes the same bytes.
Domains are of the reserved names .example and .test (RFC 2606), so that no address can be anybody's.

crm_contacts.csv         a HubSpot contact export: UTF-8 with byte order mark, CRLF, quoted cells, quoted line ends
marketing_audience.csv   a LinkedIn Ads contact list: UTF-8, LF
salesforce_report.csv    a Salesforce report: every cell quoted, with its footer
linkedin_connections.csv LinkedIn's Connections.csv: notes above the header, most addresses missing
salesforce_leads.csv, salesforce_campaign_members.csv, salesforce_opportunities.csv
                         data exports of Salesforce objects, for `vesica study --map salesforce`

16 % of the people of the CRM are in the marketing audience, which is 20 times as large. The other two files hold part
of the people of the CRM. Rows are messy as in real exports: spaces and capitals that do not matter, blank cells, rows
that repeat a person, addresses that are none.
"""

import csv
import io
import json
import os
import sys

CRM_PEOPLE = 400
MARKETING_PEOPLE = 8_000
BOTH = CRM_PEOPLE * 16 // 100

FIRST = (
    "Ada Bruno Chidi Daria Elif Farid Greta Hugo Ines Jonas Kaito Lena Mateo Nadia Oskar Priya Quentin Rosa Sami Tove "
    "Umar Vera Wanda Xenia Yusuf Zora"
).split()
LAST = (
    "Abara Bergman Castell Dahl Eriksen Fontaine Grau Halvorsen Iyer Jansen Kowal Lindqvist Moreau Nakata Okafor Petrov "
    "Quist Rahimi Silva Tamm Ueda Varga Weiss Xu Yilmaz Zanetti"
).split()
COMPANY = (
    "Alder Basalt Cobalt Delta Ember Fjord Granite Harbor Indigo Juniper Keystone Lumen Meridian Nimbus Orchard Pioneer "
    "Quarry Ridge Summit Tundra"
).split()
KIND = ("Systems", "Logistics", "Foods", "Energy", "Labs")
LEGAL = ("GmbH", "Ltd", "Inc.", "AS")
TITLE = ("Engineer", "Buyer", "Head of Sales", "Analyst", "CFO", "Director, Operations")


class Random:
    """xorshift64* (Vigna, 2016): the same numbers everywhere and in every version of Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state ^= self.state >> 12
        self.state ^= self.state << 25 & 0xFFFFFFFFFFFFFFFF
        self.state ^= self.state >> 27
        return (self.state * 0x2545F4914F6CDD1D & 0xFFFFFFFFFFFFFFFF) % limit

    def one_in(self, limit):
        return self.below(limit) == 0

    def pick(self, values):
        return values[self.below(len(values))]

    def shuffle(self, values):
        for i in range(len(values) - 1, 0, -1):
            j = self.below(i + 1)
            values[i], values[j] = values[j], values[i]


class Person:
    """Number `number` of all: no two have one address."""

    def __init__(self, number, random):
        self.first = random.pick(FIRST)
        self.last = random.pick(LAST)
        company = random.below(len(COMPANY) * len(KIND))
        name, kind = COMPANY[company % len(COMPANY)], KIND[company // len(COMPANY)]
        self.company = f"{name} {kind}, {LEGAL[company % len(LEGAL)]}" if company % 3 == 0 else f"{name} {kind}"
        domain = f"{name.lower()}-{kind.lower()}.{'test' if company % 7 == 0 else 'example'}"
        if random.one_in(6):
            domain = f"mail.{domain}"
        tag = "+events" if random.one_in(40) else ""
        self.email = f"{self.first.lower()}.{self.last.lower()}{number}{tag}@{domain}"
        self.title = random.pick(TITLE)


def messy(email, random):
    """The address as people type it: the same under email/1."""
    kind = random.below(10)
    if kind == 0:
        return email.upper()
    if kind == 1:
        return f" {email}"
    if kind == 2:
        return f"{email} "
    if kind == 3:
        local, domain = email.split("@")
        return f"{local.title()}@{domain}"
    return email


def invalid(number):
    """What stands in for an address; none of these is one."""
    return (f"unknown{number}", f"a{number}@@basalt.example", f"x{number}@localhost", f"n/a {number}", f"@{number}.example")[
        number % 5
    ]


class Export:
    """Rows of a file, with the counts that a reader should find in it."""

    def __init__(self):
        self.rows = []
        self.people = set()
        self.counts = {"rows": 0, "blank": 0, "invalid": 0, "duplicate": 0}

    def add(self, row, email=None, kind=None):
        self.rows.append(row)
        self.counts["rows"] += 1
        if kind is None and email in self.people:
            kind = "duplicate"
        if kind is not None:
            self.counts[kind] += 1
        if email is not None:
            self.people.add(email)

    def truth(self):
        return {**self.counts, "count": len(self.people)}


def fill(export, people, random, row, blank, bad, again):
    """A row for each person, and `blank` rows without an address, `bad` with a wrong one, `again` that repeat one."""
    plan = [(person, person.email, None) for person in people]
    plan += [(random.pick(people), None, "blank") for _ in range(blank)]
    plan += [(random.pick(people), None, "invalid") for _ in range(bad)]
    plan += [(person, person.email, None) for person in (random.pick(people) for _ in range(again))]
    random.shuffle(plan)
    for number, (person, email, kind) in enumerate(plan):
        cell = {"blank": "", "invalid": invalid(number)}.get(kind) if kind else messy(email, random)
        export.add(row(number, person, cell), email, kind)


def as_csv(header, rows, quoting=csv.QUOTE_MINIMAL, line_end="\n"):
    out = io.StringIO()
    writer = csv.writer(out, quoting=quoting, lineterminator=line_end)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def crm(people, random):
    header = (
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Lifecycle Stage,"
        "Associated Company,Associated Company IDs,Notes"
    ).split(",")
    export = Export()

    def row(number, person, email):
        company = 8001 + random.below(90)
        note = "Met at the fair.\nCall back, \"soon\"" if random.one_in(12) else ""
        return [
            str(51_000_000 + number), person.first, person.last, email, f"+1 (202) 555-01{number % 100:02}", "Sales, Inside",
            random.pick(("New", "Open", "Connected", "Unqualified")), f"2024-{number % 12 + 1:02}-{number % 28 + 1:02} 09:14",
            random.pick(("Lead", "Marketing Qualified Lead", "Sales Qualified Lead", "Opportunity", "Customer")),
            person.company, f"{company};{company + 1}" if random.one_in(9) else str(company), note,
        ]  # fmt: skip

    fill(export, people, random, row, blank=11, bad=7, again=23)
    return "\ufeff" + as_csv(header, export.rows, line_end="\r\n"), export


def marketing(people, random):
    header = "email,firstname,lastname,jobtitle,employeecompany,country,googleaid".split(",")
    export = Export()

    def row(_, person, email):
        return [email, person.first, person.last, person.title, person.company, random.pick(("DE", "NO", "FR", "US")), ""]

    fill(export, people, random, row, blank=60, bad=35, again=240)
    return as_csv(header, export.rows), export


def salesforce(people, random):
    header = ["Contact ID", "First Name", "Last Name", "Account Name", "Email", "Lead Source"]
    export = Export()

    def row(number, person, email):
        return [f"003Qy00000{number:05}IAV", person.first, person.last, person.company, email, "Web"]

    fill(export, people, random, row, blank=3, bad=2, again=4)
    text = as_csv(header, export.rows, csv.QUOTE_ALL)
    text += f'\n\n"Open leads"\n"Grand Totals ({len(export.rows)} records)"\n'
    text += '"Confidential Information - Do Not Distribute"\n'
    text += '"Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."\n'
    return text, export


def connections(people, random):
    header = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
    export = Export()

    def row(number, person, email):
        url = f"https://network.example/in/{person.first.lower()}-{number}"
        return [person.first, person.last, url, email, person.company, person.title, f"{number % 28 + 1} Mar 2024"]

    fill(export, people, random, row, blank=170, bad=0, again=0)
    notes = 'Notes:\n"When exporting your connection data, you may notice that some of the addresses are missing, '
    notes += 'because people can keep theirs to themselves."\n\n'
    return notes + as_csv(header, export.rows), export


COUNTRY = ("Estonia", "Norway", "Germany", "France")
INDUSTRY = ("Pharma", "Energy", "Logistics")
LEADS = 250
MEMBERS = 2_000
MEMBERS_WHO_ARE_LEADS = LEADS * 16 // 100
DEALS = 30


def moment(day, hour):
    """A time as Salesforce exports it, `day` days into 2024, which has 366."""
    month, lengths = 1, (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    while day >= lengths[month - 1]:
        day -= lengths[month - 1]
        month += 1
    return f"2024-{month:02}-{day + 1:02}T{hour:02}:30:00.000+0000"


def segment_of(person, is_lead):
    """Country and industry by the person's name; Estonian pharma is where sales is and marketing is not."""
    place = (len(person.first) * 7 + len(person.last) * 3 + len(person.company)) % 12
    country, industry = COUNTRY[place % 4], INDUSTRY[place // 4]
    if not is_lead and (country, industry) == ("Estonia", "Pharma"):
        return "Norway", "Pharma"
    return country, industry


def alignment(leads, others, random):
    """Sales calls every lead; marketing's campaigns reach 16 % of them. Returns the texts of three files and the truth."""
    reached = [lead for lead in leads if segment_of(lead, True) != ("Estonia", "Pharma")][-MEMBERS_WHO_ARE_LEADS:]
    lead_rows, member_rows, deal_rows, won = [], [], [], 0
    for number, lead in enumerate(leads):
        country, industry = segment_of(lead, True)
        created, called = 60 + number % 90, 60 + number % 90 + random.below(20)
        lost = number % 9 == 0
        lead_rows.append([
            f"00QQy00000{number:05}MAA", lead.first, lead.last, lead.company, messy(lead.email, random), "Unqualified" if lost else "Working",
            random.pick(("Web", "Event", "Partner")), country, industry, moment(created, 9), moment(called, 14),
            moment(called + 3, 16)[:10], random.pick(("No budget", "No need", "")) if lost else "",
        ])  # fmt: skip
    for number, member in enumerate(reached + others[: MEMBERS - len(reached)]):
        country, industry = segment_of(member, number < len(reached))
        day = 20 + random.below(100)
        responded = random.one_in(5)
        member_rows.append([
            f"701Qy0000000{number % 4:03}AAA", member.first, member.last, messy(member.email, random), country, industry,
            "Responded" if responded else "Sent", moment(day, 8), str(responded).lower(), moment(day + 2, 11)[:10] if responded else "",
        ])  # fmt: skip
    random.shuffle(member_rows)
    for number, lead in enumerate(leads[-DEALS:]):
        deal, amount = f"006Qy00000{number:05}AAA", 1_000 * (1 + random.below(50))
        stages = ["Prospecting", "Negotiation/Review"] + [("Closed Won", "Closed Lost", None)[number % 3]]
        won += number % 3 == 0
        for step, stage in enumerate(stage for stage in stages if stage):
            deal_rows.append([deal, f"{lead.company} - new", stage, f"{amount}.00", "EUR", moment(200 + 20 * step, 12), messy(lead.email, random)])
    texts = {
        "salesforce_leads.csv": as_csv(
            "Id,FirstName,LastName,Company,Email,Status,LeadSource,Country,Industry,CreatedDate,FirstCallDateTime,LastActivityDate,"
            "Unqualified Reason".split(","), lead_rows, csv.QUOTE_ALL),
        "salesforce_campaign_members.csv": as_csv(
            "CampaignId,FirstName,LastName,Email,Country,Industry,Status,CreatedDate,HasResponded,FirstRespondedDate".split(","), member_rows),
        "salesforce_opportunities.csv": as_csv(
            "OpportunityId,Name,StageName,Amount,CurrencyIsoCode,CreatedDate,Email".split(","), deal_rows),
    }  # fmt: skip
    truth = {"n_marketing": MEMBERS, "n_sales": len(leads), "n_both": len(reached), "won": won}
    truth["missed_in_estonian_pharma"] = sum(segment_of(lead, True) == ("Estonia", "Pharma") for lead in leads)
    return texts, truth


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    random = Random(20_241_121)
    people = [Person(number, random) for number in range(CRM_PEOPLE + MARKETING_PEOPLE - BOTH)]
    crm_people = people[:CRM_PEOPLE]
    marketing_people = people[CRM_PEOPLE - BOTH :]
    files = {
        "crm_contacts.csv": crm(crm_people, random),
        "marketing_audience.csv": marketing(marketing_people, random),
        "salesforce_report.csv": salesforce(crm_people[200:360], random),
        "linkedin_connections.csv": connections(crm_people[380:], random),
    }
    truth = {"profile": "email/1", "sets": {}, "intersections": {}}
    exports = {name: export for name, (_, export) in files.items()}
    for name, (text, export) in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)
        truth["sets"][name] = export.truth()
    names = list(files)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            truth["intersections"][f"{a} & {b}"] = len(exports[a].people & exports[b].people)
    texts, truth["study"] = alignment(crm_people[-LEADS:], marketing_people[BOTH:], random)
    for name, text in texts.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)
    with open(os.path.join(folder, "truth.json"), "w", encoding="utf-8", newline="\n") as file:
        json.dump(truth, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
