"""The grammar of RFC 3501 9, each pattern beside its ABNF; deviations are stated."""

from __future__ import annotations

import re

# atom-specials = "(" / ")" / "{" / SP / CTL / list-wildcards / quoted-specials / resp-specials
# ATOM-CHAR = <any CHAR except atom-specials>
ATOM_CHAR = r"!#$&'+,\-./0-9:;<=>?@A-Z\[^_`a-z|}~"

# atom = 1*ATOM-CHAR
ATOM = re.compile(rf"[{ATOM_CHAR}]+")

# ASTRING-CHAR = ATOM-CHAR / resp-specials
ASTRING = re.compile(rf"[{ATOM_CHAR}\]]+")

# list-char = ATOM-CHAR / list-wildcards / resp-specials
LIST_MAILBOX = re.compile(rf"[{ATOM_CHAR}\]%*]+")

# tag = 1*<any ASTRING-CHAR except "+">
TAG = re.compile(rf"[{ATOM_CHAR.replace('+', '')}\]]+")

# quoted = DQUOTE *QUOTED-CHAR DQUOTE. Deviation: octets beyond ASCII are taken, which the reader remarks
QUOTED = re.compile(r'"((?:[^"\\\r\n\x00]|\\["\\])*)"')

# literal = "{" number "}" CRLF *CHAR8. The octets are kept apart from the line, so nothing follows the CRLF
LITERAL = re.compile(r"\{([0-9]+)\}\r\n")

# What a line ends with when a literal follows; the plus is that of RFC 7888 3, which is not offered
LITERAL_AHEAD = re.compile(r"\{([0-9]+)(\+?)\}\Z")

# sequence-set = (seq-number / seq-range) *("," sequence-set); the inside is read by `sequence`
SEQUENCE_SET = re.compile(r"[0-9*][0-9*:,]*")
SEQUENCE_RANGE = re.compile(r"([0-9]{1,10}|\*)(?::([0-9]{1,10}|\*))?")

# number = 1*DIGIT, an unsigned 32-bit integer
NUMBER = re.compile(r"[0-9]{1,10}")
NUMBER_LIMIT = 4_294_967_295

# flag = "\" atom for the system's own / flag-keyword = atom
FLAG = re.compile(rf"\\?[{ATOM_CHAR}]+")

# field-name = 1*ftext (RFC 5322 3.6.8), which is less than the astring that RFC 3501 has
FIELD_NAME = re.compile(r"[!-9;-~]+")

# fetch-att without what stands in brackets
FETCH_WORD = re.compile(r"[A-Za-z0-9.]+")

# date-text = date-day "-" date-month "-" date-year
DATE = re.compile(r"([0-9]{1,2})-([A-Za-z]{3})-([0-9]{4})")

# section-part = nz-number *("." nz-number); then "." section-text
SECTION_PART = re.compile(r"[1-9][0-9]{0,9}(?:\.[1-9][0-9]{0,9})*")

# "<" number "." nz-number ">"
PARTIAL = re.compile(r"<([0-9]{1,10})\.([1-9][0-9]{0,9})>")

# nil = "NIL", as a whole word
NIL = re.compile(r"NIL(?=[ )]|\Z)", re.IGNORECASE)

# initial-resp = (base64 / "=") (RFC 4959 3); what it holds is checked when it is decoded
SASL_ANSWER = re.compile(r"[^ ]*")

# what may be made. Deviation: less than mailbox = astring: no wildcards, no controls, nothing beyond ASCII (RFC 3501
# 5.1.3 has modified UTF-7 for that), no empty level, no more than 255 characters
MAILBOX_NAME = re.compile(r"(?=.{1,255}\Z)[ -$&-)+-.0-~]+(?:/[ -$&-)+-.0-~]+)*")

# date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
DATE_TIME = re.compile(r'"[^"\r\n]{1,40}"')
