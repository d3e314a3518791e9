"""A language is one file: the same keys and placeholders in each, none doubled, none that nothing asks for, none that is asked for in vain."""

from __future__ import annotations

import ast
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from calling import call

from model.report import words as words_file
from model.report.words import FOLDER, TABLES, languages, sections, words

MODEL = Path(__file__).resolve().parent.parent / "model"
ASKING = ("word", "word_or", "counted")


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in (MODEL.parent / "cli.py", *sorted(MODEL.rglob("*.py")))]


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for path, tree in trees():
        for node in ast.walk(tree):
            yield path, node


@cache
def written() -> frozenset[str]:
    """Every text that stands in the program."""
    return frozenset(node.value for _, node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str))


@cache
def made() -> frozenset[str]:
    """The keys that are made of a start and a name, such as f"kind_{kind}", as patterns: they start with a word and an underscore."""
    found = set()
    for _, node in nodes():
        if (
            isinstance(node, ast.JoinedStr)
            and isinstance(first := node.values[0], ast.Constant)
            and re.fullmatch(r"[a-z_]+_", str(first.value))
        ):
            found.add("".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".*" for part in node.values))
    return frozenset(found)


def fields(said: str) -> tuple[int, set[str]]:
    """What a sentence has filled in: how much in order, and what by name."""
    names = [name for _, name, _, _ in Formatter().parse(said) if name is not None]
    return names.count(""), set(names)


@pytest.mark.parametrize("language", languages())
def test_a_language_has_the_keys_of_every_other(language: str) -> None:
    for name, section in sections("en").items():
        assert list(sections(language)[name]) == list(section), name
    assert list(sections(language)) == list(sections("en"))


@pytest.mark.parametrize("language", languages())
def test_no_key_stands_in_two_sections(language: str) -> None:
    """In one section no file of this form can hold a key twice."""
    keys = Counter(key for name, section in sections(language).items() if name not in TABLES for key in section)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("language", languages())
def test_every_word_says_something_that_a_gbk_console_can_show(language: str) -> None:
    for key, said in words(language).items():
        assert said or key == "unit_space", key
        said.encode("gbk")
        assert fields(said) == fields(words("en")[key]), key
    for name in TABLES:
        for unit, shown in sections(language)[name].items():
            label = shown if isinstance(shown, str) else shown[0]
            assert label.encode("gbk"), unit


def test_no_word_is_dead() -> None:
    keys = words("en")
    several = {key.removesuffix("_one") for key in keys if key.endswith("_one")} & keys.keys()
    alive = {key for key in keys if key in written() or any(re.fullmatch(pattern, key) for pattern in made())}
    assert sorted(keys.keys() - alive - {f"{key}_one" for key in several & alive}) == []


def test_no_word_is_asked_for_in_vain() -> None:
    for path, node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKING:
            asked = [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
            for key in asked if node.func.id != "word_or" else ():
                assert not isinstance(key, ast.Constant) or key.value in words("en"), f"{path.name} line {node.lineno}: {key.value!r}"


def errors() -> set[str]:
    """Told, and every class that is one."""
    found, classes = {"Told"}, [node for _, node in nodes() if isinstance(node, ast.ClassDef)]
    while more := {one.name for one in classes if {base.id for base in one.bases if isinstance(base, ast.Name)} & found} - found:
        found |= more
    return found


def test_every_error_has_its_sentence_and_every_sentence_its_error() -> None:
    known, of = {key.removeprefix("error_") for key in words("en") if key.startswith("error_")}, errors()
    assert known <= written()
    for path, node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in of:
            code = node.args[0]
            for one in (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,):
                place = f"{path.name} line {node.lineno}"
                if isinstance(one, ast.Constant):
                    assert one.value in known, f"{place}: {one.value!r}"
                    assert fields(words("en")[f"error_{one.value}"])[1] <= {word.arg for word in node.keywords}, f"{place}: {one.value!r}"
                else:
                    assert isinstance(one, ast.Attribute), f"{place}: the code is to be written out"


def test_every_misfit_of_a_design_has_its_sentence_and_every_sentence_its_misfit() -> None:
    calls = [node for _, node in nodes() if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Misfit"]
    asked = [
        one for node in calls for code in node.args[:1] for one in ((code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,))
    ]
    codes = {code.value for code in asked if isinstance(code, ast.Constant)}
    assert codes == {key.removeprefix("design_") for key in words("en") if key.startswith("design_")} and len(codes) > 10


def test_no_code_knows_a_language_by_name() -> None:
    """Languages differ in their files alone; the labels of data stand in two languages in the data."""
    for path, node in nodes():
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            assert not any(isinstance(side, ast.Constant) and side.value in languages() for side in sides), (
                f"{path.name} line {node.lineno}"
            )


def test_a_third_language_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of English that can be told from it; labels of data are shown in the language that the file names."""
    for path in FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    english = (tmp_path / "en.toml").read_text(encoding="utf-8")
    (tmp_path / "xx.toml").write_text(
        re.sub(r'^(error|help_usage|line_\w+) = "', r'\1 = "xx ', english, flags=re.MULTILINE), encoding="utf-8"
    )
    monkeypatch.setattr(words_file, "FOLDER", tmp_path)
    run = str(tmp_path / "toy" / "run")
    assert call("solve", "toy", "--out", run, "--lang", "xx").exit_code == 0
    clash, sweep = ("solve", "toy", "--set", "co2_2023.value=-1"), ("sweep", "toy", "--tornado", "--over", "coal_purchase.price", "--out")
    assert call(*sweep, str(tmp_path / "toy" / "sweep"), "--lang", "xx").exit_code == 0
    for asked in (
        ("cases",), ("check", "toy", "--sources"), ("base", "toy"), ("coverage", "toy"), ("solve", "--help"), ("show", run), clash, ("show", "nosuch"),
        ("show", str(tmp_path / "toy" / "sweep")), ("explain", run, "--no-resolve"),
    ):  # fmt: skip
        told, plain = (call(*asked, "--lang", language) for language in ("xx", "en"))
        assert told.exit_code == plain.exit_code, asked
        assert told.stdout.replace("xx ", "").split() == plain.stdout.split() and told.stderr.count("\n") == plain.stderr.count("\n"), asked


def test_report_knows_no_solver() -> None:
    for path, node in nodes():
        if "report" in path.parts and isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            for name in names:
                assert not name.startswith(("pyomo", "highspy", "model.study", "model.solve", "model.maths")), path.name
