"""Bodies that arrive in part."""

from io import BytesIO, RawIOBase
from typing import Any

import pytest
from gunicorn.http.errors import InvalidChunkSize

from tests.web.place import Place

FORM = "application/x-www-form-urlencoded"


def test_a_body_cut_off_by_a_lost_line_is_refused_and_nothing_is_stored(place: Place) -> None:
    cut = b"name=Ada&message=hello&email=ada@cut.example.co"
    answer = place.open().post(
        "/leads",
        headers={"X-Sheetflow-Token": "secret-one"},
        content_type=FORM,
        input_stream=BytesIO(cut),
        # As gunicorn has it: the stream ends where the line did.
        environ_overrides={"CONTENT_LENGTH": str(len(cut) + 20), "wsgi.input_terminated": True},
    )
    assert answer.status_code == 400
    assert "ends too early" in answer.get_json()["message"]
    assert place.rows() == []


def test_a_chunked_body_over_2_mb_is_refused_whole(place: Place) -> None:
    body = b"name=Zed&message=" + b"x" * 3_000_000 + b"&email=lost@example.com"
    answer = place.open().post(
        "/leads",
        headers={"X-Sheetflow-Token": "secret-one", "Transfer-Encoding": "chunked"},
        content_type=FORM,
        input_stream=BytesIO(body),
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413
    assert place.rows() == []


class Chunks(RawIOBase):
    """A body in chunks as gunicorn reads it, the first of which is none."""

    def readable(self) -> bool:
        return True

    def readinto(self, _: Any) -> int:
        raise InvalidChunkSize(b"zz")


@pytest.mark.parametrize(
    "broken",
    [
        {"wsgi.input": Chunks(), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
        {"wsgi.input": BytesIO(b"name=Ada"), "CONTENT_LENGTH": "900"},
    ],
    ids=["chunk", "line"],
)
def test_a_body_that_breaks_off_while_it_is_read_is_refused_in_words(
    place: Place, broken: dict[str, Any]
) -> None:
    token = {"X-Sheetflow-Token": "secret-one"}
    answer = place.open().post("/leads", headers=token, content_type=FORM, environ_overrides=broken)
    assert answer.status_code == 400
    assert "ends too early" in answer.get_json()["message"]
    assert place.rows() == []
