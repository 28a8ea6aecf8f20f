"""A trial with other authorities: who is asked, and what one says that was."""
