"""Who has looked at which record: for those who check it."""
