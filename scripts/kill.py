#!/usr/bin/env python3
"""Kills the portal again and again while people use it, and looks whether anything got lost.

kill.py [KILLS] [SEED]

At the end: everything that was answered as done is there, every mail was sent at least once, no more
came twice than kills can explain, and `verify` finds nothing. Uses the standard library only.
"""

import collections
import random
import re
import sys
import tempfile
import threading
import time

from portal import Browser, Gone, PASSWORD, Portal, link

COMPANIES = [
    ('david16@adventure-works.example', 'good-toys.example'),
    ('janeth1@adventure-works.example', 'central-bicycles.example'),
]

# Mails that the portal sends at once.
UNDER_WAY = 4
# From so many kills on the average tells something.
MANY = 20


class Lost(Exception):
    """Something that was answered as done is not there."""


class Clients:
    """People who use the portal until they are told to stop, and what it has answered as done."""

    def __init__(self, portal, seed):
        self.portal = portal
        self.seed = seed
        self.ended = threading.Event()
        self.lock = threading.Lock()
        self.invited = {}  # address: user
        self.names = {}  # user: names it may have; the first was answered as done
        self.accepted = set()  # addresses that set a password
        self.touched = set()  # users whom somebody asked to switch off
        self.off = set()  # users that were switched off
        self.done = collections.Counter()
        self.trouble = []
        self.threads = [
            threading.Thread(target=self.guarded, args=(work, i))
            for i, work in enumerate([self.invite, self.invite, self.edit, self.edit, self.accept, self.enter])
        ]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def guarded(self, work, number):
        try:
            work(random.Random(f'{self.seed}-{number}'), number)
        except Exception as error:  # pylint: disable=broad-except
            self.trouble.append(f'{work.__name__}: {error!r}')

    def repeat(self, step):
        """Does a step again and again. The portal may be gone at any moment."""
        while not self.ended.is_set():
            try:
                step()
            except Gone:
                time.sleep(0.03)

    def chief(self, number):
        """A main contact, signed in. The session outlives the kills: it was answered as begun."""
        address, domain = COMPANIES[number % 2]
        browser = Browser(self.portal)
        while not self.ended.is_set():
            try:
                if not browser.sign_in(address):
                    raise Lost(f'{address} can not sign in')
                break
            except Gone:
                time.sleep(0.03)
        return browser, domain

    def invite(self, _, number):
        browser, domain = self.chief(number)
        count = 0

        def step():
            nonlocal count
            if count >= 190:  # 200 an hour are allowed
                time.sleep(0.1)
                return
            count += 1
            address = f'new{count}@{domain}'
            fields = {'salutation': 'none', 'name': f'New {count}', 'email': address, 'roles': 'viewer'}
            answer = browser.post('/users/new', '/api/users/request', fields)
            if answer.status == 503:
                return
            found = re.fullmatch(r'/users\?done=invited&user=(.+)', answer.to)
            if not found:
                raise Lost(f'inviting {address} was answered {answer.status} {answer.to}')
            with self.lock:
                self.invited[address] = found.group(1)
                self.names[found.group(1)] = [f'New {count}']
                self.done['invited'] += 1
            time.sleep(0.02)

        self.repeat(step)

    def edit(self, chance, number):
        browser, domain = self.chief(number)
        count = 0

        def step():
            nonlocal count
            with self.lock:
                known = [(a, u) for a, u in self.invited.items() if a.endswith('@' + domain) and u not in self.touched]
            if not known:
                time.sleep(0.05)
                return
            address, user = chance.choice(known)
            page = browser.get(f'/users/{user}')
            if page.status != 200:
                if page.status == 503:
                    return
                raise Lost(f'the page of {address} was answered {page.status} {page.to}')
            count += 1
            if count % 12 == 0:
                with self.lock:
                    self.touched.add(user)
                answer = browser.post(f'/users/{user}', '/api/users/deactivate', {'user': user, 'back': '/users'})
                if 'done=deactivated' in answer.to:
                    with self.lock:
                        self.off.add(user)
                        self.done['deactivated'] += 1
                return
            version = re.search(r'name="version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="version"', page.text)
            name = f'Edited {number} {count}'
            with self.lock:
                self.names[user].append(name)
            fields = {
                'user': user,
                'version': version.group(1) or version.group(2),
                'salutation': 'none',
                'name': name,
                'email': address,
                'roles': 'viewer',
            }
            answer = browser.post(f'/users/{user}', '/api/users/edit', fields)
            with self.lock:
                if 'done=saved' in answer.to:
                    self.names[user] = [name]
                    self.done['edited'] += 1
                else:
                    self.names[user].remove(name)

        self.repeat(step)

    def accept(self, _, number):
        browser = Browser(self.portal)
        seen = set()

        def step():
            time.sleep(0.1)
            for _, to, text in self.portal.letters():
                if to in seen or not to.startswith('new') or '/link/' not in text or self.ended.is_set():
                    continue
                opened = browser.get(link(text))
                if opened.status == 503:
                    return
                if opened.status != 303:
                    raise Lost(f'the link to {to} was answered {opened.status}')
                fields = {'password': PASSWORD, 'repeat': PASSWORD}
                answer = browser.post('/set-password', '/api/accounts/set_password', fields)
                seen.add(to)
                if 'done=password_set' in answer.to:
                    with self.lock:
                        self.accepted.add(to)
                        self.done['accepted'] += 1
                return

        self.repeat(step)

    def enter(self, chance, number):
        def step():
            with self.lock:
                known = [a for a in self.accepted if self.invited.get(a) not in self.touched]
            address = chance.choice(sorted(known)) if known else COMPANIES[number % 2][0]
            browser = Browser(self.portal)
            if browser.sign_in(address):
                self.done['signed in'] += 1
                page = browser.get('/profile')
                if page.status not in (200, 503) and self.invited.get(address) not in self.touched:
                    raise Lost(f'{address} signed in, and /profile was answered {page.status} {page.to}')
            time.sleep(0.05)

        self.repeat(step)


