"""Sweeps of the toy, stored, and what each end of its tornado costs by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from calling import TOY

from model.case.read.case import Case, read_case
from model.results.study import StoredStudy
from model.study.engine.engine import Execution, begin
from model.study.plan.solved_model import Options, Watch
from model.study.sweep.design import Design
from model.study.sweep.sweep import question_of

# Money in 亿元 a year. A TWh of heat: from coal 1.6; from a heat pump 10/20 and 0.4 TWh of power, which is 3.5 from a roof (0.1 GW a year may be
# built) and 4 bought. A boiler's upkeep is 0.2, closing one 0.1 a year. The plan: 2021 coal alone, 2.00; 2022 one boiler, 0.4 TWh by heat pump of
# which 0.25 from the roof, 2.05; 2023 0.5 TWh of coal (its CO2 is the limit), 0.5 by heat pump from the roof, 2.05.
COAL, ROOF, BOUGHT, ONE, TWO = 1.6, 1.9, 2.1, 0.3, 0.2  # ONE: a boiler kept and one closed; TWO: both closed
BASE = 6.10


def annuity(rate: float, years: int) -> float:
    return rate / (1 - (1 + rate) ** -years)


HEAT_6, CLOSED_6 = 10 * annuity(0.06, 20) + 0.4 * 4, annuity(0.06, 10)

# What the three years cost at each end of each range.
BY_HAND: dict[str, float] = {
    # 0.16 + 0.096 + 0.08 Mtce at 8 instead of 10; the plan stays.
    "coal_purchase.price=low": BASE - 0.336 * 2,
    # A TWh from coal is 2.08: heat pumps on the roof beat it, a closed boiler saves 0.1 besides. 0.5 TWh of heat pumps a year: one boiler closed
    # in 2021 (0.25 roof, 0.25 bought), both from 2022 (0.5 and 0.5; 0.75 and 0.25).
    "coal_purchase.price=high": (0.25 * ROOF + 0.25 * BOUGHT + 0.5 * 2.08 + ONE) + (0.5 * ROOF + 0.5 * BOUGHT + TWO)
    + (0.75 * ROOF + 0.25 * BOUGHT + TWO),
    # 0.9 TWh: closing in 2021 costs as much as waiting (1.84) and has the roof of 2021 ready for 2022.
    "heat_demand.amount=low": (0.6 * COAL + ONE + 0.25 * ROOF + 0.05 * BOUGHT) + (0.6 * COAL + ONE + 0.3 * ROOF) + (0.5 * COAL + ONE + 0.4 * ROOF),
    # 1.1 TWh: 0.04 GW of roof already in 2021 (0.1 TWh of heat, 0.3 dearer than coal), or power would be bought in both later years.
    "heat_demand.amount=high": (COAL + 0.1 * ROOF + 0.4) + (0.6 * COAL + ONE + 0.35 * ROOF + 0.15 * BOUGHT) + (0.5 * COAL + ONE + 0.6 * ROOF),
    # 0.5 TWh of power a TWh of heat: roof 2.25, bought 2.5.
    "heat_pump.electricity=low": 2.0 + (0.6 * COAL + ONE + 0.2 * 2.25 + 0.2 * 2.5) + (0.5 * COAL + ONE + 0.4 * 2.25 + 0.1 * 2.5),
    # 0.3: roof 1.55, bought 1.7; both boilers are closed by 2022.
    "heat_pump.electricity=high": (0.5 * COAL + ONE + 1.55 / 3 + 1.7 / 6) + (TWO + 1.55 * 2 / 3 + 1.7 / 3) + (TWO + 1.55),
    # A roof at 2.5: heat 1.5, less than coal; one boiler is closed in 2021.
    "build_rooftop_sun.investment=low": (0.6 * COAL + ONE + 0.25 * 1.5 + 0.15 * BOUGHT) + (0.5 * COAL + ONE + 0.5 * 1.5)
    + (0.25 * COAL + ONE + 0.75 * 1.5),
    # At 4.5 none is built.
    "build_rooftop_sun.investment=high": 2.0 + (0.6 * COAL + ONE + 0.4 * BOUGHT) + (0.5 * COAL + ONE + 0.5 * BOUGHT),
    # 0.18 Mtce a TWh: coal 1.8; closing in 2021 pays; 0.08 Mtce in 2023 are 0.4444 TWh.
    "coal_boiler.coal=low": (0.6 * 1.8 + ONE + 0.25 * ROOF + 0.15 * BOUGHT) + (0.6 * 1.8 + ONE + 0.4 * ROOF) + (0.8 + ONE + (1 - 0.08 / 0.18) * ROOF),
    "coal_boiler.coal=high": (1.5 + 0.4) + (0.6 * 1.5 + ONE + 0.25 * ROOF + 0.15 * BOUGHT) + (0.8 + ONE + (1 - 0.08 / 0.15) * ROOF),
    # Closing at 0.05 a year: in 2021 it costs nothing more, and the roof stands in 2022.
    "close_boiler.investment=low": (0.6 * COAL + 0.25 + 0.25 * ROOF + 0.15 * BOUGHT) + (0.6 * COAL + 0.25 + 0.4 * ROOF)
    + (0.5 * COAL + 0.25 + 0.5 * ROOF),
    "close_boiler.investment=high": BASE + 2 * 0.1,
    # Heat pumps at 0.4 a year: the same.
    "build_heat_pump.investment=low": (0.6 * COAL + ONE + 0.25 * 1.8 + 0.15 * 2.0) + (0.6 * COAL + ONE + 0.4 * 1.8) + (0.5 * COAL + ONE + 0.5 * 1.8),
    "build_heat_pump.investment=high": BASE + 0.1 * (0.4 + 0.5),
    # 0.15 Mt are 0.375 TWh of coal: 0.05 GW of roof in 2021 serves 2022 and 2023.
    "co2_2023.value=low": BASE + 0.125 * (BOUGHT - COAL) - 0.05 * (0.5 + 0.5 - 0.75),
    # 0.3 Mt: the boiler that is left runs in full.
    "co2_2023.value=high": BASE - 0.1 * (ROOF - COAL),
    # What 2022 buys, 0.06 TWh.
    "power_purchase.price=low": BASE - 0.06 * 0.5,
    # Rather than buy at 5, 0.06 GW of roof in 2021 (0.15 TWh of heat, 0.3 dearer than coal) for 0.06 TWh at 3.5 in 2022.
    "power_purchase.price=high": BASE + 0.15 * (ROOF - COAL) - 0.06 * (4 - 3.5),
    # 2.4 or 2.8 t per tce: 0.5208 or 0.4464 TWh of coal in 2023; with 2.8 a little roof in 2021 as above.
    "co2.coal=low": BASE - (0.2 / 2.4 / 0.16 - 0.5) * (ROOF - COAL),
    "co2.coal=high": BASE + (0.5 - 0.2 / 2.8 / 0.16) * (BOUGHT - COAL) - 0.4 * (0.5 - 0.2 / 2.8 / 0.16) * (0.5 + 0.5 - 0.75),
    # 6 %: annuities make roofs dearer than bought power; present value at the start of 2021.
    "discount_rate.value=high": 2.0 / 1.06 + (0.6 * COAL + 0.2 + CLOSED_6 + 0.4 * HEAT_6) / 1.06**2
    + (0.5 * COAL + 0.2 + CLOSED_6 + 0.5 * HEAT_6) / 1.06**3,
}  # fmt: skip


@cache
def toy() -> Case:
    return read_case(TOY)


def swept(
    design: Design, folder: Path, *, workers: int = 1, gap: float = 1e-9, on: tuple[str, ...] = (), language: str = "en"
) -> StoredStudy:
    how = Execution(Watch(), workers=workers, language=language)
    return begin(toy(), question_of(toy(), design, on=on), Options(gap=gap), folder=folder, execution=how)
