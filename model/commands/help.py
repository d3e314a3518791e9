"""How help is laid out: what is written, what it does, its options or commands, with Chinese letters counted as two columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from model.report.layout import broken, padded, width
from model.report.words import word

text_column = 24


def help_text(command: click.Command, context: click.Context, columns: int) -> str:
    """The help of a command, or of all of them, in the language of the context."""
    language = context.obj
    parameters = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    arguments = [piece for one in command.get_params(context) if isinstance(one, click.Argument) for piece in one.get_usage_pieces(context)]
    after = [word("help_command_any", language)] if isinstance(command, click.Group) else arguments
    usage = " ".join([context.command_path, word("help_options_any", language), *after])
    lines = [word("help_usage", language) + usage, ""]
    for paragraph in word(f"help_command_{command.name}", language).split("\n"):
        lines += [f"  {line}" for line in broken(paragraph, columns - 4)]
    lines += ["", word("help_options", language), *_list(((_written(one, context), _told(one, context)) for one in parameters), columns)]
    if isinstance(command, click.Group):
        first = ((name, word(f"help_command_{name}", language).partition("\n")[0]) for name in command.list_commands(context))
        lines += ["", word("help_commands", language), *_list(first, columns)]
    return "\n".join(lines) + "\n"


def _written(option: click.Option, context: click.Context) -> str:
    return ", ".join(option.opts) + ("" if option.is_flag else f" {option.make_metavar(context)}")


def _told(option: click.Option, context: click.Context) -> str:
    told = word(str(option.help), context.obj)
    return word("help_default", context.obj).format(told, option.default) if option.show_default else told


def _list(pairs: Iterable[tuple[str, str]], columns: int) -> Iterator[str]:
    """What is written flush left, what is said of it beside it, or below where there is no room."""
    for written, told in pairs:
        lines = broken(told, columns - text_column - 4)
        if width(written) > text_column - 2:
            yield f"  {written}"
            written = ""
        yield f"  {padded(written, text_column)}{lines[0]}"
        yield from (" " * (text_column + 2) + line for line in lines[1:])
