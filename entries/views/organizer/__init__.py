"""Pages of the formality examiner and of the organiser, one file a noun."""
