import pytest

from sheetflow.workflow.outcome import Outcome, Result
from sheetflow.workflow.streak import Streak, refusal_key

BLOCKED = "550 5.7.1 <address>: Recipient address rejected: no thanks id={0}x9 [mx{0}.example.org]"


def refused(detail: str, result: Result = Result.FAILED) -> Outcome:
    return Outcome(result, detail)


def fold(*outcomes: tuple[str, Outcome]) -> Streak[int]:
    streak: Streak[int] = Streak()
    for number, (lead_id, outcome) in enumerate(outcomes, 1):
        streak = streak.after(lead_id, outcome, number)
    return streak


def test_the_same_refusal_for_three_leads_is_the_accounts_and_names_what_to_give_back():
    row = [(f"L-{number}", refused(BLOCKED.format(number))) for number in (1, 2, 3)]
    assert not fold(*row[:2]).is_accounts
    assert fold(*row).is_accounts
    assert fold(*row).tries == (("L-1", 1), ("L-2", 2), ("L-3", 3))


def test_a_temporary_refusal_counts_as_a_permanent_one_does():
    busy = refused("450 4.7.1 Not now", Result.TEMPORARY)
    assert fold(("L-1", busy), ("L-2", busy), ("L-3", busy)).is_accounts


@pytest.mark.parametrize(
    "between", [Outcome(Result.SENT, "250 OK"), refused("552 5.2.2 Mailbox full"), refused("550 No thanks")]
)
def test_a_success_or_another_refusal_between_begins_a_new_row(between):
    one = refused("550 5.7.1 No thanks")
    streak = fold(("L-1", one), ("L-2", one), ("L-3", between), ("L-4", one), ("L-5", one))
    assert not streak.is_accounts
    assert [lead_id for lead_id, _ in streak.tries] == ["L-4", "L-5"]


@pytest.mark.parametrize("result", [Result.BOUNCED, Result.SERVER, Result.UNKNOWN, Result.BLOCKED])
def test_what_isnt_a_leads_refusal_neither_counts_nor_ends_the_row(result):
    one = refused("550 5.7.1 No thanks")
    other = Outcome(result, "550 5.7.1 No thanks")
    assert not fold(("L-1", one), ("L-2", one), ("L-3", other)).is_accounts
    assert fold(("L-1", one), ("L-2", one), ("L-3", other), ("L-4", one)).is_accounts


def test_one_lead_refused_three_times_is_one_lead():
    busy = refused("450 4.7.1 Not now", Result.TEMPORARY)
    assert not fold(("L-1", busy), ("L-1", busy), ("L-1", busy)).is_accounts


def test_the_same_refusal_is_known_without_addresses_ids_and_hosts():
    assert refusal_key("550 5.7.1 <address>: Denied (x7Fq-31) - gsmtp") == refusal_key(
        "550 5.7.1 <address>: Denied, (y8Gr-32) - gsmtp"
    )
    assert refusal_key("550 5.7.1 Denied") != refusal_key("550 5.7.2 Denied")
    assert refusal_key("550 5.7.1 Denied") != refusal_key("554 5.7.1 Denied")
    assert refusal_key("") == ""
