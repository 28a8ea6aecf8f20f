"""Trials of forms by team: planned, registered, watched, read, and told to those who take part."""
