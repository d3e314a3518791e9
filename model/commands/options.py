"""What commands are asked with: the options that several share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from model.case.faults import CodedError
from model.commands import paths
from model.commands.values import AUTO, DAYS, DAYS_FORM, FILE, SECONDS, SHARE, SOLVE_DAYS, WORKBOOK, whole
from model.report.words import languages

most_year = 9999
language_option = click.option(
    "--lang", "language", default=lambda: click.get_current_context().obj, metavar="|".join(languages()), help="help_lang"
)
json_option = click.option("--json", "as_json", is_flag=True, help="help_json")
workbook_option = click.option("--out", type=WORKBOOK, default=None, help="help_out_workbook")
scenarios_option = click.option("--scenarios", type=FILE, default=None, help="help_scenarios")


overlays_option = click.option("--with", "overlays", multiple=True, metavar="OVERLAY", help="help_with")


def days_option(of: str) -> Callable:
    """The days of the year that are run; a `solve` may choose them itself."""
    if of == "solve":
        return click.option("--days", type=SOLVE_DAYS, default=None, metavar=f"{DAYS_FORM}|{AUTO}", help="help_days_solve")
    return click.option("--days", type=DAYS, default=None, metavar=DAYS_FORM, help="help_days")


def case_options(of: str, *, gap: float = 1e-3) -> Callable:
    """How a case is changed and how well it is solved: options `overlays`, `changes`, `dropped`, `gap`, `time_limit`, `days`, `decide_from`.

    `of` is what is solved: a `solve`, an `explain`, a `study` or a `sweep`.
    """

    def with_options(command: Callable) -> Callable:
        for option in (
            click.option("--decide-from", type=whole(0, most_year), default=None, metavar="YEAR", help="help_decide_from"),
            days_option(of),
            click.option("--time-limit", type=SECONDS, default=None, help=f"help_time_limit_{of}"),
            click.option("--gap", type=SHARE, default=gap, show_default=True, help=f"help_gap_{of}"),
            click.option("--drop", "dropped", multiple=True, metavar="TARGET", help="help_drop"),
            click.option("--set", "changes", multiple=True, metavar="ITEM.QUANTITY[@YEAR]=VALUE", help="help_set"),
            overlays_option,
        ):
            command = option(command)
        return command

    return with_options


def options_of(asked: Mapping[str, Any], **more: Any) -> Any:
    """The study's Options from what `case_options` asked."""
    from model.study.solved.solved_model import Options

    return Options(
        days=asked["days"], decide_from=asked["decide_from"], gap=asked["gap"], time_limit=asked["time_limit"] or float("inf"),
        dropped=frozenset(asked["dropped"]), **more,
    )  # fmt: skip


def read_as_asked(name: str, asked: dict[str, Any], language: str) -> tuple[Any, list[Any]]:
    """The case as it is asked for, and the paths that a change made level, which standard error tells too, as it tells what several overlays give.

    Changes and targets to drop are known by ids from here on, as they are stored.
    """
    from model.case.checks.load import find_case, sound_case

    flattened: list[Any] = []
    read = sound_case(
        find_case(name, paths.DATA), asked["changes"], data=paths.DATA, decide_from=asked["decide_from"], overlays=asked["overlays"],
        tell=flattened.append,
    )  # fmt: skip
    asked["dropped"] = known_targets(read, asked["dropped"])
    asked["changes"] = known_changes(read, asked["changes"], asked["dropped"], language)
    tell_flattened(flattened, language)
    tell_as_asked(read, language)
    if asked.get("days") is not None and len(read.tables["periods"]) <= 1 and not read.tables["day_types"]:
        warn("warning_days_alike", language, case=name)
        asked["days"] = 1
    return read, flattened


def tell_as_asked(case: Any, language: str) -> None:
    """On standard error, before anything is solved: rows that several overlays of a case give, and whose counts; how many targets of an overlay have no
    number; that decisions begin inside a span of years.
    """
    from model.case.checks.as_asked import cut_span, unnumbered_targets
    from model.report.case.overlay_text import clash_sentences, open_sentences
    from model.report.layout import screen
    from model.report.plan.outcome import cut_sentence
    from model.report.records import clash_records
    from model.report.words import word

    said = [*clash_sentences(clash_records(case), language), *open_sentences(unnumbered_targets(case), language)]
    for sentence in [*said, *cut_sentence(cut_span(case), case.header.decide_from or 0, language)]:
        click.echo(screen([word("warning", language).format(sentence)]), err=True, nl=False)


def warn(key: str, language: str, **fields: Any) -> None:
    """A warning on standard error."""
    from model.report.error_text import spoken
    from model.report.layout import screen
    from model.report.words import word

    said = word(key, language).format(**{name: spoken(name, value, language) for name, value in fields.items()})
    click.echo(screen([word("warning", language).format(said)]), err=True, nl=False)


def tell_flattened(flattened: Iterable[Any], language: str) -> None:
    from model.report.plan.outcome import flattened_sentence
    from model.report.words import word

    for one in flattened:
        click.echo(word("warning", language).format(flattened_sentence(vars(one), language)), err=True)


def known_targets(case: Any, asked: Iterable[str]) -> tuple[str, ...]:
    """The ids of targets, by id or label. Raises CodedError where the case has no such target."""
    from model.case.change.naming import id_of

    found = tuple(id_of(case, text, "targets") for text in asked)
    known = {row.id for row in case.tables["targets"]}
    unknown = sorted(set(found) - known)
    if unknown:
        raise CodedError("no_target", name=unknown[0], known=sorted(known))
    return found


def known_changes(case: Any, asked: Iterable[str], dropped: Iterable[str], language: str) -> tuple[str, ...]:
    """Changes by ids; that a target is changed and left out is told on standard error. Raises ChangeError where one undoes another."""
    from model.case.change.change import check_none_undone
    from model.case.change.change_text import parse_change
    from model.case.change.naming import named

    changes = [named(case, parse_change(text)) for text in asked]
    check_none_undone(changes)
    for name in sorted({change.item for change in changes} & set(dropped)):
        warn("warning_changed_and_dropped", language, name=name)
    return tuple(change.text for change in changes)


def kept_for(out: Path | None) -> None:
    """What the command is to write is its own from here on, before it solves anything. Raises RunError where it exists or cannot be written."""
    from model.results.names import own_name

    if out is not None:
        click.get_current_context().with_resource(own_name([out]))


def program_file(mps: Path | None, out: Path | None) -> None:
    """Raises CodedError where the solver would not write such a file, or something is there or is to be there; the folder it is in is made where it is
    missing.
    """
    if mps is None:
        return
    if mps.suffix != ".mps":
        raise CodedError("program_suffix", path=mps)
    if mps.exists():
        raise CodedError("program_exists", path=mps)
    if out is not None and out.absolute() in mps.absolute().parents:
        raise CodedError("program_inside", path=mps, out=out)
    try:
        mps.parent.mkdir(parents=True, exist_ok=True)
        mps.open("xb").close()
        mps.unlink()
    except OSError as error:
        raise CodedError("cannot_write", path=mps, reason=error) from error
