"""The portal as a process with demo data, and browsers without JavaScript that use it. For kill.py
and soak.py."""

import email
import email.policy
import http.client
import os
import pathlib
import re
import socket
import sqlite3
import subprocess
import time
import urllib.parse

PASSWORD = 'orchard lantern 42'
ROOT = pathlib.Path(__file__).resolve().parent.parent


def program():
    """The built program: CUSTOMER_CENTER, or the one that `cargo build` leaves."""
    path = pathlib.Path(os.environ.get('CUSTOMER_CENTER', ROOT / 'target/debug/customer-center')).resolve()
    if not path.exists():
        raise SystemExit(f'{path} is missing; make run builds it')
    return str(path)


def free_port():
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        return free.getsockname()[1]


class Gone(Exception):
    """The portal ended before it answered: whether the request was done is unknown."""


class Portal:
    """The demo on a folder that nobody else uses."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.database = self.folder / 'portal.sqlite'
        self.mails = self.folder / 'mails'
        self.port = free_port()
        self.read = {}  # mails, by the name of their file
        self.process = None

    def environment(self):
        kept = {name: value for name, value in os.environ.items() if not name.startswith('CC_')}
        return kept | {
            'CC_LISTEN': f'127.0.0.1:{self.port}',
            'CC_METRICS_LISTEN': '',
            'CC_DATABASE_URL': f'sqlite:{self.database}',
            'CC_MAIL_DIR': str(self.mails),
            'CC_LOG': 'info',
        }

    def start(self):
        with open(self.folder / 'log', 'ab') as log:
            self.process = subprocess.Popen(
                [program(), 'demo'], cwd=self.folder, env=self.environment(), stdout=log, stderr=log
            )
        end = time.monotonic() + 120
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise SystemExit(f'the portal did not start:\n{self.log()}')
            try:
                if Browser(self).get('/health/ready').status == 204:
                    return
            except Gone:
                pass
            time.sleep(0.02)
        raise SystemExit(f'the portal does not become ready:\n{self.log()}')

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(60)

    def log(self):
        return (self.folder / 'log').read_text(errors='replace')[-4000:]

    def verify(self):
        """What does not fit together in the database; empty when all does. Only while it is stopped."""
        done = subprocess.run(
            [program(), 'verify'], cwd=self.folder, env=self.environment(), capture_output=True, text=True
        )
        return '' if done.returncode == 0 else done.stdout + done.stderr

    def rows(self, sql, *values):
        """Asks the database file. Only while the portal is stopped."""
        with sqlite3.connect(self.database) as connection:
            found = connection.execute(sql, values).fetchall()
        connection.close()
        return found

    def letters(self):
        """All mails that were kept, oldest first: Message-ID, recipient, text."""
        for path in self.mails.glob('[0-9]*.eml'):
            if path.name in self.read:
                continue
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            text = mail.get_body(preferencelist=('plain',)).get_content()
            self.read[path.name] = (mail['Message-ID'].strip(), mail['To'].addresses[0].addr_spec, text)
        return [self.read[name] for name in sorted(self.read)]


def link(text):
    """The path of the one link in a mail that does something."""
    return '/link/' + re.search(r'/link/([0-9a-f]{64})', text).group(1)


class Answer:
    """Status, headers and text of an answer."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode(errors='replace')

    @property
    def to(self):
        return self.headers.get('Location', '')


class Browser:
    """Keeps cookies, follows nothing by itself, runs no script."""

    def __init__(self, portal):
        self.portal = portal
        self.cookies = {}

    def get(self, path):
        return self._ask('GET', path, None, {})

    def post(self, page, path, fields):
        """Sends the form that stands on this page."""
        origin = f'http://127.0.0.1:{self.portal.port}'
        headers = {
            'Content-Type': 'application/x-www-form-urlencoded',
            'Origin': origin,
            'Referer': origin + page,
        }
        return self._ask('POST', path, urllib.parse.urlencode(fields), headers)

    def sign_in(self, address, password=PASSWORD):
        """Whether that worked."""
        answer = self.post('/sign-in', '/api/accounts/sign_in', {'email': address, 'password': password})
        return answer.status == 303 and answer.to == '/'

    def confirm_password(self, password=PASSWORD):
        """Whether that worked."""
        answer = self.post('/confirm-password', '/api/accounts/confirm_password', {'current': password})
        return answer.status == 303 and answer.to == '/'

    def _ask(self, method, path, body, headers):
        connection = http.client.HTTPConnection('127.0.0.1', self.portal.port, timeout=35)
        cookie = '; '.join(f'{name}={value}' for name, value in self.cookies.items())
        try:
            connection.request(method, path, body, headers | {'Accept': 'text/html', 'Cookie': cookie})
            answer = Answer(connection.getresponse())
        except (OSError, http.client.HTTPException) as gone:
            raise Gone(str(gone)) from gone
        finally:
            connection.close()
        for cookie in answer.headers.get_all('Set-Cookie', []):
            name, _, value = cookie.split(';')[0].partition('=')
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer
