"""The own hook of SurveyMonkey says which lead there is, and nothing of what it says."""

from sheetflow.capture.senders.sender import Sender

SURVEYMONKEY = Sender("SurveyMonkey", only_ids=("eventtype objecttype resources", "answers pages"))
