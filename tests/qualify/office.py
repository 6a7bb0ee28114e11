"""Owners who are told of their leads: real ledger, real SMTP and HTTP on loopback, a clock to turn."""

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sheetflow.channels import Channels
from sheetflow.jobs.notify import Notifier
from sheetflow.ledger.arrivals import store
from sheetflow.ledger.ledger import Ledger
from sheetflow.mail.owner import OwnerDesk
from sheetflow.mail.smtp import SmtpTransport
from sheetflow.web.button_links import ButtonLinks
from sheetflow.workflow.enquiry import Enquiry
from tests.qualify.shop import TUESDAY, at

LINKS = ButtonLinks(("a secret key",), "https://leads.example.com")


@dataclass
class Office:
    url: str
    server: object
    workflow: object
    now: object = field(default_factory=lambda: at(TUESDAY))
    urls: tuple = ()
    waits: list = field(default_factory=list)
    opened: object = None
    count: int = 0

    @property
    def ledger(self):
        self.opened = self.opened or Ledger(self.url, self.workflow, lambda: self.now)
        return self.opened

    def notifier(self):
        server = self.server
        account = (server.user, server.password, server.host, server.port, server.security)
        return Notifier(
            ledger=self.ledger,
            workflow=self.workflow,
            transport=SmtpTransport(*account, server.ca_file or None),
            channels=Channels(),
            desk=OwnerDesk(server.user),
            clock=lambda: self.now,
            sleep=self.waits.append,
            urls=self.urls,
            button=LINKS,
            row=lambda lead_id: f"https://docs.example.com/{lead_id}",
            draft=lambda lead, history, now: f"Your enquiry\n\n{history.qualified.draft}",
        )

    def tell(self):
        """A quarter of a minute later: nobody answers the leads here."""
        self.now += timedelta(seconds=15)
        return self.notifier().tell()

    def arrives(self, message="The pipe leaks, urgent", **fields):
        self.count += 1
        name = fields.pop("id", f"L-{self.count:010}")
        fields = {"email": f"lead{self.count}@example.org", "name": f"Lead {self.count}", **fields}
        enquiry = Enquiry(
            id=name,
            delivery=name,
            repeat_within=timedelta(days=1),
            arrived=self.now,
            message=message,
            **fields,
        )
        with self.ledger.writing() as book:
            return store(book, [enquiry])[0].lead_id

    def at(self, text):
        self.now = at(text)
        return self

    def events(self, lead_id, kind):
        with self.ledger.reading() as book:
            return [event for event in book.events([lead_id]).get(lead_id, ()) if event.kind is kind]

    def row(self, lead_id):
        with self.ledger.reading() as book:
            return next(row for row in book.rows() if row["id"] == lead_id)

    @property
    def mails(self):
        return [message_from_bytes(one.data, policy=policy.default) for one in self.server.messages]

    def told(self):
        """To whom, and what about, of every mail so far."""
        return [(mail["To"].addresses[0].display_name, str(mail["Subject"])) for mail in self.mails]


@contextmanager
def site(answer=200):
    """A web server that takes what is posted; `answer` is a status, or a function of the body."""
    taken = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            taken.append(json.loads(body))
            status, said = answer(taken[-1]) if callable(answer) else (answer, b"{}")
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *words):
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}", taken
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
