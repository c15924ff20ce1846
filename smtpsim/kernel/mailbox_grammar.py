"""The grammar of a mailbox (RFC 5321 4.1.2, 4.1.3), each pattern beside its ABNF; deviations are stated."""

from __future__ import annotations

import re

# The classes below say what is left out, so that UTF8-non-ascii (RFC 6531 3.3) is in without a huge range,
# which re would take 30 ms to compile at each start.

# atext (RFC 5322 3.2.3): all but controls, space and specials
_ATEXT = r'[^\x00-\x20"(),.:;<>@\[\\\]\x7f]'

# Dot-string = Atom *("." Atom)
DOT_STRING = re.compile(rf"{_ATEXT}+(?:\.{_ATEXT}+)*")

# Quoted-string = DQUOTE *QcontentSMTP DQUOTE
# QcontentSMTP   = %d32-33 / %d35-91 / %d93-126 / quoted-pairSMTP ;  quoted-pairSMTP = %d92 %d32-126
QUOTED_STRING = re.compile(r'"(?:[^\x00-\x1f"\\\x7f]|\\[ -~])*"')

# Custom: what real servers take for a local part. Dots at the ends and in a row, quoted strings as words
# among atoms (RFC 5322 3.4.1 obs-local-part), quoted pairs outside quotes, a colon, controls inside quotes.
_LOOSE_ATOM = rf"(?:{_ATEXT}|\\[^\x00-\x1f\x7f]|:)+"
_LOOSE_QUOTED = r'"(?:[^"\\\x00]|\\[^\x00])*"'
_LOOSE_WORD = rf"(?:{_LOOSE_ATOM}|{_LOOSE_QUOTED})"
LOOSE_LOCAL = re.compile(rf"\.*{_LOOSE_WORD}(?:\.+{_LOOSE_WORD})*\.*|\.+")

# sub-domain = Let-dig [Ldh-str], or a U-label (RFC 6531 3.3). Deviations, as real servers have it: the
# underscore, which many host names carry, and a hyphen at the end of a label.
SUB_DOMAIN = r"[^\x00-/:-@\[-^`{-\x7f][^\x00-,./:-@\[-^`{-\x7f]*"

# Domain = sub-domain *("." sub-domain)
DOMAIN = re.compile(rf"{SUB_DOMAIN}(?:\.{SUB_DOMAIN})*")

# address-literal = "[" ( IPv4-address-literal / IPv6-address-literal / General-address-literal ) "]"
# The inside is checked by literal_valid().
LITERAL = re.compile(r"\[([^\[\]\\ \x00-\x1f\x7f]*)\]")

# IPv4-address-literal = Snum 3("."  Snum) ; Snum = 1*3DIGIT, 0 to 255
_IPV4 = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")

# a character that is in the way of a Dot-string: no atext, or a dot at either end or behind another
NO_DOT_STRING = re.compile(rf"(?!{_ATEXT}|\.).|^\.|(?<=\.)\.|\.\Z", re.DOTALL)

# UTF8-non-ascii (RFC 6531 3.3), and octets that are no UTF-8
NON_ASCII = re.compile(r"[^\x00-\x7f]")

LOCAL_LIMIT = 64
LOCAL_CUSTOM = 255
"""Servers take local parts up to about this length; 64 octets is the limit (RFC 5321 4.5.3.1.1)."""

DOMAIN_LIMIT = 255
LABEL_LIMIT = 63


def literal_valid(inside: str) -> bool:
    """Whether the text between the brackets of an address literal is one (RFC 5321 4.1.3).

    There is no registered General-address-literal, so only IPv4 and IPv6 are good.
    """
    if inside[:5].lower() == "ipv6:":
        return _ipv6_valid(inside[5:])
    return bool(_IPV4.fullmatch(inside)) and all(int(number) <= 255 for number in inside.split("."))


def _ipv6_valid(text: str) -> bool:
    from ipaddress import AddressValueError, IPv6Address

    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return "%" not in text
