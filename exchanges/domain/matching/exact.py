"""Whole numbers only: how a part is rounded."""


def divide(numerator: int, denominator: int) -> int:
    """Rounded half up; the numerator at least zero, the denominator above."""
    return (2 * numerator + denominator) // (2 * denominator)
