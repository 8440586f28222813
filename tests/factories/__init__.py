"""Factories: small rows with right values and no surprises; nothing is written sideways."""
