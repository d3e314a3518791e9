"""Where a process of its own begins: Ctrl-C is kept before anything of the program is loaded."""

from __future__ import annotations

from model.commands.interrupts import keep_until_loaded


def main() -> None:
    """What the console calls `measures`."""
    keep_until_loaded()
    import cli

    cli.main()
