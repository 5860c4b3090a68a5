#!/usr/bin/env python3
"""Turn the AdventureWorksLT sample into the portal's import format.

    python3 demo/convert.py            write demo/import/ from demo/adventureworks-lt/
    python3 demo/convert.py --check    write nothing; exit 1 when demo/import/ is out of date

Reads customer.csv, address.csv, customer_address.csv and sales_order_header.csv
and writes customers.csv, contacts.csv and invoices.csv. README.md beside this
file describes the columns and the mapping.

The same input always gives the same bytes: there is no clock, no randomness and
no dependence on the order of the input rows. Whatever the sample does not hold
(who uses a Customer center, the language, the colleagues of a main contact) is
decided by position in the sorted list of customers.

Input that breaks an assumption of the mapping stops the conversion with a
message instead of producing doubtful records.

Python 3.11, standard library only.
"""

import argparse
import csv
import io
import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "adventureworks-lt"
TARGET = HERE / "import"

CUSTOMER_COLUMNS = (
    "customer_number", "name", "currency", "language", "customer_center",
    "administrator_email", "street", "postal_code", "city", "country", "phone",
)
CONTACT_COLUMNS = (
    "customer_number", "contact_number", "salutation", "name", "email", "phone",
    "is_main", "is_company",
)
INVOICE_COLUMNS = ("customer_number", "invoice_number", "date", "currency", "total")

CURRENCY = "USD"
SALUTATIONS = {"Mr.": "mr", "Sr.": "mr", "Ms.": "ms", "Sra.": "ms", "": ""}
COUNTRIES = {"United States": "US", "Canada": "CA", "United Kingdom": "GB"}

# Customers whose administrator is the main contact of another one.
ADMINISTERED_BY = {
    # Janeth Esteves of Central Bicycle Specialists
    "10-4020-000160": "10-4020-000466",
    # David Hodgson of Good Toys
    "10-4020-000142": "10-4020-000609",
}

# The sample lost the accented letters of two first names; they stand there as
# U+FFFD. The addresses become plain ASCII, as every mail server accepts them.
REPAIRS = {
    "Fran\ufffdois": "François",
    "J\ufffdsus": "Jésus",
    "fran\ufffdois1@adventure-works.example": "francois1@adventure-works.example",
    "j\ufffdsus0@adventure-works.example": "jesus0@adventure-works.example",
}

# Letters that Unicode does not decompose, or that have a customary spelling in
# mail addresses.
SPELLINGS = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa",
    "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d",
})

