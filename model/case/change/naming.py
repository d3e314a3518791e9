"""What a change names: ids, labels in either language where only one number is called so, wildcards for many numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import translate
from functools import cached_property

from model.case.change.change_text import Change, ChangeError
from model.case.faults import nearest
from model.case.read.canonical import Lookup
from model.case.read.case import Case
from model.case.tables.headings import compared
from model.case.tables.quantities import QUANTITIES

BY_OWN_VALUE = ("targets", "settings", "existing", "credit_segments", "residuals", "couplings", "profiles")
# Rows that join two items are named by both: `coal_boiler.coal` is what a boiler takes of coal.
PAIRED = {
    "flows": ("technology", "commodity"), "effects": ("measure", "item"), "accounts": ("indicator", "item"), "coupling_terms": ("coupling", "item"),
}  # fmt: skip
VALUE = ("value", "数值", "取值")
most_named = 12

Path = tuple[str, str]


class Names:
    """The numbers of a case by what they may be called. A life-cycle: what is asked for is worked out once."""

    def __init__(self, case: Case) -> None:
        self.case, self.lookup = case, Lookup(case)

    @cached_property
    def paths(self) -> dict[Path, bool]:
        """Every (item, quantity) that has a row, and whether any of its rows has a value."""
        found = dict[Path, bool]()
        for path, valued in self._rows():
            found[path] = found.get(path, False) or valued
        return found

    @cached_property
    def called(self) -> dict[str, list[str]]:
        """{label, as it is compared: ids of the rows that bear it}."""
        found = dict[str, list[str]]()
        for rows in self.case.tables.values():
            for row in rows:
                own = vars(row)
                for label in {compared(str(own.get(f"label_{language}") or "")) for language in ("en", "zh")} - {""}:
                    if isinstance(own.get("id"), str):
                        found.setdefault(label, []).append(own["id"])
        return {label: list(dict.fromkeys(ids)) for label, ids in found.items()}

    def single(self, change: Change) -> Change:
        """The change by ids. As it is where nothing is called so: who applies it says what is missing.

        Raises ChangeError where several numbers are called so.
        """
        whole = f"{change.item}.{change.quantity}"
        cuts = [(whole[:at], whole[at + 1 :]) for at, letter in enumerate(whole) if letter == "."]
        for item, quantity in cuts:
            if self.lookup.table(item) is not None and self._quantity(item, quantity):
                return replace(change, item=item, quantity=self._quantity(item, quantity))
        found = {
            (name, known)
            for item, quantity in cuts
            for name in self.called.get(compared(item), [])
            if (known := self._quantity(name, quantity))
        }
        if len(found) > 1:
            raise ChangeError("ambiguous", name=whole, names=[".".join(path) for path in sorted(found)])
        for item, quantity in found or self._items_called(cuts):
            return replace(change, item=item, quantity=quantity)
        return change

    def _items_called(self, cuts: list[Path]) -> list[Path]:
        """An item by its label, whatever is asked of it."""
        return [(name, quantity) for item, quantity in cuts for name in self.called.get(compared(item), [])[:1]]

    def fitting(self, pattern: str) -> list[Path]:
        """The numbers that a pattern fits (`*` and `?` for anything), by ids or labels."""
        fits = re.compile(translate(compared(pattern).replace("[", "[[]"))).match
        return [path for path in self.paths if any(fits(text) for text in self._spelled(*path))]

    def takes(self, item: str, quantity: str) -> bool:
        """Whether an item may be told a quantity, by their ids."""
        return self.lookup.table(item) is not None and self._quantity(item, quantity) == quantity

    def _quantity(self, item: str, text: str) -> str:
        """The id of a quantity that an item may be told, by its id or a label; nothing where there is none."""
        table, wanted = self.lookup.table(item) or "", compared(text)
        for name, known in QUANTITIES.get(table, {}).items():
            if wanted in (name, compared(known.en), compared(known.zh)):
                return name
        if table in BY_OWN_VALUE and wanted in VALUE:
            return "value"
        others = {other for one, other in self.paths if one == item and wanted in self._called(other)}
        return next(iter(others)) if len(others) == 1 else ""

    def _called(self, item: str) -> list[str]:
        labels = [self.lookup.column(item, f"label_{language}") or "" for language in ("en", "zh")]
        return list(dict.fromkeys([item, *(compared(label) for label in labels if label)]))

    def _spelled(self, item: str, quantity: str) -> Iterator[str]:
        known = QUANTITIES.get(self.lookup.table(item) or "", {}).get(quantity)
        if known is not None:
            seconds = [quantity, compared(known.en), compared(known.zh)]
        else:
            seconds = list(VALUE) if quantity == "value" else self._called(quantity)
        for first in self._called(item):
            yield from (f"{first}.{second}" for second in seconds)

    def _rows(self) -> Iterator[tuple[Path, bool]]:
        for row in self.case.tables["numbers"]:
            yield (row.item, row.quantity), row.value is not None
        for table in BY_OWN_VALUE:
            yield from (((row.id, "value"), row.value is not None) for row in self.case.tables[table])
        for table, (first, second) in PAIRED.items():
            for row in self.case.tables[table]:
                own = vars(row)
                yield (str(own[first]), str(own[second])), row.value is not None


def meant(case: Case, change: Change) -> tuple[Change, ...]:
    """The change by ids: one for each number that a wildcard fits, or the one that is named.

    Raises ChangeError where a wildcard fits nothing or a label is that of several numbers.
    """
    names = Names(case)
    if not is_wildcard(change.name):
        return (names.single(change),)
    pattern = f"{change.item}.{change.quantity}"
    found = [(item, quantity) for item, quantity in names.fitting(pattern) if change.way == "set" or names.paths[item, quantity]]
    if change.year is not None:
        found = [path for path in found if _has_years(names, path)]
    if not found:
        close = nearest(re.sub(r"[*?]", "", pattern), tuple(".".join(path) for path in names.paths))
        raise ChangeError("no_number_fits", name=change.name, nearest=close)
    return tuple(replace(change, item=item, quantity=quantity) for item, quantity in found)


def named(case: Case, change: Change) -> Change:
    """The change by ids where one number is named; a wildcard as it is, once it is known to fit. Raises ChangeError."""
    found = meant(case, change)
    return change if is_wildcard(change.name) else found[0]


def is_known(case: Case, change: Change) -> bool:
    """Whether there is such a number, or any that a wildcard fits. Raises ChangeError where a label is that of several numbers."""
    names = Names(case)
    if is_wildcard(change.name):
        return bool(names.fitting(f"{change.item}.{change.quantity}"))
    found = names.single(change)
    return names.takes(found.item, found.quantity)


def id_of(case: Case, text: str, table: str) -> str:
    """The id of a row of a table by its id or a label; the text itself where nothing is called so.

    Raises ChangeError where several rows are.
    """
    rows = [vars(row) for row in case.tables[table]]
    if any(row["id"] == text for row in rows):
        return text
    wanted = compared(text)
    found = [row["id"] for row in rows if wanted in (compared(row["label_en"] or ""), compared(row["label_zh"] or ""))]
    if len(found) > 1:
        raise ChangeError("ambiguous", name=text, names=sorted(found)[:most_named])
    return found[0] if found else text


def is_wildcard(name: str) -> bool:
    return "*" in name or "?" in name


def _has_years(names: Names, path: Path) -> bool:
    known = QUANTITIES.get(names.lookup.table(path[0]) or "", {}).get(path[1])
    if known is not None:
        return known.fill != "constant"
    return any((vars(row).get(first), vars(row).get(second)) == path and "year" in vars(row)
               for table, (first, second) in PAIRED.items() for row in names.case.tables[table])  # fmt: skip
