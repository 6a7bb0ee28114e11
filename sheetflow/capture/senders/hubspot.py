"""The own hook of HubSpot says which lead there is, and nothing of what it says."""

from sheetflow.capture.senders.sender import Sender

HUBSPOT = Sender("HubSpot's app", only_ids=("subscriptiontype objectid portalid", "properties"))
