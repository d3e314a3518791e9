"""A study of trade-offs: answers that are read from their records alone, and a Dataset of them with what the records say beside the plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import xarray as xr

from model.case.read.case import Case
from model.case.read.labels import labels
from model.report.pages.page import Report
from model.report.studies.step_names import scenario_step
from model.report.studies.study_front import StudyAnswers
from model.results.plain import number
from model.results.run import RunError
from model.results.study import ARRAYS, StoredStudy, labels_along, stacked
from model.study.engine.kind import AnswerStudy, StudyKind
from model.study.engine.scenario import REFERENCE


class Made(Protocol):
    """What a study of trade-offs answers."""

    def record(self) -> dict[str, Any]: ...


def trade_off(
    name: str, answer: AnswerStudy, made_from: Callable[..., Made], *, text: Callable[[Any, xr.Dataset, str], str],
    report: Callable[[Any, xr.Dataset, str], Report], answers: Callable[[Any, xr.Dataset, str], StudyAnswers], numbers: Sequence[str] = (), texts: Mapping[str, str] | None = None,
    step: Callable[[str, xr.Dataset, str], str] = scenario_step,
) -> StudyKind:  # fmt: skip
    """A kind whose answer is `made_from(case, asked, answers, complete=…)`; `numbers` are fields of its records that stand in its Dataset,

    `texts` {name in the Dataset: field}; `step` is what a step is called while it goes on.
    """

    def read(study: StoredStudy, case: Case) -> Made:
        try:
            return made_from(study.content["case"], study.asked, study.answers, complete=study.finished)
        except (KeyError, TypeError, IndexError, ValueError) as error:
            raise RunError("study_damaged", folder=study.folder) from error

    def dataset(study: StoredStudy, case: Case) -> xr.Dataset:
        return _scenarios_of(study, labels(case), numbers, texts or {})

    return StudyKind(name, answer, read, text, report, answers, lambda made: made.record(), dataset, step=step)


def _scenarios_of(study: StoredStudy, known: xr.Dataset, numbers: Sequence[str], texts: Mapping[str, str]) -> xr.Dataset:
    """All answers with a `scenario` dimension, the reference first; NaN where one has no plan.

    An answer whose plan was found for another one has that plan's indicators and levels.
    """
    answers = study.answers
    order = [REFERENCE, *(name for name in answers if name != REFERENCE)]
    results, place = stacked(study, order), {name: at for at, name in enumerate(order)}
    for name, dims in ARRAYS.items():
        if name not in results:
            continue
        values = results[name].values.copy()
        for at, record in enumerate(answers[scenario] for scenario in order):
            if record.get("plan"):
                values[at] = values[place[record["plan"]]]
        results[name] = (("scenario", *dims), values)
    for name in numbers:
        results[name] = ("scenario", np.array([number(answers[scenario].get(name)) for scenario in order]))
    for name, field in texts.items():
        results[name] = ("scenario", np.array([str(answers[scenario].get(field) or "") for scenario in order], dtype=str))
    head = {"study": study.folder.name, "kind": study.content["study"], "case": study.content["case"]}
    return results.merge(labels_along(known, results), combine_attrs="override").assign_attrs(known.attrs | head)
