"""Studies answered at once, without a folder."""

from __future__ import annotations

from contextlib import suppress
from time import time
from typing import Any

from model.case.read.case import Case
from model.results.studies import READINGS
from model.study.engine.engine import Question, studied
from model.study.engine.means import Means, Notes
from model.study.engine.steps_of import Tell, silent
from model.study.plan.answer import Options
from model.study.plan.reference import Reference


def answered(reference: Reference, question: Question, means: Means) -> Any:
    """What a study answers, as far as it came before Ctrl-C or the end of its time."""
    asked, notes, complete = question.ask(reference), Notes(), False
    with suppress(KeyboardInterrupt, TimeoutError):
        question.kind.answer(reference, asked, notes, means)
        complete = True
    return READINGS[question.kind.name].read(reference.ready.case.header.id, asked, notes.known, complete=complete)


def unstored(case: Case, question: Question, options: Options, *, tell: Tell = silent) -> Any:
    """The same of a case. Raises NoPlan where it has none, or none without leaving something short."""
    means = Means(options, tell=tell, end=time() + options.time_limit)
    return answered(studied(question.kind, case, options), question, means)
