"""One odd mail and one odd lead don't stop the others."""

import pytest

from sheetflow.replies import understand
from sheetflow.workflow import statuses
from sheetflow.workflow.events import Kind
from tests.fakes.imap import FakeImap
from tests.jobs.post import answer
from tests.jobs.world import World


def contacted(world: World, email: str) -> str:
    lead_id = world.arrives(email)
    world.respond(lead_id)
    return lead_id


def test_a_mail_that_brings_out_a_defect_is_set_aside_and_the_others_are_read(
    world: World, mailbox: FakeImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd, plain = contacted(world, "odd@example.org"), contacted(world, "plain@example.org")
    whole = understand.understand

    def fails(raw: bytes, *rest: object) -> object:
        if b"odd@example.org" in raw:
            raise ZeroDivisionError
        return whole(raw, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(understand, "understand", fails)
    mailbox.deliver(answer(world.mails[0], "Yes.", "odd@example.org", at=world.now), at=world.now)
    mailbox.deliver(answer(world.mails[1], "Yes.", "plain@example.org", at=world.now), at=world.now)
    world.passes(minutes=5)
    done = world.job()
    assert [problem for problem in done.problems if "can't be read (ZeroDivisionError)" in problem]
    assert world.row(plain).status == statuses.REPLIED
    assert world.row(odd).status == statuses.CONTACTED
    world.passes(minutes=10)
    assert world.job().problems == ()


def test_a_mail_with_impossible_dates_and_nested_comments_stops_nobody(
    world: World, mailbox: FakeImap
) -> None:
    lead_id = contacted(world, "lead@example.org")
    for date in ("Fri, 31 Dec 9999 23:59:59 +0000", "Mon, 99 Foo 2026 99:99 +9999", "(((((((((("):
        raw = answer(world.mails[0], "I am back on Monday.", at=world.now)
        head, _, body = raw.partition(b"\n\n")
        lines = [line for line in head.split(b"\n") if not line.lower().startswith(b"date:")]
        comments = b"X-Odd: " + b"(" * 300 + b")" * 299
        mailbox.deliver(
            b"\n".join([*lines, b"Date: " + date.encode(), comments]) + b"\n\n" + body, at=world.now
        )
    world.passes(minutes=5)
    world.job()
    assert world.row(lead_id).status == statuses.REPLIED


def test_a_lead_that_cant_be_decided_about_is_named_and_the_others_get_their_messages(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd, plain = world.arrives("odd@example.org"), world.arrives("plain@example.org")
    from sheetflow.workflow import review as reviewing

    whole = reviewing.decide

    def fails(lead: object, *rest: object) -> object:
        if getattr(lead, "id", "") == odd:
            raise ZeroDivisionError
        return whole(lead, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reviewing, "decide", fails)
    done = world.job()
    assert done.sent == 1
    assert f"{odd} can't be decided about and gets nothing: the log says why." in done.problems
    assert world.events(plain, Kind.SENT)
