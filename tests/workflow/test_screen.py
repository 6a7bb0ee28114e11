"""What the page and the Dashboard say: who waits, four figures, four charts; of few leads no shares."""

from dataclasses import replace

import pytest

from sheetflow.workflow.events import Kind
from sheetflow.workflow.numbers import Spread
from sheetflow.workflow.projection import UNANSWERED
from sheetflow.workflow.review import Case, review
from sheetflow.workflow.screen import Screen, screen_of
from sheetflow.workflow.steps import conclusions
from tests.workflow.test_report import HOSTILE, NOW, WORKFLOW, Story, business, report_of


@pytest.fixture(scope="module")
def screen():
    return screen_of(report_of(*business()))


def missed(story, when="03-31 09:06"):
    return story.event(Kind.SLA_MISSED, when, "Kim (nobody has answered for 5 minutes)")


def test_who_waits_for_a_person_is_listed_with_the_one_who_waits_longest_first(screen):
    assert screen.waiting == 4
    assert [(line.lead_id, line.name, line.status, line.since) for line in screen.lines] == [
        ("L-C", "(no name)", "Bounced", "Sat 14 Mar 2026, 10:05"),
        ("L-F", "Fay", "Needs attention", "Wed 25 Mar 2026, 09:15"),
        ("L-G", "(no name)", "Replied", "Wed 25 Mar 2026, 15:00"),
        ("L-M", "(no name)", "Bounced", "Tue 31 Mar 2026, 10:01"),
    ]


def test_a_lead_that_nobody_answered_in_time_waits_since_it_came_and_its_row_says_so():
    story = missed(Story("L-A", "03-31 09:00", phone="+49 30 1234").sent("first_response 03-31 09:01"))
    (line,) = screen_of(report_of(story)).lines
    assert (line.is_unanswered, line.phone, line.since) == (True, "+49 30 1234", "Tue 31 Mar 2026, 09:00")
    assert line.why.endswith(UNANSWERED)
    found = review(Case(story.lead, tuple(story.events), ""), WORKFLOW, NOW)
    assert str(found.row(WORKFLOW)["why"]).endswith(UNANSWERED)


@pytest.mark.parametrize("word", ["In conversation", "Paused", "Won", "Not a lead"])
def test_a_lead_that_a_person_took_up_or_put_aside_does_not_wait(word):
    story = missed(Story("L-A", "03-31 09:00").sent("first_response 03-31 09:01")).becomes(
        word, "03-31 10:00"
    )
    story.event(Kind.OWNER_RESPONSE, "03-31 10:00")
    assert screen_of(report_of(story)).waiting == 0


def test_a_lead_that_no_mail_reaches_waits_until_a_person_has_been_in_contact():
    story = Story("L-A", "03-23 09:00").sent("first_response 03-23 09:01")
    story.event(Kind.BOUNCED, "03-23 09:02", step="first_response").bounced()
    assert screen_of(report_of(story)).lines[0].since == "Mon 23 Mar 2026, 09:02"
    story.event(Kind.OWNER_RESPONSE, "03-23 10:00")
    assert screen_of(report_of(story)).waiting == 0


def test_a_lead_that_replied_waits_since_the_first_reply_that_nobody_has_seen_to():
    story = Story("L-A", "03-23 09:00").sent("first_response 03-23 09:01").event(Kind.REPLIED, "03-24 09:00")
    story.becomes("Following up", "03-25 09:00", was="Replied").event(Kind.REPLIED, "03-26 09:00")
    story.event(Kind.REPLIED, "03-27 09:00")
    (line,) = screen_of(report_of(story)).lines
    assert line.since == "Thu 26 Mar 2026, 09:00"


def test_the_four_figures_name_their_periods_and_tell_few_as_a_count(screen):
    shown = {figure.title: (figure.value, figure.about) for figure in screen.figures}
    assert shown == {
        "Leads this week": ("4", "30 Mar 2026 to 1 Apr 2026 · last week 3, by this day and time 1"),
        "A person answered within 5 min": (
            "0 of 3",
            "leads that a person answered; 10 not yet · automatic: 7 of 9 · "
            "received 4 Mar 2026 to 1 Apr 2026",
        ),
        "Waiting for you": (
            "4",
            "the first since Sat 14 Mar 2026, 10:05 · 2 without a first response · "
            "2 awaiting a follow-up · 1 paused",
        ),
        "Won": ("2", "15 % of 13 leads received 1 May 2025 to 1 Apr 2026"),
    }


def test_many_are_told_as_a_share():
    report = report_of(*business())
    human = Spread(40, 3.0, 9.0, 0.75, 1.0)
    found = screen_of(replace(report, first_response=replace(report.first_response, human=human)))
    assert found.figures[1].value == "75 %"


def test_the_charts_hold_the_report_s_numbers(screen):
    leads, response, funnel, replies = screen.charts
    assert leads.series == ("ads", "website", "no source given")
    assert [(bar.label, bar.values) for bar in leads.bars[4:]] == [
        ("9 Mar", (1, 2, 0)),
        ("16 Mar", (2, 1, 0)),
        ("23 Mar", (1, 2, 0)),
        ("30 Mar", (2, 1, 1)),
    ]
    assert [bar.values for bar in response.bars] == [(7, 0), (1, 1), (1, 0), (0, 2), (4, 10)]
    assert [(bar.label, *bar.values) for bar in funnel.bars] == [
        ("received", 13),
        ("contacted", 10),
        ("replied", 4),
        ("in conversation", 3),
        ("booked", 3),
        ("won", 2),
    ]
    assert [(bar.label, bar.values) for bar in replies.bars][:2] == [
        ("First response", (9, 0)),
        ("Follow up", (3, 2)),
    ]
    assert replies.bars[1].note == "too few to tell: between 21 and 94 %"


def test_what_the_numbers_allow_to_conclude_is_told():
    report = report_of(*business())
    found = screen_of(report)
    assert found.told == conclusions(report) != ()
    assert Screen.from_json(found.to_json()).told == found.told


def test_sources_beyond_four_share_one_colour():
    stories = [Story(f"L-{n}", "03-31 09:00", f"source {n}") for n in range(9)]
    chart = screen_of(report_of(*stories)).charts[0]
    assert chart.series == ("source 0", "source 1", "source 2", "source 3", "others")
    assert chart.bars[-1].values == (1, 1, 1, 1, 5)


def test_it_is_read_back_as_it_was_written(screen):
    assert Screen.from_json(screen.to_json()) == screen


def test_nothing_yet_is_told_without_a_share():
    empty = screen_of(report_of())
    assert (empty.leads, empty.waiting, empty.lines) == (0, 0, ())
    assert [figure.value for figure in empty.figures] == ["0", "–", "0", "0"]
    assert all(chart.is_empty for chart in empty.charts)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_lead_wrote_is_one_printable_line(text):
    story = Story("L-A", "03-31 09:00", text, text, name=text, phone=text).becomes("Maybe", "03-31 10:00")
    found = screen_of(report_of(story))
    texts = [part for part in vars(found.lines[0]).values() if isinstance(part, str)]
    assert all(part.isprintable() for part in (*found.charts[0].series, *texts))
