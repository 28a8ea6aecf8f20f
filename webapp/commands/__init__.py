"""The commands of pith, one module each."""
