"""Trials of forms by team: planned, registered, watched and read by the policy team, and told to those who take part."""
