"""What the page of a study says before anything else: what came out, what it means for what must be decided, what was left open or rests on estimates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.case.read.case import Case
from model.report.display import shown
from model.report.pages.page import Front
from model.report.plan.answers import fitting, unsure_said
from model.report.words import counted, word

SETTLED = frozenset({"optimal", "kept"})
UNMET = frozenset({"infeasible", "unserved"})  # targets cannot all be met, or something is left short


@dataclass(frozen=True)
class StudyAnswers:
    """What a study comes to, in a sentence, and what it means for what must be decided, in another; of the `asked` situations, in how many targets or
    supply cannot be kept (`unmet`), and how many were not settled (`open`).
    """

    came: str
    means: str
    asked: int
    unmet: int = 0
    open: int = 0


def study_front(answers: StudyAnswers, case: Case, language: str) -> Front:
    """Each sentence after the question that it answers."""
    told = (("came", answers.came), ("means", answers.means), ("open", _open(answers, unsure_said(case, language), language)))
    return Front([(word(f"question_{name}", language), text) for name, text in told if text])


def money_said(amount: float, language: str, *, signed: bool = False) -> str:
    """An amount of 亿元 in the unit in which sentences have money, which stands after it in them."""
    text = figure(amount * float(word("answer_money_scale", language)))
    return f"+{text}" if signed and amount > 0 and text != "0" else text


def figure(value: float) -> str:
    """A number as it is read aloud: three or four figures, without zeros that say nothing.

    >>> figure(0.0150), figure(1234.0), figure(18.75), figure(2e-5)
    ('0.015', '1,234', '18.75', '0')
    """
    text = shown(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def span_said(low: float, high: float, language: str) -> str:
    """From the one amount of money to the other, or the one where both are shown alike."""
    ends = list(dict.fromkeys(money_said(one, language) for one in (low, high)))
    return word("study_span", language).format(*ends) if len(ends) > 1 else ends[0]


def naming(key: str, names: Sequence[str], language: str, **fields: object) -> list[str]:
    """A sentence with the first three names in it, the first two, the first one; the fullest first."""
    return [word(key, language).format(names=listed(names[:most], language), **fields) for most in (3, 2, 1) if most <= len(names)]


def listed(names: Iterable[str], language: str) -> str:
    return word("listed", language).join(names)


def unsettled(statuses: Iterable[str]) -> tuple[int, int]:
    """Of how many situations that ended so targets or supply cannot be kept, and how many were not settled.

    >>> unsettled(["optimal", "infeasible", "time_limit"])
    (1, 1)
    """
    found = list(statuses)
    unmet = sum(status.rpartition("_")[2] in UNMET for status in found)
    return unmet, sum(status not in SETTLED for status in found) - unmet


def _open(answers: StudyAnswers, unsure: str, language: str) -> str:
    parts = [
        word(key, language).format(count) for key, count in (("study_unmet", answers.unmet), ("study_unsettled", answers.open)) if count
    ]
    key = "study_left" if parts else "study_settled"
    return fitting(
        [counted(key, answers.asked, language, word("study_and", language).join(parts), rest) for rest in dict.fromkeys((unsure, ""))],
        language,
    )
