import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sheetflow.errors import TemplateError
from sheetflow.mail.templates import SUBJECT_LIMIT, Rendered, Templates

SHIPPED = Path(__file__).parents[2] / "config" / "templates"
STEPS = ("first_response", "follow_up", "check_in", "re_engage")
BUSINESS = {
    "name": "Miller & Sons",
    "email": "hello@example.org",
    "postal_address": "1 High Street\nExampletown",
}
SPARSE = {
    "email": "ada@example.com",
    "step": "first_response",
    "business": BUSINESS,
    "sender": {"name": ""},
    "owner": {"name": "", "email": ""},
}
FULL = {
    **SPARSE,
    "name": "Ada Lovelace",
    "first_name": "Ada",
    "phone": "+1 555 0100",
    "service": "a new boiler",
    "urgency": "this week",
    "location": "Exampletown",
    "message": "It drips.\nCan you come?",
    "source": "website",
    "sender": {"name": "Tom Miller"},
    "owner": {"name": "Jo", "email": "jo@example.org"},
}
ENDLESS = "{% for i in range(99999) %}{% for j in range(99999) %}{% for k in range(99999) %}"
END = "{% endfor %}" * 3
HOSTILE = [
    "[click](http://evil.example)",
    "![x](http://evil.example/x.png)",
    "<img src=x onerror=alert(1)>",
    "<http://evil.example>",
    "**bold** _em_ `code`",
    "# Heading",
    "- list",
    "> quote",
    "1. one",
    "---",
    "[x]: http://evil.example",
    "&lt;b&gt; &amp; &#x41;",
    "{{ owner.email }} {% raw %}",
    "\\*not\\*",
    '" onmouseover="x',
    "</p><script>alert(1)</script>",
    "zq0x0z",
    "مرحبا <b>",
    "```",
    "a | b",
]


@pytest.fixture
def write(tmp_path):
    def write(body: str, subject: str = "Subject: Hello") -> Templates:
        (tmp_path / "x.md").write_text(f"{subject}\n\n{body}", encoding="utf-8")
        return Templates(tmp_path, longest=0.3)

    return write


def complaint(templates: Templates, values: dict[str, object] = SPARSE, name: str = "x") -> str:
    with pytest.raises(TemplateError) as caught:
        templates.render(name, values)
    return str(caught.value)


def outline(html: str) -> tuple[list[tuple[str, str]], str]:
    """The tags with their attributes, and the text a reader sees."""
    tags: list[tuple[str, str]] = []
    texts: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append((tag, str(attrs or "")))

        def handle_data(self, data: str) -> None:
            texts.append(data)

    Reader().feed(html)
    return tags, "".join(texts)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("values", [FULL, SPARSE], ids=["full", "sparse"])
def test_a_shipped_template_reads_well_with_all_or_next_to_nothing_known(step, values):
    mail = Templates(SHIPPED).render(step, values)
    assert mail.subject == mail.subject.strip()
    assert mail.text.startswith("Hi Ada,\n" if values is FULL else "Hi there,\n")
    assert not re.search(r"  |None|\{|\}| [,.?!]|\n\n\n", mail.text)
    assert mail.text.rstrip().endswith("Miller & Sons")
    assert len(mail.text.split()) < 120
    assert max(map(len, mail.text.split("\n"))) <= 76
    assert outline(mail.html)[1].split() == mail.text.split()


def test_the_shipped_templates_have_no_problems():
    assert Templates(SHIPPED).problems(STEPS, FULL, SPARSE) == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_leads_words_arrive_as_words_in_every_part(write, hostile):
    body = "Hi {{ name }}\n\n{{ name }}\n\n- {{ name }}\n\n> {{ name }}\n\n**{{ name }}** [see](https://example.org/)"
    templates = write(body, "Subject: {{ name }}")
    mail, plain = (templates.render("x", {**SPARSE, "name": name}) for name in (hostile, "plain"))
    assert outline(mail.html)[0] == outline(plain.html)[0]
    assert outline(mail.html)[1] == outline(plain.html)[1].replace("plain", hostile)
    assert mail.text == plain.text.replace("plain", hostile)
    assert mail.subject == hostile


