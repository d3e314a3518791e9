"""The commands as one: in which language they are asked, what click finds wrong with a line, and the one place where all of them end."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import Any, NoReturn

import click

from model.case.change.scenario_fault import DesignError
from model.case.faults import CaseFaults, CodedError
from model.commands.exits import DONE, NOT_PROVEN, USAGE, ended
from model.commands.help import help_text
from model.commands.interrupts import answer_no_more, keep_until_loaded
from model.report.words import languages
from model.results.interrupted import is_interrupt
from model.study.engine import own_process
from model.study.engine.dask_apart import leave_dask

VARIABLE, OPTION, OTHERWISE = "MEASURES_LANG", "--lang", "en"


def language_of(words: Sequence[str]) -> str:
    """The language asked for, before or after the command, or by the variable. Raises CodedError for one that there is not."""
    asked = (VARIABLE, os.environ.get(VARIABLE) or OTHERWISE)
    for place, written in enumerate(words):
        name, sign, value = written.partition("=")
        if name == OPTION and (sign or place + 1 < len(words)):
            asked = (OPTION, value if sign else words[place + 1])
    if asked[1] not in languages():
        raise CodedError("bad_choice", option=asked[0], value=asked[1], choices=languages())
    return asked[1]


class Spoken(click.Command):
    """A command whose help is made of words; options have the keys of theirs."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(help_text(self, ctx, formatter.width))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "help_help"
        return option


class Command(Spoken):
    """One command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = ctx
            raise
        if rest:
            raise CodedError("extra", names=rest, help=_help(ctx))
        return rest


class Commands(Spoken, click.Group):
    """All commands. A life-cycle: the language is known before anything is parsed, so that faults and help are told in it."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            close = get_close_matches(args[0], self.commands, n=1)
            raise CodedError("no_such_command", name=args[0], nearest="".join(close), help=_help(ctx))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whoever read it has read enough: nothing is left to be said
            _print_nowhere()
            sys.exit(NOT_PROVEN)

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:  # type: ignore[override]
        if args is not None:  # inside of another program, whose Ctrl-C is its own
            sys.exit(self._ended(list(args)))
        keep_until_loaded()
        own_process.begin()
        try:
            code = self._ended(sys.argv[1:])
        except KeyboardInterrupt:  # once more, while it was told
            code = NOT_PROVEN
        answer_no_more()
        own_process.end()
        sys.exit(code)

    def _ended(self, words: list[str]) -> int:
        """Whatever comes of a command, as an exit code: a sentence is told where there is one to tell."""
        leave_dask()
        open_streams()
        language = OTHERWISE
        try:
            language = language_of(words)
            code = super().main(words, "measures", standalone_mode=False, obj=language)
            sys.stdout.flush()
        except click.UsageError as error:
            if not words and error.ctx is not None:
                click.echo(error.ctx.get_help(), err=True)
            code = ended(of_usage(error), language) if words else USAGE
        except (CodedError, CaseFaults, DesignError, click.Abort) as error:
            code = _told(error, language, as_json="--json" in words)
        except (OSError, MemoryError) as error:
            code = ended(of_system(error), language)
        except SystemExit as error:  # a command that is done
            code = error.code if isinstance(error.code, int) else DONE
        except (Exception, KeyboardInterrupt) as error:
            if not is_interrupt(error):
                raise
            code = ended(click.Abort(), language)
        return closed(code or DONE, language)


class _Beside(io.TextIOWrapper):
    """Standard error: what is said beside a result. That nobody can be told, as where a disk is full or a reader left, is no reason to end a solve."""

    def write(self, text: str, /) -> int:
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


def open_streams() -> None:
    """Both streams, where a window without a console has none, or they were closed, as nowhere; a GBK console must not stop a run."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None or stream.closed:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    told = sys.stderr
    if told is sys.__stderr__ and isinstance(told, io.TextIOWrapper) and not isinstance(told, _Beside):
        sys.stderr = _Beside(told.buffer, told.encoding, "replace", line_buffering=True)


def closed(code: int, language: str) -> int:
    """The code with which a command ends once all it printed has left: a full disk is met here at the latest."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _print_nowhere()
        return ended(of_system(error), language)
    return code


def _told(error: CodedError | CaseFaults | DesignError | click.Abort, language: str, *, as_json: bool) -> int:
    """The code of an error that is told, where whoever reads it still does and the disk has room for it."""
    try:
        return ended(error, language, as_json=as_json)
    except BrokenPipeError:
        _print_nowhere()
        return NOT_PROVEN
    except OSError as unmet:
        _print_nowhere()
        return ended(of_system(unmet), language)


def _print_nowhere() -> None:
    # What is left in the stream would be tried again, and told by Python, as it ends.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def of_system(error: OSError | MemoryError) -> CodedError:
    """What the system would not do, as a code with fields."""
    if isinstance(error, MemoryError):
        return CodedError("memory")
    named = error.filename2 or error.filename
    return CodedError("system_at", path=named, reason=error) if named else CodedError("system", reason=error)


def of_usage(error: click.UsageError) -> CodedError:
    """What click finds wrong with a line of words, as a code with fields."""
    written = _help(error.ctx)
    match error:
        case click.NoSuchOption():
            close = (error.possibilities or [""])[0]
            return CodedError("no_such_option", option=error.option_name, nearest=close, help=written)
        case click.MissingParameter() if error.param is not None and error.ctx is not None:
            return CodedError("missing", name=error.param.make_metavar(error.ctx), help=written)
        case click.BadOptionUsage() if error.ctx is not None:
            flags = {
                name for option in error.ctx.command.params if isinstance(option, click.Option) and option.is_flag for name in option.opts
            }
            return CodedError(
                "option_with_value" if error.option_name in flags else "option_without_value", option=error.option_name, help=written
            )
    return CodedError("missing", name="COMMAND", help=written)  # of a group alone: all else is found by types of our own


def _help(context: click.Context | None) -> str:
    return f"{context.command_path if context else 'measures'} --help"
