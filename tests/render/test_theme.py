"""Themes: each says the same by marks and words without colours, and its colours can be read on its ground."""

from __future__ import annotations

import pytest

from smtpsim.app.tui.style import style_sheet
from smtpsim.render.theme import THEME, THEMES, Look, guessed

PALETTE = {
    "black": "000000",
    "red": "cd0000",
    "green": "00cd00",
    "yellow": "cdcd00",
    "blue": "0000ee",
    "magenta": "cd00cd",
    "cyan": "00cdcd",
    "white": "e5e5e5",
    "brightblack": "7f7f7f",
    "brightred": "ff0000",
    "brightgreen": "00ff00",
    "brightyellow": "ffff00",
    "brightblue": "5c5cff",
    "brightmagenta": "ff00ff",
    "brightcyan": "00ffff",
    "brightwhite": "ffffff",
}
"""The sixteen colours of xterm."""

GROUNDS = {"dark": "000000", "high-contrast": "000000", "colour-blind": "000000", "light": "ffffff"}


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(look: Look, ground: str) -> float:
    ink = PALETTE.get(look.colour) or ("ffffff" if ground == "000000" else "000000")
    behind = PALETTE.get(look.ground, ground)
    ink, behind = (behind, ink) if look.reverse else (ink, behind)
    light, dark = sorted((luminance(ink), luminance(behind)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", GROUNDS)
def test_every_look_can_be_read_on_its_ground(name: str) -> None:
    least = {role: round(contrast(look, GROUNDS[name]), 1) for role, look in THEMES[name].items()}
    assert {role: ratio for role, ratio in least.items() if ratio < 3} == {}


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_has_every_role_and_no_other(name: str) -> None:
    assert THEMES[name].keys() == THEME.keys()
    assert style_sheet(name).style_rules


def test_for_the_colour_blind_good_and_bad_differ_by_light_and_by_more_than_colour() -> None:
    theme = THEMES["colour-blind"]
    good, bad = theme["badge-good"], theme["badge-bad"]
    grounds = sorted((luminance(PALETTE[good.ground]), luminance(PALETTE[bad.ground])))
    assert (grounds[1] + 0.05) / (grounds[0] + 0.05) > 3
    assert bad.words() != good.words()


@pytest.mark.parametrize(
    ("ground", "theme"), [("15;0", "dark"), ("0;15", "light"), ("0;default;7", "light"), ("", "plain"), ("x", "plain")]
)
def test_the_ground_of_the_terminal_chooses(ground: str, theme: str) -> None:
    assert guessed({"COLORFGBG": ground} if ground else {}) == theme
