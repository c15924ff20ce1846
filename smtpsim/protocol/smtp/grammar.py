"""The grammar of commands and their paths (RFC 5321 4.1.2), each pattern beside its ABNF; deviations are stated.

The grammar of the mailbox inside a path is in `kernel.mailbox_grammar`: headers have mailboxes too.
"""

from __future__ import annotations

import re

from smtpsim.kernel.mailbox_grammar import SUB_DOMAIN

# comment (RFC 5322 3.2.2), which has no place in a path; servers that parse paths as headers skip it, and
# blanks at both ends and around the @ too
COMMENT = re.compile(r"\([^()]*\)")
OUTER_BLANKS = re.compile(r"^[ \t]+|(?<![ \t])[ \t]++\Z")
IDLE_BLANKS = re.compile(r"^[ \t]+|(?<=@)[ \t]+|(?<![ \t])[ \t]++(?=@|\Z)")

# What servers take for a HELO name: a domain, a literal, or nearly one.
HELO_NAME = re.compile(r"[A-Za-z0-9._:\[\]#\\-]+")

# Source route: A-d-l ":" ; A-d-l = At-domain *( "," At-domain ). LOOSE_ROUTE is what servers skip unread.
SOURCE_ROUTE = re.compile(rf"@{SUB_DOMAIN}(?:\.{SUB_DOMAIN})*(?:,@{SUB_DOMAIN}(?:\.{SUB_DOMAIN})*)*:")
LOOSE_ROUTE = re.compile(r"@(?:\[[^\]]*\]|[^:\[\] ])*:")

# ASCII's signs and the space as East Asian input methods write them when nobody has switched them off
FULL_WIDTH = re.compile(r"[\uff01-\uff5e\u3000]+")

# the words of a command line; only SP is a blank by the grammar, but servers take HTAB too
WORD = re.compile(r"[^ \t]+")

# esmtp-param = esmtp-keyword ["=" esmtp-value]
# esmtp-keyword = (ALPHA / DIGIT) *(ALPHA / DIGIT / "-")
# esmtp-value = 1*(%d33-60 / %d62-126), and UTF-8 (RFC 6531 3.3)
KEYWORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")

# xtext = *( xchar / "+" 2HEXDIG ) ; xchar is any of %d33-126 but "+" and "=" (RFC 3461 4). Deviation: small
# hexadecimal digits, which servers take
XTEXT = re.compile(r"(?:[!-*,-<>-~]|\+[0-9A-Fa-f]{2})*")

# What nearly every line holds: names of ASCII letters, digits and single signs between them, a top-level domain that
# begins with a letter (so that no IP address is one). Up to PLAIN_LIMIT characters nothing about them is odd, and one
# match does for all that path.py and kernel/mailbox.py ask: a third of what MAIL and RCPT cost.
_PLAIN_LABEL = r"[A-Za-z0-9]++(?:-[A-Za-z0-9]++)*"
_PLAIN_DOMAIN = rf"(?:{_PLAIN_LABEL}\.)+[A-Za-z][A-Za-z0-9]*+"
PLAIN_DOMAIN = re.compile(_PLAIN_DOMAIN)
PLAIN_PATH = re.compile(rf"<([A-Za-z0-9]++(?:[._+-][A-Za-z0-9]++)*)@({_PLAIN_DOMAIN})>")
PLAIN_LIMIT = 60

PATH_LIMIT = 256
COMMAND_LIMIT = 512
TEXT_LINE_LIMIT = 1000
