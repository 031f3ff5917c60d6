"""Whole numbers only: how a part is rounded."""


def divide(numerator: int, denominator: int) -> int:
    """Divide, rounded half up; the numerator is at least zero, the denominator above."""
    return (2 * numerator + denominator) // (2 * denominator)
