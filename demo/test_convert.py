"""Tests of convert.py and of the checked-in import files.

    python3 -m unittest demo/test_convert.py
"""

import csv
import io
import re
import subprocess
import sys
import tempfile
import unittest
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import convert  # noqa: E402  (the folder is no package)


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of an import file, read strictly."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def canonical(number: str) -> str:
    """A number as the portal compares it: without spaces and hyphens, case ignored."""
    return re.sub(r"[ -]", "", number).upper()


class CheckedInFiles(unittest.TestCase):
    """The files under import/, as a merchant's export would have to be."""

    @classmethod
    def setUpClass(cls):
        cls.content = {path.name: path.read_bytes() for path in sorted(convert.TARGET.glob("*.csv"))}
        cls.customers = rows_of(cls.content["customers.csv"])
        cls.contacts = rows_of(cls.content["contacts.csv"])
        cls.invoices = rows_of(cls.content["invoices.csv"])
        cls.customer = {row["customer_number"]: row for row in cls.customers}
        cls.contacts_at = defaultdict(list)
        for row in cls.contacts:
            cls.contacts_at[row["customer_number"]].append(row)
        cls.with_invoices = {row["customer_number"] for row in cls.invoices}
        cls.flagged = {row["customer_number"] for row in cls.customers if row["customer_center"] == "yes"}

    def test_running_the_conversion_gives_the_checked_in_bytes(self):
        self.assertEqual(self.content, convert.convert())

    def test_the_command_line_agrees_that_the_files_are_up_to_date(self):
        run = subprocess.run([sys.executable, str(HERE / "convert.py"), "--check"], capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_files_are_utf8_with_lf_and_the_documented_header(self):
        headers = {
            "customers.csv": "customer_number,name,currency,language,customer_center,administrator_email,"
                             "street,postal_code,city,country,phone",
            "contacts.csv": "customer_number,contact_number,salutation,name,email,phone,is_main,is_company",
            "invoices.csv": "customer_number,invoice_number,date,currency,total",
        }
        self.assertEqual(set(self.content), set(headers))
        for name, header in headers.items():
            with self.subTest(name):
                text = self.content[name].decode("utf-8")
                self.assertTrue(text.startswith(header + "\n"))
                self.assertTrue(text.endswith("\n"))
                self.assertNotIn("\r", text)
                self.assertNotIn("\ufeff", text)
                self.assertNotIn("\ufffd", text)

    def test_every_value_obeys_the_documented_limits(self):
        number = r"[A-Za-z0-9][A-Za-z0-9 -]{0,39}"
        text = r"(?=\S)[^\x00-\x1f\x7f]{1,100}(?<=\S)"
        optional = rf"(?:{text})?"
        email = r"(?=.{3,254}\Z)[a-z0-9][a-z0-9.-]*@[a-z0-9][a-z0-9.-]*\.example"
        flag = r"yes|no"
        rules = {
            "customers.csv": {
                "customer_number": number, "name": text, "currency": r"[A-Z]{3}", "language": r"en|de",
                "customer_center": flag, "administrator_email": rf"(?:{email})?", "street": optional,
                "postal_code": r"[A-Za-z0-9 -]{0,20}", "city": optional, "country": r"(?:[A-Z]{2})?",
                "phone": r"[0-9() +-]{0,40}",
            },
            "contacts.csv": {
                "customer_number": number, "contact_number": number, "salutation": r"(?:ms|mr)?", "name": text,
                "email": rf"(?:{email})?", "phone": r"[0-9() +-]{0,40}", "is_main": flag, "is_company": flag,
            },
            "invoices.csv": {
                "customer_number": number, "invoice_number": number, "date": r"\d{4}-\d{2}-\d{2}",
                "currency": r"[A-Z]{3}", "total": r"(?:0|[1-9]\d{0,11})\.\d{2}",
            },
        }
        for name, columns in rules.items():
            for line, row in enumerate(rows_of(self.content[name]), start=2):
                for column, rule in columns.items():
                    with self.subTest(file=name, line=line, column=column, value=row[column]):
                        self.assertIsNotNone(re.fullmatch(rule, row[column]))
        for row in self.invoices:
            date.fromisoformat(row["date"])

    def test_names_fit_the_portal_forms(self):
        for row in self.contacts:
            self.assertLessEqual(len(row["name"]), 50, row)

    def test_counts(self):
        people = [row for row in self.contacts if row["is_company"] == "no"]
        self.assertEqual(len(self.customers), 439)
        self.assertEqual(len(self.invoices), 32)
        self.assertEqual(len(self.with_invoices), 32)
        self.assertEqual(len([row for row in people if row["email"].endswith("@adventure-works.example")]), 440)
        self.assertEqual(len(people), 440 + 88)
        self.assertEqual(len(self.contacts) - len(people), 16)
        self.assertEqual(len(self.flagged & self.with_invoices), 16)
        self.assertEqual(len(self.flagged - self.with_invoices), 136)
        self.assertEqual(Counter(row["language"] for row in self.customers), {"en": 434, "de": 5})

    def test_contacts_and_invoices_belong_to_customers(self):
        for row in self.contacts + self.invoices:
            self.assertIn(row["customer_number"], self.customer)
        for row in self.invoices:
            self.assertEqual(row["currency"], self.customer[row["customer_number"]]["currency"])

    def test_numbers_are_unique_as_the_portal_compares_them(self):
        for rows, column in ((self.customers, "customer_number"), (self.contacts, "contact_number"),
                             (self.invoices, "invoice_number")):
            repeated = [key for key, count in Counter(canonical(row[column]) for row in rows).items() if count > 1]
            self.assertEqual(repeated, [], column)

    def test_emails_are_unique_within_a_customer(self):
        for number, rows in self.contacts_at.items():
            emails = [row["email"].lower() for row in rows if row["email"]]
            self.assertEqual(len(emails), len(set(emails)), number)

    def test_every_customer_has_one_main_contact_who_is_a_person_with_email(self):
        for number in self.customer:
            mains = [row for row in self.contacts_at[number] if row["is_main"] == "yes"]
            self.assertEqual(len(mains), 1, number)
            self.assertEqual(mains[0]["is_company"], "no")
            self.assertNotEqual(mains[0]["email"], "")

    def test_the_administrator_is_the_main_contact_where_the_customer_center_is_on(self):
        shared = {"10-4020-000160": "10-4020-000466", "10-4020-000142": "10-4020-000609"}
        for number, row in self.customer.items():
            contacts = self.contacts_at[shared.get(number, number)]
            main = next(contact for contact in contacts if contact["is_main"] == "yes")
            expected = main["email"] if row["customer_center"] == "yes" else ""
            self.assertEqual(row["administrator_email"], expected, number)

    def test_companies_of_the_demo_have_colleagues_and_their_own_record(self):
        sizes = Counter()
        for number in self.flagged & self.with_invoices:
            company = [row for row in self.contacts_at[number] if row["is_company"] == "yes"]
            colleagues = [row for row in self.contacts_at[number] if row["is_company"] == row["is_main"] == "no"]
            self.assertEqual([row["name"] for row in company], [self.customer[number]["name"]])
            self.assertRegex(company[0]["email"], r"\Ainfo@")
            self.assertEqual(len([row for row in colleagues if not row["email"]]), 1, number)
            for row in company + colleagues:
                self.assertRegex(row["contact_number"], r"\AKT9\d{5}\Z")
            sizes[len(colleagues)] += 1
        self.assertEqual(sizes, {4: 4, 5: 4, 6: 4, 7: 4})

    def test_other_customers_have_no_generated_contacts(self):
        for number in set(self.customer) - (self.flagged & self.with_invoices):
            for row in self.contacts_at[number]:
                self.assertTrue(row["email"].endswith("@adventure-works.example"), row)


class KnownRecords(unittest.TestCase):
    """Records of the sample followed by hand through the mapping."""

    @classmethod
    def setUpClass(cls):
        cls.files = {name: rows_of(content) for name, content in convert.convert().items()}

    def one(self, file: str, /, **values: str) -> dict[str, str]:
        """The only row of a file with these values."""
        found = [row for row in self.files[file] if values.items() <= row.items()]
        self.assertEqual(len(found), 1, values)
        return found[0]

    def test_an_order_becomes_customer_contact_and_invoice(self):
        customer = self.one("customers.csv", name="Good Toys")
        self.assertEqual(customer["customer_number"], "10-4020-000609")
        self.assertEqual(customer["administrator_email"], "david16@adventure-works.example")
        contact = self.one("contacts.csv", email="david16@adventure-works.example")
        self.assertEqual((contact["name"], contact["salutation"], contact["is_main"]), ("David Hodgson", "mr", "yes"))
        self.assertEqual(self.one("invoices.csv", customer_number="10-4020-000609"), {
            "customer_number": "10-4020-000609", "invoice_number": "IN71774", "date": "2004-06-08",
            "currency": "USD", "total": "972.79",
        })

    def test_a_half_cent_is_rounded_up(self):
        self.assertEqual(str(convert.rounded("972.785000")), "972.79")
        self.assertEqual(str(convert.rounded("972.784999")), "972.78")
        self.assertEqual(str(convert.rounded("0.5")), "0.50")

    def test_a_company_without_orders_is_numbered_by_its_lowest_id(self):
        self.assertEqual(self.one("customers.csv", name="A Bike Store")["customer_number"], "AW00000001")
        self.assertEqual(self.one("contacts.csv", email="orlando0@adventure-works.example"), {
            "customer_number": "AW00000001", "contact_number": "KT1", "salutation": "mr", "name": "Orlando N. Gee",
            "email": "orlando0@adventure-works.example", "phone": "245-555-0173", "is_main": "yes",
            "is_company": "no",
        })

    def test_two_people_of_one_company_stay_two_contacts(self):
        number = self.one("customers.csv", name="Friendly Bike Shop")["customer_number"]
        people = [(row["contact_number"], row["is_main"]) for row in self.files["contacts.csv"]
                  if row["customer_number"] == number]
        self.assertEqual(people, [("KT290", "yes"), ("KT643", "no")])

    def test_lost_letters_and_stray_spaces_are_repaired(self):
        self.assertEqual(self.one("contacts.csv", email="francois1@adventure-works.example")["name"],
                         "François Ferrier")
        self.assertEqual(self.one("contacts.csv", email="jesus0@adventure-works.example")["name"], "Jésus Hernandez")
        self.one("customers.csv", name="Great Bikes")

    def test_quotes_and_commas_survive(self):
        self.one("contacts.csv", name="Robert \"Bob\" O'Neill")
        self.one("customers.csv", name="Unicycles, Bicycles, and Tricycles")
        self.one("customers.csv", name="Best o' Bikes")

    def test_titles_become_salutations(self):
        self.assertEqual(self.one("contacts.csv", email="janeth1@adventure-works.example")["salutation"], "ms")
        self.assertEqual(self.one("contacts.csv", email="jinghao1@adventure-works.example")["salutation"], "")


class Conversion(unittest.TestCase):
    """How the conversion treats other input than the checked-in sample."""

    def altered(self, name: str, change) -> dict[str, bytes]:
        """Convert a copy of the sample in which the lines of one file went through `change`."""
        with tempfile.TemporaryDirectory() as folder:
            for path in convert.SOURCE.glob("*.csv"):
                content = path.read_bytes()
                if path.name == name:
                    header, *lines = content.decode("utf-8").splitlines(keepends=True)
                    content = (header + "".join(change(lines))).encode("utf-8")
                (Path(folder) / path.name).write_bytes(content)
            return convert.convert(Path(folder))

    def test_the_order_of_the_rows_does_not_matter(self):
        for name in ("customer.csv", "customer_address.csv", "address.csv", "sales_order_header.csv"):
            with self.subTest(name):
                self.assertEqual(self.altered(name, lambda lines: lines[::-1]), convert.convert())

    def assert_refused(self, name: str, old: str, new: str, message: str):
        """The conversion stops with the message after one replacement."""
        def change(lines):
            self.assertTrue(any(old in line for line in lines))
            return [line.replace(old, new) for line in lines]
        with self.assertRaisesRegex(convert.SourceError, message):
            self.altered(name, change)

    def test_doubtful_input_is_refused(self):
        self.assert_refused("customer.csv", "1,Mr.,Orlando", "1,Prof.,Orlando", "unknown title 'Prof.'")
        self.assert_refused("customer.csv", "Orlando", "Orl\ufffdndo", "lost letter")
        self.assert_refused("customer.csv", "29485,Ms.,Catherine", "29485,Ms.,Kate", "different people")
        self.assert_refused("address.csv", ",Canada,", ",Kanada,", "unknown country 'Kanada'")
        self.assert_refused("customer_address.csv", "29486,", "29485,", "two main offices")
        self.assert_refused("customer.csv", "keith0@", "orlando0@", "works for")
        self.assert_refused("sales_order_header.csv", ",29847,", ",30072,", "several account numbers")

    def test_slugs_are_plain_ascii(self):
        self.assertEqual(convert.ascii_slug("Best o' Bikes", "-"), "best-o-bikes")
        self.assertEqual(convert.ascii_slug("Sure & Reliable Sporting Goods", "-"), "sure-reliable-sporting-goods")
        self.assertEqual(convert.ascii_slug("Großmann-Łukasiewicz", ""), "grossmannlukasiewicz")


if __name__ == "__main__":
    unittest.main()
