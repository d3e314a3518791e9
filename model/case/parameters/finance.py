"""Money over time: discounting, and annuities while in force within the horizon."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

from model.case.parameters.timeline import Span


def annuity_factor(rate: float, years: float) -> float:
    """Value now of 1 paid at the end of each of `years` years; in the last, where it is not whole, of its share alone.

    For whole years (1 − (1 + r)^−n) / r. It rises with `years` without a jump.

    >>> round(annuity_factor(0.06, 25), 4)
    12.7834
    >>> annuity_factor(0.0, 3.5)
    3.5
    >>> round(annuity_factor(0.1, 1.5), 4) == round(1 / 1.1 + 0.5 / 1.1**2, 4)
    True
    """
    if not rate:
        return years
    whole = floor(years)
    return (1 - (1 + rate) ** -whole) / rate + (years - whole) * (1 + rate) ** -(whole + 1)


def capital_recovery(rate: float, lifetime: float) -> float:
    """Yearly payment that pays back 1 over `lifetime` years at `rate` (annuity formula r / (1 − (1 + r)^−n) for whole years).

    >>> round(capital_recovery(0.06, 25), 5)
    0.07823
    >>> capital_recovery(0.0, 4)
    0.25
    """
    return 1 / annuity_factor(rate, lifetime)


def present_value(rate: float, reference: int, years: Iterable[int]) -> float:
    """Value at the end of `reference` of 1 paid at the end of each of `years`.

    >>> round(present_value(0.1, 2020, [2021, 2022]), 4)
    1.7355
    """
    return sum((1 + rate) ** (reference - year) for year in years)


def annuity_charge(
    rate: float, reference: int, built: Span, lifetime: float, last: float, horizon: int, *, payer_rate: float | None = None
) -> float:
    """Present value per 1 invested in span `built`, paid as annuities while in force within the horizon.

    The annuity runs over `lifetime`, or to `last` (end of what is in force, in calendar years) where that comes sooner; years
    after `horizon` are not charged, so that the last years are not starved. Renewals of what lives shorter than its span are
    charged inside the span. A year in force in part is charged in part. Annuities are at the `payer_rate`, present values at `rate`,
    which is the payer's too where it has none of its own.

    >>> round(annuity_charge(0.0, 2020, Span(2021, 2021), 10, 2030, 2025), 3)
    0.5
    >>> round(annuity_charge(0.0, 2020, Span(2021, 2021), 10, 2024, 2030), 3)
    1.0
    >>> round(annuity_charge(0.0, 2020, Span(2021, 2030), 8, 2030, 2030), 3)
    1.25
    >>> round(annuity_charge(0.0, 2020, Span(2021, 2021), 3.5, 2023.5, 2030), 3)
    1.0
    >>> round(annuity_charge(0.0, 2020, Span(2021, 2021), 2, 2022, 2030, payer_rate=0.25), 4)
    1.3889
    """
    years_in_force = last - built.first + 1
    if years_in_force <= 0:
        return 0.0
    payment = capital_recovery(rate if payer_rate is None else payer_rate, min(lifetime, years_in_force))
    charged = min(last, horizon) - built.first + 1
    return payment * annuity_factor(rate, charged) * (1 + rate) ** (reference - built.first + 1)
