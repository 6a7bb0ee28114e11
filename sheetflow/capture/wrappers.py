"""What the objects within a body are: wrappers, parts of the sender's envelope, or about somebody else."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sheetflow.capture.answers import ASIDE_KEY, KEYS, KINDS, LABELS, VALUES
from sheetflow.capture.limits import MAX_DEPTH
from sheetflow.capture.values import pick, spelled, text_of, value_object
from sheetflow.capture.whose import ASKERS, KINDS_OF, ONLY_ASKERS
from sheetflow.capture.words import is_number_of_a_thing, squashed, word_set, words

# Objects that only wrap: their entries stand for themselves.
NEUTRAL = word_set("""
    data payload body fields field contact lead leads person people invitee submission submissions
    formresponse response responses answers answer attributes properties entry entries record records
    values namedvalues params formfields formdata formvalues customer client subscriber visitor
    applicant respondent patient guest item items object json merges mergefields customfields customdata
    customattributes userfieldsresponses userfields changes value fielddata usercolumndata rawrequest
    datajson array list batch rows results content request inquiry enquiry output input inputs variables
    hidden questions questionsandanswers qa orderedhumanfields humanfields payloadparams itemmeta
    prospect profile details result current fieldsdata columnvalues traits customfieldvalues
    text plain html description notes comments mail mails email emails emailaddress message messages msg
    contactinformation contactinfo contactdetails
    primarycustomer customerdetails requester enquirer
""")

# Objects about the form, the campaign, or people on the business's side.
FOREIGN = word_set("""
    organizer organiser host hosts agent staff assignee assignedto assigneduser createdby
    updatedby modifiedby author team manager admin practitioner provider recipient business company
    account form page site website widget campaign ad adset adgroup workflow triggerdata tracking utm
    utms geo geoip geolocation ipinfo origin browser device os context scheduledevent
    event eventtype calendar calendarevent attributionsource contactattributionsource
    destinationcalendar app workspace submissionmeta integration webhook subscription scoring quiz
    referrer previous oldrecord old headers system internal extras links relationships branch
    operator operators mailbox inbox channel bot teammates employee salesperson salesrep vendor supplier
    store shop merchant dealer broker listing network target callee
""")

# What an object says of whom it is about, under a type or a role.
ROLES = ("type", "role", "usertype", "kind", "affiliation")
THEIRS = word_set(
    "customer visitor lead user contact client guest subscriber invitee attendee person enduser"
)
OURS = word_set("agent admin operator bot organizer organiser teammate host staff employee internal")
# What several people of one matter are to each other; a type may also be that of a record.
PARTS = ("role", "usertype", "contacttype", "participanttype", "partytype", "party")
ASKING = ONLY_ASKERS | word_set("attendee contact person people")
INCLUDED = "included"  # whatever a JSON:API document refers to: the customer, the staff
PERHAPS_THEIRS = word_set("author createdby")
OURS_IF_TRUE = (
    "organizer",
    "organiser",
    "self",
    "isself",
    "internal",
    "isinternal",
    "isorganizer",
    "isorganiser",
    "isagent",
    "isadmin",
    "isowner",
    "isstaff",
    "ishost",
)


# Some of them are but a wrapper where the lead lies within.
PERHAPS_WRAPPING = word_set("event form webhook notification hook")

# The account the sender works for, unless nobody else is named.
PERHAPS_FOREIGN = word_set("user account member users owner")

# Lists that may hold several leads, and lists of one person's addresses or numbers.
LEAD_LISTS = word_set("""
    leads entries entry records submissions contacts items data results rows events payload people responses
    array list batch body customers prospects values
""")
PARTIES = word_set("contacts people")  # such a list may also name those on the business's side
CONTACT_LISTS = word_set("""
    email emails emailaddress emailaddresses phone phones phonenumber phonenumbers telephones
""")

# Around the questions of a form: the sender's own numbers, nothing a person has answered.
FORM_SIGNS = word_set("""
    eventid eventtype respondentid responseid formid formkey apiversion portalid subscriptionid siteid
    triggertype
    triggerevent pageid workspaceid creatorid formelementid websiteid deliveryid webhookid version etag
    event site
    siteurl form formname schema submittedat d widget landedat
""")

# An object of nothing else is one value, with its kind or its number.
ONE_VALUE = word_set("value text label type id key email phone number answer")

SAID_OF_A_QUESTION = frozenset({*KEYS, *KINDS, *LABELS, *VALUES})

_PATH = re.compile(r"\.|__")

EMAIL_SHAPE = re.compile(r"(?<![^\s<>,;:\"'@])[^\s@<>,;:\"']{1,64}@[^\s@<>,;:\"']+\.[^\s@<>,;:\"'.]{2,}")
_PHONE_KEY = re.compile(r"phone|tel|mobile|cell|whatsapp|waid")
_LOOKED_AT = 320  # characters of a value


# Objects of a mail about whoever wrote it.
WRITERS = word_set("from sender reply full")
WRAPPING_WORDS = KINDS_OF - PERHAPS_FOREIGN | word_set("""
    data payload body fields field submission form response responses answers attributes properties entry
    record
    values value params custom results result content variables hidden questions details info information
    plain text html stripped extracted structured collected captured dynamic analysis parsed output input
    inputs step section page block item
    items list object json raw meta filled submitted new contacts leads people customers
