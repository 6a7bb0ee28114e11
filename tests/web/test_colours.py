"""Whatever colour a business has, what is written in it and upon it can be read."""

from hypothesis import given
from hypothesis import strategies as st

from sheetflow.web.colours import DARK_CARD, LEGIBLE, LIGHT_CARD, OWN, contrast, palette

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(COLOURS)
def test_every_text_can_be_read(colour: str) -> None:
    made = palette(colour)
    assert contrast(made.on, made.fill) >= LEGIBLE
    assert contrast(made.on_light, LIGHT_CARD) >= LEGIBLE
    assert contrast(made.on_dark, DARK_CARD) >= LEGIBLE


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert palette("#0b5cad").on_light == "#0b5cad"
    assert palette("#f2c14e").on_dark == "#f2c14e"
    assert palette("").fill == OWN


def test_contrast_is_counted_as_the_standard_counts_it() -> None:
    assert contrast("#ffffff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
