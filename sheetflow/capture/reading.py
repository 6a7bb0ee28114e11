"""The enquiries in a body: the whole way from plain values to Submissions."""

from collections.abc import Collection, Mapping, Sequence

from sheetflow.capture.leads import read_leads
from sheetflow.capture.submission import Submission
from sheetflow.capture.trials import refuse_ids_only
from sheetflow.capture.writing import Knowledge, written


def read_submissions(
    body: object,
    *,
    source: str,
    country: str,
    extra: Mapping[str, Sequence[str]],
    own: Collection[str] = (),
    headers: Mapping[str, str] | None = None,
    paths: Mapping[str, str] | None = None,
) -> list[Submission]:
    """The enquiries in a body, in order, at least one.

    `source` is where they come from unless they say so themselves; `country` is the two-letter code in whose
    way phone numbers are read; `extra` gives fields further names; `own` are the business's addresses, which
    are the lead's only if the sender calls them so; `headers` are the request's; `paths` says of a field
    where in the body this source keeps it. Raises BodyError if there is nothing to read, or only the IDs of
    leads that lie elsewhere.
    """
    refuse_ids_only(body)
    known = Knowledge(
        source, country, extra, frozenset(address.casefold() for address in own), headers or {}, paths or {}
    )
    return [written(lead, known) for lead in read_leads(body)]
