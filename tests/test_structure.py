"""The shape of the program: one-way imports, documented and templated equations, each with a paper case."""

from __future__ import annotations

import ast
import logging
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyomo.core as pyo
import pytest
from paper import Paper
from paper_answer import made, plan_without
from papers import ALL_PAPERS, FAMILIES
from pyomo.core.base.constraint import ConstraintList, TemplateConstraintData

from model.maths import build as build_file
from model.maths.build import build

ROOT = Path(__file__).resolve().parent.parent
# Bounds and costs of variables are rules too, without a constraint of their own.
RULES_OF_VARIABLES = (
    "Build:lower", "Build:upper", "Build:cost", "Units:whole", "Units:upper", "Started:whole", "Deferred:cost", "Level:lower", "Level:upper", "Level:cost", "Capacity:lower", "Capacity:cost", "Annual:cost",
    "Annual_Heat:cost", "Trade:upper", "Hourly_Trade:upper", "Trade_Value:cost", "Unserved:cost", "Firm_Shortfall:cost", "Slack:upper",
    "Surplus:upper", "Indicator:cost", "Net_Allowances:cost", "Lapsed_Allowances:cost",
)  # fmt: skip

# What each room may import of the others.
ROOMS = {
    "case": {"case"},
    "maths": {"maths"},
    "solve": {"solve"},
    "results": {"results", "case"},
    "report": {"report", "results", "case"},
    "study": {"study", "case", "maths", "solve", "results", "report"},
    "commands": {"commands", "case", "results", "report", "study"},
}
# The rooms of the two large ones, each over those before it; the studies, last, know nothing of one another.
INSIDE = {
    "case": ("faults", "units", "tables", "read", "write", "parameters", "change", "checks"),
    "study": ("solved", "program", "plan", "infeasible", "runs", "schedule", "engine", "explain", "sweep", "tradeoffs", "kinds"),
}
STUDIES = {"explain", "sweep", "tradeoffs"}
SOLVERS = {"pyomo", "highspy"}
FILES = {"io", "os", "json", "csv", "pathlib", "shutil", "tempfile", "sqlite3", "yaml", "openpyxl", "netCDF4", "pandas"}


def modules(room: str) -> list[Path]:
    return sorted((ROOT / "model" / room).rglob("*.py"))


def files_of_tests() -> list[Path]:
    """Our own: an environment that stands in its folder, as the exchange's readers have one, is none of it."""
    return sorted(path for path in (ROOT / "tests").rglob("*.py") if not any(part.startswith(".") for part in path.relative_to(ROOT).parts))


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            if (ROOT / (node.module or "").replace(".", "/")).is_dir():
                yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("room", ROOMS)
def test_imports_go_one_way(room: str) -> None:
    assert modules(room)
    for path in modules(room):
        for name in imports(path):
            if name.startswith("model."):
                assert name.split(".")[1] in ROOMS[room], f"{path.name} imports {name}"


@pytest.mark.parametrize("room", INSIDE)
def test_imports_inside_a_room_go_down(room: str) -> None:
    order = INSIDE[room]
    assert {path.stem for path in (ROOT / "model" / room).iterdir() if not path.name.startswith("__")} == set(order)
    for path in modules(room):
        own = path.relative_to(ROOT / "model" / room).parts[0].removesuffix(".py")
        for name in imports(path):
            if name.startswith(f"model.{room}.") and own != "__init__":
                other = name.split(".")[2]
                assert order.index(other) <= order.index(own) and (own == other or not {own, other} <= STUDIES), (
                    f"{path.name} imports {name}"
                )


def test_no_files_import_each_other() -> None:
    files = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for room in ROOMS for path in modules(room)}
    below = {name: {one for one in imports(path) if one in files} for name, path in files.items()}
    while free := [name for name, used in below.items() if not used]:
        for name in free:
            del below[name]
        for used in below.values():
            used.difference_update(free)
    assert sorted(below) == []


def test_the_wheel_holds_every_room() -> None:
    packages = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "model").rglob("__init__.py")}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert set(settings["packages"]) == packages | {"measures_data"}
    assert {path.parent for path in (ROOT / "model").rglob("*.py")} == {path.parent for path in (ROOT / "model").rglob("__init__.py")}