# Colleagues of the main contacts: salutation, first name, last name. They are
# handed out in this order, each once.
COLLEAGUES = (
    ("ms", "Amara", "Okafor"), ("mr", "Jonas", "Lindqvist"),
    ("ms", "Zoë", "Müller"), ("mr", "Mateo", "Fernández"),
    ("ms", "Priya", "Raghavan"), ("mr", "Tomasz", "Wiśniewski"),
    ("ms", "Aoife", "O’Sullivan"), ("mr", "Kenji", "Watanabe"),
    ("ms", "Chloé", "Lefèvre"), ("mr", "Emeka", "Nwosu"),
    ("ms", "Søs", "Jørgensen"), ("mr", "Rahul", "Deshpande"),
    ("ms", "Beatriz", "Gonçalves"), ("mr", "Liam", "Fitzgerald"),
    ("", "Kim", "Sørensen"), ("ms", "Ingrid", "Håkansson"),
    ("mr", "Marek", "Dvořák"), ("ms", "Leila", "Haddad"),
    ("mr", "Robert \"Bob\"", "O'Neill"), ("ms", "Hui Ling", "Tan"),
    ("mr", "Stefano", "Bianchi"), ("ms", "Katarzyna", "Łukasiewicz"),
    ("mr", "Olivier", "Dubois-Martin"), ("ms", "Nomvula", "Dlamini"),
    ("mr", "Björn", "Großmann"), ("ms", "Ayşe", "Yıldırım"),
    ("mr", "Diego", "Ibáñez"), ("ms", "Hannah", "van der Berg"),
    ("mr", "Tariq", "Mansour"), ("ms", "Sofía", "Castañeda"),
    ("mr", "Mikko", "Mäkelä"), ("ms", "Grace", "Mwangi"),
    ("mr", "Péter", "Szabó"), ("", "Robin", "Achterberg"),
    ("ms", "Elena", "Ionescu"), ("mr", "Duc", "Nguyễn"),
    ("ms", "Freya", "Thorvaldsen"), ("mr", "Samuel", "Osei"),
    ("ms", "Jana", "Nováková"), ("mr", "André", "Figueiredo"),
    ("ms", "Mei", "Chen"), ("mr", "Cillian", "Byrne"),
    ("ms", "Dorothea", "Schäfer"), ("mr", "Vikram", "Iyer"),
    ("ms", "Fatima", "Zahra El Idrissi"), ("mr", "Lars", "Østergaard"),
    ("ms", "Camille", "Tremblay"), ("mr", "Nikolaos", "Papadakis"),
    ("", "Sasha", "Petrenko"), ("ms", "Yuki", "Nakamura"),
    ("mr", "Hugo", "Bélanger"), ("ms", "Thandiwe", "Khumalo"),
    ("mr", "Matthias", "Kühn"), ("ms", "Rosa", "Echeverría"),
    ("mr", "Callum", "MacLeod"), ("ms", "Signe", "Kjær"),
    ("mr", "Arjun", "Malhotra"), ("ms", "Paulina", "Jabłońska"),
    ("mr", "João", "Pereira"), ("ms", "Naledi", "Mokoena"),
    ("mr", "Florian", "Weiß"), ("ms", "Isabelle", "Côté"),
    ("mr", "Seung-ho", "Park"), ("ms", "Maeve", "Gallagher"),
    ("mr", "Ondřej", "Černý"), ("ms", "Lucía", "Zúñiga"),
    ("", "Alex", "Brandt"), ("ms", "Shreya", "Banerjee"),
    ("mr", "Ruben", "de Vries"), ("ms", "Margarethe", "von Arnsberg"),
    ("mr", "Ibrahim", "Sow"), ("ms", "Tuuli", "Virtanen"),
    ("mr", "Gareth", "Llewellyn"), ("ms", "Adriana", "Moretti"),
    ("mr", "Kwame", "Asante"), ("ms", "Bronwyn", "Pryce"),
    ("mr", "Jörg", "Straßburger"), ("ms", "Noor", "Rahman"),
    ("mr", "Émile", "Gagnon"), ("ms", "Þóra", "Guðmundsdóttir"),
    ("mr", "Luka", "Đorđević"), ("ms", "Carmen", "Villanueva"),
    ("mr", "Finn", "Albrecht"), ("ms", "Siobhán", "Ó Briain"),
    ("mr", "Sanjay", "Kulkarni"), ("ms", "Greta", "Nyström"),
    ("mr", "Patrick", "Mbeki"), ("ms", "Weronika", "Zając"),
)


class SourceError(Exception):
    """The sample breaks an assumption of the mapping."""


@dataclass
class Contact:
    """A person at a customer, or the customer's own record listed as a contact."""

    number: str
    salutation: str
    name: str
    email: str
    phone: str
    is_main: bool = False
    is_company: bool = False


@dataclass
class Invoice:
    """An invoiced order; `total` in the customer's currency with two decimals."""

    number: str
    date: str
    total: Decimal


@dataclass
class Customer:
    """A company of the sample with everything that hangs on it."""

    number: str
    name: str
    contacts: list[Contact]
    invoices: list[Invoice]
    address: tuple[str, str, str, str]
    language: str = "en"
    customer_center: bool = False
    # Where it is not the main contact's.
    administrator: str = ""
    generated: list[Contact] = field(default_factory=list)

    @property
    def main_contact(self) -> Contact:
        """The one contact with the mark; every customer has exactly one."""
        return next(contact for contact in self.contacts if contact.is_main)


def tidy(value: str) -> str:
    """Repair lost letters and collapse white space, also at both ends."""
    text = " ".join(value.split())
    text = REPAIRS.get(text, text)
    if "\ufffd" in text:
        raise SourceError(f"{text!r} contains a lost letter: add it to REPAIRS")
    return text


def ascii_slug(text: str, joiner: str) -> str:
    """Lower-case ASCII letters and digits, `joiner` between words: `Zoë Müller` becomes `zoe-mueller`."""
    spelled = text.lower().translate(SPELLINGS)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", joiner, plain.replace("'", "")).strip(joiner)


def looked_up(table: dict[str, str], key: str, kind: str) -> str:
    """The format's value for a value of the sample."""
    if key not in table:
        raise SourceError(f"unknown {kind} {key!r}")
    return table[key]


