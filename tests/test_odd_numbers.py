"""Numbers that no plan has, and ways of writing them that a reader takes for others, are told before anything is solved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from calling import TOY, call
from tiny_case import TinyCase, as_workbook
from told_faults import tells

from model.case.checks.check import check
from model.case.faults import CodedError
from model.case.read.case import read_case
from model.case.read.letters import odd_letter
from model.study.plan.solve import solve
from model.study.solved import solved_model
from model.study.solved.sizes import check_sizes


@pytest.mark.parametrize("written", ["1e15", "-1e20", "1e999", "inf", "nan", "-Infinity"])
def test_a_number_without_end_is_told(tmp_path: Path, written: str) -> None:
    (fault, *_) = check(TinyCase().cell("numbers", 2, "value", written).write(tmp_path / "tiny"))
    assert (fault.code, fault.place.row, fault.place.column) == ("not_finite", 2, "value")


def test_a_number_that_is_without_end_in_its_unit_is_told(tmp_path: Path) -> None:
    """9e14 亿元 per GW are 9e14 · 1e8 CNY, which is the case's own unit; 9e14 CNY/kW are 9e12 亿元/GW, and large enough."""
    case = TinyCase().cell("numbers", 2, "value", "9e14").cell("numbers", 2, "unit", "亿元/kW")
    (fault, *_) = check(case.write(tmp_path / "tiny"))
    assert (fault.code, fault.place.row, fault.place.column) == ("not_finite", 2, "value")


@pytest.mark.parametrize(
    ("table", "column", "written", "code"),
    [
        ("numbers", "value", "1_000", "not_a_number"),
        ("numbers", "year", "2_020", "not_a_whole_number"),
        ("numbers", "low", "1_0.5", "not_a_number"),
        ("measures", "lead_time", "1_0", "not_a_whole_number"),
    ],
)
def test_digits_kept_apart_by_an_underscore_are_no_number(tmp_path: Path, table: str, column: str, written: str, code: str) -> None:
    case = TinyCase().cell(table, 2, column, written)
    faults = check(case.write(tmp_path / "tiny"))
    assert (code, 2, column, written) in [(one.code, one.place.row, one.place.column, one.found) for one in faults]


@pytest.mark.parametrize("written", ["2_020", "0x7E4", "02020", "+2_020"])
def test_a_year_of_the_header_is_written_in_plain_digits(tmp_path: Path, written: str) -> None:
    """To YAML 02020 is octal: 1040."""
    (fault, *_) = check(TinyCase().say("base_year: 2020", f"base_year: {written}").write(tmp_path / "tiny"))
    assert fault.code in ("bad_setting", "not_a_whole_number") and fault.found == written
    tells(fault)
    (fault, *_) = check(as_workbook(TinyCase(), tmp_path / "book.xlsx", header={"years": "2021; 2_030"}))
    assert (fault.code, fault.place.column) == ("bad_setting", "years")


def test_true_is_no_number_of_days(tmp_path: Path) -> None:
    """It would be 1."""
    (fault, *_) = check(TinyCase().say("price_year: 2020", "price_year: 2020\ndays: true").write(tmp_path / "tiny"))
    assert (fault.code, fault.place.column) == ("setting_read_as_boolean", "days")


def test_the_number_of_modelled_years_is_limited(tmp_path: Path) -> None:
    years = ", ".join(map(str, range(2021, 2122)))
    (fault,) = check(TinyCase().say("[2021, 2025, 2030]", f"[{years}]").write(tmp_path / "tiny"))
    assert (fault.code, fault.place.column) == ("bad_setting", "years") and "<= 100" in fault.expected
    tells(fault)


