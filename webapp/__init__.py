"""The web face of Pith: pages for practitioners over the engine and the store."""
