"""Tables of a page that are made when they are first asked for: who shows a few of them does not wait for the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from model.report.tables import Table


class MadeTables(Mapping[str, Table]):
    """{name: table} in the order of what makes them, each made once."""

    def __init__(self, makers: Mapping[str, Callable[[], Table]]) -> None:
        self._makers, self._made = dict(makers), dict[str, Table]()

    def __getitem__(self, name: str) -> Table:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __contains__(self, name: object) -> bool:
        return name in self._makers
