"""Money over time: discounting, and annuities while in force within the horizon."""

from __future__ import annotations

from collections.abc import Iterable

from model.case.timeline import Span


def capital_recovery(rate: float, lifetime: float) -> float:
    """Yearly payment that pays back 1 over `lifetime` years at `rate` (annuity formula r / (1 − (1 + r)^−n)).

    >>> round(capital_recovery(0.06, 25), 5)
    0.07823
    >>> capital_recovery(0.0, 4)
    0.25
    """
    return rate / (1 - (1 + rate) ** -lifetime) if rate else 1 / lifetime


def present_value(rate: float, reference: int, years: Iterable[int]) -> float:
    """Value at the end of `reference` of 1 paid at the end of each of `years`.

    >>> round(present_value(0.1, 2020, [2021, 2022]), 4)
    1.7355
    """
    return sum((1 + rate) ** (reference - year) for year in years)


def annuity_charge(rate: float, reference: int, built: Span, lifetime: float, last: float, horizon: int) -> float:
    """Present value per 1 invested in span `built`, paid as annuities while in force within the horizon.

    The annuity runs over `lifetime`, or to `last` (last calendar year in force) where that comes sooner; years
    after `horizon` are not charged, so that the last years are not starved. Renewals of what lives shorter than
    its span are charged inside the span.

    >>> round(annuity_charge(0.0, 2020, Span(2021, 2021), 10, 2030, 2025), 3)
    0.5
    >>> round(annuity_charge(0.0, 2020, Span(2021, 2021), 10, 2024, 2030), 3)
    1.0
    >>> round(annuity_charge(0.0, 2020, Span(2021, 2030), 8, 2030, 2030), 3)
    1.25
    """
    years_in_force = last - built.first + 1
    if years_in_force <= 0:
        return 0.0
    payment = capital_recovery(rate, min(lifetime, years_in_force))
    return payment * present_value(rate, reference, range(built.first, int(min(last, horizon)) + 1))
