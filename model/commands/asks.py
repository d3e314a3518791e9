"""What commands are asked with: the options that several share, and the kinds of value that click does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from model.commands import places
from model.commands.ends import USAGE, stop


class _Days(click.ParamType):
    """Typical days; 0 for all of the year."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        if value == "all":
            return 0
        if value.isdigit() and 1 <= int(value) <= 365:
            return int(value)
        return self.fail(f"{value}: give a number from 1 to 365, or 'all'", param, ctx)


class _Shares(click.ParamType):
    """Shares between 0 and 1, from a list like 1%,2%."""

    name = "shares"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, ...]:
        if isinstance(value, tuple):
            return value
        try:
            shares = tuple(float(part.strip().rstrip("%")) / 100 for part in value.split(","))
        except ValueError:
            shares = (-1.0,)
        if not all(0 <= share <= 1 for share in shares):
            self.fail(f"{value}: give shares like 1%,2%,5%", param, ctx)
        return shares


class _Numbers(click.ParamType):
    """Whole numbers, from a list like 2025,2030; none of an empty text."""

    name = "numbers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdigit() for part in parts):
            self.fail(f"{value}: give whole numbers like 2025,2030", param, ctx)
        return tuple(int(part) for part in parts)


DAYS, SHARES, NUMBERS = _Days(), _Shares(), _Numbers()

language_option = click.option("--lang", "language", type=click.Choice(["en", "zh"]), default="en", help="Language of what is shown.")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, nothing else.")
workbook_option = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write a workbook; refused if it exists."
)


def folder_option(what: str) -> Callable:
    return click.option(
        "--out", type=click.Path(path_type=Path, resolve_path=True), default=None, help=f"{what} folder itself; refused if it exists."
    )


def case_options(*, gap: float = 1e-3, proves: str = "every answer", limits: str = "each model") -> Callable:
    """How a case is changed and how well it is solved: options `changes`, `dropped`, `gap`, `time_limit`, `days`, `decide_from`."""

    def with_options(command: Callable) -> Callable:
        for option in (
            click.option(
                "--decide-from",
                type=int,
                default=None,
                help="First year of free decisions; what was built before comes from actuals.csv, or is estimated.",
            ),
            click.option("--days", type=DAYS, default=None, metavar="N|all", help="Typical days; 'all' for 365. Default: the case's own."),
            click.option("--time-limit", type=click.FloatRange(min=0.1), default=None, help=f"Seconds for {limits}."),
            click.option("--gap", type=click.FloatRange(0, 1), default=gap, show_default=True, help=f"Relative gap to prove, of {proves}."),
            click.option("--drop", "dropped", multiple=True, metavar="TARGET", help="Leave out a target, by id or label; repeatable."),
            click.option(
                "--set",
                "changes",
                multiple=True,
                metavar="ITEM.QUANTITY[@YEAR]=VALUE",
                help="Change a number for this answer; repeatable. =5 sets it, =*1.2, =+20%, =-20%, +=5 and -=5 move it, each year from its own value; ids or labels, * for anything.",
            ),
        ):
            command = option(command)
        return command

    return with_options


def options_of(asked: Mapping[str, Any], **more: Any) -> Any:
    """The study's Options from what `case_options` asked."""
    from model.study.plan.answer import Options

    return Options(
        days=asked["days"], decide_from=asked["decide_from"], gap=asked["gap"], time_limit=asked["time_limit"] or float("inf"),
        dropped=frozenset(asked["dropped"]), **more,
    )  # fmt: skip


def read_as_asked(name: str, asked: dict[str, Any], language: str) -> tuple[Any, list[Any]]:
    """The case as it is asked for, and the paths that a change made level, which standard error tells too.

    Changes and targets to drop are known by ids from here on, as they are stored.
    """
    from model.case.change.change_text import parse_change
    from model.case.change.naming import named
    from model.case.checks.load import find_case, sound_case

    flattened: list[Any] = []
    read = sound_case(
        find_case(name, places.DATA), asked["changes"], data=places.DATA, decide_from=asked["decide_from"], tell=flattened.append
    )
    asked["changes"] = tuple(named(read, parse_change(text)).text for text in asked["changes"])
    asked["dropped"] = known_targets(read, asked["dropped"])
    tell_flattened(flattened, language)
    return read, flattened


def tell_flattened(flattened: Iterable[Any], language: str) -> None:
    from model.report.plan.outcome import flattened_sentence
    from model.report.words import word

    for one in flattened:
        click.echo(word("warning", language).format(flattened_sentence(vars(one), language)), err=True)


def known_targets(case: Any, asked: Iterable[str]) -> tuple[str, ...]:
    """The ids of targets, by id or label; stops the command where the case has no such target."""
    from model.case.change.naming import id_of

    found = tuple(id_of(case, text, "targets") for text in asked)
    known = {row.id for row in case.tables["targets"]}
    unknown = sorted(set(found) - known)
    if unknown:
        stop(f"no target called {', '.join(unknown)}; targets: {', '.join(sorted(known))}", USAGE)
    return found


def kept_for(out: Path | None) -> None:
    """What the command is to write is its own from here on, before it solves anything. Raises RunError where it exists or cannot be written."""
    from model.results.names import own_name

    if out is not None:
        click.get_current_context().with_resource(own_name([out]))


def program_file(mps: Path | None, language: str) -> None:
    """Stops the command where the solver would not write such a file; the folder it is in is made where it is missing."""
    from model.report.words import word

    if mps is None:
        return
    if mps.suffix != ".mps":
        stop(word("line_program_suffix", language).format(mps), USAGE)
    there = mps.exists()
    try:
        mps.parent.mkdir(parents=True, exist_ok=True)
        mps.open("ab").close()
        if not there:
            mps.unlink()
    except OSError as error:
        stop(word("line_cannot_write", language).format(mps, error.strerror or error), USAGE)
