"""What is typed, pasted or taken from the history, as it is: a line may hold direction marks and characters unseen."""

from __future__ import annotations

from itertools import accumulate

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput

from smtpsim.kernel.printable import printed


class Seen(Processor):
    """Shows stand-ins for such characters; the buffer keeps them, and the cursor steps over each stand-in at once."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        fragments = transformation_input.fragments
        text = fragment_list_to_text(fragments)
        pieces = printed(text)
        if "".join(pieces) == text:
            return Transformation(fragments)
        starts = [0, *accumulate(map(len, pieces))]
        return Transformation(
            _styled(fragments, pieces),
            source_to_display=lambda at: starts[at] if at < len(starts) else starts[-1] + at - len(pieces),
            display_to_source=lambda at: sum(start <= at for start in starts[1:]),
        )


def _styled(fragments: StyleAndTextTuples, pieces: list[str]) -> StyleAndTextTuples:
    """The pieces, one for each character of the fragments, in their styles."""
    left = iter(pieces)
    return [(fragment[0], "".join(next(left) for _ in fragment[1])) for fragment in fragments]
