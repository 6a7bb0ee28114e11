"""What sheetflow.toml may say, and the sentence for everything it may not."""

from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sheetflow.business import Holidays, read_workflow
from sheetflow.errors import ConfigError
from sheetflow.tomlfile import FORM
from sheetflow.workflow.answers import LANGUAGES
from sheetflow.workflow.qualify import Rules
from sheetflow.workflow.sequence import Business, Owner, Sending, Shift, Step, Window, Workflow

SHIPPED = Path(__file__).parent.parent / "config"

BUSINESS = """
[business]
name = "Harbour Coaching"
email = "kim@example.com"
postal_address = "1 Quay Street, Springfield"
time_zone = "Europe/London"
"""
STEPS = """
[[steps]]
name = "first_response"
day = 1
[[steps]]
name = "follow_up"
day = 3
"""


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A configuration folder with templates, below the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config/templates").mkdir(parents=True)
    write_templates(Path("config"), "first_response", "follow_up")
    return Path("config")


def write_templates(folder: Path, *names: str) -> None:
    for name in names:
        (folder / f"templates/{name}.md").write_text("Subject: Hello\n\nHello.\n")


def read(folder: Path, toml: str) -> Workflow:
    (folder / "sheetflow.toml").write_text(toml, encoding="utf-8")
    return read_workflow(folder)


