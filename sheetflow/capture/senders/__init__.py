"""Senders that need something of their own, one small module each."""

from sheetflow.capture.senders.acuity import ACUITY
from sheetflow.capture.senders.airtable import AIRTABLE
from sheetflow.capture.senders.gmail import GMAIL
from sheetflow.capture.senders.google_ads import GOOGLE_ADS
from sheetflow.capture.senders.gravity_forms import GRAVITY_FORMS
from sheetflow.capture.senders.hubspot import HUBSPOT
from sheetflow.capture.senders.linkedin import LINKEDIN
from sheetflow.capture.senders.meta import META
from sheetflow.capture.senders.monday import MONDAY
from sheetflow.capture.senders.slack import SLACK
from sheetflow.capture.senders.surveymonkey import SURVEYMONKEY
from sheetflow.capture.senders.typeform import TYPEFORM
from sheetflow.capture.senders.whatsapp import WHATSAPP
from sheetflow.capture.senders.wufoo import WUFOO
from sheetflow.capture.senders.zoom import ZOOM

SENDERS = (
    ACUITY,
    AIRTABLE,
    GMAIL,
    GOOGLE_ADS,
    GRAVITY_FORMS,
    HUBSPOT,
    LINKEDIN,
    META,
    MONDAY,
    SLACK,
    SURVEYMONKEY,
    TYPEFORM,
    WHATSAPP,
    WUFOO,
    ZOOM,
)
