#!/usr/bin/env python3
"""Writes customers.csv, contacts.csv and invoices.csv with made-up customers, for `customer-center import`.

usage: fill_customers.py FOLDER [CUSTOMERS]
"""

import csv
import pathlib
import random
import sys

SORTS = ["Bau", "Rad", "Holz", "Metall", "Sport", "Elektro", "Garten", "Haus", "Foto", "Papier", "Werk", "Stahl"]
KINDS = ["Handel", "Technik", "Service", "Zentrum", "Partner", "Markt", "Werke", "Vertrieb", "Studio", "Lager"]
FORMS = ["GmbH", "AG", "KG", "Ltd", "Inc", "OHG", "SE"]
FIRST = ["Anna", "Jonas", "Zoë", "Émile", "Marta", "Noor", "Paul", "Rita", "Amara", "Kim", "Jörg", "Lea", "Tom", "Ida"]
SYLLABLES = ["ber", "lin", "son", "ka", "to", "mei", "er", "ro", "sen", "dah", "wil", "no", "gar", "ti", "ul", "fen"]


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(7)

    def last() -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()

    with (
        open(folder / "customers.csv", "w", newline="", encoding="utf-8") as customers_file,
        open(folder / "contacts.csv", "w", newline="", encoding="utf-8") as contacts_file,
        open(folder / "invoices.csv", "w", newline="", encoding="utf-8") as invoices_file,
    ):
        customers, contacts, invoices = (csv.writer(f) for f in (customers_file, contacts_file, invoices_file))
        customers.writerow(
            ["customer_number", "name", "currency", "language", "customer_center", "administrator_email"]
            + ["street", "postal_code", "city", "country", "phone"]
        )
        contacts.writerow(
            ["customer_number", "contact_number", "salutation", "name", "email", "phone", "is_main", "is_company"]
        )
        invoices.writerow(["customer_number", "invoice_number", "date", "currency", "total"])
        for n in range(count):
            number = f"{10 + n % 40}-{n:07}"
            owner = last()
            name = f"{owner} {chance.choice(SORTS)}-{chance.choice(KINDS)} {chance.choice(FORMS)}"
            domain = f"{owner.lower()}-{n}.example"
            managed = n % 3 != 0
            people = []
            for place in range(1 + n % 2):
                first, family = chance.choice(FIRST), last()
                plain = first.encode("ascii", "ignore").decode().lower() or "x"
                people.append((f"{first} {family}", f"{plain}.{family.lower()}{place}@{domain}"))
            administrator = people[0][1] if managed else ""
            customers.writerow(
                [number, name, "EUR", "de", "yes" if managed else "no", administrator]
                + ["Hauptstraße 1", "10115", "Berlin", "DE", ""]
            )
            for place, (person, email) in enumerate(people):
                contacts.writerow([number, f"KT{n}-{place}", "", person, email, "", "yes" if place == 0 else "no", "no"])


if __name__ == "__main__":
    main()
