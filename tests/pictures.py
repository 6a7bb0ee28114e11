"""Mails and pages to look at: `python -m tests.pictures FOLDER` writes PNGs of what owners and leads see.

Owners' notices, first responses in every language that ships, and the pages behind buttons, 360 and 720
pixels wide, light and dark. Needs Chromium. Nothing is asserted: look at them after changing how they look.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sheetflow.business import read_workflow
from sheetflow.capture.language import language_of
from sheetflow.ledger.arrivals import store
from sheetflow.ledger.ledger import Ledger
from sheetflow.mail.letters import Letters
from sheetflow.mail.owner import OwnerDesk
from sheetflow.mail.templates import Templates
from sheetflow.web.button_links import ButtonLinks
from sheetflow.web.buttons import ButtonPages
from sheetflow.workflow.buttons import ALWAYS, LABELS, OF_DRAFT, Action, Press
from sheetflow.workflow.enquiry import Enquiry
from sheetflow.workflow.events import Event, Kind
from sheetflow.workflow.history import fold
from sheetflow.workflow.notice import Told, notice_of
from sheetflow.workflow.sequence import Owner
from tests.fakes.browser import take_picture
from tests.fakes.chromium import find

CONFIG = Path(__file__).parents[1] / "config"
NOW = datetime(2026, 3, 27, 21, 40, tzinfo=UTC)
LINKS = ButtonLinks(("a key",), "https://leads.example.com")
MESSAGES = {
    "en": "Hi, water comes through the ceiling since this morning, it is urgent. Can you call me?\n\nDana",
    "de": "Guten Tag, seit heute Morgen tropft Wasser durch die Decke, es eilt. Können Sie mich anrufen?",
    "fr": "Bonjour, l'eau coule du plafond depuis ce matin, c'est urgent. Pouvez-vous me rappeler ?",
    "es": "Hola, cae agua del techo desde esta mañana, es urgente. ¿Me pueden llamar, por favor?",
}
OPENING = "Thank you for writing about the water that comes through your ceiling. That sounds unpleasant."
ADVICE = "Water comes through the ceiling; wants a call today."


class Scene:
    def __init__(self) -> None:
        workflow = replace(read_workflow(CONFIG), owners=(Owner("Kim", "kim@example.com"),))
        self.workflow, self.ledger = workflow, Ledger("sqlite://", workflow, lambda: NOW)
        self.letters = Letters(Templates(CONFIG / "templates"), workflow, "studio@example.com")
        self.desk = OwnerDesk("studio@example.com")

    def arrives(self, number: int, language: str = "en", draft: str = "", **fields: str) -> str:
        lead_id, said = f"L-222222222{number}", MESSAGES[language]
        enquiry = Enquiry(
            id=lead_id,
            delivery=lead_id,
            repeat_within=timedelta(minutes=10),
            arrived=NOW,
            message=said,
            language=language_of(said),
            **{
                "name": "Dana Field",
                "email": f"dana{number}@example.org",
                "phone": "+1 617 555 0142",
                **fields,
            },
        )
        with self.ledger.writing() as book:
            store(book, [enquiry])
            history = fold(book.events([lead_id])[lead_id], self.workflow, "")
            found = replace(history.qualified, summary=ADVICE, draft=draft)
            book.record([Event(NOW, lead_id, Kind.QUALIFIED, f"advice:{number}", detail=found.detail())])
        return lead_id

    def told(self, lead_id: str, late: str = "", until: datetime | None = None) -> Told:
        with self.ledger.reading() as book:
            case = book.case(lead_id)
        assert case is not None
        history = fold(case.events, self.workflow, "")
        draft = self.letters.draft(case.lead, history, NOW) if until else ""
        actions = [*OF_DRAFT, *ALWAYS] if until else ALWAYS
        links = {LABELS[action]: LINKS(Press(lead_id, "Kim", action, NOW)) for action in actions}
        notice = notice_of(case.lead, history, self.workflow, late, draft, until)
        return Told(notice, links, f"https://leads.example.com/leads/{lead_id}")

    def notices(self) -> Iterator[tuple[str, str]]:
        one, long = (
            self.arrives(1),
            self.arrives(2, name="Dr. Maximiliane von und zu Beispielhausen-Musterstadt"),
        )
        draft = self.arrives(3, draft=OPENING)
        several = [self.told(self.arrives(number)) for number in range(4, 9)]
        late = "Nobody has answered for 5 minutes"
        failed = ["slack:// did not answer in time"]
        for name, told, lost in (
            ("notice", [self.told(one)], []),
            ("notice-late", [self.told(long, late)], failed),
            ("notice-draft", [self.told(draft, until=NOW + timedelta(minutes=5))], []),
            ("notice-list", several, []),
        ):
            yield name, html_of(self.desk.mail(told, lost, ("Kim", "kim@example.com"), NOW))

    def responses(self) -> Iterator[tuple[str, str]]:
        for number, language in enumerate(MESSAGES, 2):
            lead_id = self.arrives(number, language, email=f"{language}@example.org", name="Dana Field")
            with self.ledger.reading() as book:
                case = book.case(lead_id)
            assert case is not None
            mail = self.letters(case.lead, fold(case.events, self.workflow, ""), self.workflow.first, NOW, "")
            yield f"response-{language}", html_of(mail)

    def pages(self) -> Iterator[tuple[str, str]]:
        from flask import Flask

        app = Flask("sheetflow.web.app")
        app.register_blueprint(ButtonPages(self.ledger, LINKS, lambda: NOW, lambda ids: None).blueprint())
        lead_id, client = self.arrives(9, draft=OPENING), app.test_client()
        for action in (Action.AS_IT_IS, Action.TAKE):
            link = LINKS(Press(lead_id, "Kim", action, NOW)).removeprefix(LINKS.base_url)
            yield f"page-{action}", client.get(link).text
            yield f"page-{action}-done", client.post(link).text
            yield f"page-{action}-again", client.post(link).text


def html_of(mail) -> str:  # type: ignore[no-untyped-def]
    return mail.get_body(("html",)).get_content()


def main(folder: Path) -> None:
    program = find()
    assert program, "Chromium isn't installed"
    folder.mkdir(parents=True, exist_ok=True)
    shown = [pair for kind in ("notices", "responses", "pages") for pair in getattr(Scene(), kind)()]
    with tempfile.TemporaryDirectory() as scratch:
        for name, html in shown:
            page = Path(scratch) / f"{name}.html"
            page.write_text(html)
            for width in (360, 720):
                for is_dark in (False, True):
                    picture = folder / f"{name}-{width}-{'dark' if is_dark else 'light'}.png"
                    take_picture(
                        program, page.as_uri(), picture, (width, 800), is_dark=is_dark, is_whole=True
                    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
