#!/usr/bin/env python3
"""Reads a log from standard input and prints the statements about members in it with their plans: plans.py DATABASE.
For SQLite it is the portal's log with sqlx's statements, and the file is asked for the plans; for PostgreSQL it is the
server's log with those of auto_explain.
"""

import json
import re
import sqlite3
import sys

MEMBERS = re.compile(r"\b(FROM|JOIN) \(?(members|member_words|member_roles|member_company_roles)\b")


def short(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()


def sqlite_plans(path: str, log: str) -> list[str]:
    db = sqlite3.connect(path)
    lines = []
    for line in log.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        sql = entry.get("db.statement") or entry.get("summary") or ""
        if not MEMBERS.search(sql) or "sessions" in sql:
            continue
        marks = {number: None for number in set(re.findall(r"\$(\d+)", sql))}
        numbered = re.sub(r"\$(\d+)", r":a\1", sql)
        plan = db.execute(f"EXPLAIN QUERY PLAN {numbered}", {f"a{n}": None for n in marks}).fetchall()
        lines += [short(sql), *(f"    {row[3]}" for row in plan), ""]
    return lines


def postgres_plans(log: str) -> list[str]:
    lines = []
    for entry in re.split(r"^(?=\S.*duration: [\d.]+ ms  plan:)", log, flags=re.M)[1:]:
        sql, plan = re.match(r".*?plan:\n\s*Query Text: (.*?)\n(\t\S.*?cost=.*)", entry, re.S).groups() if "cost=" in entry else ("", "")
        if not MEMBERS.search(sql) or "sessions" in sql:
            continue
        body = [row.removeprefix("\t") for row in plan.splitlines() if row.startswith("\t")]
        lines += [short(sql), *(f"    {re.sub(r' *.cost=.*', '', row)}" for row in body), ""]
    return lines


def main() -> None:
    database, log = sys.argv[1], sys.stdin.read()
    lines = sqlite_plans(database.removeprefix("sqlite:"), log) if database.startswith("sqlite:") else postgres_plans(log)
    print("\n".join(lines))


if __name__ == "__main__":
    main()
