"""The mark of a row as its hidden cell holds it: also which address it was written for."""

import hashlib
import json

from sheetflow.workflow.lead import Mark, email_key


def mark_text(mark: Mark, to: str) -> str:
    """`to`: the `address_hash` of the row's Email."""
    return json.dumps({**json.loads(mark.to_json()), "to": to}, ensure_ascii=False)


def sent_to(text: str) -> str:
    """The `address_hash` in a mark; empty where there is none."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return ""
    return str(found.get("to", "")) if isinstance(found, dict) else ""


def address_hash(email: str) -> str:
    """Short: it tells one row's address from another's, nothing more. Empty for no address."""
    key = email_key(email)
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:8] if key else ""
