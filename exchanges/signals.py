"""What other apps may listen to; `exchanges` knows none of them."""

from django.dispatch import Signal

day_passed = Signal()
"""Sent by the worker about once an hour and after a jump of the clock, with `at`.

Receivers do what became due since; they run often, by several workers at once.
"""
