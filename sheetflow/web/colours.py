"""The business's colour, so that everything in it can be read: contrast as WCAG 2 counts it."""

from dataclasses import dataclass

OWN = "#0b5cad"
WHITE, BLACK = "#ffffff", "#000000"  # on any colour one of them can be read
LIGHT_CARD, DARK_CARD = "#ffffff", "#22252b"
LEGIBLE = 4.5  # to 1, for text

_STEPS = 20


@dataclass(frozen=True)
class Palette:
    """`fill` is the colour as the business named it and `on` the text upon it.

    `on_light` and `on_dark` are the same colour, as far as it can be read on a page's light or dark card.
    """

    fill: str
    on: str
    on_light: str
    on_dark: str


def palette(colour: str) -> Palette:
    """Of `#rrggbb`; empty for sheetflow's own."""
    fill = colour or OWN
    on = max((WHITE, BLACK), key=lambda text: contrast(text, fill))
    return Palette(fill, on, _legible(fill, LIGHT_CARD, BLACK), _legible(fill, DARK_CARD, WHITE))


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _legible(colour: str, card: str, towards: str) -> str:
    """The colour, moved no further than needed."""
    shades = (_mixed(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    return next(shade for shade in shades if contrast(shade, card) >= LEGIBLE)


def _mixed(colour: str, other: str, share: float) -> str:
    mixed = (round(a + (b - a) * share) for a, b in zip(_parts(colour), _parts(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
