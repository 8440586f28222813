"""Pages of the organiser, one file a part of the set-up."""
