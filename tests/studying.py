"""Studies answered at once, without a folder."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import time
from typing import Any

from model.case.read.case import Case
from model.results.study import StoredStudy
from model.study.engine.engine import Question, studied
from model.study.engine.kind import StudyKind
from model.study.engine.resources import Notes, Resources
from model.study.engine.steps_of import Tell, silent
from model.study.plan.reference import Reference
from model.study.plan.solved_model import Options


@dataclass(frozen=True)
class Unstored(StoredStudy):
    """A study whose answers lie in memory."""

    known: Mapping[str, Any] = field(default_factory=dict)
    complete: bool = False

    @property
    def answers(self) -> dict[str, dict[str, Any]]:
        return dict(self.known)

    @property
    def finished(self) -> bool:
        return self.complete


def reference(kind: StudyKind, case: Case, options: Options) -> Reference:
    """What a study of the case starts from: the same each time, so it is solved once for all questions put to it."""
    return _reference(kind, pickle.dumps(case), options)


@cache
def _reference(kind: StudyKind, case: bytes, options: Options) -> Reference:
    return studied(kind, pickle.loads(case), options)


def answered(reference: Reference, question: Question, resources: Resources) -> Any:
    """What a study answers, as far as it came before Ctrl-C or the end of its time."""
    asked, notes, complete = question.ask(reference), Notes(), False
    with suppress(KeyboardInterrupt, TimeoutError):
        question.kind.answer(reference, asked, notes, resources)
        complete = True
    case = reference.ready.case
    content = {"study": question.kind.name, "case": case.header.id, "asked": asked}
    return question.kind.read(Unstored(Path(), content, notes.known, complete), case)


def unstored(case: Case, question: Question, options: Options, *, tell: Tell = silent) -> Any:
    """The same of a case. Raises NoPlan where it has none, or none without leaving something short."""
    resources = Resources(options, tell=tell, end=time() + options.time_limit)
    return answered(reference(question.kind, case, options), question, resources)
