"""What a fault in a case is: a record of its place, what was found and what was expected."""

from __future__ import annotations

import difflib
import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

FAULT_CODES = (
    "ramp_starts_free",
    # files
    "missing_file",
    "no_plain_file",
    "link_outside",
    "unknown_file",
    "outside_overlay",
    "unreadable_encoding",
    "unreadable_file",
    "file_too_large",
    "too_many_rows",
    "cell_too_long",
    "include_outside",
    "include_clash",
    "reserved_name",
    # case.yaml
    "yaml_fault",
    "yaml_alias",
    "yaml_duplicate_key",
    "unknown_key",
    "missing_key",
    "bad_setting",
    "setting_read_as_boolean",
    "years_not_rising",
    "decide_from_outside",
    "unknown_variant",
    # tables and their columns
    "missing_table",
    "empty_table",
    "missing_sheet",
    "sheet_twice",
    "odd_origin",
    "far_cells",
    "too_many_cells",
    "no_heading",
    "hidden_sheet",
    "hidden_cells",
    "merged_cells",
    "unknown_column",
    "missing_column",
    "duplicate_column",
    "extra_cell",
    # single cells
    "missing_value",
    "not_a_number",
    "not_a_whole_number",
    "odd_letter",
    "not_finite",
    "percent_cell",
    "scaled_cell",
    "error_value",
    "no_stored_value",
    "unknown_choice",
    "bad_id",
    "out_of_bounds",
    "bad_value",
    # names
    "duplicate_key",
    "id_clash",
    "dangling_reference",
    "wrong_kind",
    # numbers
    "unknown_unit",
    "wrong_dimension",
    "unit_of_variable",
    "unknown_variable",
    "hourly_unit",
    "unlike_host",
    "low_above_value",
    "value_above_high",
    "range_missing",
    "unknown_quantity",
    "year_on_constant",
    "missing_number",
    "sale_not_below_purchase",
    "paid_without_end",
    "cash_years",
    "cash_shares",
    "funds_above_all",
    "price_level_missing",
    "no_money_here",
    "transfer_to_itself",
    "transfer_on_one",
    "transfer_number",
    "transfer_on_builds",
    "granted_above_all",
    "allotted_twice",
    "carbon_priced_twice",
    "loss_limit_mixed",
    # years
    "year_outside",
    "mixed_years",
    "years_reversed",
    "outlives_measure",
    "never_counts",
    "year_not_modelled",
    "base_year_unknown",
    "base_year_without_use",
    "holds_without_use",
    "counts_from_inside",
    # targets
    "mixed_series",
    "budget_over_spans",
    "series_twice",
    "not_of_this_form",
    "driver_not_positive",
    "base_not_positive",
    # days and hours
    "missing_periods",
    "availability_outside",
    "shape_mean",
    "period_days",
    "day_type_shares",
    "wrong_profile_kind",
    "days_in_no_order",
    "periods_in_no_order",
    # what belongs together
    "needed_here",
    "not_used_here",
    "wrong_operation",
    "wrong_direction",
    "hourly_flow_on_yearly",
    "circular_prerequisites",
    "circular_accounts",
    "counted_twice",
    "wrong_stock",
    "stock_not_told_apart",
    "stocks_overlap",
    "stock_has_left",
    "not_yet_running",
    "record_beyond_stock",
    "change_of_operation",
    "mixed_boundary",
    "part_of_a_unit",
    "credit_of_two_groups",
    "segments_overlap",
    "credit_not_falling",
    "above_potential",
    "limit_needed",
    "survival_start",
    "survival_rises",
    "no_survival_here",
    "none_survives",
    "leaves_twice",
    "stock_falls",
    "published_twice",
    # coverage of the plan
    "modelled_or_reason",
    "number_gap",
    "handed_down_unit",
    "handed_down_year",
    # a schedule that came back
    "workbook_too_large",
    "no_schedule",
    "no_schedule_heading",
    "schedule_year",
    "schedule_heading",
    "schedule_unheaded",
    "schedule_column_twice",
    "row_without_id",
    "schedule_id",
    "schedule_row_twice",
    "schedule_unit",
    "schedule_amount",
    "amount_negative",
    "total_edited",
    "amount_of_parts",
    "amount_beyond_potential",
    "record_beyond_potential",
    "past_cell_edited",
    "schedule_option",
    "actual_ahead",
    "actual_without_source",
    "actual_without_date",
    "actual_date",
    "actual_dated_before",
    "actual_elsewhere",
    "progress_heading",
    "progress_year",
    "progress_planned",
    "progress_state",
    "progress_expected",
    "progress_finished_nothing",
    "progress_begun",
    "progress_date_ahead",
    "progress_schedule",
    "progress_far_more",
    # warnings
    "not_modelled",
    "not_covered",
    "base_year_decided",
    "estimate_judges",
    "judges_other_year",
    "judges_left_out",
    "not_yet_past",
    "beside_record",
    "beyond_the_pace",
    "against_published",
    "no_room",
    "leads_too_much",
    "sign_of_change",
    "free_of_charge",
    "number_idle",
    "coefficient_scale",
    "profile_clipped",
    "stock_grows",
    "size_above_pace",
    "capacity_beyond_reach",
    "reservoir_empty",
    "negative_cost",
    "beyond_peak",
    "taxed_beside_market",
)


