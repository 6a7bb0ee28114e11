"""What senders of leads post, in their own shapes with invented values, and the enquiry each one means."""

from tests.capture.senders.ads import ADS
from tests.capture.senders.asked import ASKED
from tests.capture.senders.builders import BUILDERS
from tests.capture.senders.campaigns import CAMPAIGNS
from tests.capture.senders.carriers import CARRIERS
from tests.capture.senders.chats import CHATS
from tests.capture.senders.contacts import CONTACTS
from tests.capture.senders.crms import CRMS
from tests.capture.senders.forms import FORMS
from tests.capture.senders.languages import LANGUAGES
from tests.capture.senders.lists import LISTS
from tests.capture.senders.mails import MAILS
from tests.capture.senders.others import OTHERS
from tests.capture.senders.people import PEOPLE
from tests.capture.senders.plugins import PLUGINS
from tests.capture.senders.sender import Sender
from tests.capture.senders.shops import SHOPS
from tests.capture.senders.sites import SITES
from tests.capture.senders.surveys import SURVEYS
from tests.capture.senders.tables import TABLES
from tests.capture.senders.tongues import TONGUES
from tests.capture.senders.tools import TOOLS
from tests.capture.senders.trades import TRADES

__all__ = ["SENDERS", "Sender"]

SENDERS = (
    *SITES,
    *PLUGINS,
    *BUILDERS,
    *FORMS,
    *SURVEYS,
    *TABLES,
    *ADS,
    *CAMPAIGNS,
    *CONTACTS,
    *CRMS,
    *LISTS,
    *CHATS,
    *MAILS,
    *SHOPS,
    *TRADES,
    *TOOLS,
    *CARRIERS,
    *PEOPLE,
    *LANGUAGES,
    *ASKED,
    *TONGUES,
    *OTHERS,
)
