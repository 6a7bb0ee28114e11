"""`/`: who waits for a person, what is wrong, and how it goes, on one screen."""

import threading
from collections.abc import Callable, Sequence

from flask import Blueprint, render_template, request

from sheetflow.jobs.ports import Clock
from sheetflow.ledger.figures import read_screen
from sheetflow.ledger.ledger import Ledger
from sheetflow.web.pages.drawing import draw
from sheetflow.web.pages.shown import tone
from sheetflow.workflow import statuses
from sheetflow.workflow.lead import dialled
from sheetflow.workflow.notice import one_line
from sheetflow.workflow.story import last_reply

FIRST = 6  # of those who wait, before one asks for more


class OverviewPage:
    """`problems` are those that `/health` tells."""

    def __init__(self, ledger: Ledger, clock: Clock, problems: Callable[[], Sequence[str]]) -> None:
        self._ledger, self._clock, self._problems = ledger, clock, problems
        self._turn = threading.Lock()  # many leads are counted once, however many look

    def blueprint(self) -> Blueprint:
        routes = Blueprint("overview", __name__)
        routes.add_url_rule("/", view_func=self.show)
        return routes

    def show(self) -> str:
        workflow = self._ledger.workflow
        with self._turn:
            screen = read_screen(self._ledger, self._clock())
        replied = [line.lead_id for line in screen.lines if line.status == statuses.REPLIED]
        with self._ledger.reading() as book:
            said = {case.lead.id: one_line(last_reply(case.events)) for case in book.cases(replied)}
        return render_template(
            "pages/overview.html",
            screen=screen,
            said=said,
            problems=self._problems(),
            first=FIRST,
            draw=draw,
            number=dialled,
            tone=lambda word: tone(word, workflow),
            hook=f"{request.url_root}leads",
        )
