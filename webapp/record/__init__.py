"""The children a person works with, and each child's page."""