def test_no_room_is_left_out() -> None:
    rooms = {path.name for path in (ROOT / "model").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms == set(ROOMS)


@pytest.mark.parametrize(
    ("room", "allowed"),
    [("case", set()), ("results", set()), ("report", set()), ("study", set()), ("maths", {"pyomo"}), ("solve", SOLVERS)],
)
def test_only_maths_and_solve_know_pyomo_and_highspy(room: str, allowed: set[str]) -> None:
    for path in modules(room):
        found = {name.split(".")[0] for name in imports(path)} & SOLVERS
        assert found <= allowed, f"{path.name} imports {found}"


def test_one_file_knows_the_solver() -> None:
    knowing = [path.name for path in modules("solve") if any(name.split(".")[0] == "highspy" for name in imports(path))]
    assert knowing == ["highs.py"]


def test_maths_never_opens_a_file() -> None:
    for path in modules("maths"):
        assert not {name.split(".")[0] for name in imports(path)} & FILES, path.name
        calls = {
            node.func.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"open", "print", "input", "exec", "eval"}, path.name


def test_maths_holds_no_bare_number_but_0_and_1() -> None:
    for path in modules("maths"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name) and target.id.isupper()
        }
        powers = {id(node.right) for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)}
        dimen = {id(word.value) for node in ast.walk(tree) if isinstance(node, ast.Call) for word in node.keywords if word.arg == "dimen"}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and type(node.value) in (int, float) and id(node) not in named | powers | dimen:
                assert node.value in (0, 1, -1), f"{path.name} line {node.lineno}: {node.value!r}"


# The equations


def model_of(paper: Paper) -> pyo.ConcreteModel:
    return made(paper).model


@cache
def constraints() -> tuple[str, ...]:
    """Names of every constraint component; all are there in every model, some without rows."""
    return tuple(component.local_name for component in model_of(ALL_PAPERS[0]).component_objects(pyo.Constraint))


def families_of_constraints() -> dict[str, list[str]]:
    """Each file of equations, and the constraints it adds."""
    found: dict[str, list[str]] = {}
    for path in modules("maths"):
        names = [
            target.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Name)
            and node.value.func.id == "family"
            for target in node.targets
            if isinstance(target, ast.Attribute)
        ]
        if names:
            found[path.stem] = names
    return found


