"""Which kinds of study there are: each stands in the file of its name, as `KIND`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from model.results.run import RunError
from model.results.study import StoredStudy
from model.study import sweep, tradeoffs
from model.study.engine.kind import StudyKind


def kind_of(study: StoredStudy) -> StudyKind:
    """The kind of a stored study. Raises RunError for one that this program does not know."""
    name = str(study.content["study"])
    for room in (sweep, tradeoffs):
        if name in {file.name for file in iter_modules(room.__path__)}:
            found = getattr(import_module(f"{room.__name__}.{name}"), "KIND", None)
            if found is not None:
                return found
    raise RunError("unknown_kind", folder=study.folder, kind=name)
