#!/usr/bin/env python3
"""Fills a database of the demo with made-up users, so that it can be measured how the portal does with many:
fill.py DATABASE EMAIL USERS COMPANY. DATABASE is as in the settings, sqlite:FILE or postgres://…. The company of
the user with that email gets COMPANY of the USERS, further companies get 1,000 each. Names and addresses are
numbers; nobody gets a mail.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from uuid import UUID

FIRST = ["Anna", "Ben", "Clara", "David", "Emil", "Frida", "Georg", "Hanna", "Igor", "Jana", "Karl", "Lena"]
LAST = ["Arndt", "Bauer", "Conrad", "Dietz", "Ebert", "Falk", "Graf", "Haas", "Jung", "Kern", "Lang", "Moser"]
ROLES = ("buyer", "approver", "accountant", "viewer")
CREATED = 1_760_000_000_000_000
COMPANY_SIZE = 1_000
WORDS = (
    "INSERT INTO member_words (company_id, word, name_key, user_id) SELECT company_id, word, name_key, user_id"
    " FROM words_of_members w WHERE user_id >= {0} AND user_id < {1} ORDER BY company_id, word, name_key, user_id"
)


def identifier(kind: int, number: int) -> UUID:
    """An id like those that the portal makes, ordered by number."""
    return UUID(bytes=bytes([0x01, 0x99, 0, 0, 0, 0, 0x70, kind, 0x80, 0]) + number.to_bytes(6, "big"))


class Sqlite:
    """Fills a file."""

    def __init__(self, path: str) -> None:
        self.db = sqlite3.connect(path)
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute("PRAGMA cache_size = -400000")

    def company_and_password(self, email: str) -> tuple[UUID, str]:
        found = "SELECT m.company_id, u.password_hash FROM members m JOIN users u ON u.id = m.user_id WHERE u.email = ?"
        company, password = self.db.execute(found, (email,)).fetchone()
        return UUID(bytes=company), password

    def add(self, table: str, columns: str, rows: Iterable[tuple]) -> None:
        marks = ", ".join("?" for _ in columns.split(","))
        values = (tuple(v.bytes if isinstance(v, UUID) else v for v in row) for row in rows)
        self.db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)

    def without_triggers(self) -> None:
        # One word after the other in no order would take minutes.
        [self.trigger] = self.db.execute("SELECT sql FROM sqlite_master WHERE name = 'members_get_words'").fetchone()
        self.db.execute("DROP TRIGGER members_get_words")

    def finish(self, first: UUID, end: UUID) -> None:
        self.db.execute(WORDS.format("?", "?"), (first.bytes, end.bytes))
        self.db.execute(self.trigger)
        self.db.commit()
        self.db.execute("ANALYZE")
        self.db.commit()
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Postgres:
    """Fills a server, by psql."""

    def __init__(self, url: str) -> None:
        self.url = url

    def psql(self, sql: str, rows: Iterator[bytes] = iter(())) -> str:
        command = ["psql", self.url, "-v", "ON_ERROR_STOP=1", "-qAtX", "-c", sql]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            for row in rows:
                process.stdin.write(row)
            process.stdin.close()
            answer = process.stdout.read().decode()
        if process.returncode != 0:
            raise SystemExit(f"psql ended with {process.returncode}")
        return answer.strip()

    def company_and_password(self, email: str) -> tuple[UUID, str]:
        found = f"SELECT m.company_id, u.password_hash FROM members m JOIN users u ON u.id = m.user_id WHERE u.email = '{email}'"
        company, password = self.psql(found).split("|")
        return UUID(company), password

    def add(self, table: str, columns: str, rows: Iterable[tuple]) -> None:
        lines = ("\t".join("\\N" if v is None else str(v) for v in row).encode() + b"\n" for row in rows)
        self.psql(f"COPY {table} ({columns}) FROM STDIN", lines)

    def without_triggers(self) -> None:
        self.psql("ALTER TABLE members DISABLE TRIGGER members_get_words")

    def finish(self, first: UUID, end: UUID) -> None:
        self.psql(WORDS.format(f"'{first}'", f"'{end}'"))
        self.psql("ALTER TABLE members ENABLE TRIGGER members_get_words")
        self.psql("VACUUM ANALYZE")


def main() -> None:
    address, email, users, company_size = sys.argv[1:5]
    many, in_company = int(users), int(company_size)
    db = Sqlite(address.removeprefix("sqlite:")) if address.startswith("sqlite:") else Postgres(address)
    own, password = db.company_and_password(email)
    others = -(-(many - in_company) // COMPANY_SIZE)
    db.add(
        "companies",
        "id, customer_key, customer_number, name, slug, currency, time_zone, created_at",
        (
            (identifier(1, i), f"B{i:06}", f"B-{i:06}", f"Company {i:06}", f"company-{i:06}", "USD", "UTC", CREATED)
            for i in range(others)
        ),
    )

    def company(i: int) -> UUID:
        return own if i < in_company else identifier(1, (i - in_company) // COMPANY_SIZE)

    def name(i: int) -> str:
        return f"{FIRST[i % 12]} {LAST[i // 12 % 12]} {i:07}"

    def email_of(i: int) -> str:
        return f"user{i:07}@bench.example"

    db.add(
        "users",
        "id, email, salutation, name, locale, password_hash, password_changed_at, created_at",
        ((identifier(2, i), email_of(i), "none", name(i), "en", password, CREATED, CREATED) for i in range(many)),
    )
    db.without_triggers()
    db.add(
        "members",
        "company_id, user_id, name, name_key, email, deactivated_at, accepted_at, last_seen_at, created_at",
        (
            (
                company(i), identifier(2, i), name(i), name(i).lower(), email_of(i), CREATED if i % 20 == 0 else None,
                CREATED, CREATED + i, CREATED,
            )
            for i in range(many)
        ),
    )
    db.add(
        "member_roles",
        "company_id, user_id, role",
        ((company(i), identifier(2, i), ROLES[i // 144 % 4]) for i in range(many)),
    )
    db.finish(identifier(2, 0), identifier(3, 0))


if __name__ == "__main__":
    main()
