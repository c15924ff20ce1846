"""BINARYMIME: letters that are not lines at all; they need BDAT (RFC 3030 3)."""

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.extension import one_of
from smtpsim.protocol.smtp.service import Extension

EXTENSION = Extension(
    "binarymime", "BINARYMIME", Ref(3030, "3"), mail={"BODY": one_of("body-value", "7BIT", "8BITMIME", "BINARYMIME")}
)