# Options that are no value of theirs, each told in one sentence before anything is solved.
ODD = (
    ("solve", "toy", "--gap", "nan"),
    ("solve", "toy", "--gap", "0.0_1"),
    ("solve", "toy", "--time-limit", "nan"),
    ("solve", "toy", "--time-limit", "1_0"),
    ("solve", "toy", "--days", "²"),
    ("solve", "toy", "--days", "1_0"),
    ("solve", "toy", "--foresight", "1_0"),
    ("solve", "toy", "--decide-from", "1800"),
    ("solve", "toy", "--decide-from", "9" * 5000),
    ("solve", "toy", "--set", "coal_purchase.price=1e999"),
    ("solve", "toy", "--set", "coal_purchase.price=1e20"),
    ("solve", "toy", "--set", "coal_purchase.price=1_000"),
    ("solve", "toy", "--out", ".hidden"),
    ("solve", "toy", "--out", "con"),
    ("solve", "toy", "--out", "b" * 5000),
    ("solve", "toy", "--out", "b\0"),
    ("solve", "b" * 5000),
    ("solve", "b\0"),
    ("explain", "b" * 5000),
    ("explain", "toy", "--out", "b" * 5000),
    ("explain", "toy", "--out", ".hidden"),
    ("compare", "one", "other", "--out", "con"),
    ("solve", "toy", "--write-mps", ".hidden.mps"),
    ("show", "b" * 5000),
    ("show", "b\0/c"),
    ("export", "b" * 5000),
    ("compare", "b" * 5000, "c"),
    ("sweep", "--resume", "b" * 5000),
    ("sweep", "toy", "--seed", "-1", "--lhs", "4"),
    ("sweep", "toy", "--grid", "coal_purchase.price=1:2:" + "9" * 5000),
    ("sweep", "toy", "--grid", "coal_purchase.price=1,1e999"),
    ("sweep", "toy", "--lhs", "9" * 5000),
    ("sweep", "toy", "--lhs", "999999999"),
    ("frontier", "toy", "--indicator", "co2@²"),
    ("alternatives", "toy", "--years", "²"),
    ("alternatives", "toy", "--years", ""),
    ("alternatives", "toy", "--within", "nan"),
    ("switch", "toy", "--number", "coal_purchase.price", "--measure", "close_boiler", "--width", "nan"),
    ("switch", "toy", "--number", "coal_purchase.price", "--measure", "close_boiler", "--between", "1,inf"),
)


@pytest.mark.parametrize("words", ODD, ids=[" ".join(word[:12] for word in words if word.isprintable()) for words in ODD])
def test_an_odd_option_is_told_before_anything_is_solved(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solved_model, "search", lambda *_, **__: pytest.fail("solved"))
    told = call(*words)
    assert told.exit_code == 2 and isinstance(told.exception, SystemExit), told.output
    assert len(told.stderr) < 900 and ";" in told.stderr


def scenario_file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "ways.csv"
    path.write_bytes(content)
    return path


def test_a_file_of_scenarios_is_read_as_tables_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a Chinese Excel saves it."""
    path = scenario_file(tmp_path, "情景,coal_purchase.price\n低价,5\n".encode("gbk"))
    assert call("sweep", "toy", "--scenarios", path, "--dry-run").exit_code == 0
    monkeypatch.setattr(solved_model, "search", lambda *_, **__: pytest.fail("solved"))
    for content, said in (
        (b"name,coal_purchase.price\na," + b"1" * 140_000 + b"\n", "shorten the cell"),
        (b"name,coal_purchase.price\na," + b"1" * 3_000 + b"\n", "shorten the cell"),
        ("name,coal_purchase.price\na\u202e,5\n".encode(), "U+202E"),
        (b"\xff\xfe\x00", "unknown encoding"),
    ):
        told = call("sweep", "toy", "--scenarios", scenario_file(tmp_path, content))
        assert told.exit_code == 2 and said in told.stderr, told.output
        assert told.stderr.count("ways.csv") == 1


def test_the_sizes_of_a_program_name_what_is_too_large() -> None:
    matrix = solve(read_case(TOY)).plan.matrix
    check_sizes(matrix)
    costs = matrix.cost.copy()
    costs[0] = float("nan")
    with pytest.raises(CodedError) as raised:
        check_sizes(replace(matrix, cost=costs))
    index = matrix.columns[0][1]
    assert raised.value.fields["names"] == [index[0] if isinstance(index, tuple) else index]


@pytest.mark.parametrize("year", ["²", "①", "3x"])
def test_a_year_that_is_no_number_is_told_where_an_outcome_is_named(year: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solved_model, "search", lambda *_, **__: pytest.fail("solved"))
    for words in (
        ("sweep", "toy", "--tornado", "--on", f"co2@{year}"),
        ("switch", "toy", "--number", "coal_purchase.price", "--measure", f"co2@{year}"),
    ):
        told = call(*words)
        assert told.exit_code == 2 and year in told.stderr and "Traceback" not in told.output, told.output


def test_what_was_asked_is_shown_without_letters_that_move_the_screen() -> None:
    told = call("list", "toy", "a\x1bb")
    assert told.exit_code == 0 and not odd_letter(told.stdout) and "'a" in told.stdout
