#!/usr/bin/env python3
"""Two companies use one portal for a long time, with orderly restarts in the beginning.

soak.py [MINUTES] [SEED]

Everything that belongs to a company carries its mark. No answer to one company may show a mark of the
other, whatever it asks for; nothing may be answered by a fault; and once the restarts are over the
portal's memory must not grow. Uses the standard library only.
"""

import collections
import random
import re
import statistics
import string
import sys
import tempfile
import threading
import time

from portal import Browser, Gone, Portal

# Growth of memory that counts as none, over the time that is measured: 8 MiB or 5 %.
GROWTH_KIB = 8 * 1024
GROWTH_SHARE = 0.05
# Users that each company invites. Trespassers use up the invitations of an hour, too.
USERS = 60
# Of a shorter time the growth is printed and not judged.
JUDGED_SECONDS = 300
PAGES = [
    '/',
    '/users',
    '/users?sort=email',
    '/users?sort=-last_seen',
    '/users?q=e',
    '/users?status=invited',
    '/users?role=viewer',
    '/users/contacts',
    '/users/invitations',
    '/users/requests',
    '/users/new',
    '/users/import',
    '/company/activity',
    '/profile',
    '/profile/sessions',
    '/profile/activity',
]


class Wrong(Exception):
    """Something that must not happen."""


class Tenant:
    """A company, its main contact, and what only its people may see."""

    def __init__(self, name, chief, domain, chance):
        self.chief = chief
        self.domain = domain
        self.mark = 'Mark' + ''.join(chance.choices(string.ascii_lowercase, k=12))
        self.marks = [self.mark, name, chief, domain]
        self.users = {}  # id: address
        self.asked = 0  # for new users


class Soak:
    """The load and what was seen of it."""

    def __init__(self, portal, tenants, seed):
        self.portal = portal
        self.seed = seed
        self.ended = threading.Event()
        self.seen = collections.Counter()
        self.wrong = []
        self.threads = []
        for own, other in (tenants, tenants[::-1]):
            for work in (self.read, self.read, self.write, self.trespass, self.enter):
                number = len(self.threads)
                thread = threading.Thread(target=self.repeat, args=(work, own, other, number))
                self.threads.append(thread)

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def repeat(self, work, own, other, number):
        """Takes step after step. While the portal starts anew there is nobody to ask."""
        chance = random.Random(f'{self.seed}-{number}')
        browser = None
        while not self.ended.is_set():
            try:
                if browser is None:
                    fresh = Browser(self.portal)
                    if not fresh.sign_in(own.chief):
                        raise Wrong(f'{own.chief} can not sign in')
                    browser = fresh
                work(browser, own, other, chance)
            except Gone:
                self.seen['not reached'] += 1
                time.sleep(0.1)
            except Exception as error:  # pylint: disable=broad-except
                self.wrong.append(f'{work.__name__} of {own.domain}: {error!r}')
                if len(self.wrong) > 20:
                    self.ended.set()

    def look(self, answer, other, what, good):
        """Refuses an answer that shows the other company's marks, or has another status."""
        self.seen['answers'] += 1
        for mark in other.marks:
            if mark in answer.text or mark in str(answer.headers):
                raise Wrong(f'{what} shows {mark}')
        if answer.status == 503:
            self.seen['busy'] += 1
        elif answer.status not in good:
            raise Wrong(f'{what} was answered {answer.status} {answer.to}')
        return answer

    def read(self, browser, own, other, chance):
        path = chance.choice(PAGES)
        if own.users and chance.random() < 0.3:
            path = '/users/' + chance.choice(list(own.users))
        if chance.random() < 0.002:
            answer = browser.get('/users/export.csv')
            # Whoever signed in long ago is asked for the password first.
            if answer.to.startswith('/confirm-password') and browser.confirm_password():
                answer = browser.get('/users/export.csv')
            self.look(answer, other, 'the export', {200, 429})
        self.look(browser.get(path), other, path, {200})

    def write(self, browser, own, other, chance):
        if own.asked < USERS:
            own.asked += 1
            number = own.asked
            address = f'p{number}@{own.domain}'
            fields = {'salutation': 'none', 'name': f'{own.mark} {number}', 'email': address, 'roles': 'viewer'}
            answer = self.look(browser.post('/users/new', '/api/users/request', fields), other, 'inviting', {303})
            if found := re.search(r'done=invited&user=(.+)', answer.to):
                own.users[found.group(1)] = address
            time.sleep(0.05)
        if not own.users:
            return
        user = chance.choice(list(own.users))
        page = self.look(browser.get(f'/users/{user}'), other, 'the page of a user', {200})
        version = re.search(r'name="version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="version"', page.text)
        if version is None:
            return
        fields = {
            'user': user,
            'version': version.group(1) or version.group(2),
            'salutation': chance.choice(['none', 'ms', 'mr']),
            'name': f'{own.mark} {chance.randrange(10_000)}',
            'email': own.users[user],
            'roles': chance.choice(['viewer', 'buyer']),
        }
        self.look(browser.post(f'/users/{user}', '/api/users/edit', fields), other, 'an edit', {303})
        self.seen['edits'] += 1
        if chance.random() < 0.1:
            for action in ('deactivate', 'activate'):
                fields = {'user': user, 'back': '/users'}
                answer = browser.post('/users', f'/api/users/{action}', fields)
                self.look(answer, other, action, {303})
        time.sleep(0.02)

    def trespass(self, browser, own, other, chance):
        """Asks for the other company's people in every way."""
        time.sleep(0.05)
        if not other.users:
            return
        user = chance.choice(list(other.users))
        self.look(browser.get(f'/users/{user}'), other, "another company's user", {404})
        fields = {'user': user, 'version': '1', 'salutation': 'none', 'name': own.mark, 'email': f'x@{own.domain}', 'roles': 'viewer'}
        form = {'user': user, 'back': '/users'}
        for path, fields in [
            ('users/get', {'user': user}),
            ('users/edit', fields),
            ('users/deactivate', form),
            ('users/resend_invitation', form),
            ('users/revoke_invitation', form),
            ('users/send_password_link', form),
        ]:
            answer = browser.post('/users', f'/api/{path}', fields)
            self.look(answer, other, f"{path} of another company's user", {303, 404, 429})
            if 'done=' in answer.to:
                raise Wrong(f'{path} of a user of another company was done')
            if answer.status == 303:
                self.look(browser.get(answer.to), other, 'the page after it', {200})
        self.seen['trespasses'] += 1

    def enter(self, _, own, other, __):
        browser = Browser(self.portal)
        if browser.sign_in(own.chief):
            self.seen['sign-ins'] += 1
            self.look(browser.get('/users'), other, '/users', {200})
            answer = self.look(browser.post('/', '/api/accounts/sign_out', {}), other, 'signing out', {303})
            # A busy portal leads back to the page, which says so.
            if 'done=signed_out' in answer.to:
                self.look(browser.get('/users'), other, '/users without a session', {303})
        time.sleep(1)


