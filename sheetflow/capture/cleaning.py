"""Values as they may stand in a row: no control characters, one spelling of a number, nothing guessed."""

import re
import unicodedata
from html import unescape

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from sheetflow.capture.repair import whole

# Characters that change how other characters are shown, and such as show nothing. The joiners U+200C and
# U+200D stay: Persian and emoji are written with them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{3,}")
_PLACEHOLDER = re.compile(
    r"\{\{.*\}\}|\{%.*%\}|<%.*%>|\$\{.*\}|\*\|.*\|\*|\{[a-z][\w:. -]*\}|\[[a-z][\w-]*\]|%[A-Za-z_]+%|%%.+%%"
    r"|\[object Object\]|undefined",
    re.DOTALL,
)
_HTML = re.compile(
    r"\s*<(?:!doctype|html|body|div|p|table|ul|ol|h[1-6])\b[^<>]*>.*>\s*", re.DOTALL | re.IGNORECASE
)
_UNREADABLE = re.compile(r"<(script|style|head)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_LINE_ENDS = re.compile(r"\s*<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>\s*", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b([^<>]*+)>", re.IGNORECASE)
_LINKED = re.compile(r"<a\s[^<>]*+>|</a\s*>|\]\(mailto:[^()\s]*+\)", re.IGNORECASE)
_TARGET = re.compile(r"\bhref=[\"'](https?:[^\"'<>]*+)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z!][^<>]*>", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"[\"']?([^\"<>@]*[^\"<>@\s'])[\"']?\s*<[^<>@]+@[^<>@]+>")
_ADDRESS_BREAKS = re.compile(r"[,;|\s]+")
_SPACED_SIGN = re.compile(r"\s+@\s*|@\s+")
SENTENCE = 3  # words in front of an address, from which on they are none of it
_IN_BRACKETS = re.compile(r"<([^<>]*@[^<>]*)>")
_WRONG_ENDS = " \t<>()[]\"'.,;:"
_TWO_NUMBERS = re.compile(r"\d(?: / |[,;] ?| or | oder )[+(]*\d", re.IGNORECASE)
_COMPLETE = re.compile(r"[1-9][0-9]{10,14}")  # long enough to hold a country's code
_LINKS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def clean_text(text: str) -> str:
    """Text of several lines, as written and whole, without unseen characters."""
    text = _SURROGATE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_SPACES.sub(" ", _UNSEEN.sub("", line)).strip() for line in re.split("[\n\v\f\u0085]", text))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def without_markup(text: str) -> str:
    """The text of a message that a sender passes on as HTML; what a person types with < and > stays."""
    if _HTML.fullmatch(text) is None:
        return text
    lines = _LINE_ENDS.sub("\n", _UNREADABLE.sub("", _SPACES.sub(" ", text)))
    return unescape(_TAG.sub("", _ANCHOR.sub(_target, lines)))


def _target(anchor: re.Match[str]) -> str:
    found = _TARGET.search(anchor[1])
    return f"{found[1]} " if found else ""


def name_before_address(text: str) -> str:
    """'Ada Byron' of 'Ada Byron <ada@example.com>', else ""."""
    match = _NAME_BEFORE.fullmatch(clean_line(text[:400], 320))
    return match[1].strip() if match else ""


def clean_line(text: str, longest: int = 500) -> str:
    """Text of one line; longer text ends in '…'."""
    return cut(_SPACES.sub(" ", clean_text(text)), longest)


def cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def is_placeholder(text: str) -> bool:
    """Whether a template's gap came through unfilled: {{1.email}}, <%= name %>, [your-name]."""
    return len(text) <= 200 and _PLACEHOLDER.fullmatch(text.strip()) is not None


def clean_email(typed: str) -> tuple[str, tuple[str, ...]]:
    """The address in `typed` that can receive mail, or "", and what the owner should know about it.

    It is "" too if the text can be read in several ways: of 'j. doe@example.com' nobody knows the beginning.
    """
    typed = half_width(clean_line(_LINKED.sub(" ", typed), 1_000))
    found, reason = [], ""
    for candidate in _candidates(typed):
        try:
            found.append(_valid(candidate))
        except EmailNotValidError as error:
            reason = reason or str(error)
        except ValueError:  # from the IDNA codec, for labels that email-validator lets through
            reason = reason or "The part after the @-sign is not valid."
    if not found:
        return "", (f"The address can't receive mail: {cut(typed, 100)}. {reason.rstrip('.')}.",)
    if len(set(found)) > 1:
        return found[0], ("Several addresses were given; the first that can receive mail is used.",)
    if not _is_one_reading(typed):
        return "", (f"The address isn't clear: {cut(typed, 100)}. Put it into Email and set New.",)
    return found[0], ()


