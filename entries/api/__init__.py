"""Entries as data: for everyone, for those who entered them, for those who run the edition."""
