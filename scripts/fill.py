#!/usr/bin/env python3
"""Fills a SQLite database of the demo with made-up users, so that it can be measured how the portal does
with many: fill.py DATABASE EMAIL [USERS]. The company of the user with that email gets a tenth of them,
further companies get 1,000 each. Names and addresses are numbers; nobody gets a mail.
"""

import sqlite3
import sys

FIRST = ["Anna", "Ben", "Clara", "David", "Emil", "Frida", "Georg", "Hanna", "Igor", "Jana", "Karl", "Lena"]
LAST = ["Arndt", "Bauer", "Conrad", "Dietz", "Ebert", "Falk", "Graf", "Haas", "Jung", "Kern", "Lang", "Moser"]
CREATED = 1_760_000_000_000_000
COMPANY_SIZE = 1_000


def identifier(kind: int, number: int) -> bytes:
    """An id like those that the portal makes, ordered by number."""
    return bytes([0x01, 0x99, 0, 0, 0, 0, 0x70, kind, 0x80, 0]) + number.to_bytes(6, "big")


def main() -> None:
    path, email = sys.argv[1:3]
    many = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    db = sqlite3.connect(path)
    db.execute("PRAGMA synchronous = OFF")
    own, password = db.execute(
        "SELECT m.company_id, u.password_hash FROM members m JOIN users u ON u.id = m.user_id WHERE u.email = ?", (email,)
    ).fetchone()
    others = range((many - many // 10) // COMPANY_SIZE)
    db.executemany(
        "INSERT INTO companies (id, customer_key, customer_number, name, slug, currency, time_zone, created_at)"
        " VALUES (?, ?, ?, ?, ?, 'USD', 'UTC', ?)",
        ((identifier(1, i), f"B{i:06}", f"B-{i:06}", f"Company {i:06}", f"company-{i:06}", CREATED) for i in others),
    )

    def person(i: int) -> tuple[str, str]:
        return f"{FIRST[i % 12]} {LAST[i // 12 % 12]} {i:07}", f"user{i:07}@bench.example"

    def company(i: int) -> bytes:
        return own if i < many // 10 else identifier(1, (i - many // 10) // COMPANY_SIZE)

    db.executemany(
        "INSERT INTO users (id, email, salutation, name, locale, password_hash, password_changed_at, created_at)"
        " VALUES (?, ?, 'none', ?, 'en', ?, ?, ?)",
        ((identifier(2, i), person(i)[1], person(i)[0], password, CREATED, CREATED) for i in range(many)),
    )
    db.executemany(
        "INSERT INTO members (company_id, user_id, name, name_key, email, contact_number, deactivated_at, accepted_at,"
        " last_seen_at, created_at) VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?)",
        (
            (
                company(i), identifier(2, i), person(i)[0], person(i)[0].lower(), person(i)[1],
                CREATED if i % 50 == 0 else None, CREATED, CREATED + i, CREATED,
            )
            for i in range(many)
        ),
    )
    roles = ("buyer", "approver", "accountant", "viewer")
    db.executemany(
        "INSERT INTO member_roles (company_id, user_id, role) VALUES (?, ?, ?)",
        ((company(i), identifier(2, i), roles[i % 4]) for i in range(many)),
    )
    db.commit()
    db.execute("ANALYZE")
    db.commit()


if __name__ == "__main__":
    main()