def test_line_breaks_of_a_one_line_value_are_spaces(write):
    mail = write("Hi {{ name }}!", "Subject: For {{ name }}").render("x", {"name": "Ada\r\nBcc: eve\n\n# x"})
    assert mail == Rendered("For Ada Bcc: eve # x", "Hi Ada Bcc: eve # x!", "<p>Hi Ada Bcc: eve # x!</p>\n")


def test_a_message_keeps_its_lines(write):
    mail = write("You wrote:\n\n> {{ message }}").render("x", {"message": "one\r\n# two\n\n<b>"})
    assert mail.text == "You wrote:\n\n> one\n> # two\n>\n> <b>"
    assert "<p>one<br>\n# two<br>\n<br>\n&lt;b&gt;</p>" in mail.html


def test_controls_and_direction_marks_are_dropped_and_letters_of_all_scripts_kept(write):
    mail = write("Hi {{ name }}").render("x", {"name": "שלום \x00\u202e\ud800 Zoë 👩‍👧"})
    assert mail.text == "Hi שלום Zoë 👩‍👧"


def test_long_values_and_subjects_are_trimmed_visibly(write):
    mail = write("{{ name }}\n\n{{ message }}", "Subject: {{ name }} {{ name }}").render(
        "x", {"name": "n" * 10_000, "message": "m " * 500_000}
    )
    name, _, message = mail.text.partition("\n\n")
    assert (len(name), name[-1], message[-1]) == (200, "…", "…")
    assert len(message) < 4001
    assert (len(mail.subject), mail.subject[-1]) == (SUBJECT_LIMIT, "…")


def test_the_same_markdown_makes_html_and_plain_text(write):
    body = (
        "# Plan\n\nSee **our** *short* [guide](https://example.org/guide) or <https://example.org/x>,\n"
        "call [555](tel:555), write `code`.\n\n1. one\n2. two\n   more\n\n- a\n\n---\n\n> said\n"
        "\n    kept  as is\n"
    )
    mail = write(body).render("x", SPARSE)
    assert mail.text == (
        "Plan\n\nSee our short guide (https://example.org/guide) or https://example.org/x,\n"
        "call 555, write code.\n\n1. one\n2. two\n   more\n\n- a\n\n* * *\n\n> said\n\n    kept  as is"
    )
    assert '<a href="https://example.org/guide">guide</a>' in mail.html


def test_html_in_a_template_is_shown_not_obeyed(write):
    assert outline(write("<b>hi</b>").render("x", SPARSE).html) == ([("p", "")], "<b>hi</b>\n")


def test_lines_are_wrapped_but_neither_links_nor_values_are_broken(write):
    name = "Ada of " + "Long Name " * 12 + "End"
    link = "https://example.org/" + "x" * 100
    text = (
        write("word " * 30 + f"{{{{ name }}}} [here]({link}) " + "word " * 30)
        .render("x", {"name": name})
        .text
    )
    assert name in text
    assert f"({link})" in text
    assert all(len(line) <= 76 for line in text.split("\n") if link not in line and "Long" not in line)


def test_a_value_may_fill_a_link_but_not_choose_where_it_leads(write):
    mail = write("[book](https://example.org/?n={{ name }})").render("x", {"name": '" onclick="x&y=1 //'})
    assert '<a href="https://example.org/?n=%22%20onclick%3D%22x%26y%3D1%20%2F%2F">book</a>' in mail.html
    mail = write("[{{ owner.email }}](mailto:{{ owner.email }})").render("x", FULL)
    assert (mail.text, '"mailto:jo@example.org"' in mail.html) == ("jo@example.org", True)
    for link in ("{{ message }}", "https://{{ name }}/x", "//{{ name }}"):
        assert "can't be the beginning of a link" in complaint(write(f"[x]({link})"), FULL)


@pytest.mark.parametrize(
    ("body", "variable"),
    [
        ("\n\nWe got {{ service }}.", "service"),
        ("\n\n{{ owner.name }}", "owner.name"),
        ("\n\n{% if email %}{{ phone }}{% endif %}", "phone"),
        ("\n\n{{ service|title }}", "{{ service|title }}"),
        ("\n\n{{ service.upper() }}", "{{ service.upper() }}"),
        ("\n\n{{ service ~ phone }}", "{{ service ~ phone }}"),
    ],
)
def test_a_blank_is_never_sent_and_the_remedy_is_named(write, body, variable):
    said = complaint(write(body))
    assert said.startswith(f"x.md, line 5: {variable} is empty here")
    assert "{{ service or" in said or f"{{{{ {variable} or" in said


