"""A kind of study as one record: who answers it, how its answers are read, what is shown and what is stored of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import xarray as xr

from model.case.read.case import Case
from model.report.pages.page import Report
from model.report.studies.step_names import scenario_step
from model.report.studies.study_front import StudyAnswers
from model.results.study import StoredStudy
from model.study.engine.resources import Notes, Resources
from model.study.plan.reference import Reference

finer = 0.5

# Adds the answers to the notes; raises KeyboardInterrupt or TimeoutError where it was stopped.
AnswerStudy = Callable[[Reference, Mapping[str, Any], Notes, Resources], None]


@dataclass(frozen=True)
class StudyKind:
    """`read` gives what is answered so far, None while nothing can be said; of that `text` makes the screen, `report` the pages (both with
    the labels of the case, in a language), `answers` the sentences that its page starts with, and `record` plain values. `dataset` gives all answers of a study
    that has them.

    The reference is proven to a share of the gap asked for (a finer one where it stands in every difference), and serves all demands
    unless `reference_may_lack`. `step` is what a step is called while it goes on. `limit_each`: the time limit is that of each model, not of all answers together.
    """

    name: str
    answer: AnswerStudy
    read: Callable[[StoredStudy, Case], Any]
    text: Callable[[Any, xr.Dataset, str], str]
    report: Callable[[Any, xr.Dataset, str], Report]
    answers: Callable[[Any, xr.Dataset, str], StudyAnswers]
    record: Callable[[Any], dict[str, Any]]
    dataset: Callable[[StoredStudy, Case], xr.Dataset]
    reference_gap: float = finer
    reference_may_lack: bool = False
    limit_each: bool = False
    step: Callable[[str, xr.Dataset, str], str] = scenario_step
