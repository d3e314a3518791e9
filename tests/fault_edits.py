"""What makes the tiny case faulty: edits of its tables."""

from __future__ import annotations

from collections.abc import Callable

from tiny_case import TinyCase

Edit = Callable[[TinyCase], object]

SUMMER, WINTER = 2, 3  # rows of the wind profile in profile_days


def hours(text: str) -> dict[str, str]:
    return {f"h{hour}": text for hour in range(24)}


def swings(case: TinyCase, summer: str, winter: str) -> None:
    """Rewrite the flat shape."""
    for hour in range(24):
        case.cell("profile_days", 4, f"h{hour}", summer).cell("profile_days", 5, f"h{hour}", winter)


def without(table: str) -> Edit:
    return lambda case: case.tables.pop(table)


def column(name: str, table: str) -> Edit:
    def edit(case: TinyCase) -> None:
        for position, line in enumerate(case.tables[table]):
            line.append(name if position == 0 else "x")

    return edit


def closing(case: TinyCase, *, measure: str = "build_wind", item: str = "coal_plant", **cells: str) -> TinyCase:
    return case.add("effects", measure=measure, item=item, value="-1", unit="1", lag="0", status="sourced", source="x", **cells)


def standing(case: TinyCase, *, until: str) -> TinyCase:
    return case.add(
        "existing", id="more_coal", label_en="More", label_zh="另一机组", technology="coal_plant", until=until, value="10", unit="MW", status="sourced",
        source="x",
    )  # fmt: skip


def star(case: TinyCase, rays: int) -> TinyCase:
    """As many stocks, each of two rows, of which one is of all of them."""
    case.cell("existing", 2, "until", "2040")
    for ray in range(rays):
        case.add("existing", id=f"ray_{ray}", label_en="Ray", label_zh="另一机组", technology="coal_plant", until="2040", value="10", unit="MW",
                 status="sourced", source="x")  # fmt: skip
        closing(case, item="coal_plant", stock=f"old_coal;ray_{ray}", until=str(2026 + ray))
    return case


def column_of(case: TinyCase, table: str, name: str, cells: dict[int, str]) -> TinyCase:
    """Add a column, empty but for these rows."""
    for position, line in enumerate(case.tables[table], start=1):
        line.append(name if position == 1 else cells.get(position, "onward" if name == "holds" else ""))
    return case


def published(case: TinyCase, value: str) -> TinyCase:
    """What is published of the CO2 of 2022."""
    return case.add(
        "facts", id="co2_2022", label_en="CO2", label_zh="二氧化碳", indicator="co2", year="2022", role="record", boundary="city", value=value,
        unit="万吨", status="sourced", source="x",
    )  # fmt: skip


def again(case: TinyCase, **cells: str) -> None:
    """A second row in the series of the CO2 cap."""
    first = dict(zip(case.tables["targets"][0], case.tables["targets"][1]))
    case.add("targets", **{**first, "id": "cap_again", "year": "2025", **cells})


def over_a_span(case: TinyCase) -> None:
    """A budget of what is spent until 2025, which stands for four years that differ."""
    case.say("price_year", "span_rule: even\nprice_year")
    case.add("indicators", id="paid", label_en="Paid", label_zh="支出", unit="亿元")
    case.add("accounts", indicator="paid", item="generators", by="spend", value="1", unit="1", status="sourced", source="definition")
    again(case, series="paid", indicator="paid", unit="亿元", form="budget", holds="year")


def paid_for_waste(case: TinyCase) -> None:
    """Coal may be left over, and from 2030 on one is paid for taking it."""
    for line, text in zip(case.tables["commodities"], ("surplus", "no", "yes", "no"), strict=True):
        line.append(text)
    case.cell("numbers", 15, "year", "2020")
    told(case, "coal_buy", "price", year="2030", value="-10", unit="CNY/tce")


def requires(case: TinyCase) -> None:
    """Wind now requires coal, which requires wind."""
    case.add(
        "couplings",
        id="wind_after_coal",
        label_en="x",
        label_zh="x",
        kind="requires",
        sense="<=",
        value="0",
        unit="GW",
        status="sourced",
        source="x",
    )
    case.add("coupling_terms", coupling="wind_after_coal", item="build_wind", by="level", value="1", unit="1", status="sourced", source="x")
    case.add(
        "coupling_terms", coupling="wind_after_coal", item="build_coal", by="level", value="-1", unit="1", status="sourced", source="x"
    )


def told(case: TinyCase, item: str, quantity: str, **cells: str) -> TinyCase:
    case.add("numbers", **{"item": item, "quantity": quantity, "status": "sourced", "source": "x", **cells})
    return case


def tolerates(case: TinyCase, text: str) -> None:
    for position, line in enumerate(case.tables["targets"]):
        line.append("tolerance" if position == 0 else text if position == 1 else "")


def stressed(case: TinyCase, days: str, weight: str) -> None:
    for name, value in (("stress_days", days), ("stress_weight", weight)):
        case.add("settings", id=name, label_en="x", label_zh="x", value=value, unit="1", status="sourced", source="x")


def segment(case: TinyCase, beyond: str, keeps: str) -> TinyCase:
    """One more segment of what wind counts at the peak."""
    return case.add(
        "credit_segments", id="wind_beyond", label_en="x", label_zh="x", group="all_wind_firm", beyond=beyond, value=keeps, unit="1", status="sourced",
        source="x",
    )  # fmt: skip


def surviving(case: TinyCase, table: str, curve: dict[str, str], *, row: int = 2) -> TinyCase:
    """A row of a table that leaves by a curve of its age."""
    for age, share in curve.items():
        case.add("curves", curve="ages", age=age, value=share, unit="1", status="sourced", source="x")
    return column_of(case, table, "survival", {row: "ages"})


def cavern(case: TinyCase, *, host: str = "battery") -> TinyCase:
    return case.add(
        "technologies", id="cavern", label_en="Cavern", label_zh="储库", sector="power", operation="reservoir", capacity_unit="万千瓦时",
        activity_unit="TWh", host=host, serves="city",
    )  # fmt: skip


def levy(case: TinyCase, quantity: str | None = "rate", **cells: str) -> TinyCase:
    """A tax on the CO2 of the tiny case, or another transfer."""
    given = {"kind": "tax", "payer": "generators", "receiver": "", "indicator": "co2", "measures": ""} | cells
    case.add("transfers", id="levy", label_en="x", label_zh="x", **given)
    unit = {"rate": "CNY/t", "share": "1"}
    return told(case, "levy", quantity, value="0.5", unit=unit[quantity]) if quantity else case
