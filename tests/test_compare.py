"""Runs side by side: what differs comes first, what is the same is counted, differences of cost are intervals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from calling import TOY, call

from model.commands import paths
from model.report.studies.compare_tables import compare_text
from model.results.apart import Apart, Gaps, in_ranges, sorted_out, told_apart
from model.results.compare import compare
from model.results.run import Run, RunError, find_run, open_run


@pytest.fixture(scope="module")
def runs(toy_run: dict, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy as it is; with 0.1 Mt of CO2 asked and the boilers' target dropped; and with dearer coal in its own tables."""
    home = tmp_path_factory.mktemp("compare")
    dear = home / "toy"
    shutil.copytree(TOY, dear)
    numbers = (dear / "numbers.csv").read_text(encoding="utf-8").splitlines()
    changed = [line.replace(",1000,", ",1100,", 1) if line.startswith("coal_purchase,price") else line for line in numbers]
    assert changed != numbers
    (dear / "numbers.csv").write_text("\n".join(changed) + "\n", encoding="utf-8")
    shutil.copytree(toy_run["run"], home / "runs" / "toy" / "a")
    before = paths.RUNS
    paths.RUNS = home / "runs"
    try:
        for name, words in (
            ("same", ("toy",)), ("b", ("toy", "--set", "co2_2023.value=0.1", "--drop", "one_boiler_left")), ("c", (str(dear),)),
        ):  # fmt: skip
            assert call("solve", *words, "--out", str(home / "runs" / "toy" / name)).exit_code == 0
    finally:
        paths.RUNS = before
    return home / "runs"


def test_two_runs_of_one_thing_are_the_same(runs: Path) -> None:
    made = compare([find_run(runs, "toy/a"), find_run(runs, "toy/same")])
    assert not (made.asked or made.targets or made.indicators or made.measures or made.files or made.inputs)
    assert made.same == {"targets": 3, "indicators": 9, "measures": 3}
    low, high = made.costs[1].low, made.costs[1].high
    assert low <= 0.0 <= high


def test_rules_of_counting_money_that_differ_are_told(runs: Path, tmp_path: Path) -> None:
    """The toy has no rate and yearly spans: it costs the same by each rule, and no number is said to differ."""
    even = tmp_path / "toy"
    shutil.copytree(TOY, even)
    head = (even / "case.yaml").read_text(encoding="utf-8")
    (even / "case.yaml").write_text(head + "span_rule: even\npayments: middle\n", encoding="utf-8")
    out = tmp_path / "runs" / "toy" / "even"
    assert call("solve", str(even), "--out", str(out)).exit_code == 0
    first, other = find_run(runs, "toy/a"), open_run(out)
    made = compare([first, other])
    assert made.asked == {"span_rule": ("end", "even"), "payments": ("end", "middle")} and not made.inputs
    assert made.costs[1].cost == made.costs[0].cost
    for language, told in (("en", "do not compare like with like"), ("zh", "不可直接比较")):
        text = compare_text(made, other.results, language)
        assert told in " ".join(text.split()) or told in "".join(text.split())
        assert told not in compare_text(compare([first, find_run(runs, "toy/same")]), first.results, language)


def test_what_differs_is_told_most_first(runs: Path) -> None:
    made = compare([find_run(runs, "toy/a"), find_run(runs, "toy/b")])
    assert made.asked == {"changes": ("", "co2_2023.value=0.1"), "dropped": ("", "one_boiler_left")}
    # 6.10 of the README against 6.21: 0.25 TWh of coal heat in 2023 instead of 0.5, all else by pump and roof.
    assert made.costs[1].low <= 0.11 + 1e-6 and made.costs[1].high >= 0.11 - 1e-6
    assert {(one.item, one.year, one.until) for one in made.targets} == {("one_boiler_left", 2022, 2023), ("co2_2023", 2023, 2023)}
    assert [one.by for one in made.indicators] == sorted((one.by for one in made.indicators), reverse=True)
    assert made.indicators[0].values == pytest.approx((0.2, 0.1))
    # 0.25 TWh more of heat pumps in force in 2023 alone: 10 a TWh of investment.
    assert {one.item: one.money for one in made.measures}["build_heat_pump"] == pytest.approx(2.5)
    assert {one.item for one in made.components} == {"investment", "purchases"}
    assert made.hidden == {"targets": 0, "indicators": 0, "measures": 0}  # each proven to the last digit: no gap to lie within
    assert {one.item for one in made.measures} == {"build_heat_pump", "build_rooftop_sun"}
    assert not made.files


def test_a_target_in_another_unit_is_compared_in_one(runs: Path, tmp_path: Path) -> None:
    """20 万t are 0.2 Mt. Against 0.1 Mt: 0.1 Mt more, at 1.25 亿元 a Mt of the dearer run 0.125."""
    shutil.copytree(TOY, tmp_path / "toy")
    rows = (tmp_path / "toy" / "targets.csv").read_text(encoding="utf-8").splitlines()
    changed = [line.replace("0.2,Mt,0.15,0.3", "20,万t,15,30") for line in rows]
    assert changed != rows
    (tmp_path / "toy" / "targets.csv").write_text("\n".join(changed) + "\n", encoding="utf-8")
    assert call("solve", str(tmp_path / "toy"), "--out", str(tmp_path / "told")).exit_code == 0
    told = find_run(tmp_path, str(tmp_path / "told"))
    assert not compare([find_run(runs, "toy/a"), told]).targets
    (one,) = [one for one in compare([find_run(runs, "toy/b"), told]).targets if one.item == "co2_2023"]
    assert (one.unit, one.values, one.required) == ("Mt", pytest.approx((0.1, 0.2)), pytest.approx((0.1, 0.2)))
    dearest = max(abs(row["price"]) for row in find_run(runs, "toy/b").manifest["targets"] if row["id"] == "co2_2023")
    assert one.money == pytest.approx(0.1 * dearest)
    screen = call("compare", str(runs / "toy" / "b"), str(tmp_path / "told"))
    assert "0.100 → 0.200" in screen.stdout