def rounded(amount: str) -> Decimal:
    """Two decimals, half up."""
    return Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def read(source: Path, name: str) -> list[dict[str, str]]:
    """All rows of one file of the sample."""
    with (source / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def people_of(rows: list[dict[str, str]]) -> list[Contact]:
    """One contact per email; `rows` are those of one company, sorted by id.

    The lowest id gives the contact number; rows of the same email must agree.
    """
    people: dict[str, Contact] = {}
    for row in rows:
        contact = Contact(
            number=f"KT{row['customer_id']}",
            salutation=looked_up(SALUTATIONS, row["title"], "title"),
            name=" ".join(tidy(row[part]) for part in
                          ("first_name", "middle_name", "last_name", "suffix") if row[part]),
            email=tidy(row["email_address"]).lower(),
            phone=tidy(row["phone"]),
        )
        known = people.setdefault(contact.email, contact)
        if (known.name, known.salutation, known.phone) != (contact.name, contact.salutation, contact.phone):
            raise SourceError(f"{contact.email} belongs to different people")
    return list(people.values())


def address_of(rows: list[dict[str, str]], offices: dict[str, dict[str, str]]) -> tuple[str, str, str, str]:
    """Street, postal code, city and country of the main office; empty when there is none.

    With several main offices that of the lowest customer id counts.
    """
    office = next((offices[row["customer_id"]] for row in rows if row["customer_id"] in offices), None)
    if office is None:
        return ("", "", "", "")
    # Some address lines of the sample end with a comma.
    lines = (tidy(office[line]).rstrip(",") for line in ("address_line1", "address_line2"))
    return (
        ", ".join(line for line in lines if line),
        tidy(office["postal_code"]),
        tidy(office["city"]),
        looked_up(COUNTRIES, office["country_region"], "country"),
    )


def number_of(name: str, rows: list[dict[str, str]], orders: list[dict[str, str]]) -> str:
    """The account number of the orders, else `AW` and the lowest customer id, eight digits."""
    accounts = {order["account_number"] for order in orders}
    if len(accounts) > 1:
        raise SourceError(f"{name} orders under several account numbers: {sorted(accounts)}")
    return accounts.pop() if accounts else f"AW{int(rows[0]['customer_id']):08}"


def customers_of(source: Path) -> list[Customer]:
    """The companies of the sample, those with invoices first, each group sorted by number."""
    addresses = {row["address_id"]: row for row in read(source, "address.csv")}
    offices: dict[str, dict[str, str]] = {}
    for row in read(source, "customer_address.csv"):
        if row["address_type"] != "Main Office":
            continue
        if row["customer_id"] in offices:
            raise SourceError(f"customer id {row['customer_id']} has two main offices")
        offices[row["customer_id"]] = addresses[row["address_id"]]

    companies = defaultdict(list)
    company_by_email: dict[str, str] = {}
    for row in sorted(read(source, "customer.csv"), key=lambda row: int(row["customer_id"])):
        company, email = tidy(row["company_name"]), tidy(row["email_address"]).lower()
        if company_by_email.setdefault(email, company) != company:
            raise SourceError(f"{email} works for {company_by_email[email]} and for {company}")
        companies[company].append(row)

    orders = defaultdict(list)
    for row in sorted(read(source, "sales_order_header.csv"), key=lambda row: row["sales_order_number"]):
        orders[row["customer_id"]].append(row)

    customers = []
    for name, rows in companies.items():
        placed = [order for row in rows for order in orders[row["customer_id"]]]
        contacts = people_of(rows)
        buyers = {tidy(row["email_address"]).lower() for row in rows if orders[row["customer_id"]]}
        main = next((contact for contact in contacts if contact.email in buyers), contacts[0])
        main.is_main = True
        customers.append(Customer(
            number=number_of(name, rows, placed),
            name=name,
            contacts=contacts,
            invoices=[Invoice(
                number="IN" + order["sales_order_number"].removeprefix("SO"),
                date=order["ship_date"],
                total=rounded(order["total_due"]),
            ) for order in placed],
            address=address_of(rows, offices),
        ))
    return sorted(customers, key=lambda customer: (not customer.invoices, customer.number))


def decide_customer_center(customers: list[Customer]) -> None:
    """Every second customer with invoices and every third of the others uses a Customer center.

    Every seventh customer with invoices is written to in German, beginning with
    the fourth, which gives the demo German speakers on both sides.
    """
    with_invoices = [customer for customer in customers if customer.invoices]
    without = [customer for customer in customers if not customer.invoices]
    for customer in with_invoices[0::2] + without[0::3]:
        customer.customer_center = True
    for customer in with_invoices[3::7]:
        customer.language = "de"


def share_administrators(customers: list[Customer]) -> None:
    """Let people of one customer administer another too, so that the demo has logins of several companies."""
    by_number = {customer.number: customer for customer in customers}
    for number, other in ADMINISTERED_BY.items():
        by_number[number].administrator = by_number[other].main_contact.email


def add_colleagues(customers: list[Customer]) -> None:
    """Give each customer with Customer center and invoices 4 to 7 colleagues and its own record.

    The last colleague has no email. The company's own record comes first, as it
    does where an ERP keeps companies and people in one table.
    """
    number = 900000
    remaining = iter(COLLEAGUES)
    chosen = [customer for customer in customers if customer.customer_center and customer.invoices]
    for position, customer in enumerate(chosen):
        domain = ascii_slug(customer.name, "-") + ".example"
        number += 1
        customer.generated.append(Contact(
            number=f"KT{number}", salutation="", name=customer.name,
            email=f"info@{domain}", phone=customer.main_contact.phone, is_company=True,
        ))
        count = 4 + position % 4
        for place in range(count):
            person = next(remaining, None)
            if person is None:
                raise SourceError("COLLEAGUES is too short for this many customers")
            salutation, first, last = person
            number += 1
            # The nickname in quotes is part of the name only.
            called = re.sub(r'\s*".*"', "", first)
            email = f"{ascii_slug(called, '')}.{ascii_slug(last, '')}@{domain}"
            customer.generated.append(Contact(
                number=f"KT{number}", salutation=salutation, name=f"{first} {last}",
                email="" if place == count - 1 else email,
                # 555-0100 to 555-0199 are reserved for fiction.
                phone=f"{200 + number * 37 % 700}-555-{100 + number % 100:04}",
            ))


def yes_no(value: bool) -> str:
    """The format's spelling of a flag."""
    return "yes" if value else "no"


def csv_text(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Header and rows as CSV with LF line ends, quoted only where needed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def convert(source: Path = SOURCE) -> dict[str, bytes]:
    """The import files by name, from the sample in `source`.

    Raises SourceError when the sample breaks an assumption of the mapping.
    """
    customers = customers_of(source)
    decide_customer_center(customers)
    share_administrators(customers)
    add_colleagues(customers)

    customer_rows, contact_rows, invoice_rows = [], [], []
    for customer in customers:
        customer_rows.append((
            customer.number, customer.name, CURRENCY, customer.language,
            yes_no(customer.customer_center),
            (customer.administrator or customer.main_contact.email) if customer.customer_center else "",
            *customer.address, customer.main_contact.phone,
        ))
        for contact in customer.contacts + customer.generated:
            contact_rows.append((
                customer.number, contact.number, contact.salutation, contact.name, contact.email,
                contact.phone, yes_no(contact.is_main), yes_no(contact.is_company),
            ))
        for invoice in customer.invoices:
            invoice_rows.append((
                customer.number, invoice.number, invoice.date, CURRENCY, str(invoice.total),
            ))
    tables = {
        "customers.csv": (CUSTOMER_COLUMNS, customer_rows),
        "contacts.csv": (CONTACT_COLUMNS, contact_rows),
        "invoices.csv": (INVOICE_COLUMNS, invoice_rows),
    }
    return {name: csv_text(*table).encode("utf-8") for name, table in tables.items()}


def main() -> int:
    """Run the command line; the exit code is 0 when the files are (now) up to date."""
    arguments = argparse.ArgumentParser(description="Turn the AdventureWorksLT sample into the portal's import format.")
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 when the files are out of date")
    check = arguments.parse_args().check

    try:
        files = convert()
    except SourceError as error:
        print(f"convert.py: {error}", file=sys.stderr)
        return 1
    if check:
        stale = [name for name, content in files.items()
                 if not (TARGET / name).is_file() or (TARGET / name).read_bytes() != content]
        for name in stale:
            print(f"{TARGET / name} is out of date: run demo/convert.py", file=sys.stderr)
        return 1 if stale else 0
    TARGET.mkdir(exist_ok=True)
    for name, content in files.items():
        (TARGET / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
