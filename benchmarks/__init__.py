"""What Pith costs, measured against floors in one run."""
