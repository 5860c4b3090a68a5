"""A mail server for tests, on 127.0.0.1 only: login demanded (portal / s3cret), faults on demand, read-back over HTTP.

usage: faultsmtp.py --tls DIR [--smtp PORT] [--http PORT] [--mode starttls|implicit|plain]
       --tls   folder with server.pem and server.key (tls.sh)
       --smtp, --http   ports, free ones when not given; both are printed as a line of JSON when all is ready
       --mode  starttls: demands STARTTLS · implicit: TLS from the first byte · plain: offers no encryption and takes everything

It ends when its standard input is closed, so that no test leaves it behind.

A fault is chosen by the recipient, name+FAULT@host, or for the next N recipients by POST /fault {"fault": "grey", "times": 2}
  grey        451 at RCPT the first time for a recipient         tempfail    451 at RCPT
  reject      550 at RCPT      busy  421 at RCPT                 full        452 after DATA
  drop-rcpt   connection reset                                   drop-data   connection reset, nothing stored
  drop-after  message stored, then connection reset before the 250           slow        three seconds before the 250
GET /messages answers the accepted messages, GET /clear what was received unencrypted; DELETE / forgets everything.
"""
import argparse
import asyncio
import email
import email.policy
import json
import os
import socket
import ssl
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

parser = argparse.ArgumentParser(usage=__doc__)
parser.add_argument('--tls', required=True)
parser.add_argument('--smtp', type=int, default=0)
parser.add_argument('--http', type=int, default=0)
parser.add_argument('--mode', choices=['starttls', 'implicit', 'plain'], default='starttls')
args = parser.parse_args()

messages, seen, ordered, clear, lock = [], set(), [], bytearray(), threading.Lock()
AT_RCPT = {
    'tempfail': '451 4.3.0 Temporary failure',
    'reject': '550 5.1.1 No such user',
    'busy': '421 4.3.2 Service not available',
}


def fault_for(recipient):
    with lock:
        if ordered:
            first = ordered[0]
            first['times'] -= 1
            if first['times'] <= 0:
                ordered.pop(0)
            return first['fault']
    local = recipient.split('@')[0]
    return local.rsplit('+', 1)[1] if '+' in local else None


def reset(server):
    server.transport.abort()
    return '421 dropped'


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        session.fault = fault = fault_for(address)
        if fault == 'grey' and address not in seen:
            seen.add(address)
            return '451 4.7.1 Greylisted, try again later'
        if fault in AT_RCPT:
            return AT_RCPT[fault]
        if fault == 'drop-rcpt':
            return reset(server)
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        fault = getattr(session, 'fault', None)
        if fault == 'drop-data':
            return reset(server)
        if fault == 'full':
            return '452 4.2.2 Mailbox full'
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = mail.get_body(('plain',)) or mail
        html = mail.get_body(('html',))
        with lock:
            messages.append({
                'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'subject': str(mail['subject']),
                'message_id': mail['message-id'], 'headers': [name for name in mail.keys()],
                'sender': str(mail['from']), 'tls': args.mode == 'implicit' or session.ssl is not None, 'user': getattr(session, 'login_name', None),
                'text': body.get_content(), 'html': html.get_content() if html else ''})
        if fault == 'drop-after':
            return reset(server)
        if fault == 'slow':
            await asyncio.sleep(3)
        return '250 2.0.0 Queued'


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b'portal', b's3cret')
    if right:
        session.login_name = 'portal'
    return AuthResult(success=right, handled=right)


class Smtp(SMTP):
    def data_received(self, data):
        if self.session is None or self.session.ssl is None:
            clear.extend(data)
        super().data_received(data)


tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
tls.load_cert_chain(f'{args.tls}/server.pem', f'{args.tls}/server.key')


class Server(Controller):
    def factory(self):
        rules = {
            'starttls': {'tls_context': tls, 'require_starttls': True, 'auth_required': True},
            'implicit': {'auth_required': True, 'auth_require_tls': False},
            'plain': {'auth_require_tls': False},
        }[args.mode]
        return Smtp(self.handler, hostname='mail.portal.example', authenticator=authenticate, **rules)


class Web(BaseHTTPRequestHandler):
    def answer(self, value):
        body = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(200)
        self.send_header('content-type', 'application/json')
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer(messages if self.path == '/messages' else clear.decode('latin-1'))

    def do_DELETE(self):
        for store in (messages, ordered, seen, clear):
            store.clear()
        self.answer([])

    def do_POST(self):
        ordered.append(json.loads(self.rfile.read(int(self.headers['content-length']))))
        self.answer(ordered)

    def log_message(self, *_):
        pass


def end_with_parent():
    sys.stdin.read()
    os._exit(0)


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


port = args.smtp or free_port()
Server(
    Handler(), hostname='127.0.0.1', port=port, ready_timeout=10,
    ssl_context=tls if args.mode == 'implicit' else None).start()
web = ThreadingHTTPServer(('127.0.0.1', args.http), Web)
print(json.dumps({'smtp': port, 'http': web.server_address[1]}), flush=True)
threading.Thread(target=end_with_parent, daemon=True).start()
web.serve_forever()
