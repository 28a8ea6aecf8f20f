"""The forms of an authority, for those who look after them or try them."""