def problems(folder: Path, toml: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        read(folder, toml)
    return caught.value.problems


def test_a_short_file_is_enough(folder):
    assert read(folder, BUSINESS + STEPS) == Workflow(
        business=Business(
            name="Harbour Coaching",
            sender_name="Harbour Coaching",
            email="kim@example.com",
            postal_address="1 Quay Street, Springfield",
            zone=ZoneInfo("Europe/London"),
        ),
        window=Window(frozenset(range(5)), time(9), time(17)),
        steps=(Step("first_response", 1, "first_response", anytime=True), Step("follow_up", 3, "follow_up")),
        sending=Sending(400, 1.5, timedelta(days=7), False),
        templates=frozenset({"first_response", "follow_up"}),
    )


def test_everything_can_be_said(folder):
    toml = """
        [business]
        name = "Hafen-Coaching 🌱"
        sender_name = "Zoë vom Hafen"
        email = "zoe@example.org"
        "Postal address" = \"\"\"
Kai 1
Hamburg\"\"\"
        time-zone = "Europe/Berlin"
        country = "de"

        [sending]
        days = ["Mon", "tuesday", "sat"]
        hours = "8:30 – 24:00"
        daily_limit = 1500
        seconds_between_messages = 0
        late_after_days = 3
        sla_minutes = 30
        resend_unknown = true

        [[steps]]
        name = "hello"
        day = 1
        template = "first_response"
        anytime = false

        [[steps]]
        name = "again"
        day = 9
        template = "follow_up"
        anytime = true

        [[owners]]
        name = "Kim"
        email = "kim@example.com"
        services = ["coaching", "workshop"]
        locations = "Hamburg"
        sources = ["Instagram"]
        languages = ["de", "EN"]
        hours = ["fri-mon 9:00-12:30", "13:00 – 24:00"]
        away = ["2026-12-24", "2026-12-27 to 2027-01-06", 2027-02-01]
        notify = ["ntfy://topic"]

        [[owners]]
        name = "Zoë"
        email = "zoe@example.com"
        away = true

        [qualify]
        budget = ["quote", "Angebot"]
        reassign = true

        [qualify.services]
        "Life coaching" = ["coach*"]

        [qualify.urgency]
        now = "asap"

        [fields]
        service = ["Was können wir tun?"]
        email = "Ihre Adresse"
        "email address" = ["Adresse"]

        [statuses]
        Won = ["Signed", "  Neuer   Kunde "]
        "In conversation" = "Im Gespräch"

        [columns]
        Phone = ["Telefon"]
    """
    assert read(folder, toml) == Workflow(
        business=Business(
            name="Hafen-Coaching 🌱",
            sender_name="Zoë vom Hafen",
            email="zoe@example.org",
            postal_address="Kai 1\nHamburg",
            zone=ZoneInfo("Europe/Berlin"),
            country="DE",
        ),
        window=Window(frozenset({0, 1, 5}), time(8, 30), time.max, Holidays("DE")),
        steps=(Step("hello", 1, "first_response"), Step("again", 9, "follow_up", anytime=True)),
        sending=Sending(1500, 0.0, timedelta(days=3), True, timedelta(minutes=30)),
        owners=(
            Owner(
                "Kim",
                "kim@example.com",
                ("coaching", "workshop"),
                ("Hamburg",),
                ("Instagram",),
                ("de", "en"),
                (Shift(time(9), time(12, 30), frozenset({4, 5, 6, 0})), Shift(time(13), time.max)),
                (
                    (date(2026, 12, 24), date(2026, 12, 24)),
                    (date(2026, 12, 27), date(2027, 1, 6)),
                    (date(2027, 2, 1), date(2027, 2, 1)),
                ),
                ("ntfy://topic",),
            ),
            Owner("Zoë", "zoe@example.com", away=True),
        ),
        fields={"service": ("Was können wir tun?",), "email": ("Ihre Adresse", "Adresse")},
        statuses={"signed": "Won", "neuer kunde": "Won", "im gespräch": "In conversation"},
        columns={"telefon": "Phone"},
        rules=Rules(
            services={"Life coaching": ("coach*",)},
            urgency={"now": ("asap",)},
            budget=("quote", "Angebot"),
            reassign=True,
        ),
        templates=frozenset({"first_response", "follow_up"}),
    )


def test_the_configuration_that_is_shipped_can_be_read_and_says_what_goes_without_saying():
    workflow = read_workflow(SHIPPED)
    assert [(step.name, step.day, step.anytime) for step in workflow.steps] == [
        ("first_response", 1, True),
        ("follow_up", 3, False),
        ("check_in", 5, False),
        ("re_engage", 7, False),
    ]
    assert workflow.sending == Sending()
    assert (workflow.window.opens, workflow.window.closes) == (time(9), time(17))
    assert workflow.window.days == frozenset(range(5))
    assert (workflow.owners, workflow.fields, workflow.statuses) == ((), {}, {})


@pytest.mark.parametrize(
    ("day", "country", "is_free"),
    [
        (date(2026, 12, 25), "US", True),
        (date(2026, 7, 3), "US", True),  # the 4th is a Saturday
        (date(2026, 12, 24), "US", False),
        (date(2031, 10, 3), "DE", True),
        (date(2031, 10, 3), "GB", False),
    ],
)
def test_public_holidays_of_the_country_close_the_window(folder, day, country, is_free):
    toml = BUSINESS + f'country = "{country}"\n' + STEPS
    assert (day in read(folder, toml).window.holidays) is is_free


EASTER_MONDAY, THANKSGIVING, ALL_SAINTS = date(2027, 3, 29), date(2027, 10, 11), date(2027, 11, 1)


@pytest.mark.parametrize(
    ("day", "country", "region", "is_free"),
    [
        (EASTER_MONDAY, "GB", "ENG", True),
        (EASTER_MONDAY, "GB", "Scotland", False),
        (EASTER_MONDAY, "GB", "", True),  # in three of four
        (THANKSGIVING, "CA", "ON", True),
        (THANKSGIVING, "CA", "ca-ns", False),
        (THANKSGIVING, "CA", "", True),
        (ALL_SAINTS, "DE", "Bayern", True),
        (ALL_SAINTS, "DE", "BE", False),
        (ALL_SAINTS, "DE", "", False),
    ],
)
def test_a_region_has_its_own_holidays_and_without_one_most_regions_decide(
    folder, day, country, region, is_free
):
    toml = BUSINESS + f'country = "{country}"\nregion = "{region}"\n' + STEPS
    assert (day in read(folder, toml).window.holidays) is is_free


@pytest.mark.parametrize(
    ("country", "region", "sentence"),
    [
        (
            "GB",
            "Essex",
            "use one of ENG (England), NIR (Northern Ireland), SCT (Scotland), WLS (Wales)",
        ),
        ("SG", "East", "SG has none: leave it out"),
    ],
)
def test_a_region_that_isnt_one_is_answered_with_those_there_are(folder, country, region, sentence):
    toml = BUSINESS + f'country = "{country}"\nregion = "{region}"\n' + STEPS
    assert problems(folder, toml) == (f'{FILE} [business] region = "{region}": {sentence}',)


def test_utc_is_a_zone_too(folder):
    assert str(read(folder, BUSINESS.replace("Europe/London", "UTC") + STEPS).business.zone) == "UTC"


@pytest.mark.parametrize(
    ("files", "templates"),
    [
        ((), []),
        (("nurture-1", "nurture-3"), ["nurture-1", "nurture-3"]),
        (("nurture",), ["nurture"] * 12),
        (("nurture", "nurture-2", "nurture-13"), ["nurture", "nurture-2", *["nurture"] * 10]),
    ],
)
def test_monthly_messages_exist_where_their_templates_do(folder, files, templates):
    write_templates(folder, *files)
    nurture = read(folder, BUSINESS + STEPS).nurture
    assert [step.template for step in nurture] == templates
    assert all(step.name.startswith("nurture-") for step in nurture)
    assert len({step.name for step in nurture}) == len(nurture)


def test_a_file_from_windows_is_read(folder):
    (folder / "sheetflow.toml").write_bytes((BUSINESS + STEPS).replace("\n", "\r\n").encode("utf-8-sig"))
    assert read_workflow(folder).business.zone == ZoneInfo("Europe/London")


def test_the_late_limit_can_be_spelled_out(folder):
    toml = BUSINESS + "[sending]\ndays_after_which_a_late_step_is_held = 10" + STEPS
    assert read(folder, toml).sending.late_after == timedelta(days=10)


CONFIG = "SHEETFLOW_CONFIG"
FILE = "config/sheetflow.toml"
HOURS = 'use "HH:MM-HH:MM", like "09:00-17:00"'
EXAMPLE = 'write email = "you@example.com"'
ZONE = 'use a place of your zone, like "Europe/Berlin" or "America/New_York"'
COUNTRY = 'use the two letters of ISO 3166, like "US", "GB" or "DE"; leave it empty for no holidays'
KEYS = "use one of name, sender_name, email, postal_address, time_zone, country, language, region"
FIELDS = "use one of name, service, message, email, phone, location, urgency, source"
A_SECTION = "write it as a section of its own, [qualify.services]"
A_LETTER = "each word needs a letter or a digit"
KIM = '[[owners]]\nname = "Kim"\nemail = "k@example.com"\n'
TWO_LETTERS = f'use two letters, like "en" or "de"; there are {", ".join(LANGUAGES)}'
SHIFTS = (
    'use "HH:MM-HH:MM", with days before it if you like: "mon-thu 09:00-12:30"; '
    'a night is two: "mon 22:00-24:00", "tue 00:00-06:00"'
)
AWAY = 'use true, or days like "2026-12-24" and "2026-12-27 to 2027-01-06"'
TEXTS = 'use a list of texts, like ["…", "…"]'
TEMPLATE = "doesn't exist; write it, or name one of first_response, follow_up"
DAYS = 'use at least one of mon, tue, wed, thu, fri, sat, sun, like ["mon", "tue"]'
LINE = 'use one line of text in quotes, like "…"'


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('name = ""', 'name is missing: the name your leads know, like name = "Harbour Coaching"'),
        ("name = 7", f"name = 7: {LINE}"),
        ('name = "A\\nBcc: x@example.com"', f'name = "A\\nBcc: x@example.com": {LINE}'),
        ("email = ''", f"email is missing: sheetflow writes to it when something needs you; {EXAMPLE}"),
        (
            'email = "kim at example.com"',
            'email = "kim at example.com": use an address like '
            '"you@example.com" (An email address must have an @-sign)',
        ),
        (
            "postal_address = ''",
            "postal_address is missing: the law wants one in every message; one line or several",
        ),
        ("postal_address = ['a']", 'postal_address = ["a"]: use a text in quotes, like "…"'),
        (
            "time_zone = ''",
            'time_zone is missing: the zone your clock shows, like time_zone = "Europe/Berlin"',
        ),
        ('time_zone = "europe/london"', 'time_zone = "europe/london": did you mean "Europe/London"?'),
        ('time_zone = "CEST"', f'time_zone = "CEST": {ZONE}'),
        ('time_zone = "../../etc/passwd"', f'time_zone = "../../etc/passwd": {ZONE}'),
        ('time_zone = "Europe"', f'time_zone = "Europe": {ZONE}'),
        ('time_zone = "EST"', f'time_zone = "EST": {ZONE}'),
        ('time_zone = "GMT"', f'time_zone = "GMT": {ZONE}'),
        ('time_zone = "Etc/GMT-5"', f'time_zone = "Etc/GMT-5": {ZONE}'),
        ('region = "ENG"', 'region = "ENG": say which country\'s, like country = "GB"'),
        ('country = "Germany"', f'country = "Germany": {COUNTRY}'),
        ('country = "uk"', 'country = "uk": did you mean "GB"?'),
        ('sender = "Kim"', 'sender: not a key sheetflow knows; did you mean "sender_name"?'),
        ("x = 1", f"x: not a key sheetflow knows; {KEYS}"),
    ],
)
def test_a_problem_in_business_is_named(folder, line, sentence):
    key = line.partition(" ")[0]
    others = [other for other in BUSINESS.splitlines() if other.partition(" ")[0] != key]
    [found] = problems(folder, "\n".join([*others, line]) + STEPS)
    assert found == f"{FILE} [business] {sentence}"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('hours = "9-5pm"', f'hours = "9-5pm": {HOURS}'),
        ('hours = "09:00-25:00"', f'hours = "09:00-25:00": {HOURS}'),
        ("hours = 9", f"hours = 9: {LINE}"),
        (
            'hours = "17:00-09:00"',
            'hours = "17:00-09:00": the first time must come before the second, like "09:00-17:00"',
        ),
        ("days = []", f"days = []: {DAYS}"),
        ('days = ["mon", "tu"]', f'days = ["mon", "tu"]: {DAYS}'),
        ("days = [1, 2]", f"days = [1, 2]: {TEXTS}"),
        ("daily_limit = 0", "daily_limit = 0: use a whole number from 1 to 100000"),
        ("daily_limit = 1.5", "daily_limit = 1.5: use a whole number from 1 to 100000"),
        ("daily_limit = true", "daily_limit = true: use a whole number from 1 to 100000"),
        ("seconds_between_messages = -1", "seconds_between_messages = -1: use a number from 0 to 3600"),
        ("seconds_between_messages = nan", "seconds_between_messages = NaN: use a number from 0 to 3600"),
        ("late_after_days = 0", "late_after_days = 0: use a whole number from 1 to 365"),
        ('resend_unknown = "no"', 'resend_unknown = "no": use true or false, without quotes'),
        ("hour = '9'", 'hour: not a key sheetflow knows; did you mean "hours"?'),
    ],
)
def test_a_problem_in_sending_is_named(folder, line, sentence):
    assert problems(folder, f"{BUSINESS}[sending]\n{line}{STEPS}") == (f"{FILE} [sending] {sentence}",)


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("day = 1", "", 'number 1 name is missing: write a name, like name = "first_response"'),
        (
            'name = "First response"\nday = 1\ntemplate = "follow_up"',
            "",
            'number 1 name = "First response": use up to 30 of a-z, 0-9, _ and -',
        ),
        (
            'name = "nurture-1"\nday = 1\ntemplate = "follow_up"',
            "",
            'number 1 name = "nurture-1": nurture-… are the monthly messages after the last step; '
            "use another name",
        ),
        (
            'name = "follow_up"\nday = 1',
            'name = "follow_up"\nday = 2',
            'number 2 name = "follow_up": another step has this name; use each name once',
        ),
        ('name = "follow_up"', "", "number 1 day is missing: write day = 1; day 1 is the day of the enquiry"),
        ('name = "follow_up"\nday = 2', "", "number 1 day = 2: the first step answers the enquiry, so use 1"),
        ('name = "follow_up"\nday = 0', "", "number 1 day = 0: use a whole number from 1 to 3650"),
        (
            'name = "first_response"\nday = 1',
            'name = "follow_up"\nday = 1',
            "number 2 day = 1: days go up from step to step, so use 2 or more",
        ),
        (
            'name = "first_response"\nday = 1',
            'name = "follow_up"\nday = "3"',
            'number 2 day = "3": use a whole number from 1 to 3650',
        ),
        (
            'name = "follow_up"\nday = 1\ntemplate = "../secret"',
            "",
            'number 1 template = "../secret": use the file\'s name without folder and .md, like "follow_up"',
        ),
        (
            'name = "follow_up"\nday = 1\ntemplate = "thanks"',
            "",
            f'number 1 template = "thanks": config/templates/thanks.md {TEMPLATE}',
        ),
        (
            'name = "welcome"\nday = 1',
            "",
            f'number 1 name = "welcome": config/templates/welcome.md {TEMPLATE}',
        ),
        (
            'name = "follow_up"\nday = 1\nanytime = "yes"',
            "",
            'number 1 anytime = "yes": use true or false, without quotes',
        ),
        (
            'name = "follow_up"\ndays = 1\nday = 1',
            "",
            'number 1 days: not a key sheetflow knows; did you mean "day"?',
        ),
    ],
)
def test_a_problem_in_a_step_is_named(folder, first, second, sentence):
    toml = "\n".join([BUSINESS, "[[steps]]", first, *(["[[steps]]", second] if second else [])])
    assert problems(folder, toml) == (f"{FILE} [[steps]] {sentence}",)


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (
            '[qualify]\nbudgets = ["quote"]',
            '[qualify] budgets: not a key sheetflow knows; did you mean "budget"?',
        ),
        (
            '[qualify.urgency]\nsooner = ["today"]',
            '[qualify.urgency] sooner: not a key sheetflow knows; did you mean "soon"?',
        ),
        ("[qualify]\nservices = ['leak']", f'[qualify] services = ["leak"]: {A_SECTION}'),
        (
            '[qualify.services]\n"Leak" = ["leak*", "**"]',
            f'[qualify.services] Leak = ["leak*", "**"]: {A_LETTER}',
        ),
        (
            '[qualify.services]\n"Leaks" = ["Pipe"]\n"Drains" = ["pipe"]',
            '[qualify] services = {"Leaks": ["Pipe"], "Drains": ["pipe"]}: '
            '"Pipe" stands for Leaks and for Drains; leave it in one',
        ),
        (
            '[qualify]\noutside = ["Boston"]\n[qualify.locations]\n"Here" = ["boston"]',
            '[qualify] locations = {"Here": ["boston"]}: '
            '"boston" stands for Here and for outside; leave it in one',
        ),
        (
            '[qualify.services]\n"Baths" = ["tub"]\n"BATHS" = ["basin"]',
            "[qualify.services] Baths and BATHS are one key; keep one, or call them differently",
        ),
        (
            '[qualify.services]\n"Baths" = ["tub"]\n"Basins" = ["baths"]',
            '[qualify] services = {"Baths": ["tub"], "Basins": ["baths"]}: '
            '"Baths" stands for Baths and for Basins; leave it in one',
        ),
        (
            '[qualify]\nunwanted = ["leak*"]\n[qualify.services]\n"Leaks" = ["leak*"]',
            '[qualify] services = {"Leaks": ["leak*"]}: '
            '"leak*" stands for Leaks and for unwanted; leave it in one',
        ),
        (f'{KIM}hours = "22:00-06:00"', f'[[owners]] number 1 hours = "22:00-06:00": {SHIFTS}'),
        (f'{KIM}languages = ["english"]', f'[[owners]] number 1 languages = ["english"]: {TWO_LETTERS}'),
        (f'{KIM}hours = "9-5"', f'[[owners]] number 1 hours = "9-5": {SHIFTS}'),
        (
            f'{KIM}hours = ["mon-xyz 09:00-17:00"]',
            f'[[owners]] number 1 hours = ["mon-xyz 09:00-17:00"]: {SHIFTS}',
        ),
        (f'{KIM}away = "next week"', f'[[owners]] number 1 away = "next week": {AWAY}'),
        (
            f'{KIM}away = ["2026-12-27 to 2026-12-24"]',
            f'[[owners]] number 1 away = ["2026-12-27 to 2026-12-24"]: {AWAY}',
        ),
        (
            '[[owners]]\nemail = "kim@example.com"',
            '[[owners]] number 1 name is missing: write a name, like name = "Kim"',
        ),
        (
            '[[owners]]\nname = "Kim"',
            f"[[owners]] number 1 email is missing: replies to this owner's leads go there; {EXAMPLE}",
        ),
        (
            '[[owners]]\nname = "Kim"\nemail = "k@example.com"\n'
            '[[owners]]\nname = "KIM"\nemail = "k@example.com"',
            '[[owners]] number 2 name = "KIM": another owner has this name; use each name once',
        ),
        (
            '[[owners]]\nname = "Kim"\nemail = "k@example.com"\nservices = [""]',
            f'[[owners]] number 1 services = [""]: {TEXTS}',
        ),
        ('[[owner]]\nname = "Kim"', '[owner]: not a section sheetflow knows; did you mean "owners"?'),
        ('[owners]\nname = "Kim"', "[[owners]]: write [[owners]] in double brackets before each one"),
        ("[fields]\nmail_address = ['a']", f'[fields] mail_address = ["a"]: not a field of a lead; {FIELDS}'),
        (
            "[fields]\nservices = ['a']",
            '[fields] services = ["a"]: not a field of a lead; did you mean "service"?',
        ),
        ("[fields]\nstatus = ['a']", f'[fields] status = ["a"]: not a field of a lead; {FIELDS}'),
        ("[fields]\nphone = 5", f"[fields] phone = 5: {TEXTS}"),
        ("[form]\ncolour = 'blue'", '[form] colour = "blue": use six digits as in CSS, like "#0b5cad"'),
        ("[form]\ncolour = '#0b5'", '[form] colour = "#0b5": use six digits as in CSS, like "#0b5cad"'),
        ("[form]\ncolor = '#0b5cad'", '[form] color: not a key sheetflow knows; did you mean "colour"?'),
        (
            "[sources.shop]\nmail_address = 'a'",
            f'[sources.shop] mail_address = "a": not a field of a lead; {FIELDS}',
        ),
        (
            "[sources.shop]\nemail = 'a..b'",
            '[sources.shop] email = "a..b": use keys with dots between them, like "data.buyer.mail"',
        ),
        (
            "[sources.shop]\nemail = ''",
            '[sources.shop] email is missing: write where the field stands, like "data.buyer.mail"',
        ),
        ("[statuses]\nWin = ['a']", '[statuses] Win = ["a"]: not a status; did you mean "Won"?'),
        ("[statuses]\nWon = ['Lost']", '[statuses] Won = ["Lost"]: "Lost" already means Lost'),
        ("[columns]\nPhon = ['a']", '[columns] Phon = ["a"]: not a column of Leads; did you mean "Phone"?'),
        ("[columns]\nPhone = ['Mail']", '[columns] Phone = ["Mail"]: "Mail" already means Email'),
        (
            "[statuses]\nWon = ['Done']\nLost = ['done']",
            '[statuses] Lost = ["done"]: "done" already means Won',
        ),
        ("[bussiness]\nname = 'a'", '[bussiness]: not a section sheetflow knows; did you mean "business"?'),
    ],
)
def test_a_problem_in_another_section_is_named(folder, toml, sentence):
    assert problems(folder, f"{BUSINESS}{STEPS}{toml}") == (f"{FILE} {sentence}",)


