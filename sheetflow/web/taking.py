"""What a request brought becomes leads that are stored, whichever door it came through."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import json

from sheetflow.capture import BodyError, delivery_key, read_submissions
from sheetflow.errors import Flooded
from sheetflow.jobs.intake import take_in
from sheetflow.jobs.ports import Ports
from sheetflow.jobs.rescue import Rescue
from sheetflow.ledger.visits import Visit
from sheetflow.web.storing import Storing
from sheetflow.workflow.enquiry import Receipt

Notify = Callable[[Iterable[str]], None]


class Taking:
    """`notify` is told the Lead IDs of what was stored, and answers them."""

    def __init__(self, ports: Ports, storing: Storing, notify: Notify) -> None:
        self._ports, self._storing, self._notify = ports, storing, notify
        self._rescue = Rescue(ports)

    def take(
        self,
        body: Any,
        source: str,
        headers: Mapping[str, str],
        visit: Visit | None,
        *,
        key: str = "",
        language: str = "",
    ) -> list[Receipt]:
        """`key` names the delivery, else `headers` or the body do; `language` is that of the page.

        Raises BodyError for a body without a lead, Flooded for one visitor's too many, LedgerUnavailable.
        """
        try:
            receipts = self._store(body, source, headers, visit, key, language)
        except (BodyError, Flooded):
            raise
        except Exception:
            # Also for a defect of ours: the next try would fail over it too, and the lead would be lost.
            self._rescue.mail(json.dumps(body, ensure_ascii=False, indent=1))
            raise
        # Duplicates too: the answer to the first delivery may have come too late for its sender.
        self._notify([receipt.lead_id for receipt in receipts])
        return receipts

    def _store(
        self,
        body: Any,
        source: str,
        headers: Mapping[str, str],
        visit: Visit | None,
        key: str,
        language: str,
    ) -> list[Receipt]:
        workflow = self._ports.workflow
        found = read_submissions(
            body,
            source=source,
            country=workflow.business.country,
            extra=workflow.fields,
            own=workflow.addresses | {self._ports.sender},
            headers=headers,
            paths=workflow.paths(source),
        )
        keys = [key or delivery_key(headers, body, one) for one in found]
        with self._storing.attempt():
            return take_in(found, self._ports, door=source, keys=keys, visit=visit, language=language)