def test_the_benchmark_in_linopy_forgets_no_family_and_no_variable() -> None:
    """Whether its rows are the same is for `make bench` to show, where linopy is."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "benchmarks").glob("linopy_*.py")))
    variables = [component.local_name for component in model_of(ALL_PAPERS[0]).component_objects(pyo.Var)]
    assert [name for name in (*constraints(), *variables) if not re.search(rf'"{name}(_{{|")', text)] == []


def test_each_file_of_equations_is_a_family_with_paper_cases() -> None:
    added = {name.removeprefix("add_") for name in vars(build_file) if name.startswith("add_")} - {"sets"}
    assert added == set(FAMILIES)
    assert set(families_of_constraints()) | {"objective"} == set(FAMILIES)
    assert sorted(name for names in families_of_constraints().values() for name in names) == sorted(constraints())


@pytest.mark.parametrize("name", constraints())
def test_each_constraint_is_proved_by_a_paper_case(name: str) -> None:
    proved = [paper.name for paper in ALL_PAPERS if any(rule.partition("[")[0] == name for rule in paper.rules)]
    assert proved, f"no paper case takes {name} out"


@pytest.mark.parametrize("family", FAMILIES)
def test_answers_need_the_family(family: str) -> None:
    """All equations of a file taken out at once (of the objective: all costs): every paper case that proves one of them fails."""
    costs = (
        {f"{component}:cost" for paper in FAMILIES[family] for component, _ in made(paper).matrix.columns}
        if family == "objective"
        else set()
    )
    names = families_of_constraints().get(family, [])
    proving = [paper for paper in FAMILIES[family] if family == "objective" or any(rule.partition("[")[0] in names for rule in paper.rules)]
    assert proving
    for paper in proving:
        keys = made(paper).matrix.columns if family == "objective" else made(paper).matrix.rows
        present = {component for component, _ in keys}
        gone = sorted(rule for rule in costs or names if rule.partition(":")[0] in present)
        plan = plan_without(paper, *gone)
        assert plan.status != "optimal" or plan.objective != pytest.approx(paper.objective, rel=1e-4, abs=1e-6), paper.name


@pytest.mark.parametrize("rule", RULES_OF_VARIABLES)
def test_each_rule_on_a_variable_is_proved_by_a_paper_case(rule: str) -> None:
    assert any(rule in paper.rules for paper in ALL_PAPERS), f"no paper case takes {rule} out"


def test_names_of_paper_cases_are_unique_in_their_family() -> None:
    for papers in FAMILIES.values():
        assert len({paper.name for paper in papers}) == len(papers)


def test_paper_cases_fit_on_paper() -> None:
    for paper in ALL_PAPERS:
        facts = [table for part in paper.facts for table, _ in part]
        assert facts.count("measures") <= 3 and len(paper.years) <= 3, paper.name


@pytest.mark.parametrize("name", constraints())
def test_each_constraint_is_a_documented_template(name: str) -> None:
    """Every constraint has its formula in `doc`, and is one template expanded by the compiler wherever it has rows."""
    seen = 0
    for paper in ALL_PAPERS:
        component = model_of(paper).component(name)
        assert component.doc and any(sign in component.doc for sign in "=≤≥"), name
        assert not isinstance(component, ConstraintList) and not name.startswith("_")
        for row in component.values():
            assert isinstance(row, TemplateConstraintData), f"{name} is no template in {paper.name}"
            seen += 1
    assert seen, f"{name} has no row in any paper case"


@pytest.mark.parametrize("kind", [pyo.Var, pyo.Set, pyo.Objective])
def test_each_component_has_a_doc(kind: type) -> None:
    for component in model_of(ALL_PAPERS[0]).component_objects(kind, descend_into=False):
        assert component.doc or "_index" in component.local_name or component.local_name.endswith("_domain"), component.local_name


def test_each_parameter_has_a_doc() -> None:
    assert [component.local_name for component in model_of(ALL_PAPERS[0]).component_objects(pyo.Param) if not component.doc] == []


def test_no_row_is_a_range() -> None:
    for paper in ALL_PAPERS:
        lower, upper = made(paper).matrix.row_lower, made(paper).matrix.row_upper
        assert all(low == high or low == -float("inf") or high == float("inf") for low, high in zip(lower, upper)), paper.name


def test_rows_and_columns_have_keys_of_their_own() -> None:
    for paper in ALL_PAPERS:
        matrix = made(paper).matrix
        assert len(set(matrix.rows)) == len(matrix.rows) == matrix.A.shape[0]
        assert len(set(matrix.columns)) == len(matrix.columns) == matrix.A.shape[1]


def test_templates_raise_no_complaint(caplog: pytest.LogCaptureFixture) -> None:
    """A rule that Pyomo cannot template is logged as an error and silently falls back."""
    with caplog.at_level(logging.ERROR, logger="pyomo"):
        for papers in FAMILIES.values():
            build(made(papers[0]).parameters)
    assert not caplog.records


def test_files_and_functions_fit_in_a_head() -> None:
    for path in (*(path for room in ROOMS for path in modules(room)), *files_of_tests()):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 320, path.name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 80, f"{path.name}: {node.name}"


def test_no_test_imports_from_another() -> None:
    for path in files_of_tests():
        assert not [name for name in imports(path) if name.split(".")[0].startswith("test_")], path.name


def test_no_answer_of_a_command_is_kept_in_the_tree() -> None:
    """What a command writes belongs to whoever ran it: an exported workbook was once kept beside the README."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a checkout, or no git: which files are kept is not known")
    # Whoever owns the checkout: nothing but names is asked of it.
    listed = subprocess.run(["git", "-c", "safe.directory=*", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    kept = [Path(name) for name in listed.stdout.splitlines()]
    assert not [path for path in kept if path.suffix in {".xlsx", ".nc", ".html", ".pdf"}]
    assert [path for path in kept if path.parts[0] == "runs"] == [Path("runs/.gitkeep")]