def test_years_that_differ_alike_are_one_range() -> None:
    """By 10, 10 and 9.5 in 2021 to 2023, by 3 in 2024; 2030 is no neighbour of 2024 among the years modelled."""
    by_year = {2021: 10.0, 2022: 10.0, 2023: 9.5, 2024: 3.0, 2030: 3.0}
    found, _ = told_apart(
        [{("co2", year): 100.0 for year in by_year}, {("co2", year): 100.0 + more for year, more in by_year.items()}],
        {("co2", year): "Mt" for year in by_year}, required=[{("co2", 2030): 1.0}, {("co2", 2030): 1.0}],
    )  # fmt: skip
    made = in_ranges(found, list(by_year))
    assert [(one.year, one.until) for one in made] == [(2021, 2023), (2024, 2024), (2030, 2030)]
    assert made[0].values == pytest.approx((100.0, 100.0 + 29.5 / 3))


def test_what_was_changed_comes_first_then_money_and_what_the_gaps_leave_open_is_counted() -> None:
    """Gaps of 1 亿元 and 0.1 %: 0.5 亿元 lies within; what costs nothing that is known is judged by its own size."""

    def apart(item: str, by: float, money: float = float("nan"), values: tuple[float, ...] = (1.0, 2.0)) -> Apart:
        return Apart(item, 0, "Mt", values, by, money=money)

    found = [
        apart("noise", 0.9, 0.5), apart("small", 0.1, -3.0), apart("large", 0.2, 40.0), apart("changed", 0.001, 0.1),
        apart("free", 0.5), apart("dust", 0.0005), apart("absent", 1.0, values=(1.0, float("nan"))),
    ]  # fmt: skip
    shown, hidden = sorted_out(found, {"changed"}, Gaps(money=1.0, relative=0.001))
    assert [one.item for one in shown] == ["changed", "large", "small", "absent", "free"] and hidden == 2


def test_inputs_that_differ_are_named_cell_by_cell(runs: Path) -> None:
    made = compare([find_run(runs, "toy/a"), find_run(runs, "toy/c")])
    assert made.files == ("toy/numbers.csv",)
    (one,) = made.inputs
    assert (one.table, one.column, one.before, one.after) == ("numbers", "value", "1000", "1100")
    assert one.row.startswith("coal_purchase price")


def test_one_run_is_not_a_comparison(runs: Path) -> None:
    with pytest.raises(RunError):
        compare([find_run(runs, "toy/a")])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_command_in_text_json_and_workbook(runs: Path, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "RUNS", runs)
    words = ("compare", "toy/a", "toy/b", "toy/c", "--lang", language)
    result = call(*words, "--out", str(tmp_path / "c.xlsx"))
    assert result.exit_code == 0, result.stderr
    assert result.stdout.index("toy/b") < result.stdout.index("0.110")
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert len(book.sheetnames) == 6 and len(book.worksheets[0]._charts) == 1
    assert call(*words, "--out", str(tmp_path / "c.xlsx")).exit_code == 2
    assert set(json.loads(call(*words, "--json").stdout)) >= {"costs", "targets", "indicators", "measures", "inputs"}
    assert call("compare", "toy/a").exit_code == 2
    assert call("compare", "toy/a", "toy/none").exit_code == 2


def test_runs_of_two_cases_are_not_compared(runs: Path) -> None:
    """No difference of their costs is proven, since nothing of them is one thing."""
    first = find_run(runs, "toy/a")
    other = Run(runs / "other" / "b", {**first.manifest, "case": "other"})
    with pytest.raises(RunError, match="compare_cases") as error:
        compare([first, other])
    assert error.value.fields["runs"] == "toy/a (toy), other/b (other)"


def test_counts_of_things_are_never_told_as_a_mean() -> None:
    """Two boilers in 2028 and one later, against none: each year as it is, 2028 and then 2029 to 2030; tonnages near to one another are one range."""
    counts = [
        Apart("boilers", year, "plant_unit", (0.0, value), 1.0, (1.0, 1.0), year) for year, value in ((2028, 2.0), (2029, 1.0), (2030, 1.0))
    ]
    assert [(one.year, one.until, one.values[1]) for one in in_ranges(counts, [2028, 2029, 2030])] == [(2028, 2028, 2.0), (2029, 2030, 1.0)]
    many = [Apart("boilers", year, "plant_unit", (0.0, value), 1.0, (), year) for year, value in ((2028, 20.0), (2029, 21.0))]
    assert len(in_ranges(many, [2028, 2029])) == 2
    tonnes = [Apart("co2", year, "Mt", (0.0, value), 1.0, (), year) for year, value in ((2028, 20.05), (2029, 21.0))]
    assert [one.values[1] for one in in_ranges(tonnes, [2028, 2029])] == [pytest.approx(20.525)]
