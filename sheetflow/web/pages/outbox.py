"""`/outbox`: the messages that were written into a folder because no mail account is configured."""

from flask import Blueprint, Response, abort, render_template, request

from sheetflow.web.pages.letters import Outbox
from sheetflow.web.pages.shown import when
from sheetflow.workflow.sequence import Workflow

A_PAGE = 50
GONE = "There is no such message in the outbox (any more)."

# A message is somebody else's page: it may look like something, and do nothing.
SEALED = {
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; "
        "frame-ancestors 'self'; base-uri 'none'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
}
# A page that shows such a message within itself.
FRAMING = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
}


class OutboxPages:
    def __init__(self, outbox: Outbox, workflow: Workflow) -> None:
        self._outbox, self._workflow = outbox, workflow

    def blueprint(self) -> Blueprint:
        routes = Blueprint("outbox", __name__)
        routes.add_url_rule("/outbox", view_func=self.show_all)
        routes.add_url_rule("/outbox/<name>", view_func=self.show)
        routes.add_url_rule("/outbox/<name>/html", view_func=self.html)
        return routes

    def show_all(self) -> str:
        page = request.args.get("page", "1")
        number = max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        files = self._outbox.files()
        part = files[(number - 1) * A_PAGE : number * A_PAGE]
        letters = [(one, when(self._workflow.local(one.at)), self._outbox.read(one.name)) for one in part]
        return render_template(
            "pages/outbox.html",
            letters=[(one, at, letter) for one, at, letter in letters if letter],
            total=len(files),
            page=number,
            has_more=number * A_PAGE < len(files),
        )

    def show(self, name: str) -> Response:
        letter = self._outbox.read(name)
        if letter is None:
            abort(404, GONE)
        about = next((one for one in self._outbox.files() if one.name == name), None)
        text = render_template("pages/letter.html", name=name, letter=letter, about=about)
        return Response(text, headers=FRAMING)

    def html(self, name: str) -> Response:
        letter = self._outbox.read(name)
        if letter is None:
            abort(404, GONE)
        return Response(letter.html, headers=SEALED)
