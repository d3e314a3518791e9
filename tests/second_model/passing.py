"""What passes as taxes, subsidies and allowances: transfers on indicators and on investment, and what groups settle in a carbon market."""

from __future__ import annotations

from collections.abc import Iterator

from second_model.linear import Program, Sum, total
from second_model.running import Running
from second_model.tables import Cells
from second_model.world import World


def settled_of(world: World, program: Program, running: Running) -> dict[tuple[str, int], Sum]:
    """What each group pays for allowances in a year; less than nothing where it sells."""
    return {
        (group["id"], year): _settled(world, program, running, group, year)
        for group in world.tables.of("allowance_groups")
        for year in world.years
        if year >= int(group["since"] or year)
    }


def _settled(world: World, program: Program, running: Running, group: Cells, year: int) -> Sum:
    emitted, allotted, beyond = Sum(), Sum(), []
    losses, gains = (world.number(group["id"], f"{name}_limit", year) for name in ("loss", "gain"))
    for row in world.tables.of("allowance_outputs"):
        if row["group"] == group["id"]:
            output = (running.heat_of_year if row["by"] == "heat" else running.annual)[row["technology"], year]
            verified, benchmark = (world.sure(row["id"], name, year) for name in ("verified", "benchmark"))
            emitted.add(output, verified)
            allotted.add(output, benchmark)
            beyond.append(losses is not None and verified - benchmark > losses * verified)
    assert len(set(beyond)) == 1, "a group on both sides of its limit"
    position = total([(losses or 0.0, emitted)]) if beyond[0] else total([(1.0, emitted), (-1.0, allotted)])
    if gains is not None:
        lapses = program.column(f"lapses {group['id']} {year}")
        position.add(lapses)
        program.row(f"gain {group['id']} {year}", total([(-1.0, position)]), "<=", total([(gains, emitted)]))
    return total([(world.sure(group["market"], "price", year), position)])


def settled_by(world: World, settled: dict[tuple[str, int], Sum], year: int, payer: str | None) -> Sum:
    """What a payer, or all of them, pay for allowances in a year."""
    mine = [group["id"] for group in world.tables.of("allowance_groups") if payer in (None, group["payer"])]
    return total((1.0, settled[name, year]) for name in mine if (name, year) in settled)


def levies(world: World, year: int, payer: str | None = None) -> Iterator[tuple[str, float]]:
    """(indicator, what of a unit of it a payer pays less what it gets): all payers where none is named."""
    for row in world.tables.of("transfers"):
        if row["indicator"]:
            yield row["indicator"], _side(row, payer) * world.sure(row["id"], "rate", year)


def granted(world: World, measure: str, built: int, payer: str | None = None) -> float:
    """Share of the investment in a measure that a payer pays beside its own, less what it gets of it."""
    rows = [row for row in world.tables.of("transfers") if measure in row["measures"].split(";")]
    return sum(_side(row, payer) * world.sure(row["id"], "share", built) for row in rows)


def _side(row: Cells, payer: str | None) -> float:
    pays, gets = ((row[side] == payer if payer else bool(row[side])) for side in ("payer", "receiver"))
    return float(pays) - float(gets)
