"""Names that must not repeat, made from the seed and a count so that a session can be repeated to the byte."""

from __future__ import annotations

from smtpsim.world.model import World

_DIGITS = "0123456789BCDFGHJKLMNPQRSTVWXYZ"
_PAIRS = tuple(high + low for high in _DIGITS for low in _DIGITS)
_MIXER = 2_654_435_761
_SPACE = 31**8


def queue_id(world: World) -> str:
    """The queue's name for the next letter: 8 digits without vowels, so that no word comes out."""
    number = (world.serial * 27_644_437 + world.seed * _MIXER + 412_000_000_000) % _SPACE
    high, low = divmod(number, 31**4)
    return _PAIRS[high // 961] + _PAIRS[high % 961] + _PAIRS[low // 961] + _PAIRS[low % 961]
