"""The own hook of LinkedIn says which lead there is, and nothing of what it says."""

from sheetflow.capture.senders.sender import Sender

LINKEDIN = Sender("LinkedIn", only_ids=("leadgenformresponse", "answers formresponse"))