def memory(portal):
    """Resident memory of the portal in KiB: all, and what is not a file."""
    with open(f'/proc/{portal.process.pid}/status', encoding='ascii') as status:
        found = dict(re.findall(r'^(\w+):\s+(\d+) kB', status.read(), re.MULTILINE))
    return int(found['VmRSS']), int(found['RssAnon'])


def slope(samples):
    """The median of the slopes between pairs of samples, in KiB a second."""
    step = max(1, len(samples) // 200)
    samples = samples[::step]
    half = len(samples) // 2
    pairs = zip(samples[:half], samples[half:])
    return statistics.median((b[2] - a[2]) / (b[0] - a[0]) for a, b in pairs)


def watch(portal, soak, seconds):
    """Samples the memory for so long: seconds, all, not a file."""
    samples = []
    started = time.monotonic()
    while (now := time.monotonic() - started) < seconds and not soak.ended.is_set():
        samples.append((now, *memory(portal)))
        time.sleep(0.5)
    return samples


def main():
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 30
    seed = sys.argv[2] if len(sys.argv) > 2 else str(time.time_ns())
    chance = random.Random(seed)
    tenants = (
        Tenant('Good Toys', 'david16@adventure-works.example', 'toys-soak.example', chance),
        Tenant('Central Bicycle', 'janeth1@adventure-works.example', 'bikes-soak.example', chance),
    )
    with tempfile.TemporaryDirectory(prefix='customer-center-soak-') as folder:
        portal = Portal(folder)
        portal.start()
        soak = Soak(portal, tenants, seed)
        restarts = 4
        try:
            soak.start()
            # A third of the time with restarts, then undisturbed.
            for _ in range(restarts):
                watch(portal, soak, minutes * 60 / 3 / restarts)
                portal.stop()
                portal.start()
            samples = watch(portal, soak, minutes * 60 * 2 / 3)
        finally:
            soak.stop()
            portal.stop()
        if found := portal.verify():
            soak.wrong.append(f'verify: {found}')
        waiting = portal.rows("SELECT count(*) FROM outbox WHERE state = 'dead'")[0][0]
        if waiting:
            soak.wrong.append(f'{waiting} mails are dead')

    counted = ', '.join(f'{count:,} {what}' for what, count in sorted(soak.seen.items()))
    print(f'soak: {minutes:g} min, {restarts} restarts, seed {seed}: {counted}')
    for at in range(0, len(samples), max(1, len(samples) // 8)):
        second, everything, own = samples[at]
        print(f'soak: after {second / 60:5.1f} min {everything / 1024:6.1f} MiB resident, {own / 1024:6.1f} MiB of it not files')
    settled = samples[len(samples) // 4:]
    if len(settled) > 20:
        time_measured = settled[-1][0] - settled[0][0]
        usual = statistics.median(own for _, _, own in settled)
        growth = slope(settled) * time_measured
        bound = max(GROWTH_KIB, usual * GROWTH_SHARE)
        print(
            f'soak: memory {growth / 1024:+.1f} MiB in {time_measured / 60:.1f} min '
            f'({growth / 1024 * 3600 / time_measured:+.1f} MiB an hour), bound {bound / 1024:.1f} MiB'
        )
        if time_measured >= JUDGED_SECONDS and growth > bound:
            soak.wrong.append('the memory grows')
    for sentence in soak.wrong[:20]:
        print(f'soak: WRONG: {sentence}')
    sys.exit(1 if soak.wrong else 0)


if __name__ == '__main__':
    main()
