"""Every screen fits 80 columns, in both languages, of a toy whose names are all too long; what a table holds is all there."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from calling import TOY, call, says

from model.commands import paths
from model.report.layout import columns_of, flowed, screen, screen_width, width, wrapped
from model.report.tables import table
from model.report.writers.screen import table_lines

pytestmark = pytest.mark.usefixtures("no_workbook")

LANGUAGES = ("en", "zh")
LONGER = {"label_en": " under a name that goes on and on (35 µg/m³)", "label_zh": "及其后一长串没有尽头的说明文字，一直写到屏幕之外"}
FUTURES = "name,coal_purchase.price\na scenario with a name that is much too long for a screen,800\n"
STUDIES = {
    "frontier": ("frontier", "--indicator", "co2@2023", "--second", "coal_use@2023", "-n", "2"),
    "abatement": ("abatement", "--indicator", "co2@2023", "-n", "2", "--delays", "1"),
    "alternatives": ("alternatives", "--within", "1%,5%", "--different", "2"),
    "regret": ("regret", "--scenarios", "{futures}"),
    "switch": ("switch", "--number", "build_rooftop_sun.investment", "--measure", "build_rooftop_sun", "--between", "7000,9200", "--width", "2200"),
    "tornado": ("sweep", "--tornado", "--over", "coal_purchase.price", "--on", "co2@2023", "--workers", "1"),
    "listed": ("sweep", "--scenarios", "{futures}", "--workers", "1"),
    "sampled": ("sweep", "--morris", "2", "--over", "coal_purchase.price", "--workers", "1"),
}  # fmt: skip


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("screen") / "toy"
    shutil.copytree(TOY, folder)
    for path in folder.glob("*.csv"):
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        if rows and "label_en" in rows[0]:
            rows = [row | {name: row[name] + more for name, more in LONGER.items()} for row in rows]
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    return folder


@pytest.fixture(scope="module")
def home(case: Path) -> Iterator[Path]:
    """Runs and studies of the long-named toy, stored; one of the runs decided with short sight, one that leaves demand short."""
    before, paths.RUNS = paths.RUNS, case.parent / "runs"
    (case.parent / "futures.csv").write_text(FUTURES, encoding="utf-8")
    runs = {
        "a": (),
        "b": ("--set", "co2_2023.value=0.1", "--drop", "one_boiler_left"),
        "sight": ("--foresight", "1"),
        "later": ("--decide-from", "2022"),
        "cold": ("--set", "heat_demand.amount@2021=5"),
    }
    for name, words in runs.items():
        assert call("solve", str(case), *words, "--out", str(paths.RUNS / "toy" / name)).exit_code in (0, 3)
    for name, (command, *rest) in STUDIES.items():
        told = [word.format(futures=case.parent / "futures.csv") for word in rest]
        result = call(command, str(case), *told, "--out", str(paths.RUNS / "toy" / name))
        assert result.exit_code == 0, result.output
    yield paths.RUNS
    paths.RUNS = before


def assert_fits(*words: str, languages: Sequence[str] = LANGUAGES) -> None:
    for language in languages:
        text = call(*words, "--lang", language).stdout
        assert text.strip(), words
        text.encode("gbk")
        wide = [
            line
            for line in text.splitlines()
            if width(line) > screen_width and not Path(line).is_absolute() and not line.lstrip().startswith("measures ")
        ]
        assert wide == [], words


@pytest.mark.parametrize("name", ["a", "b", "sight", "later", "cold", *STUDIES])
def test_stored_runs_and_studies_fit(home: Path, name: str) -> None:
    assert_fits("show", str(home / "toy" / name))


def test_what_is_printed_of_cases_and_runs_fits(home: Path, case: Path) -> None:
    folder = str(case)
    for words in (
        ("cases",), ("runs",), ("check", folder), ("check", folder, "--sources"), ("coverage", folder), ("base", folder), ("compare", "toy/a", "toy/b", "toy/cold"),
    ):  # fmt: skip
        assert_fits(*words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("explain", "toy/b")), ("en", ("explain", "toy/b", "--no-resolve")), ("en", ("explain", "{case}", "--set", "co2_2023.value=-1")),
        ("zh", ("solve", "{case}", "--set", "co2_2023.value=-1", "--negotiate")), ("zh", ("check", "chengde")),
    ],
)  # fmt: skip
def test_what_is_solved_to_be_told_fits(home: Path, case: Path, language: str, words: tuple[str, ...]) -> None:
    assert_fits(*(word.format(case=case) for word in words), languages=[language])


def test_faults_fit(case: Path, tmp_path: Path) -> None:
    broken = shutil.copytree(case, tmp_path / "broken")
    path = broken / "flows.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("heat_pump,electricity", "heat_pump_that_is_not_there,electricity"), encoding="utf-8"
    )
    assert_fits("check", str(broken))


# how a table is fitted --------------------------------------------------------------------------------------------


def test_columns_that_have_no_room_stand_below_after_the_first() -> None:
    heading = ["Measure", *(f"scenario {place}" for place in range(12))]
    rows = [["Heat pumps for the whole of the old town, one by one", *(f"{1000 * place}" for place in range(12))]]
    lines = columns_of(heading, rows, left=1)
    assert max(map(width, lines)) <= screen_width
    cells = " ".join(lines).split()
    assert (
        all(f"{1000 * place}" in cells for place in range(12))
        and cells.count("Measure") == len([line for line in lines if "Heat" in line]) > 1
    )


def test_what_stands_below_has_again_all_that_tells_its_rows_apart() -> None:
    columns = ["measure", "role", "years", *(f"number {place}" for place in range(12))]
    rows = [
        {"measure": "Heat pumps", "role": "optional", "years": years, **dict.fromkeys(columns[3:], 1000)} for years in ("2021–2022", "2023")
    ]
    lines = table_lines(table("Wide", columns, rows), "en", keys=("years",))
    told = [line for line in lines if "Heat pumps" in line]
    assert len(told) > 2 and all("2021–2022" in line or "2023" in line for line in told)
    assert sum("optional" in line for line in told) == 2 and max(map(width, lines)) <= screen_width


def test_a_heading_wider_than_its_numbers_stands_over_several_lines() -> None:
    lines = columns_of(["措施", "后悔值上限（已证明）", "成本"], [["热泵" * 40, "1.0", "2.0"]], left=1)
    assert max(map(width, lines)) <= screen_width and lines[-1].endswith("2.0") and ".." in lines[-1]
    assert columns_of((), [], left=1) == []


def test_what_must_be_read_in_full_is_not_clipped() -> None:
    name = "--set target_with_a_very_long_name_2030.value=…"
    (line,) = columns_of((), [[name, "a label that goes on and on " * 3]], left=2, fixed=1)
    assert name in line and width(line) <= screen_width


def test_long_sentences_and_words_are_broken() -> None:
    for text in ("word " * 50, "碳达峰碳中和，" * 30, "x" * 300, "/".join(["part"] * 60)):
        for line in (*screen([f"    {text}"]).splitlines(), *flowed(text, 40)):
            assert width(line) <= screen_width
    assert screen(["a", "", "  b"]) == "a\n\n  b\n"
    assert not any(line.strip().startswith("，") for line in screen(["碳达峰碳中和，" * 30]).splitlines())


def test_no_part_is_cut_in_its_middle() -> None:
    """The first has no room behind what it is said of: it stands on a line of its own, whatever the lines that were asked for."""
    name = "Housing and Urban-Rural Development Bureau of the whole city"
    for lines in (1, 2):
        made = wrapped([name, name], first="  what is said of them before: ", lines=lines)
        assert made == ["  what is said of them before:", f"        {name}; + 1"]
    assert says(screen(wrapped(["word " * 40], first="  said: ")), "word " * 40)


def test_parts_that_do_not_fit_are_counted() -> None:
    lines = wrapped([f"target number {place}" for place in range(40)], first="  missed: ", lines=2)
    assert len(lines) == 2 and lines[-1].endswith("+ 34") and max(map(width, lines)) <= screen_width