@pytest.mark.parametrize("seen", ["{first_name}", "{ First name }", "[first name]", "%first_name%"])
def test_a_variable_in_the_brackets_of_another_program_is_never_sent(write, seen):
    assert complaint(write(f"Hi {seen}")) == (
        f"x.md, line 3: {seen} would be sent as it stands; write {{{{ first_name }}}}"
    )


@pytest.mark.parametrize(
    "body",
    ["[email](mailto:kim@example.com)", "{% if [name] %}50 % {{ [name] | join }}{% endif %}", "{now} [x]"],
)
def test_links_and_what_jinja_takes_are_no_such_variables(write, body):
    assert write(body).render("x", FULL).text


def test_a_blank_in_the_subject_is_found_too(write):
    assert complaint(write("Hi", "Subject: About {{ service }}")).startswith("x.md, line 1: service is empty")


@pytest.mark.parametrize(
    "body",
    [
        '{{ service or "your enquiry" }}',
        '{{ service|default("your enquiry") }}',
        "{% if service %}{{ service }}{% else %}your enquiry{% endif %}",
        "{{ 'your enquiry' if not service else service }}",
        "{% set topic = service or 'your enquiry' %}{{ topic }}",
    ],
)
def test_a_template_can_say_what_stands_instead_of_a_blank(write, body):
    assert write(body).render("x", SPARSE).text == "your enquiry"
    assert write(body).render("x", FULL).text in ("a new boiler", "your enquiry")


def test_whitespace_is_a_blank(write):
    assert "name is empty" in complaint(write("{{ name }}"), {"name": " \t\r\n\u202e"})


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("\n{{ servcie }}", "line 4: unknown variable servcie; did you mean service?"),
        ("\n{% if false %}{{ servcie }}{% endif %}", "line 4: unknown variable servcie"),
        ("\n{{ servcie or 'x' }}", "line 4: unknown variable servcie"),
        ("\n{{ owner.nmae }}", "line 4: unknown variable owner.nmae; did you mean owner.name?"),
        ("\n{{ owner['nmae'] }}", "line 4:"),
        ("\n{{ service", "line 4:"),
        ("\n{% if service %}", "line 4:"),
        ("\n{% endif %}", "line 4:"),
        ("\n{{ name|upcase }}", "line 4: No filter named 'upcase'"),
        ("\n{{ business }}", "line 4: prints a dict"),
        ("\n{{ none }}", "line 4: prints a NoneType"),
        ("\n{{ email + 1 }}", "line 4:"),
        ("\n{{ 1 / 0 }}", "line 4: division by zero"),
        ("\n{% include 'y' %}", "line 4: no loader"),
        ("\n{% macro m(a) %}{{ b }}{% endmacro %}", "line 4: unknown variable b"),
    ],
)
def test_a_mistake_names_file_line_and_variable(write, body, said):
    assert complaint(write(body)).startswith(f"x.md, {said}")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("{% macro hi(who) %}Hi {{ who }}{% endmacro %}{{ hi(name) }}", "Hi Ada Lovelace"),
        ("{% set x %}Dear {{ name }}{% endset %}{{ x }}", "Dear Ada Lovelace"),
        (
            "{% for a in 'xy' %}{% for b in 'z' %}{% for c in 'uv' %}{{ a ~ c }}{% endfor %}{% endfor %}"
            "{% endfor %}",
            "xuxvyuyv",
        ),
        ("{{ name|reverse|upper }}", "ECALEVOL ADA"),
        ("{% with first = name.split()[0] %}{{ first }}{% endwith %}", "Ada"),
        ("{{ name|wordcount }} {{ name|truncate(5) }}", "2 Ad..."),
    ],
)
def test_all_of_jinja_is_there(write, body, text):
    assert write(body).render("x", FULL).text == text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_a_macro_or_a_block_prints_of_a_lead_are_words_too(write, hostile):
    body = (
        "{% macro m(who) %}Hi {{ who }}{% endmacro %}{% set x %}{{ name }}{% endset %}{{ m(name) }} {{ x }}"
    )
    mail = write(body).render("x", {**SPARSE, "name": hostile})
    assert mail.text == f"Hi {hostile} {hostile}"
    assert outline(mail.html) == ([("p", "")], f"Hi {hostile} {hostile}\n")


