"""`POST /leads`: the webhook. A lead answered with 200 is stored."""

import logging
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, json, request

from sheetflow.capture import delivery_key, read_body, read_submissions
from sheetflow.jobs.intake import take_in
from sheetflow.web.doors import find_token, is_loopback
from sheetflow.web.problem import problem
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


def blueprint(site: "Site") -> Blueprint:
    routes = Blueprint("leads", __name__)

    @routes.route("/leads", methods=["POST"], provide_automatic_options=False)
    @routes.route("/leads/<path:source>", methods=["POST"], provide_automatic_options=False)
    def take_lead(source: str = "") -> Response:
        door = find_token(request, site.tokens)
        if not door and not (not site.tokens and site.takes_loopback and is_loopback(request)):
            return problem(401, _why_refused(site), WWW_Authenticate="Bearer")
        if site.closed:
            return problem(503, site.closed, Retry_After="600")
        return _take(site, source.strip("/")[:100], door)

    return routes


def _take(site: "Site", source: str, door: str) -> Response:
    # Before request.form, or the raw body is gone.
    body = read_body(request.get_data(cache=True), request.content_type or "")
    workflow = site.ports.workflow
    found = read_submissions(
        body, source=source or door, country=workflow.business.country, extra=workflow.fields
    )
    key = delivery_key(dict(request.headers.items()), body, found[0])
    receipts = take_in(found, site.ports, door=source or door, key=key)
    site.responder.notify(receipt.lead_id for receipt in receipts if receipt.status != "duplicate")
    for receipt in receipts:
        log.info("lead %s from %s: %s", receipt.lead_id, door or "this machine", receipt.status)
    return _answer(receipts, is_list=isinstance(body, list))


def _answer(receipts: list[Receipt], *, is_list: bool) -> Response:
    told: list[dict[str, Any]] = [
        {"status": receipt.status, "lead_id": receipt.lead_id} for receipt in receipts
    ]
    body = {"ok": True, "leads": told} if is_list or len(told) != 1 else {"ok": True, **told[0]}
    return Response(json.dumps(body), content_type="application/json")


def _why_refused(site: "Site") -> str:
    if site.tokens:
        return WRONG_TOKEN
    return NO_TOKENS if site.takes_loopback else NO_DOOR
