"""The command line: one command a function of `model/commands`."""

from __future__ import annotations

from model.commands.interrupts import keep_until_loaded

if __name__ == "__main__":  # before all that follows
    keep_until_loaded()

import click

from model.commands import backcast, cases, explain, regret, runs, schedule, solve, sweep, template, track, tradeoffs
from model.commands.group import Command, Commands
from model.commands.options import language_option


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="measures", message="%(prog)s %(version)s", help="help_version")
@language_option
def main(language: str) -> None:
    """All commands; in which language they speak is known before any of them begins."""


for module in (cases, template, backcast, solve, schedule, track, explain, sweep, tradeoffs, regret, runs):
    for command in vars(module).values():
        if isinstance(command, Command):
            main.add_command(command)

if __name__ == "__main__":
    main()