def test_a_block_whose_values_a_filter_changes_is_never_sent(write):
    for body in (
        "{% filter upper %}{{ name }}{% endfilter %}",
        "{% set x %}{{ name }}{% endset %}{{ x[:9] }}",
    ):
        assert "a filter can't change" in complaint(write(body), FULL)


def test_a_long_template_is_sent_whole(write):
    words = "word " * 60_000
    assert write(words).render("x", SPARSE).text.split() == words.split()


@pytest.mark.parametrize(
    "body",
    [
        "{{ name.__class__ }}",
        "{{ name['__class__'] }}",
        "{{ business.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ range.__globals__ }}",
        "{{ '{0.__class__}'.format(name) }}",
        "{{ name|attr('__class__') }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ lipsum(n=10**9) }}",
        "{{ business.update({'name': 'x'}) }}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% for i in range(1000000000) %}x{% endfor %}",
        f"{ENDLESS}xxxxx{END}",
        f"{ENDLESS}{{{{ message }}}}{END}",
        f"{ENDLESS}{END}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ 9 ** 9 ** 9 ** 9 }}",
        "{{ name * 1000000000 }}",
        "{{ [1] * 1000000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ name.ljust(1000000000) }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ name|center(1000000000) }}",
    ],
)
def test_a_template_reaches_no_internals_and_cant_run_away(write, body):
    assert complaint(write(body), FULL).startswith("x.md")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Hello\n\nHi", "x.md, line 1: must be `Subject: "),
        (b"", "x.md, line 1: must be `Subject: "),
        (b"Subject: Hello\nHi", "x.md, line 2: must be empty"),
        (b"Subject:\n\nHi", "x.md: the Subject is empty"),
        (b"Subject: Hello\n\n \n", "x.md: the text is empty"),
        (b"Subject: Hello", "x.md: the text is empty"),
        (b"Subject: Hello\n\nHi\nZo\xeb", "x.md, line 4: not UTF-8"),
    ],
)
def test_a_file_that_is_no_template_says_why(tmp_path, content, said):
    (tmp_path / "x.md").write_bytes(content)
    assert complaint(Templates(tmp_path)).startswith(said)


def test_a_file_as_other_editors_write_it_is_read(tmp_path):
    (tmp_path / "x.md").write_bytes(b"\xef\xbb\xbfsubject:  Hello \r\n\r\nHi\r\nyou\r\n")
    assert Templates(tmp_path).render("x", SPARSE) == Rendered("Hello", "Hi\nyou", "<p>Hi<br />\nyou</p>\n")


@pytest.mark.parametrize("name", ["missing", "../x", "x/../x", "", ".", "a\nb"])
def test_a_missing_template_is_named_with_those_that_exist(write, name):
    said = complaint(write("Hi"), name=name)
    assert said.startswith("no template ")
    assert said.endswith("there are: x")
    assert "\n" not in said


def test_problems_name_each_mistake_once_and_for_whom(write, tmp_path):
    templates = write("{{ service }}")
    (tmp_path / "typo.md").write_text("Subject: x\n\n{{ servcie }}")
    (tmp_path / "fine.md").write_text("Subject: x\n\n{{ email }}")
    blank, typo, missing = templates.problems(["x", "typo", "fine", "gone"], FULL, SPARSE)
    assert blank.startswith("x.md, line 3: service is empty")
    assert blank.endswith("(for a lead of whom only the e-mail is known)")
    assert typo.startswith("typo.md, line 3: unknown variable servcie")
    assert "gone.md" in missing


def test_an_edited_template_counts_from_the_next_message(write):
    assert write("old").render("x", SPARSE).text == "old"
    assert write("new").render("x", SPARSE).text == "new"
