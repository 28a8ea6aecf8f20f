"""What a form is and what answers mean, with no web, no database and no clock."""