def check(portal, clients, kills, before):
    """What got lost, in sentences. The portal is stopped."""
    wrong = list(clients.trouble)
    if found := portal.verify():
        wrong.append(f'verify: {found}')
    ids = {user.hex() for (user,) in portal.rows('SELECT id FROM users')}
    names = {user.hex(): name for user, name in portal.rows('SELECT user_id, name FROM members')}
    for address, user in clients.invited.items():
        user = user.replace('-', '')
        if user not in ids:
            wrong.append(f'{address} was invited and is not there')
        elif names[user] not in clients.names[clients.invited[address]]:
            wrong.append(f'{address} is called {names[user]}, not {clients.names[clients.invited[address]]}')
    state = {
        address: (password, off)
        for address, password, off in portal.rows(
            'SELECT u.email, u.password_hash IS NOT NULL, m.deactivated_at IS NOT NULL '
            'FROM users u JOIN members m ON m.user_id = u.id'
        )
    }
    wrong += [f'{a} set a password and has none' for a in clients.accepted if not state[a][0]]
    for address, user in clients.invited.items():
        if user in clients.off and not state[address][1]:
            wrong.append(f'{address} was switched off and is on')

    waiting = portal.rows("SELECT kind, state, reason FROM outbox WHERE state IN ('pending', 'dead')")
    wrong += [f'a mail was not sent: {mail}' for mail in waiting]
    letters = collections.Counter(name for name, _, _ in portal.letters())
    sent = {mail.hex() for (mail,) in portal.rows("SELECT id FROM outbox WHERE state = 'sent'")}
    kept = {name.strip('<>').split('@')[0].replace('-', '') for name in letters}
    wrong += [f'a mail counts as sent and is not there: {mail}' for mail in sent - kept]
    twice = sum(letters.values()) - len(letters)
    # A kill may catch as many as are under way at once. Over many kills it is less than one each.
    allowed = kills if kills >= MANY else kills * UNDER_WAY
    if twice > allowed:
        wrong.append(f'{twice} mails came twice in {kills} kills')
    return wrong, len(letters) - before, twice


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    seed = sys.argv[2] if len(sys.argv) > 2 else str(time.time_ns())
    chance = random.Random(seed)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix='customer-center-kill-') as folder:
        portal = Portal(folder)
        portal.start()
        before = len(portal.letters())
        clients = Clients(portal, seed)
        try:
            clients.start()
            for _ in range(kills):
                time.sleep(0.3 + 1.2 * chance.random())
                portal.kill()
                portal.start()
            time.sleep(0.5)
        finally:
            clients.stop()
            portal.kill()
        # A killed worker's mails are given to another one after two minutes: they have passed.
        portal.rows('UPDATE outbox SET lease_until = 0')
        portal.start()
        end = time.monotonic() + 60
        while time.monotonic() < end:
            time.sleep(0.3)
            if len({name for name, _, _ in portal.letters()}) >= expected(portal):
                break
        someone = sorted(a for a in clients.accepted if clients.invited.get(a) not in clients.touched)
        trouble = [f'{a} can not sign in with the password set' for a in someone[:5] if not Browser(portal).sign_in(a)]
        portal.stop()
        wrong, mails, twice = check(portal, clients, kills, before)
        wrong += trouble
    done = ', '.join(f'{count} {what}' for what, count in sorted(clients.done.items()))
    print(f'kill: {kills} kills in {time.monotonic() - started:.0f} s, seed {seed}: {done}; {mails} mails, {twice} twice')
    for sentence in wrong:
        print(f'kill: LOST: {sentence}')
    if any(clients.done[what] == 0 for what in ('invited', 'edited', 'accepted', 'signed in')):
        print('kill: too little was done to tell anything')
        wrong.append('')
    sys.exit(1 if wrong else 0)


def expected(portal):
    """How many mails have to be there in the end. Reads beside the running portal."""
    return portal.rows("SELECT count(*) FROM outbox WHERE state IN ('pending', 'sent')")[0][0]


if __name__ == '__main__':
    main()
