"""8BITMIME: letters with octets above 127 (RFC 6152)."""

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.extension import one_of
from smtpsim.protocol.smtp.service import Extension

EXTENSION = Extension("eightbitmime", "8BITMIME", Ref(6152), mail={"BODY": one_of("body-value", "7BIT", "8BITMIME")})
