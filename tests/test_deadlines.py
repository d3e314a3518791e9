"""What scenarios agree on, on paper: shares by year, what nearly all build, and by when it must be decided."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xarray as xr
from calling import TOY, says

from model.case.read.case import read_case
from model.report.studies.sweep_text import sweep_record, sweep_text
from model.results.deadlines import deadlines, in_force
from model.study.engine.engine import Execution, begin
from model.study.plan.solved_model import Options, Watch
from model.study.sweep.design import grid
from model.study.sweep.sweep import question_of


def scenarios(first: dict[str, list[int | None]], lead: dict[str, int], *, without_plan: int = 0) -> xr.Dataset:
    """Each measure with the first year in which each scenario builds it; 2025 stands for 2023 to 2025."""
    years, count = [2021, 2022, 2025], len(next(iter(first.values()))) + without_plan
    decided = np.array(
        [
            [[float(start is not None and year == start) for year in years] for start in [*starts, *[years[0]] * without_plan]]
            for starts in first.values()
        ]
    )
    return xr.Dataset(
        {
            "decided": (("measure", "scenario", "year"), decided), "level": (("measure", "scenario", "year"), decided.cumsum(axis=2)),
            "objective": ("scenario", [1.0] * (count - without_plan) + [np.nan] * without_plan), "measure_lead_time": ("measure", list(lead.values())),
        },
        coords={"measure": list(first), "scenario": ["reference", *(f"s{at}" for at in range(1, count))], "year": years},
        attrs={"base_year": 2020},
    )  # fmt: skip


def test_a_measure_is_to_be_decided_its_lead_time_before_it_is_first_needed() -> None:
    data = scenarios({"dam": [2025, 2025, 2025], "roof": [2025, 2022, None], "idle": [None, None, None]}, {"dam": 3, "roof": 1, "idle": 0})
    dam, roof = deadlines(data)
    # The year 2025 stands for 2023 on: three years before is 2020.
    assert (dam.measure, dam.core, dam.taken, dam.earliest, dam.latest, dam.decide_by) == ("dam", True, 3, 2025, 2025, 2020)
    # The scenario that builds it in 2022 sets the year: one before.
    assert (roof.core, roof.taken, roof.of, roof.earliest, roof.latest, roof.decide_by, roof.sets) == (False, 2, 3, 2022, 2025, 2021, "s1")


def test_nearly_all_is_nineteen_of_twenty() -> None:
    def core(missing: int) -> bool:
        return deadlines(scenarios({"dam": [2022] * (20 - missing) + [None] * missing}, {"dam": 0}))[0].core

    assert core(0) and core(1) and not core(2)


def test_shares_by_year_are_those_of_the_scenarios_with_a_plan() -> None:
    data = scenarios({"dam": [2021, 2021], "roof": [2025, 2022]}, {"dam": 0, "roof": 0}, without_plan=1)
    # Dam: in force in both from 2021 on, so it does not flip. Roof: in neither, one of two, both.
    (roof,) = in_force(data)
    assert roof.measure == "roof" and roof.shares == (0.0, 0.5, 1.0) and roof.divided == 0.5
    assert deadlines(data)[0].of == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sweep_says_by_when_to_decide(language: str, tmp_path: Path) -> None:
    # At 5000 CNY/kW a roof is built in 2021, at 7000 in 2022, at 9000 never. A boiler closes in 2021 or 2022 in any case.
    design = grid(read_case(TOY), ["build_rooftop_sun.investment=5000,9000"])
    case = read_case(TOY)
    study = begin(
        case, question_of(case, design), Options(gap=1e-9), folder=tmp_path / "study", execution=Execution(Watch(), language=language)
    )
    found = {one.measure: one for one in deadlines(study.results)}
    assert found["close_boiler"].core and found["close_boiler"].decide_by == found["close_boiler"].earliest == 2021
    roof = found["build_rooftop_sun"]
    assert (roof.taken, roof.of, roof.earliest, roof.latest, roof.core) == (2, 3, 2021, 2022, False)
    record = sweep_record(study.results)
    assert {one["measure"] for one in record["decide_by"]} == set(found)
    # In force of the three: at 5000 in every year, at 7000 from 2022, at 9000 never.
    (shares,) = [one["shares"] for one in record["flips_by_year"] if one["measure"] == "build_rooftop_sun"]
    assert shares == pytest.approx((1 / 3, 2 / 3, 2 / 3))
    text = sweep_text(study.results, language)
    assert says(text, "decided by: Heat pumps (2021)" if language == "en" else "热泵供热（2021年）")
    text.encode("gbk")
    tables = tmp_path / "study" / "tables"
    assert (tables / "decide-by.csv").is_file() and (tables / "flips-by-year.csv").is_file()
    book = openpyxl.load_workbook(tmp_path / "study" / "sweep.xlsx")
    assert ("Decide by" if language == "en" else "决策期限") in book.sheetnames
    assert len(book.worksheets[0]._charts) == 2
