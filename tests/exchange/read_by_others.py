"""What pyam and Frictionless make of exported files, told as JSON: run by an environment of its own, which has neither our packages nor our code."""

from __future__ import annotations

import json
import sys
from typing import Any


def iamc(path: str) -> dict[str, Any]:
    """What pyam reads, and the sums that it finds not to be those of their components."""
    import pyam

    read = pyam.IamDataFrame(path)
    sums = ("Capacity|Electricity", "Secondary Energy|Electricity", "Secondary Energy|Heat")
    asked = [name for name in sums if name in read.variable]
    wrong = [name for name in asked if read.check_aggregate(name) is not None]
    return {"variables": len(read.variable), "years": list(map(int, read.year)), "units": sorted(read.unit), "asked": asked, "wrong": wrong}


def package(path: str) -> dict[str, Any]:
    """Whether every table is as its description says, and what is wrong with those that are not."""
    import frictionless

    found = frictionless.validate(path)
    return {"valid": found.valid, "tables": len(found.tasks), "errors": found.flatten(["name", "type", "note"])}


if __name__ == "__main__":
    print(json.dumps({"iamc": iamc(sys.argv[1]), "package": package(sys.argv[2])}))
