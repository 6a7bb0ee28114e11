"""The colours, widths and words of the Sheet, kept apart from how they get there."""

from sheetflow.sheet.layout import Role
from sheetflow.workflow import statuses
from sheetflow.workflow.columns import Whose

FONT = "Inter"
HEADER, INK, PAPER, BAND = "#1F2A37", "#1F2937", "#FFFFFF", "#F7F8FA"
FAINT, RULE = "#6B7280", "#D1D5DB"
CONTROL_ON, CONTROL_PAUSED = ("#DCFCE7", "#166534"), ("#FEE2E2", "#991B1B")
TAB_COLOURS = {
    Role.LEADS: "#2563EB",
    Role.ACTIVITY: "#9CA3AF",
    Role.CONTROL: "#DC2626",
    Role.DASHBOARD: "#16A34A",
}

Colours = tuple[str, str]  # of the paper and of the ink

_BLUE, _INDIGO, _GREEN = ("#DBEAFE", "#1E40AF"), ("#E0E7FF", "#3730A3"), ("#DCFCE7", "#166534")
_TEAL = ("#CCFBF1", "#115E59")
_AMBER, _RED, _GREY = ("#FEF3C7", "#92400E"), ("#FEE2E2", "#991B1B"), ("#E5E7EB", "#4B5563")
# Amber and red are for what waits for a person, in cells and rows alike.
LATE_ROW, NEEDY_ROW = ("#FEE2E2", "#7F1D1D"), ("#FFF7E0", "#1F2937")
STATUS_COLOURS: dict[str, Colours] = {
    statuses.NEW: _BLUE,
    statuses.CONTACTED: _INDIGO,
    statuses.FOLLOWING_UP: _INDIGO,
    statuses.NURTURE: _INDIGO,
    statuses.REPLIED: _AMBER,
    statuses.IN_CONVERSATION: _TEAL,
    statuses.BOOKED: _GREEN,
    statuses.WON: _GREEN,
    statuses.LOST: _GREY,
    statuses.BOUNCED: _GREY,
    statuses.UNSUBSCRIBED: _GREY,
    statuses.DO_NOT_CONTACT: _GREY,
    statuses.NOT_A_LEAD: _GREY,
    statuses.PAUSED: _GREY,
    statuses.NEEDS_ATTENTION: _RED,
    statuses.TEST: _GREY,
}

OWNER_COLOURS: tuple[Colours, ...] = (
    ("#EDE9FE", "#5B21B6"),
    ("#CFFAFE", "#155E75"),
    ("#FCE7F3", "#9D174D"),
    ("#ECFCCB", "#3F6212"),
    ("#FFEDD5", "#9A3412"),
    ("#E0F2FE", "#075985"),
)

# Pixels.
WIDTHS = {
    Role.LEADS: {
        "status": 145,
        "name": 150,
        "why": 420,
        "next_follow_up": 175,
        "owner": 110,
        "notes": 250,
        "priority": 80,
        "service": 140,
        "message": 300,
        "email": 220,
        "phone": 140,
        "location": 120,
        "urgency": 110,
        "source": 110,
        "received": 165,
        "first_response": 120,
        "owner_response": 130,
        "replied": 165,
        "last_contact": 165,
        "last_step": 120,
        "next_step": 120,
        "emails_sent": 100,
        "details": 240,
        "id": 125,
    },
    Role.ACTIVITY: {
        "at": 190,
        "lead_id": 125,
        "event": 120,
        "step": 120,
        "detail": 420,
        "message_id": 240,
        "run": 90,
        "event_id": 260,
    },
    Role.CONTROL: {"name": 170, "value": 300, "meaning": 320},
}
START_WIDTH = 500  # of what stands beside the lines of Control
DASHBOARD_WIDTHS = (190, 150, 320, 150, 130, 150, 190)  # from the left
CHART_COLOURS = ("#2563EB", "#F59E0B", "#10B981", "#8B5CF6", "#9CA3AF")

# Notes on the headers of Leads.
WHOSE = {
    Whose.SHEETFLOW: "Sheetflow's column: it is filled in and kept right by itself.",
    Whose.SHARED: "Yours and sheetflow's: what you type counts, and sheetflow obeys it.",
    Whose.LEAD: "Yours: filled in once when the lead arrives; what stands here is what is used.",
    Whose.PEOPLE: "Yours alone: sheetflow keeps a copy and never changes it.",
}


def colour(hexadecimal: str) -> dict[str, dict[str, float]]:
    """A ColorStyle."""
    red, green, blue = (int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return {"rgbColor": {"red": round(red, 4), "green": round(green, 4), "blue": round(blue, 4)}}