""")


def is_wrapper(key: str) -> bool:
    """Whether an object only wraps: its entries stand for themselves."""
    said = [word for word in words(key) if not word.isdigit()]
    several = len(said) > 1 and WRAPPING_WORDS.issuperset(said) and not {"form", "page", "meta"} & {said[-1]}
    return not said or squashed(key) in NEUTRAL or several


def perhaps_wraps(key: str) -> bool:
    """'event', 'contact_form': whether an object only wraps if the lead lies within."""
    return squashed(key) in PERHAPS_WRAPPING or (
        last_word(key) in PERHAPS_WRAPPING and squashed(key) not in FOREIGN
    )


def is_askers(key: str, *, surely: bool = False) -> bool:
    """Whether an object or a list is named after people who ask: 'billing', 'contacts', 'crm_lead'."""
    if last_word(key).removesuffix("s") in ONLY_ASKERS:
        return True
    said = {word.removesuffix("s") for word in words(key) if not word.isdigit()}
    said -= {"to"} if "reply" in said else set()
    known = ONLY_ASKERS if surely else (ASKERS | WRITERS) - PERHAPS_FOREIGN
    return bool(said) and known.issuperset(said)


def last_word(key: str) -> str:
    """What an object is, as its last word says: an 'assigned_agent' is an agent."""
    return (words(key) or ("",))[-1]


def is_foreign(key: str) -> bool:
    """Whether an object is about the form, the campaign, or people on the business's side."""
    if squashed(key) in NEUTRAL:
        return False
    return squashed(key) in FOREIGN or last_word(key) in FOREIGN or words(key)[:1] in (("ip",), ("geo",))


def has_email(text: str) -> bool:
    return "@" in text and EMAIL_SHAPE.search(text[:_LOOKED_AT]) is not None


def names_person(value: object, levels: int = MAX_DEPTH) -> bool:
    """Whether an e-mail address or a phone number stands here, or at most `levels` deeper."""
    if isinstance(value, dict):
        return any(_names_person(key, child, levels) for key, child in value.items() if key != ASIDE_KEY)
    return isinstance(value, list) and any(_names_person("", child, levels) for child in value)


def _names_person(key: str, child: object, levels: int) -> bool:
    if isinstance(child, (dict, list)):
        deeper = max(levels, 2 if squashed(key) in CONTACT_LISTS else 0)
        return deeper > 0 and names_person(child, deeper - 1)
    text = text_of(child)
    if has_email(text):
        return not is_number_of_a_thing(key)
    name = squashed(key)
    called = _PHONE_KEY.search(name) is not None or (name == "number" and text.startswith("+"))
    return called and count_digits(text) >= 6


def is_ours(value: object) -> bool:
    """Whether an object says that it is about somebody on the business's side."""
    if not isinstance(value, dict):
        return False
    entries = spelled(value)
    return _role(entries) in OURS or any(entries.get(name) is True for name in OURS_IF_TRUE)


def asking(key: str, items: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
    """The people in a list who may ask: if somebody's part is a customer's, those of such a part alone.

    In a list of records a role is what somebody does for a living.
    """
    everybody = [item for item in items if isinstance(item, dict) and names_person(item)]
    people = [item for item in everybody if not is_ours(item)]
    if squashed(key) in LEAD_LISTS - PARTIES:
        return everybody if people else []
    refers = squashed(key) == INCLUDED
    known = [item for item in people if _role(spelled(item), ROLES if refers else PARTS) in ASKING]
    return known if known or refers else people


def holds_person(node: Mapping[str, object]) -> bool:
    """Whether a person's address or number stands in an object itself, or in its list of questions."""
    lists = [child for child in node.values() if isinstance(child, list)]
    asked = [child for child in lists if any(map(is_question, child))]
    return names_person(node, 0) or any(map(names_person, asked))


def is_theirs(value: object) -> bool:
    return isinstance(value, dict) and _role(spelled(value)) in THEIRS and names_person(value, 0)


def _role(entries: Mapping[str, object], names: Sequence[str] = ROLES) -> str:
    role = pick(entries, names)
    return squashed(role).removesuffix("s") if isinstance(role, str) else ""


def flat(key: str) -> tuple[str, bool]:
    """A key like 'data.email' or 'form__owner__email' without what only wraps; whether it is about others."""
    key = key.removesuffix("__c")  # of a field that somebody has added to Salesforce
    segments = [] if " " in key else _PATH.split(key)
    if any(map(str.isdigit, segments)):
        return key, False
    while len(segments) > 1 and squashed(segments[0]) in NEUTRAL:
        key = key[len(segments.pop(0)) :].lstrip("._")
    return key, any(squashed(segment) in FOREIGN for segment in segments[:-1])


def count_digits(text: str) -> int:
    return sum(character.isdigit() for character in text[:_LOOKED_AT])


def is_question(value: object) -> bool:
    """Whether an object is a question with its answer, like {"label": …, "value": …}, and not a wrapper."""
    if not isinstance(value, dict):
        return False
    entries = spelled(value)
    answers = [entries[name] for name in VALUES if name in entries]
    is_asked = bool(answers) and any(name in entries for name in LABELS)
    return is_asked and not any(map(_wraps, answers)) and not _is_person(entries)


def _is_person(entries: Mapping[str, Any]) -> bool:
    """Whether a person stands beside question and answer: a lead that has a "name" and a "value" too."""
    said = {text_of(entries[name]) for name in VALUES if name in entries}
    beside = [name for name in entries.keys() - SAID_OF_A_QUESTION if text_of(entries[name]) not in said]
    return any(_names_person(name, entries[name], 0) for name in beside)


def _wraps(answer: object) -> bool:
    """Whether what stands for an answer holds questions, or a person, itself."""
    if isinstance(answer, list):
        return any(map(is_question, answer))
    if not isinstance(answer, dict) or ONE_VALUE.issuperset(spelled(answer)):
        return False
    return value_object(answer) is None and names_person(answer)
