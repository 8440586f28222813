"""The steps of tests/e2e/test_line.py, in the order of the competition."""
