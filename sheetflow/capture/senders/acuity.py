"""The own hook of Acuity says which lead there is, and nothing of what it says."""

from sheetflow.capture.senders.sender import Sender

ACUITY = Sender("Acuity", only_ids=("action appointmenttypeid calendarid", "firstname name"))
