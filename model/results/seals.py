"""What is stored is sealed by its hash, so that what was damaged or changed since is known and never taken for an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from model.results.plain import json_text, plain

SEAL = "seal"


def sealed(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as it is stored, with its own seal.

    >>> is_whole(sealed({"plan": 6.1})), is_whole({**sealed({"plan": 6.1}), "plan": 6.2})
    (True, False)
    """
    made = {name: one for name, one in plain(dict(content)).items() if name != SEAL}
    return made | {SEAL: _hash(made)}


def is_whole(content: Mapping[str, Any]) -> bool:
    """Whether what is stored is as it was written. What was stored before there were seals has none, and passes."""
    told = dict(content)
    return SEAL not in told or told.pop(SEAL) == _hash(told)


def digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of any plain content."""
    return _hash(plain(dict(content)))


def file_hash(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def bytes_hash(raw: bytes) -> str:
    """The SHA-256 of the content of a file."""
    return hashlib.sha256(raw).hexdigest()


def hashes_of(folder: Path) -> dict[str, str]:
    """{file below the folder: its SHA-256}."""
    return {str(path.relative_to(folder).as_posix()): file_hash(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def changed_since(folder: Path, before: Mapping[str, str]) -> list[str]:
    """The files below a folder that are not as their hashes say, that are gone or that have come since."""
    now = hashes_of(folder)
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def _hash(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json_text(dict(sorted(content.items()))).encode()).hexdigest()
