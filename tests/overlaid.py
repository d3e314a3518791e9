"""The toy with overlays laid beside its tables, and commands asked for with them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from calling import TOY, call

NUMBERS = "item,quantity,year,value,unit,low,high,status,source\n"
TARGETS = "id,label_en,label_zh,series,clause,quote,strength,indicator,form,sense,reference,year,holds,tolerance,value,unit,low,high,status,source\n"
# README: 6.10, with 1 + 0.6 + 0.5 TWh of coal heat at 0.16 Mtce a TWh. A coal price lower by 100 CNY/tce takes 0.336 off, and makes nothing else pay.
PRICE = NUMBERS + "coal_purchase,price,,{},CNY/tce,500,1300,illustrative,letter of the bureau\n"
CHEAP, CHEAPER = 6.10 - 0.336, 6.10 - 0.672
CO2_OFF = TARGETS + "co2_2023,CO2,二氧化碳,co2,c1,as told,binding,co2,level,<=,,2023,onward,0,,Mt,,,illustrative,made up\n"
CO2_FREE = 6.07  # README's 6.10 without its CO2 target


def lay(case: Path, name: str, **files: str) -> Path:
    """An overlay of a case: `head` is its case.yaml, every other a table."""
    folder = case / "overlays" / name
    folder.mkdir(parents=True, exist_ok=True)
    for table, text in files.items():
        (folder / ("case.yaml" if table == "head" else f"{table}.csv")).write_text(text, encoding="utf-8")
    return folder


def overlaid_toy(home: Path) -> Path:
    """The toy with two overlays that give one row, and one that turns a target off."""
    case = home / "toy"
    shutil.copytree(TOY, case)
    lay(case, "cheap", numbers=PRICE.format(900))
    lay(case, "cheaper", numbers=PRICE.format(800))
    lay(case, "free", targets=CO2_OFF)
    return case


def asked_with(*names: str) -> list[str]:
    return [word for name in names for word in ("--with", name)]


def answered(*words: object) -> dict:
    result = call(*words, "--json")
    assert result.exit_code == 0, result.output + result.stderr
    return json.loads(result.stdout)
