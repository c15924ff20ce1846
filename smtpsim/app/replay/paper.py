"""`replay --paper`, and `--export` of several recordings or of a comparison: pages for paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from smtpsim.app.replay.screens import played_show
from smtpsim.disk.writing import put
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.render.html.explained import explained
from smtpsim.render.html.paper import Paper, paper_page
from smtpsim.render.html.worksheet import answer_key, worksheet
from smtpsim.session.simulation import Turn
from smtpsim.shell.reading import why
from smtpsim.shell.recording import Recording
from smtpsim.transcript.recording import masked_turns
from smtpsim.transcript.show import Show
from smtpsim.views.handout import Handout, handout

EXPLAINED = "explained"
"""What several recordings in one file are where nothing else was asked for."""

SHEETS: Mapping[str, Callable[[Handout, Words], Paper]] = {
    "worksheet": worksheet,
    "key": answer_key,
    EXPLAINED: explained,
}
"""The kinds of sheets, by the word behind `--paper`."""


def write_sheets(recordings: Sequence[Recording], kind: str, path: str, say: Words) -> None:
    """A sheet for each recording, all in one file."""
    draw = SHEETS[kind or EXPLAINED]
    shows = [played_show(recording, say) for recording in recordings]
    sheets = [handout(show, _safe(show, of), say) for show, of in zip(shows, recordings, strict=True)]
    papers = [draw(sheet, say) for sheet in sheets]
    title = papers[0].title if len(papers) == 1 else say("paper.course")
    _write(path, paper_page(title, papers, say), say)


def write_comparison(recordings: Sequence[Recording], path: str, say: Words) -> None:
    """Two recordings side by side."""
    from smtpsim.render.html.versus import versus_paper
    from smtpsim.views.versus import versus

    shows = [(played_show(recording, say), recording) for recording in recordings]
    left, right = (show._replace(turns=_safe(show, recording)) for show, recording in shows)
    paper = versus_paper(versus(left, right, say), say)
    _write(path, paper_page(say("versus.title"), [paper], say, layout="wide"), say)


def _safe(show: Show, recording: Recording) -> tuple[Turn, ...]:
    """The turns as they may be shown: secrets are masked unless they are to be kept."""
    return tuple(masked_turns(show.turns)) if recording.masked else show.turns


def _write(path: str, text: str, say: Words) -> None:
    try:
        put(path, text.encode())
    except OSError as wrong:
        raise Failure(say("cli.unwritable", name=path, reason=why(wrong, say))) from wrong
