"""`POST /leads`: the webhook. A lead answered with 200 is stored."""

import logging
import re
from typing import Any

from flask import Blueprint, Response, json, request
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import BaseConverter

from sheetflow.capture import handshake, is_receipt, read_body
from sheetflow.errors import Flooded
from sheetflow.jobs.ports import Ports
from sheetflow.web.bodies import read_raw
from sheetflow.web.doors import HERE, WRONG_TOKEN, Doors
from sheetflow.web.problem import problem
from sheetflow.web.public import Public, without_traps
from sheetflow.web.refusals import Refusals
from sheetflow.web.storing import Storing
from sheetflow.web.taking import Notify, Taking
from sheetflow.workflow.enquiry import Receipt

log = logging.getLogger(__name__)

TOO_OFTEN = "Too many requests with a wrong token or signature: wait, and send the right one."
HOUR = "3600"  # seconds
OTHERS = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE")  # refused, but for one question of Meta's
_CHALLENGE = re.compile(r"[\w-]{1,100}")


class SourceConverter(BaseConverter):
    """Anything: a strange name is no reason to lose a lead."""

    regex = r"[\s\S]*"
    part_isolating = False


class Webhook:
    """`notify` is told the Lead IDs of what was stored, and answers them."""

    def __init__(
        self, ports: Ports, doors: Doors, public: Public, storing: Storing, refusals: Refusals, notify: Notify
    ) -> None:
        self._ports, self._doors, self._public, self._refusals = ports, doors, public, refusals
        self._taking = Taking(ports, storing, notify)

    def blueprint(self) -> Blueprint:
        """The app's map of addresses must know SourceConverter as `source`."""
        routes = Blueprint("leads", __name__)
        routes.before_app_request(self.answer_meta)
        views = {("POST",): self.take_lead, ("OPTIONS",): self.preflight, OTHERS: self.refuse_method}
        for rule in ("/leads", "/leads/<source:source>"):
            for methods, view in views.items():
                routes.add_url_rule(rule, view_func=view, methods=methods, provide_automatic_options=False)
        return routes

    def take_lead(self, source: str = "") -> Response:
        source = _name(source)
        now = self._ports.clock()
        door, refused = self._doors.open_for(request, source, now, lambda: read_raw(request))
        if not door:
            return self._public.shared(request, self._refuse(refused))
        return self._public.shared(request, self._take(source or (door if door != HERE else ""), door))

    def preflight(self, source: str = "") -> Response:
        if "Access-Control-Request-Method" not in request.headers:
            raise MethodNotAllowed(valid_methods=["POST"])
        return self._public.preflight(request)

    def refuse_method(self, source: str = "") -> Response:
        raise MethodNotAllowed(valid_methods=["POST"])

    def answer_meta(self) -> Response | None:
        """Meta asks once whether an address knows the token that was typed on its page.

        Asked before anything else, because `/leads` is a page too.
        """
        if request.method != "GET" or request.args.get("hub.mode") != "subscribe":
            return None
        challenge = request.args.get("hub.challenge", "")
        if not request.path.startswith("/leads") or not _CHALLENGE.fullmatch(challenge):
            return None
        if not self._doors.name_of(request.args.get("hub.verify_token", "")):
            return self._refuse(WRONG_TOKEN)
        return Response(challenge, content_type="text/plain", headers={"X-Content-Type-Options": "nosniff"})

    def _refuse(self, why: str) -> Response:
        wait = self._refusals.wait(request)
        if wait:
            return problem(429, TOO_OFTEN, Retry_After=str(wait))
        return problem(401, why, WWW_Authenticate="Bearer")

    def _take(self, source: str, door: str) -> Response:
        body = read_body(read_raw(request), request.content_type or "")
        told = handshake(body, self._doors.secret_of(source))
        if told is None and is_receipt(body):
            told = {"ok": True, "leads": []}
        if told is not None:
            log.info("a request from %s that is no lead", door)
            return Response(json.dumps(told), content_type="application/json")
        visit = self._public.visit(request, door, body, self._ports.clock())
        said = without_traps(body) if visit else body
        try:
            receipts = self._taking.take(said, source, dict(request.headers.items()), visit)
        except Flooded as error:
            return problem(429, str(error), Retry_After=HOUR)
        for receipt in receipts:
            log.info("lead %s from %s: %s", receipt.lead_id, door, receipt.status)
        return self._public.thanks(request, door) or _answer(receipts, is_list=isinstance(body, list))


def _answer(receipts: list[Receipt], *, is_list: bool) -> Response:
    told: list[dict[str, Any]] = [
        {"status": receipt.status, "lead_id": receipt.lead_id} for receipt in receipts
    ]
    body = {"ok": True, "leads": told} if is_list or len(told) != 1 else {"ok": True, **told[0]}
    return Response(json.dumps(body), content_type="application/json")


def _name(source: str) -> str:
    """What the address calls the source, as one line."""
    return " ".join("".join(one if one.isprintable() else " " for one in source).split()).strip("/")[:100]
