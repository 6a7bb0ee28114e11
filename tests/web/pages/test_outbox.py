"""The outbox: what would have been sent, to look at and nothing more."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sheetflow.mail.outbox import OutboxTransport
from sheetflow.web.pages.letters import Outbox
from sheetflow.web.pages.outbox import OutboxPages
from tests.web.pages.site import PASSWORD, open_site
from tests.web.place import Place


def opened(place: Place, folder: Path, password: str = "") -> FlaskClient:
    pages = OutboxPages(Outbox(folder), place.workflow).blueprint()
    return open_site(place, [pages], has_outbox=True, password=password)


def write(place: Place, folder: Path, **fields: str) -> str:
    """A message as a run writes it; the name of its file."""
    place.passes(minutes=1)
    lead_id = place.arrives(**fields)
    mail = place.sends(lead_id)
    file_name = f"{place.now:%Y%m%dT%H%M%SZ}-{lead_id}-first_response.eml"
    return OutboxTransport(folder).deliver(mail, "", file_name).detail


def test_messages_are_listed_the_newest_first_and_shown_with_text_and_looks(
    place: Place, tmp_path: Path
) -> None:
    names = [write(place, tmp_path, email=f"{name}@example.org", name=name) for name in ("Ada", "Bob")]
    client = opened(place, tmp_path)
    page = client.get("/outbox").text
    assert re.findall(r'href="/outbox/(2.*?)"', page) == names[::-1]
    assert "Ada &lt;Ada@example.org&gt;" in page
    shown = client.get(f"/outbox/{names[0]}")
    assert "Hi Ada," in shown.text
    assert f'src="/outbox/{names[0]}/html"' in shown.text
    assert "frame-src 'self'" in shown.headers["Content-Security-Policy"]
    body = client.get(f"/outbox/{names[0]}/html")
    assert "<p>Hi Ada,</p>" in body.text
    assert body.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert body.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_an_empty_outbox_says_what_comes_first(place: Place, tmp_path: Path) -> None:
    page = opened(place, tmp_path / "not made yet").get("/outbox").text
    assert "Nothing here yet." in page


@pytest.mark.parametrize(
    "name",
    [
        *(
            "..%2f..%2f.env",
            "x.eml",
            "20260324T090000Z-L-2222222222-x.eml",
            "20260324T090000Z-L-22-..%2fx.eml",
        ),
        "20269999T990000Z-L-2222222222-x.eml",
    ],
)
def test_nothing_but_a_message_of_the_outbox_is_shown(place: Place, tmp_path: Path, name: str) -> None:
    (tmp_path / "x.eml").write_text("Subject: secret\n\nsecret")
    (tmp_path / "out").mkdir()
    for path in (f"/outbox/{name}", f"/outbox/{name}/html"):
        answer = opened(place, tmp_path / "out").get(path)
        assert (answer.status_code, "secret" in answer.text) == (404, False)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: =?utf-8?q?=ff?=\nTo: \xff\n\n\xff",
        b"Content-Type: text/html; charset=no\n\nx",
    ],
)
def test_a_file_that_is_no_mail_stops_nothing(place: Place, tmp_path: Path, content: bytes) -> None:
    name = "20260324T090000Z-L-2222222222-x.eml"
    (tmp_path / name).write_bytes(content)
    (tmp_path / "20269999T990000Z-L-2222222222-x.eml").write_bytes(content)
    client = opened(place, tmp_path)
    answers = [
        client.get(path).status_code for path in ("/outbox", f"/outbox/{name}", f"/outbox/{name}/html")
    ]
    assert answers == [200, 200, 200]


def test_a_long_outbox_comes_in_parts(place: Place, tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"20260324T0900{number:02}Z-L-2222222222-x.eml").write_text(f"Subject: s{number}\n\n.")
    client = opened(place, tmp_path)
    first, second = (client.get(f"/outbox?page={page}").text for page in (1, 2))
    assert (len(re.findall("<bdi>s", first)), len(re.findall("<bdi>s", second))) == (50, 10)
    assert ("60 messages" in first, 'href="/outbox?page=2"' in first, "page=3" in second) == (
        True,
        True,
        False,
    )


def test_strangers_see_nothing_of_it(place: Place, tmp_path: Path) -> None:
    name = write(place, tmp_path)
    client = opened(place, tmp_path, PASSWORD)
    for path in ("/outbox", f"/outbox/{name}", f"/outbox/{name}/html"):
        assert client.get(path).status_code == 303


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202eevil"]
)
def test_what_a_lead_wrote_does_nothing_there(place: Place, tmp_path: Path, hostile: str) -> None:
    name = write(place, tmp_path, name=hostile, service=hostile, message=hostile)
    client = opened(place, tmp_path)
    for path in ("/outbox", f"/outbox/{name}", f"/outbox/{name}/html"):
        assert not re.search(r"<script|<img", client.get(path).text)
