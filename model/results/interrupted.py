"""Whether an error is Ctrl-C in the form that a library gave it."""

from __future__ import annotations


def is_interrupt(error: BaseException | None) -> bool:
    """Whether an error is Ctrl-C, or what a library made of it.

    >>> try:
    ...     try:
    ...         raise KeyboardInterrupt
    ...     except KeyboardInterrupt:
    ...         raise ImportError
    ... except ImportError as error:
    ...     is_interrupt(error), is_interrupt(ValueError())
    (True, False)
    """
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None
