"""Autosave: a journal from the first turn on that is worth it; none where the disk does not want it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from smtpsim.session.timeline import Timeline

if TYPE_CHECKING:
    from smtpsim.shell.journal import Journal


class Autosave:
    """Called after every action. Nothing that it does can end the session."""

    def __init__(self) -> None:
        self._journal: Journal | None = None
        self._broken = False

    def follow(self, timeline: Timeline) -> None:
        """Bring the journal to where the session is."""
        if self._broken or (self._journal is None and not timeline.position):
            return
        try:
            self._journal = self._journal or self._begun()
            self._journal.follow(timeline)
        except OSError:
            self._broken = True

    def close(self) -> None:
        """The session ended well."""
        if self._journal is not None:
            self._journal.close()

    def _begun(self) -> Journal:
        from smtpsim.shell.journal import Journal
        from smtpsim.shell.paths import new_journal

        return Journal(*new_journal())
