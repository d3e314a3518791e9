"""The sentence of an error: why something cannot be done, and what to do instead."""

from __future__ import annotations

from errno import errorcode
from typing import Any

from model.case.faults import CodedError, clipped
from model.report.fault_text import nearest_words
from model.report.words import word, word_or

longest = 300  # of what was typed or is called so


def error_sentence(error: CodedError, language: str) -> str:
    """One sentence with its remedy.

    >>> error_sentence(CodedError("no_number_fits", name="pv.*", nearest=""), "en")
    "no number fits 'pv.*'; write another name or pattern"
    """
    fields = {name: spoken(name, value, language) for name, value in error.fields.items()}
    return word(f"error_{error.code}", language).format(**fields)


def reason(error: OSError, language: str) -> str:
    """Why the system would not do it."""
    return word_or(f"os_{errorcode.get(error.errno or 0)}", language, str(error.strerror or error))


def spoken(name: str, value: Any, language: str) -> str:
    """A field as a sentence holds it."""
    match value:
        case CodedError():
            return error_sentence(value, language)
        case OSError():
            return reason(value, language)
        case list() | tuple():
            return word("comma", language).join(clipped(str(one), longest) for one in value) or word("none", language)
    return nearest_words(value, language) if name == "nearest" else clipped(str(value), longest)
