"""The back-cast of a case: base year and past as they are found, held against what was published of them."""

from __future__ import annotations

from dataclasses import replace

from model.case.faults import CodedError
from model.case.parameters.day_choice import number_of
from model.case.read.case import Case
from model.results.backcast import Backcast, backcast, last_of_record
from model.study.plan.solve import past_alone
from model.study.solved.solved_model import Options, Watch


def backcast_of(case: Case, options: Options, watch: Watch) -> Backcast:
    """The record of the years before decisions begin; without `options.decide_from` these end with the last year of which anything is published.

    Raises NoPlan when base year or past cannot be run, CodedError where nothing of a year after the base year is asked for.
    """
    since = options.decide_from or max(case.header.decide_from or 0, last_of_record(case) + 1)
    if since <= case.header.base_year + 1:
        raise CodedError("no_record", case=case.header.id, year=case.header.base_year)
    base, past = past_alone(case, replace(options, decide_from=since), watch)
    account = {i: {case.header.base_year: value} | dict(past.account.get(i, {})) for i, value in base.items()}
    last = max(year for years in account.values() for year in years)
    return backcast(case, account, first=case.header.base_year, last=last, days=number_of(past.days))
