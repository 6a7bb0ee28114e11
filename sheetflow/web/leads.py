"""`POST /leads`: the webhook. A lead answered with 200 is stored."""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, json, request
from werkzeug.routing import BaseConverter

from sheetflow.capture import BodyError, delivery_key, read_body, read_submissions
from sheetflow.errors import TrackerUnavailable
from sheetflow.jobs.intake import take_in
from sheetflow.jobs.rescue import Rescue
from sheetflow.web.bodies import read_raw
from sheetflow.web.doors import find_token, is_loopback, signed_by
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
            wait = refusals.wait(request)
            if wait:
                return problem(429, TOO_OFTEN, Retry_After=str(wait))
            return problem(401, refused, WWW_Authenticate="Bearer")
        return _take(site, rescue, source or (door if door != HERE else ""), door)

    return routes


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
    workflow = site.ports.workflow
    try:
        found = read_submissions(
            body,
            source=source,
            country=workflow.business.country,
            extra=workflow.fields,
            own=workflow.addresses | {site.ports.sender},
        )
        headers = dict(request.headers.items())
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
