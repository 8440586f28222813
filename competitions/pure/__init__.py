"""Standard library only: whatever here decides who wins can be run by an outsider."""
