"""What replies, faults and outcomes mean: a folder for each language, with the same keys in each."""

from smtpsim.explain.words import LANGUAGES, Words, language, words

__all__ = ["LANGUAGES", "Words", "language", "words"]
