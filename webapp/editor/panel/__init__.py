"""What is changed at one place of a form: its settings as controls, drawn from their schemas, and read back."""
