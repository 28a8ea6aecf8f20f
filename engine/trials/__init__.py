"""Trials of two variants of a form: allocated to teams by lot, and analysed by team."""
