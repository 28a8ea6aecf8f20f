"""Trials of two variants of a form by team: drawn by lot, analysed; numpy is loaded where figures are worked out."""
