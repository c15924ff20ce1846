"""What a relay found of TLS at the next host, where the receiver has published a policy or wants reports (RFC 8461,
RFC 8460)."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.ref import Ref
from smtpsim.views.row import Mark, Row, cited
from smtpsim.world.mta_sts.guard import NO_STARTTLS, NOT_NAMED, Secured

POLICY = Ref(8461, "5")
NAMED = Ref(8461, "4.1")
CERTIFICATE = Ref(8461, "4.2")
REPORTS = Ref(8460, "4.3")


def secured_rows(found: Secured, words: Words) -> Iterator[Row]:
    """The policy, whether it names the host, the certificate, and what is done about all that."""
    guard = found.guard
    if guard.asks:
        yield Row(
            "policy", "MTA-STS", f"{guard.mode}  {guard.domain}", Mark.NOTE, _cited(f"mode-{guard.mode}", POLICY, words)
        )
        barred = guard.bars(found.mx)
        key = "not-named" if barred else "named"
        yield Row("mx", "", found.mx, Mark.BAD if barred else Mark.GOOD, _cited(key, NAMED, words), 1)
    elif guard.trouble:
        yield Row("policy", "MTA-STS", guard.domain, Mark.WARN, _cited(f"result-{guard.trouble}", REPORTS, words))
    yield _encryption(found, words)
    if found.result and guard.asks:
        key = "refused" if guard.enforces else "only-reported"
        yield Row("done", "", words(f"tls.{key}"), Mark.BAD if guard.enforces else Mark.WARN, depth=1)


def _encryption(found: Secured, words: Words) -> Row:
    """Whether the dialogue is encrypted, and for whom the certificate is."""
    if found.result == NO_STARTTLS:
        return Row("tls", "TLS", words("tls.clear"), Mark.BAD, _cited(f"result-{found.result}", REPORTS, words))
    value = words("tls.certificate", names=", ".join(found.names))
    if not found.guard.asks:
        return Row("tls", "TLS", value, Mark.NOTE, words("tls.unverified"))
    good = found.result in ("", NOT_NAMED)
    key = "verified" if good else f"result-{found.result}"
    return Row("tls", "TLS", value, Mark.GOOD if good else Mark.BAD, _cited(key, CERTIFICATE, words))


def _cited(key: str, ref: Ref, words: Words) -> str:
    return f"{words(f'tls.{key}')} ({cited(ref)})"
