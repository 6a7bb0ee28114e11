"""Values as they may stand in a row: no control characters, one spelling of a number, nothing guessed."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

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
_ADDRESS_BREAKS = re.compile(r"[,;|\s]+")
_IN_BRACKETS = re.compile(r"<([^<>]*@[^<>]*)>")
_WRONG_ENDS = " \t<>()[]\"'.,;:"
_TWO_NUMBERS = re.compile(r"\d(?: / |[,;] ?| or | oder )[+(]*\d", re.IGNORECASE)
_LINKS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def clean_text(text: str) -> str:
    """Text of several lines, as written and whole, without unseen characters."""
    text = _SURROGATE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_SPACES.sub(" ", _UNSEEN.sub("", line)).strip() for line in re.split("[\n\v\f\u0085]", text))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def clean_line(text: str, longest: int = 500) -> str:
    """Text of one line; longer text ends in '…'."""
    return cut(_SPACES.sub(" ", clean_text(text)), longest)


def cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def is_placeholder(text: str) -> bool:
    """Whether a template's gap came through unfilled: {{1.email}}, <%= name %>, [your-name]."""
    return len(text) <= 200 and _PLACEHOLDER.fullmatch(text.strip()) is not None


def clean_email(typed: str) -> tuple[str, tuple[str, ...]]:
    """The first address in `typed` that can receive mail, or "", and what the owner should know about it."""
    typed = clean_line(typed, 1_000)
    found, reason = [], ""
    for candidate in _candidates(typed):
        try:
            found.append(_valid(candidate))
        except EmailNotValidError as error:
            reason = reason or str(error)
        except ValueError:  # from the IDNA codec, for labels that email-validator lets through
            reason = reason or "The part after the @-sign is not valid."
    if not found:
        return "", (f"e-mail address can't receive mail: {cut(typed, 100)} ({reason.rstrip('.')})",)
    several = (
        ("several e-mail addresses were given; the first valid one is used",) if len(set(found)) > 1 else ()
    )
    return found[0], several


def _candidates(typed: str) -> list[str]:
    parts = _IN_BRACKETS.findall(typed) or [part for part in _ADDRESS_BREAKS.split(typed) if "@" in part]
    if typed.count("@") == 1 and not _IN_BRACKETS.search(typed):
        parts = [typed, *parts] if " " not in typed.strip(_WRONG_ENDS) else parts
    return [re.sub(r"(?i)^mailto:", "", part.strip(_WRONG_ENDS)) for part in parts[:20]] or [typed]


def _valid(candidate: str) -> str:
    checked = validate_email(candidate, check_deliverability=False)
    if checked.ascii_email is None:
        raise EmailNotValidError("The part before the @-sign has letters most mail servers don't take.")
    return checked.ascii_email


def clean_phone(typed: str, country: str) -> str:
    """International spelling, '+1 352-555-0102', where the number is certain; else as submitted."""
    text = re.sub(r"(?i)^(?:p:|tel:|')+", "", clean_line(typed, 100)).strip()
    region = {"UK": "GB"}.get(country.strip().upper(), country.strip().upper())
    if re.search(r"[A-Za-z]", re.sub(r"(?i)\b(?:ext|x)\b\.?|x(?=\d)", "", text)):
        return text
    if _TWO_NUMBERS.search(text):
        return text
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return text
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        if _sure(number, text)
        else text
    )


def _sure(number: phonenumbers.PhoneNumber, text: str) -> bool:
    """Numbers kept free for films and examples aren't valid, but where the country is said they are whole."""
    if phonenumbers.is_valid_number(number):
        return True
    whole = phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.IS_POSSIBLE
    in_north_america = number.country_code == 1 and (number.national_number or 0) >= 2_000_000_000
    return whole and (text.startswith("+") or in_north_america)


def is_only_links(text: str) -> bool:
    return bool(_LINKS.search(text)) and not re.search(r"\w", _LINKS.sub("", text))
