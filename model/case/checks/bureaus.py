"""What is odd about who leads: one bureau with more than its share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from model.case.faults import Fault, Place
from model.case.read.bureaus import bureaus_of
from model.case.read.canonical import Lookup
from model.case.read.case import Case

most_share = 0.25  # of the measures, where there are bureaus enough to share them


def leads(case: Case, lookup: Lookup) -> Iterator[Fault]:
    """Bureaus that lead more than a quarter of the measures, as they do where those of a clause are copied to all that it names."""
    if len(case.tables["bureaus"]) * most_share <= 1 or not case.spots.get("measures"):
        return
    led = Counter(bureaus[0] for bureaus in bureaus_of(case).values() if bureaus)
    count = len(case.tables["measures"])
    for bureau, mine in sorted(led.items()):
        if mine > most_share * count:
            place = Place(case.spots["measures"][0].file, None, "lead")
            yield Fault("leads_too_much", place, f"{bureau}: {mine} / {count}", f"{most_share:.0%}")
