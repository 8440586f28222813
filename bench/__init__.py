"""What measures speed. `python -m bench --quick` prints ratios within one run; absolute figures are the machine's."""
