"""Leads, events, claims, suppressed addresses, deliveries, state and leases; `schema` makes them all.

A new ledger is made as `schema` has it, with the newest version's number. What comes after this file only
changes ledgers that are older: copy it, name the revision before as `down_revision`, and add what is new.
"""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing: no ledger is older."""
