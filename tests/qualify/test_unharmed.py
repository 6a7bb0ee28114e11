"""Whatever a language model answers, and whatever it is told by strangers, the first response is the same."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sheetflow.ai.adviser import Adviser, Answer
from sheetflow.capture.language import language_of
from sheetflow.jobs.advise import Advising
from sheetflow.jobs.run import run_first_responses
from sheetflow.workflow.advice import Advice
from sheetflow.workflow.events import Kind
from sheetflow.workflow.history import fold
from tests.fakes.smtp import FakeSmtp
from tests.jobs.world import WORKFLOW, World, read_mail
from tests.qualify import injected
from tests.qualify.office import site
from tests.qualify.shop import RULES, person
from tests.qualify.test_adviser import FAULTS, breaks_off, dribbles, hangs, listener

TEAM = replace(WORKFLOW, rules=RULES, owners=(person("Kim", services=("Leak repair",)), person("Lee")))
LEAK = "The kitchen tap leaks and we need you to look at it, urgent."
TUESDAY = datetime(2026, 3, 24, 9, tzinfo=UTC)


@pytest.fixture
def world(tmp_path):
    with FakeSmtp() as server:
        yield World(f"sqlite:///{tmp_path}/ledger.db", server, TUESDAY, TEAM)


class Obeying:
    """Does what each stranger says; `said` has what it writes, by the lead's address."""

    def __init__(self, said):
        self.said = said

    def ask(self, lead, workflow):
        return Answer(Advice("Bathroom", "later", "Boston", "de", "x", 1.0, self.said[lead.email]), "obeyed")


def answered(world, adviser, *enquiries):
    """What leads got, and what the rules alone would give them: each a letter, and how it stands."""
    advising = Advising(world.ledger, world.workflow, adviser, lambda: world.now, language_of, 1000)
    ports = replace(world.ports, advise=advising.advise)
    leads = [world.arrives(**enquiry) for enquiry in enquiries]
    with world.ledger.reading() as book:
        cases = list(book.cases(leads))
        before = standing(book, leads)
    first, letters = world.workflow.first, []
    for case in cases:
        letter = ports.compose(case.lead, fold(case.events, world.workflow), first, world.now, "")
        letters.append(words(read_mail(letter.as_bytes())))
    run_first_responses(ports, leads)
    sent = {mail.rcpt_to: words(read_mail(mail.data)) for mail in world.server.messages}
    assert len(sent) == len(world.server.messages) == len(leads)
    with world.ledger.reading() as book:
        after = standing(book, leads)
    got = [sent[case.lead.email,] for case in cases]
    return list(zip(got, after, strict=True)), list(zip(letters, before, strict=True))


def words(mail):
    named = [str(mail[name]) for name in ("From", "To", "Reply-To", "Subject", "Message-ID")]
    return *named, *(mail.get_body((kind,)).get_content().split() for kind in ("plain", "html"))


def standing(book, leads):
    rows = {row["id"]: row for row in book.rows()}
    return [tuple(rows[one][name] for name in ("owner", "priority", "service")) for one in leads]


ENQUIRY = {"email": "lea@example.org", "message": LEAK, "language": "en"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_model_costs_the_lead_nothing(world, fault):
    with site(lambda body: FAULTS[fault]) as (host, taken):
        got, expected = answered(world, Adviser(f"http://{host}/v1", "key", "m"), ENQUIRY)
    assert got == expected
    assert len(taken) == 1


@pytest.mark.parametrize("talk", [hangs, dribbles, breaks_off])
def test_a_model_that_never_comes_to_an_end_costs_a_moment(world, talk):
    with listener(talk) as port:
        adviser = Adviser(f"http://127.0.0.1:{port}/v1", "key", "m", longest=0.5)
        got, expected = answered(world, adviser, ENQUIRY)
    assert got == expected
    with world.ledger.reading() as book:
        [case] = book.cases([row["id"] for row in book.rows()])
    assert "adviser: no advice: " in [one.detail for one in case.events if one.kind is Kind.QUALIFIED][-1]


def test_150_strangers_and_a_model_that_obeys_them_all_change_nothing_of_what_is_sent(world):
    enquiries, said = [], {}
    for number, (order, field, obeyed) in enumerate(injected.CASES):
        address = f"lead{number}@example.org"
        enquiries.append({"email": address, "message": LEAK, "language": "en", field: order})
        said[address] = obeyed
    got, expected = answered(world, Obeying(said), *enquiries)
    assert len(got) == 150
    assert got == expected
