"""What `check` and `explain` tell of leads before there are any."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from sheetflow.ai.adviser import Adviser
from sheetflow.checks import check
from sheetflow.cli import cli
from sheetflow.wiring import build, read_settings
from sheetflow.workflow.foretold import foretell, samples
from tests.qualify.office import site
from tests.qualify.shop import SHOP, TUESDAY, at, lead, person, team
from tests.qualify.test_adviser import GOOD, good


def test_priority_owner_and_template_come_with_their_reasons():
    workflow = team(person("Kim"), person("Lee", languages=("de",)))
    workflow = replace(workflow, templates=frozenset({"first_response", "first_response.de"}))
    told = foretell(lead("Ein Wasserrohrbruch, bitte sofort!"), "de", workflow, at(TUESDAY))
    assert str(told) == (
        "Hot for Lee, answered by first_response.de (urgent: “sofort” (+40); "
        "wants Leak repair: “*rohrbruch*” (+20); takes such leads; written in de)"
    )


def test_the_samples_speak_of_the_businesss_own_services():
    [(whole, _), *_] = samples(SHOP)
    assert "Leak repair" in whole.message
    assert whole.location == "Boston"


def found(folder, send_to=None, **variables):
    wired = build(read_settings(variables, folder))
    words = [finding.words for finding in check(wired, send_to)]
    wired.close()
    return words


def test_check_tries_samples_channels_and_the_model(folder):
    with site(lambda body: (200, good())) as (host, asked):
        model = {"SHEETFLOW_AI_URL": f"http://{host}/v1", "SHEETFLOW_AI_MODEL": "m"}
        words = found(folder, SHEETFLOW_NOTIFY_URLS="json://127.0.0.1:1/secret, nonsense://secret", **model)
    assert len(asked) == 3
    assert [line for line in words if line.startswith("Sample lead 1 would be Normal for Kim")]
    advised = [line for line in words if line.startswith("The language model on sample lead")]
    assert "sample lead 1: A new bathroom is wanted. (advice taken;" in advised[0]
    assert f"the answer would begin: “{GOOD['opening']}”" in advised[0]
    assert "but not its opening: it isn't in the lead's language" in advised[2]
    assert [line for line in words if line.startswith("Channel nonsense://… isn't an address")]
    assert not [line for line in words if "secret" in line]


def test_a_test_message_goes_to_every_channel_too_and_only_if_asked_for(folder):
    with site() as (good_one, taken), site(500) as (bad, _):
        urls = f"json://{good_one}/x, json://{bad}/secret"
        assert "Owners are told of nothing as long as mail goes to the outbox." in found(
            folder, SHEETFLOW_NOTIFY_URLS=urls
        )
        assert taken == []
        words = found(folder, "me@example.com", SHEETFLOW_NOTIFY_URLS=urls)
    assert [one["title"] for one in taken] == ["A test of sheetflow"]
    assert "Channel json:// failed." in words
    assert "A test message left for 1 of 2 channels." in words


def test_check_names_what_nobody_would_ever_use(folder):
    (folder / "config/templates/first_respons.de.md").write_text("Subject: Hallo\n\nHallo.\n")
    toml = folder / "config/sheetflow.toml"
    more = '[[owners]]\nname = "Lee"\nemail = "lee@example.com"\nservices = ["Bathrom", "bathrooms"]\n'
    toml.write_text(toml.read_text() + more)
    words = found(folder)
    assert "Template first_respons.de.md is no step's." in words
    assert [line.split(",")[0] for line in words if line.startswith("Lee takes")] == ["Lee takes “Bathrom”"]


def test_check_says_that_a_model_is_away(folder):
    words = found(folder, SHEETFLOW_AI_URL="http://127.0.0.1:1/v1", SHEETFLOW_AI_MODEL="m")
    assert [line for line in words if line.startswith("The language model gives no advice: it failed")]


def test_explain_says_what_a_body_would_get(folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "a.json").write_text(
        '{"email": "a@example.org", "message": "A new bathroom please, it is urgent"}'
    )
    answer = CliRunner().invoke(cli, ["explain", "--json", "a.json"], catch_exceptions=False)
    [told] = json.loads(answer.output)[0]["leads"]
    assert (told["Priority"], told["Owner"], told["Template"]) == ("Hot", "Kim", "first_response")
    assert (
        told["because"]["Priority"] == "urgent: “urgent*” (+40); wants Bathroom: “Bathroom”, “bathroom” (+20)"
    )


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"SHEETFLOW_AI_MODEL": "m"}, "SHEETFLOW_AI_URL is missing"),
        ({"SHEETFLOW_AI_URL": "https://ai.example.com/v1"}, "SHEETFLOW_AI_MODEL is missing"),
        ({"SHEETFLOW_AI_URL": "http://ai.example.com", "SHEETFLOW_AI_MODEL": "m"}, "SHEETFLOW_AI_URL="),
        ({"SHEETFLOW_NOTIFY_URLS": "my topic"}, "SHEETFLOW_NOTIFY_URLS is set, but can't be used"),
    ],
)
def test_half_a_model_and_half_an_address_are_refused(folder, variables, sentence):
    with pytest.raises(Exception, match=sentence):
        read_settings(variables, folder)


def test_the_models_key_is_shown_nowhere():
    assert "secret" not in repr(Adviser("https://ai.example.com", "secret", "m"))