def _is_one_reading(typed: str) -> bool:
    """Whether nothing stands beside an address that could be a part of it."""
    if _IN_BRACKETS.search(typed):
        return True
    before, _, after = _SPACED_SIGN.sub("@", typed.strip(_WRONG_ENDS)).partition("@")
    *words_before, _ = re.split("[,;|/]", before)[-1].split() or [""]
    _, *words_after = re.split("[,;|/]", after)[0].split() or [""]
    told = words_before and (words_before[-1].endswith(":") or len(words_before) >= SENTENCE)
    return (not words_before or bool(told)) and (
        not words_after or len(words_after[0].strip(_WRONG_ENDS)) > 3
    )


def _candidates(typed: str) -> list[str]:
    typed = _SPACED_SIGN.sub("@", typed)
    parts = _IN_BRACKETS.findall(typed) or [part for part in _ADDRESS_BREAKS.split(typed) if "@" in part]
    if typed.count("@") == 1 and not _IN_BRACKETS.search(typed):
        parts = [typed, *parts] if " " not in typed.strip(_WRONG_ENDS) else parts
    return [re.sub(r"(?i)^mailto:", "", part.strip(_WRONG_ENDS)) for part in parts[:20]] or [typed]


def _valid(candidate: str) -> str:
    checked = validate_email(candidate, check_deliverability=False)
    if checked.ascii_email is None:
        raise EmailNotValidError("The part before the @-sign has letters most mail servers don't take.")
    return checked.ascii_email


def half_width(text: str) -> str:
    """Full-width letters, digits and signs, as a Japanese keyboard types them, in their usual form."""
    return "".join(
        unicodedata.normalize("NFKC", char) if "\uff00" < char < "\uff5f" else char for char in text
    )


def clean_phone(typed: str, country: str, calling_code: str = "", area: str = "") -> str:
    """International spelling, '+1 352-555-0102', where the number is certain; else as submitted.

    `calling_code` is what a form asks for beside the number: '+49', '0049' or '49'; `area` the same of a
    town's or a region's code.
    """
    text = re.sub(r"(?i)^(?:p:|tel:|')+", "", whole(half_width(clean_line(typed, 100)))).strip()
    if area and text and not text.startswith(("+", "0")) and not text.startswith(area.lstrip("0")):
        text = f"{area.strip('()')} {text}"
    if calling_code and text and not text.startswith(("+", "00")):
        abroad = clean_phone(f"+{calling_code.lstrip('+0')} {text}", "")
        return abroad if _is_valid(abroad) else clean_phone(typed, country)
    region = {"UK": "GB"}.get(country.strip().upper(), country.strip().upper())
    if re.search(r"[A-Za-z]", re.sub(r"(?i)\b(?:ext|x)\b\.?|x(?=\d)", "", text)):
        return text
    if (several := _TWO_NUMBERS.search(text)) is not None:
        first = clean_phone(text[: several.start() + 1], country, calling_code, area)
        return first if "," in several[0] and _is_valid(first) else text
    for spelling in (text, f"+{text}") if _COMPLETE.fullmatch(text) else (text,):
        try:
            number = phonenumbers.parse(spelling, region or None)
        except phonenumbers.NumberParseException:
            continue
        if _sure(number, text) or (spelling != text and phonenumbers.is_valid_number(number)):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return text


def _is_valid(spelled: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(spelled))
    except phonenumbers.NumberParseException:
        return False


def _sure(number: phonenumbers.PhoneNumber, text: str) -> bool:
    """Numbers kept free for films and examples aren't valid, but where the country is said they are whole."""
    if phonenumbers.is_valid_number(number):
        return True
    whole = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    in_north_america = number.country_code == 1 and (number.national_number or 0) >= 2_000_000_000
    abroad = text.startswith("0") and number.country_code != 1
    return whole and (text.startswith("+") or abroad or in_north_america)


def is_only_links(text: str) -> bool:
    return bool(_LINKS.search(text)) and not re.search(r"\w", _LINKS.sub("", text))
