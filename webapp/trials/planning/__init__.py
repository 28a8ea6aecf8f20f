"""A trial is planned in five steps, and registered."""
