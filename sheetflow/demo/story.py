"""The fortnight: who writes to the studio, what they do next, and what its people do by hand.

All names and addresses are made up; the days are fixed, so that it is the same story every time.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sheetflow.workflow.buttons import Action

DAYS = 14
ZONE = ZoneInfo("Europe/London")  # the studio's


def moment(day: int, clock: str) -> datetime:
    """By the studio's clock. Day 1 is a Monday; no holiday and no change of clocks is near. Aware UTC."""
    first = datetime(2026, 3, 2, tzinfo=ZONE)
    local = datetime.combine(first + timedelta(days=day - 1), time.fromisoformat(clock), ZONE)
    return local.astimezone(UTC)


START, END = moment(1, "08:00"), moment(DAYS, "18:00")

MAYA = "maya@lindqvist.example"
TOM = "tom@hargreaves.example"
PRIYA = "priya@nairbakes.example"
JONAS = "jonas@webertee.example"
DAN = "dan@whitlok.example"
CHLOE = "chloe@martinflowers.example"
SAM = "sam@taylorcycles.example"
AISHA = "aisha@rahmanyoga.example"
ROSA = "rosa@delgado.example"
OLIVER = "oliver@grantlaw.example"
KYLE = "kyle@ranklink.example"
LENA = "lena@fischer.example"


@dataclass(frozen=True)
class Ask:
    """An enquiry, as its form, ad or chat posts it."""

    email: str
    path: str
    content_type: str
    body: str


@dataclass(frozen=True)
class Press:
    """The lead's owner presses a button in the mail about it."""

    email: str
    action: Action


@dataclass(frozen=True)
class Write:
    """The lead's owner writes to the lead, in a mail program of their own."""

    email: str
    text: str


@dataclass(frozen=True)
class Type:
    """Somebody types into the lead's row."""

    email: str
    column: str
    value: str


@dataclass(frozen=True)
class Reply:
    """The lead answers the last message."""

    email: str
    text: str


@dataclass(frozen=True)
class Absence:
    """The lead's mail program answers by itself."""

    email: str
    text: str


@dataclass(frozen=True)
class Bounce:
    """The last message comes back."""

    email: str


@dataclass(frozen=True)
class OptOut:
    """The lead presses Unsubscribe in the last message."""

    email: str


Act = Ask | Press | Write | Type | Reply | Absence | Bounce | OptOut


@dataclass(frozen=True)
class Beat:
    day: int
    clock: str
    act: Act

    @property
    def at(self) -> datetime:
        return moment(self.day, self.clock)


def form(name: str, email: str, message: str, **others: str) -> Ask:
    """The form on the studio's site, as a browser posts it."""
    fields = {"your-name": name, "your-email": email, "your-message": message, **others}
    return Ask(email, "/leads/Website", "application/x-www-form-urlencoded", urlencode(fields))


def google_ad(name: str, email: str, phone: str, service: str) -> Ask:
    """Google's own lead form, as Google posts it."""
    columns = {"FULL_NAME": name, "EMAIL": email, "PHONE_NUMBER": phone}
    data = [{"column_id": key, "string_value": value} for key, value in columns.items()]
    asked = {"column_name": "What do you need?", "column_id": "QUESTION_1", "string_value": service}
    body = {"lead_id": f"g-{phone[-4:]}", "form_id": 4711, "user_column_data": [*data, asked]}
    return _json("/leads/Google%20Ads", email, body)


def facebook_ad(name: str, email: str, phone: str, service: str) -> Ask:
    """A lead ad on Facebook, as Zapier passes it on."""
    body = {"full_name": name, "email": email, "phone_number": f"p:{phone}", "what_do_you_need?": service}
    return _json("/leads/Facebook", email, {"leadgen_id": f"fb-{phone[-4:]}", "ad_name": "Spring", **body})


def instagram(name: str, email: str, message: str) -> Ask:
    """A direct message on Instagram, as a chat tool passes it on."""
    first, _, last = name.partition(" ")
    body = {"first_name": first, "last_name": last, "email": email, "last_input_text": message}
    return _json("/leads/Instagram", email, {"ig_username": first.lower(), **body})


def _json(path: str, email: str, body: Mapping[str, Any]) -> Ask:
    return Ask(email, path, "application/json", json.dumps(body))


STORY = (
    Beat(1, "09:12", form("Maya Lindqvist", MAYA, "We open a café in May and need a logo and a menu.")),
    Beat(1, "09:15", Press(MAYA, Action.TAKE)),
    Beat(1, "11:40", google_ad("Tom Hargreaves", TOM, "+44 117 496 0131", "Photography")),
    Beat(1, "11:44", Write(TOM, "Which day would suit you?")),
    Beat(1, "14:05", instagram("Priya Nair", PRIYA, "Do you take photos of cakes? How much is half a day?")),
    Beat(1, "14:09", Write(PRIYA, "Yes, we do: half a day is 400 pounds.")),
    Beat(1, "22:30", form("Jonas Weber", JONAS, "Wir suchen jemanden, der unsere Internetseite neu macht.")),
    Beat(2, "09:10", Write(JONAS, "Guten Tag, wann dürfen wir anrufen?")),
    Beat(2, "10:20", facebook_ad("Dan Whitlock", DAN, "+44 117 496 0144", "Website")),
    Beat(2, "10:21", Bounce(DAN)),
    Beat(3, "09:20", Press(DAN, Action.CALLED)),
    Beat(3, "14:06", Absence(PRIYA, "I am away, back on 11 March 2026.")),
    Beat(3, "15:10", Reply(TOM, "Thursday at ten would suit me. Please ring me then.")),
    Beat(4, "10:25", Type(TOM, "Status", "Booked")),
    Beat(
        4, "15:45", instagram("Chloe Martin", CHLOE, "Love your pictures! Could you do portraits of my team?")
    ),
    Beat(4, "15:49", Write(CHLOE, "Gladly! How many of you are there?")),
    Beat(5, "10:50", form("Sam Taylor", SAM, "Our website is down. Can you help, as soon as possible?")),
    Beat(5, "11:35", Press(SAM, Action.CALLED)),
    Beat(6, "19:20", google_ad("Aisha Rahman", AISHA, "+44 117 496 0163", "Branding")),
    Beat(8, "09:20", Write(AISHA, "Shall we talk this week?")),
    Beat(
        8, "10:15", form("Rosa Delgado", ROSA, "I need photos for a restaurant next week. Could you quote?")
    ),
    Beat(8, "10:40", Reply(ROSA, "Tuesday from three, twelve dishes. Could you do that?")),
    Beat(8, "10:55", Write(ROSA, "Tuesday at three is yours.")),
    Beat(8, "12:30", OptOut(CHLOE)),
    Beat(9, "13:30", facebook_ad("Oliver Grant", OLIVER, "+44 117 496 0174", "Photography")),
    Beat(9, "13:50", Write(OLIVER, "Thank you! For your own site?")),
    Beat(9, "15:00", Type(AISHA, "Next follow-up", "2026-03-18")),
    Beat(10, "11:25", instagram("Kyle Rank", KYLE, "I sell backlinks and a guest post for your website.")),
    Beat(10, "11:40", Press(KYLE, Action.NO_LEAD)),
    Beat(11, "16:30", Type(ROSA, "Status", "Won")),
    Beat(12, "09:45", form("Lena Fischer", LENA, "Could you redraw our logo by summer?")),
    Beat(12, "09:49", Write(LENA, "Of course. May I see the old one?")),
    Beat(12, "16:20", Reply(PRIYA, "Sorry, I was away. Yes, please: could we talk next week?")),
)
