"""The command line: one command a function of `model/commands`."""

from __future__ import annotations

import sys

import click

from model.commands import cases, explain, regret, runs, solve, sweep, tradeoffs


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="measures")
def main() -> None:
    """Least-cost portfolios of measures that meet every target of a city's plan, year by year."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a GBK console must not stop a run


for command in (
    cases.cases, cases.check, cases.coverage, cases.base, solve.solve, explain.explain, sweep.sweep, tradeoffs.frontier, tradeoffs.alternatives,
    tradeoffs.abatement, regret.regret, regret.switch, runs.compare, runs.runs, runs.show, runs.export,
):  # fmt: skip
    main.add_command(command)

if __name__ == "__main__":
    main()
