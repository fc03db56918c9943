"""Compare two dates of one moment: whether the second is another one, or the same with more or less precision."""

from datetime import date

from wavectl.dates.edtf import DateForm, Precision, When


def has_moved(old: When, new: When) -> bool:
    """Tell whether a date is not within the other one; of two exact ones, whether they differ but for the hour."""
    if old.start is None or new.start is None:
        return False
    if old.is_exact and new.is_exact:
        return _stretches(old) != _stretches(new) or old.precision is new.precision
    return not (_is_within(new, old) or _is_within(old, new))


def precision_change(old: When, new: When) -> int:
    """Return 1 if a date is more precise than the old one, -1 if it is less, 0 if neither."""
    moved = has_moved(old, new)
    if moved and old.is_exact and new.is_exact:
        return 0
    before, after = (_vagueness(when, with_length=not moved) for when in (old, new))
    return (after < before) - (after > before)


def _is_within(inner: When, outer: When) -> bool:
    return all(
        any(first >= start and last <= end for start, end in _stretches(outer)) for first, last in _stretches(inner)
    )


def _stretches(when: When) -> list[tuple[date, date]]:
    """Return the days that a date may be on; an open end goes on for ever."""
    if when.choices:
        return when.spans
    first, last = when.bounds
    return [(first or date.min, last or date.max)]


def _vagueness(when: When, *, with_length: bool) -> tuple[bool, bool, int, int, bool]:
    """Return how vague a date is, by its length too if that matters; what is more precise sorts first."""
    is_open = when.form in (DateForm.OPEN, DateForm.UNTIL)
    exact = when.is_exact
    rank = Precision.UNKNOWN.rank if when.start is None else when.precision.rank
    days = sum((last - first).days + 1 for first, last in when.spans) if with_length and not (exact or is_open) else 0
    return when.start is None, not exact, rank, days, when.is_qualified or is_open
