"""The demo world: one edition at the size of 2023, built through the same actions a person triggers.

Everything in it is invented. The same seed gives the same names, numbers, marks and votes per entry.
"""
