"""Results as data: published ones for everyone, all of them for those who run the edition."""
