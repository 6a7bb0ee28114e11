"""`POST /leads`: the webhook. A lead answered with 200 is stored."""

import logging
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, json, request
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import BaseConverter

from sheetflow.capture import (
    BodyError,
    delivery_key,
    handshake,
    is_receipt,
    read_body,
    read_submissions,
)
from sheetflow.errors import TrackerUnavailable
from sheetflow.jobs.intake import take_in
from sheetflow.jobs.rescue import Rescue
from sheetflow.web.bodies import read_raw
from sheetflow.web.doors import find_token, is_loopback, name_of, signed_by
from sheetflow.web.problem import problem
from sheetflow.web.refusals import Refusals
from sheetflow.workflow.enquiry import Receipt

if TYPE_CHECKING:
    from sheetflow.web.app import Site

log = logging.getLogger(__name__)

NO_TOKENS = "No token is set, so leads are taken from this machine only: set SHEETFLOW_WEBHOOK_TOKENS."
NO_DOOR = "No token is set, so no leads are taken: set SHEETFLOW_WEBHOOK_TOKENS."
WRONG_TOKEN = (
    "The token is missing or wrong: send one of SHEETFLOW_WEBHOOK_TOKENS "
    "as 'Authorization: Bearer TOKEN', as 'X-Sheetflow-Token', or as ?token= in the address."
)
WRONG_SIGNATURE = (
    "This source takes signed leads only, and the signature is missing, too old or wrong: "
    "compare its secret in SHEETFLOW_SIGNING_SECRETS with the one the sender signs with."
)
TOO_OFTEN = "Too many requests with a wrong token or signature: wait, and send the right one."
HERE = "this machine"
OTHERS = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")  # refused, but for one question of Meta's
_CHALLENGE = re.compile(r"[\w-]{1,100}")


class SourceConverter(BaseConverter):
    """Anything: a strange name is no reason to lose a lead."""

    regex = r"[\s\S]*"
    part_isolating = False


def blueprint(site: "Site") -> Blueprint:
    """The app's map of addresses must know SourceConverter as `source`."""
    routes = Blueprint("leads", __name__)
    refusals, rescue = Refusals(), Rescue(site.ports)

    @routes.route("/leads", methods=["POST"], provide_automatic_options=False)
    @routes.route("/leads/<source:source>", methods=["POST"], provide_automatic_options=False)
    def take_lead(source: str = "") -> Response:
        source = _name(source)
        token = find_token(request, site.tokens)
        door, refused = _find_door(site, source, token)
        if not door:
            return _refuse(refusals, refused)
        return _take(site, rescue, source or (door if door != HERE else ""), door)

    @routes.route("/leads", methods=OTHERS, provide_automatic_options=False)
    @routes.route("/leads/<source:source>", methods=OTHERS, provide_automatic_options=False)
    def answer_meta(source: str = "") -> Response:
        """Meta asks once whether an address knows the token that was typed on its page."""
        challenge = request.args.get("hub.challenge", "")
        asked = request.method == "GET" and request.args.get("hub.mode") == "subscribe"
        if not asked or not _CHALLENGE.fullmatch(challenge):
            raise MethodNotAllowed(valid_methods=["POST"])
        if not name_of(request.args.get("hub.verify_token", ""), site.tokens):
            return _refuse(refusals, WRONG_TOKEN)
        return Response(challenge, content_type="text/plain", headers={"X-Content-Type-Options": "nosniff"})

    return routes


def _refuse(refusals: Refusals, why: str) -> Response:
    wait = refusals.wait(request)
    if wait:
        return problem(429, TOO_OFTEN, Retry_After=str(wait))
    return problem(401, why, WWW_Authenticate="Bearer")


def _secret(site: "Site", source: str) -> str:
    """The first of a source's signing secrets, "" without one."""
    known = (secrets for name, secrets in site.signing_secrets.items() if _same(name, source))
    return next((secret for secrets in known for secret in secrets), "")


def _find_door(site: "Site", source: str, token: str) -> tuple[str, str]:
    """The name of the token or of the signing source; else why nobody is let in."""
    named = source or token
    signing = {name: secrets for name, secrets in site.signing_secrets.items() if _same(name, named)}
    if signing:
        return _first_signed(site, signing), WRONG_SIGNATURE
    if token:
        return token, ""
    if not site.tokens and site.takes_loopback and is_loopback(request):
        return HERE, ""
    # A sender whose address names no source may sign all the same.
    unnamed = {} if source else site.signing_secrets
    return _first_signed(site, unnamed), _why_refused(site)


def _first_signed(site: "Site", secrets: Mapping[str, tuple[str, ...]]) -> str:
    return signed_by(request, read_raw(request), secrets, site.ports.clock()) if secrets else ""


def _take(site: "Site", rescue: Rescue, source: str, door: str) -> Response:
    raw = read_raw(request)
    body = read_body(raw, request.content_type or "")
    told = handshake(body, _secret(site, source))
    if told is None and is_receipt(body):
        told = {"ok": True, "leads": []}
    if told is not None:
        log.info("a request from %s that is no lead", door)
        return Response(json.dumps(told), content_type="application/json")
    workflow = site.ports.workflow
    headers = dict(request.headers.items())
    try:
        found = read_submissions(
            body,
            source=source,
            country=workflow.business.country,
            extra=workflow.fields,
            own=workflow.addresses | {site.ports.sender},
            headers=headers,
            paths=workflow.paths(source),
        )
        keys = [delivery_key(headers, body, one) for one in found]
        if site.closed:
            raise TrackerUnavailable(site.closed)
        receipts = take_in(found, site.ports, door=source, keys=keys)
    except BodyError:
        raise
    except Exception as error:
        site.storing.works = bool(site.closed) or not isinstance(error, TrackerUnavailable)
        # Also for a defect of ours: the next try would fail over it too, and the lead would be lost.
        rescue.mail(json.dumps(body, ensure_ascii=False, indent=1))
        raise
    site.storing.works = True
    # Duplicates too: the answer to the first delivery may have come too late for its sender.
    site.responder.notify(receipt.lead_id for receipt in receipts)
    for receipt in receipts:
        log.info("lead %s from %s: %s", receipt.lead_id, door, receipt.status)
    return _answer(receipts, is_list=isinstance(body, list))


def _answer(receipts: list[Receipt], *, is_list: bool) -> Response:
    told: list[dict[str, Any]] = [
        {"status": receipt.status, "lead_id": receipt.lead_id} for receipt in receipts
    ]
    body = {"ok": True, "leads": told} if is_list or len(told) != 1 else {"ok": True, **told[0]}
    return Response(json.dumps(body), content_type="application/json")


def _name(source: str) -> str:
    """What the address calls the source, as one line."""
    return " ".join("".join(one if one.isprintable() else " " for one in source).split()).strip("/")[:100]


def _same(name: str, other: str) -> bool:
    return name.casefold() == other.casefold()


def _why_refused(site: "Site") -> str:
    if site.tokens:
        return WRONG_TOKEN
    return NO_TOKENS if site.takes_loopback else NO_DOOR