def test_a_file_without_steps_is_told_how_to_write_one(folder):
    example = 'add one with name = "first_response" and day = 1'
    assert problems(folder, BUSINESS) == (f"{FILE} [[steps]] is missing: {example}",)


def test_a_section_that_is_a_value_is_named(folder):
    found = problems(folder, "business = 3\n" + STEPS)
    assert found[0] == f"{FILE} [business]: write [business] on a line of its own, its keys below it"


def test_all_problems_are_told_at_once(folder):
    toml = '[business]\n[sending]\nhours = "x"\n[[steps]]\nday = 5\n[[owners]]\n[oops]\n[statuses]\nX = ["y"]'
    assert len(problems(folder, toml)) == 11


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, f"{FILE} doesn't exist: copy it from sheetflow's config folder, or name yours in {CONFIG}"),
        (b"[business]\nname = Kim\n", f"{FILE} isn't TOML: Invalid value (at line 2, column 8); {FORM}"),
        (b"[business]\n\nname = 'Zo\xeb'\n", f"{FILE} line 3 isn't UTF-8 text: save the file as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(folder, content, sentence):
    if content:
        (folder / "sheetflow.toml").write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        read_workflow(folder)
    assert caught.value.problems == (sentence,)


def test_a_folder_in_the_files_place_is_one_sentence(folder):
    (folder / "sheetflow.toml").mkdir()
    with pytest.raises(ConfigError, match="can't be read: Is a directory"):
        read_workflow(folder)


def test_an_unknown_zone_does_not_hide_the_other_problems(folder):
    found = problems(folder, BUSINESS.replace("Europe/London", "Mars") + "country = 'XX'" + STEPS)
    assert [sentence.split()[2] for sentence in found] == ["time_zone", "country"]


def test_a_form_has_a_colour(folder):
    assert read(folder, f'{BUSINESS}{STEPS}\n[form]\ncolour = "#0B5CAD"').form.colour == "#0b5cad"


def test_a_source_is_known_however_its_name_is_written(folder):
    workflow = read(folder, f'{BUSINESS}{STEPS}[sources.my-shop]\nemail = "data.mail"')
    assert workflow.paths("My Shop") == {"email": "data.mail"}
    assert workflow.paths("another") == {}
