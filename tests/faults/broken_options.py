"""Broken options and arguments: every one of every command, as click knows them, with values that it cannot have; and files of scenarios."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import click

import cli
from faults.broken_files import DAMAGES
from faults.broken_input import BrokenInput

# What lies in the folder of each question beside a sound file of scenarios, and is no workbook whatever it is called.
THERE: dict[str, Callable[[Path], object]] = {
    "empty.xlsx": Path.touch, "folder.xlsx": Path.mkdir, "pipe.xlsx": os.mkfifo, "device.xlsx": lambda path: path.symlink_to("/dev/zero"),
    "nothing.xlsx": lambda path: path.symlink_to("not there"), "loop.xlsx": lambda path: path.symlink_to("loop.xlsx"), "loop": lambda path: path.symlink_to("loop"),
}  # fmt: skip
VALUES = (
    "", " ", "0", "-1", "1e999", "nan", "inf", "²", "1_0", "９", "9" * 5000, "b" * 5000, "a\0b", "\x1b[2J", "\u202eabc", ".hidden", "con", "..", "/", "/dev/null/x",
    "/dev/zero", "a.b=", "a.b=1", "coal_purchase.price=1e999", "coal_purchase.price=nan", "coal_purchase.price=1:2:999999999999", "*.*=*nan", "[", "{0}", "%s", "co2@²",
    "co2@99999", "toy", "latest", "--", "-", "5%", "1,2,x", "tcp://x:99999", "auto", "2+17,203", "2+999", "1+1,1", "0+", "2022", "toy/earlier",
    *THERE,
)  # fmt: skip
# The words that make each command whole, so that the option behind them is all that is wrong with it; `ways.csv` is a sound file of scenarios.
LEADING = {
    "solve": ["toy"], "sweep": ["toy", "--tornado"], "frontier": ["toy", "--indicator", "co2@2023"], "alternatives": ["toy"],
    "abatement": ["toy", "--indicator", "co2@2023"], "regret": ["toy", "--scenarios", "ways.csv"],
    "switch": ["toy", "--number", "coal_purchase.price", "--measure", "close_boiler"],
    "schedule": ["toy", "nothing.xlsx"], "actuals": ["toy", "nothing.xlsx", "--out", "built"], "track": ["latest", "--out", "form.xlsx"], "explain": ["toy"], "check": ["toy"], "coverage": ["toy"], "base": ["toy"], "backcast": ["toy"], "show": ["latest"], "export": ["latest"], "compare": ["latest"], "runs": [], "cases": [], "template": ["folder"],
    "list": ["toy"],
}  # fmt: skip
# The same commands in their other forms.
FORMS = {
    "export": [["latest", "--to", form] for form in ("csv", "html", "png", "iamc", "netcdf")], "track": [["toy", "nothing.xlsx"]],
    "template": [["folder", "--from", "toy"], ["book.xlsx", "--from", "toy"]], "sweep": [["toy", "--grid", "coal_purchase.price=9,11"]], "list": [["toy", "coal"]],
    "show": [["toy/earlier", "--since", "latest"]], "solve": [["toy", "--days", "auto"], ["toy", "--negotiate"]],
}  # fmt: skip
WAYS = "name,coal_purchase.price,power_purchase.price\nlow,8,\nhigh,12,\n"
CELLS = ("", "x", "1e999", "nan", "1_0", "*nan", "+=x", "=1+1", "\u202e5", "9" * 3000, "9" * 140_000, "5 kg", "*1e300", "+20%", "，5", '"5')


def in_options() -> Iterator[BrokenInput]:
    for command, leading in ((name, one) for name, first in LEADING.items() for one in (first, *FORMS.get(name, ()))):
        for parameter in (one for one in cli.main.commands[command].params if one.name != "language"):
            flag = isinstance(parameter, click.Option) and parameter.is_flag
            for value in VALUES[:1] if flag else VALUES:
                if isinstance(parameter, click.Option):
                    words = [command, *leading, max(parameter.opts, key=len), *([] if flag else [value])]
                else:
                    at = [one.name for one in cli.main.commands[command].params if isinstance(one, click.Argument)].index(parameter.name)
                    words = [command, *leading[:at], value, *leading[at + 1 :]]
                yield BrokenInput(" ".join(word[:20] for word in words), partial(_asked, words=words))


def in_scenarios() -> Iterator[BrokenInput]:
    for heading in (
        "coal_purchase.price",
        "coal_purchase.price@2022",
        "coal_purchase.price CNY/tce",
        "coal_purchase.prize",
        "nobody.price",
        "",
        "*.price",
        "a" * 3000,
    ):
        for cell in CELLS:
            text = f"name,{heading}\none,{cell}\n"
            yield BrokenInput(f"{heading[:20]} = {cell[:9]!r}", partial(_scenarios, raw=text.encode()))
    for kind, damage in DAMAGES.items():
        raw = damage(WAYS.encode())
        yield BrokenInput(f"ways.csv: {kind}", partial(_scenarios, raw=raw))
    for encoding in ("gbk", "utf-16", "utf-8-sig"):
        raw = WAYS.replace("low", "低").encode(encoding)
        yield BrokenInput(f"ways.csv in {encoding}", partial(_scenarios, raw=raw))


def _asked(folder: Path, words: Sequence[str]) -> Sequence[object]:
    (folder / "ways.csv").write_text(WAYS, encoding="utf-8")
    for name in THERE.keys() & set(words):
        THERE[name](folder / name)
    return [folder / word if word == "ways.csv" or word in THERE else word for word in words]


def _scenarios(folder: Path, raw: bytes | None) -> list[object]:
    if raw is not None:
        (folder / "ways.csv").write_bytes(raw)
    return ["sweep", "toy", "--scenarios", folder / "ways.csv", "--out", folder / "study"]
