"""The own hook of Airtable says which lead there is, and nothing of what it says."""

from sheetflow.capture.senders.sender import Sender

AIRTABLE = Sender("Airtable", only_ids=("base webhook timestamp", "fields"))
