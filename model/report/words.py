"""The programme's own words: one file a language in `languages/`, each read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "languages"
TABLES = ("shown_units", "spelled_units", "prices")  # looked up by what stands in the data, and apart from words


def languages() -> tuple[str, ...]:
    """The languages that have a file."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def sections(language: str) -> Mapping[str, Mapping[str, Any]]:
    """{section: {key: word}} of a language's file."""
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def words(language: str) -> Mapping[str, str]:
    """{key: word or sentence}; `{}` and `{name}` in it are filled in by the caller."""
    return {key: said for name, section in sections(language).items() if name not in TABLES for key, said in section.items()}


def word(key: str, language: str) -> str:
    """A word or sentence in the language.

    >>> word("schedule", "zh")
    '建设时序'
    """
    return words(language)[key]


def counted(key: str, count: int, language: str, *others: object) -> str:
    """A sentence that starts from a number of things, filled in; of one thing it is `KEY_one` where there is one.

    >>> counted("line_faults", 1, "en"), counted("line_faults", 2, "en")
    ('1 fault', '2 faults')
    """
    return word_or(f"{key}_one" if count == 1 else key, language, word(key, language)).format(count, *others)


def word_or(key: str, language: str, otherwise: str) -> str:
    """A word, or what is given where the programme has none (a name that data or a library brought)."""
    return words(language).get(key, otherwise)


def in_data(name: str, language: str) -> str:
    """The name of a column or variable of labels, in the language in which data are shown to the reader.

    >>> in_data("label", "zh")
    'label_zh'
    """
    return f"{name}_{word('data_language', language)}"


def said(row: Any, column: str, language: str) -> str:
    """What a row of the case says in a column that data have in some languages: its `label`, its `words`, a `reason`."""
    return str(vars(row)[in_data(column, language)] or "")


def as_written(text: str, language: str) -> str:
    """What data say in one language alone, marked where the reader is shown another.

    >>> as_written("estimate: two works", "zh"), as_written("规划原文", "en"), as_written("GB 3095", "zh")
    ('estimate: two works（英文原文）', '规划原文 (in Chinese)', 'GB 3095')
    """
    chinese, shown = (bool(re.search("[\u4e00-\u9fff]", one)) for one in (text, word("language_name", language)))
    other = not chinese and len(re.findall("[a-z]{3,}", text)) > 1 if shown else chinese
    return word("in_another_language", language).format(text) if other else text


def of_both(english: str, chinese: str, language: str) -> str:
    """The one of two labels that the reader is shown."""
    return {"_en": english, "_zh": chinese}[in_data("", language)]
