"""Targets that clash, what they run into and the ways out: for a terminal, and as a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from model.case.read.case import Case
from model.report.display import decimals, shown
from model.report.explain.clash_sentences import ClashSentences
from model.report.layout import screen, wrapped
from model.report.units import display_unit
from model.report.words import word
from model.results.clash import Clash, Conflict, Limit, Relaxation, Way
from model.results.plain import number, plain

most_kinds = 6
most_moves, most_words = 3, 4


def clash_text(clash: Clash, case: Case, language: str) -> str:
    """All that is known, the clashes first, then the ways out as alternatives."""
    tell = ClashSentences(case, language)
    lines: list[str] = []
    match clash.kind:
        case "none":
            lines.append(word("clash_none", language))
        case "limits":
            lines += [word(f"clash_limits_{clash.model}", language), *_limits(clash.limits, tell, indent="  ")]
            lines += [] if clash.limits else [f"  - {word('clash_no_limits', language)}"]
        case _:
            lines += [*_missing(clash, tell), *_conflicts(clash, tell), *_ways(clash, tell)]
    return screen(lines)


def clash_record(clash: Clash, case: Case, language: str = "en") -> dict[str, Any]:
    """The same as a record: everything, with a sentence for each conflict member, limit and way."""
    tell = ClashSentences(case, language)
    record = plain(asdict(clash))
    for conflict, told in zip(clash.conflicts, record["conflicts"], strict=True):
        for member, one in zip(conflict.members, told["members"], strict=True):
            one |= {"clause": tell.row("targets", member.target).clause, "text": tell.member(member.target, member.years)}
        for limit, one in zip(conflict.limits, told["limits"], strict=True):
            one["text"] = tell.limit(limit)
    for way, one in zip(clash.ways, record["ways"], strict=True):
        one["text"] = tell.way(way)
    for limit, one in zip(clash.limits, record["limits"], strict=True):
        one["text"] = tell.limit(limit)
    return {"case": case.header.id, "status": "feasible" if clash.kind == "none" else "infeasible", **record}


def relaxed_text(relaxed: Iterable[Mapping[str, Any]], case: Case, language: str) -> str:
    """What a negotiated plan relaxes (records as a manifest keeps them), one line for each target."""
    tell = ClashSentences(case, language)
    kept, lines = ("target", "year", "asked", "given", "unit"), list[str]()
    records = [(one["clash"], Relaxation(**{name: one[name] for name in kept} | {"given": number(one["given"])})) for one in relaxed]
    for clash, title in ((True, "negotiated_title"), (False, "negotiated_alone")):
        told = tell.relaxations(tuple(one for of, one in records if of == clash))
        lines += [word(title, language), *_bullets(told)] if told else []
    return screen(lines or [word("negotiated_none", language)])


def _missing(clash: Clash, tell: ClashSentences) -> Iterator[str]:
    if clash.missing:
        yield word("clash_demand", tell.language)
        yield from _bullets([tell.missing(one) for one in clash.missing])
        yield "  " + word("clash_missing_remedy", tell.language)


def _conflicts(clash: Clash, tell: ClashSentences) -> Iterator[str]:
    if clash.conflicts:
        yield word("clash_title", tell.language)
    several = len(clash.conflicts) > 1
    for place, conflict in enumerate(clash.conflicts, start=1):
        alone = len(conflict.members) == 1
        key = ("clash_alone" if alone else "clash_together") if several else ("clash_only_alone" if alone else "clash_only_one")
        yield ""
        yield word(key, tell.language).format(place) + word("colon", tell.language).rstrip()
        yield from _bullets([tell.member(one.target, one.years) for one in conflict.members])
        yield from _into(conflict, tell)


def _into(conflict: Conflict, tell: ClashSentences) -> Iterator[str]:
    if conflict.whole:
        yield "  " + word("clash_whole", tell.language)
    if conflict.limits:
        key = f"clash_into_{'one_' if len(conflict.members) == 1 else ''}{'needed' if conflict.minimal else 'leaning'}"
        yield "  " + word(key, tell.language)
        yield from _limits(conflict.limits, tell, indent="    ")


def _limits(limits: Sequence[Limit], tell: ClashSentences, *, indent: str) -> Iterator[str]:
    """A line or two for each kind of limit; what has no room is counted."""
    separator = word("separator", tell.language)
    kinds = list(tell.limits(limits))
    for heading, items in kinds[:most_kinds]:
        yield from _bullets([heading], indent=indent)
        if items:
            yield from wrapped(items, first=indent + "    ", separator=separator, lines=2)
    if len(kinds) > most_kinds:
        yield indent + word("clash_more", tell.language).format(len(kinds) - most_kinds)


def _ways(clash: Clash, tell: ClashSentences) -> Iterator[str]:
    if not clash.conflicts:
        return
    yield ""
    if not clash.ways:
        yield word("clash_no_ways", tell.language)
        return
    unit, _ = display_unit("亿元", tell.language)
    yield word("clash_ways", tell.language).format(unit) + word("colon", tell.language).rstrip()
    for place, way in enumerate(clash.ways):
        yield from _way(way, tell, first=place == 0)
    yield word("clash_weights", tell.language)
    yield word("clash_negotiate", tell.language).format(tell.case.header.id)


def _way(way: Way, tell: ClashSentences, *, first: bool) -> Iterator[str]:
    """What gives; what that costs; which measures it moves; how to ask for it."""
    told, separator = tell.way(way), word("separator", tell.language)
    yield "  " + (told if first else word("clash_or", tell.language).format(told))
    over = f"{way.over_usual:+,.{decimals([way.over_usual])}f}"
    yield "      " + word("way_cost", tell.language).format(shown(way.cost), over)
    if way.moves:
        key = "way_moves_usual" if first else "way_moves_first"
        text = word(key, tell.language).format(separator.join(tell.moves(way.moves[:most_moves])))
        yield f"      {text}"
    if 0 < len(way.changes) <= most_words:
        yield f"      {' '.join(way.changes)}"
        if way.changes_give_more:
            text = word("way_gives_more", tell.language).format(separator.join(way.changes_give_more))
            yield f"      {text}"


def _bullets(told: Sequence[str], *, indent: str = "  ") -> Iterator[str]:
    yield from (f"{indent}- {one}" for one in told)