ASKED = "--decide-from"  # the file of a fault that is of the command alone


@dataclass(frozen=True)
class Place:
    """Where: a file of the case, its row as Excel counts (header = 1; in YAML the line), its column or key.

    Of a worksheet, whose file is `BOOK!SHEET`, `letters` are those of its columns.
    """

    file: str
    row: int | None
    column: str | None
    letters: Mapping[str | None, str] | None = field(default=None, compare=False, repr=False)

    def at(self, column: str | None) -> Place:
        """The same row, another column."""
        return Place(self.file, self.row, column, self.letters)

    @property
    def cell(self) -> str | None:
        """The address of a cell of a worksheet, such as D4; None of any other place."""
        letter = (self.letters or {}).get(self.column)
        return f"{letter}{self.row}" if letter and self.row is not None else None


@dataclass(frozen=True)
class Fault:
    """One fault. `found` and `expected` hold values, names and units only, so that they read alike in any language."""

    code: str
    place: Place
    found: str
    expected: str
    nearest: str = ""


class CodedError(Exception):
    """Why something cannot be done: a code, and fields that hold names, numbers, paths, several of them, or what the system said.

    Its sentence is made in the report, in the reader's language.
    """

    def __init__(self, code: str, **fields: Any) -> None:
        self.code, self.fields = code, fields
        told = (f"{name}={', '.join(map(str, value)) if isinstance(value, list | tuple) else value}" for name, value in fields.items())
        super().__init__(f"{code}: {'; '.join(told)}")

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), self.code, **self.fields), ()


class CaseFaults(Exception):
    """A case that cannot be used, with all faults that were seen."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self._count)

    def __str__(self) -> str:
        shown = (
            f"{fault.place.file} row {fault.place.row}, {fault.place.column}: {fault.code}, found {fault.found}"
            for fault in self.faults[:10]
        )
        return "; ".join([self._count, *shown])

    @property
    def _count(self) -> str:
        return f"{len(self.faults)} {'fault' if len(self.faults) == 1 else 'faults'} in the case"


def by_place(fault: Fault) -> tuple[str, int, str, str, str]:
    """The order in which faults are told: by file, row and column."""
    return (fault.place.file, fault.place.row or 0, fault.place.column or "", fault.code, fault.found)


def nearest(text: str, names: tuple[str, ...]) -> str:
    """The name most like `text`, or nothing when none is.

    >>> nearest("nonfosil_energy", ("coal_use", "nonfossil_energy"))
    'nonfossil_energy'
    """
    wanted = _pieces(text[:100])
    # A whole case can be full of names that are nearly right: compare closely only the few that share most.
    likely = heapq.nlargest(8, names, key=lambda name: 2 * len(wanted & _pieces(name)) - len(_pieces(name)))
    close = difflib.get_close_matches(text[:100], likely, n=1, cutoff=0.5)
    return close[0] if close else ""


@lru_cache(maxsize=20_000)
def _pieces(name: str) -> frozenset[str]:
    return frozenset(name) | {name[place : place + 2] for place in range(len(name) - 1)}


def clipped(text: str, width: int = 60) -> str:
    """Text fit for a message: one line, printable, not too long."""
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[: width + 1])
    return plain if len(plain) <= width else plain[:width] + "..."
