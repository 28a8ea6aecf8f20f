"""Drawing questions: plain values of what a page shows, made from a form's fields, and the macros that draw them."""
