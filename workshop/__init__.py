"""What `dev.py` needs on a machine and how it gets it from nothing, with the standard library alone."""
