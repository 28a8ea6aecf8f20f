"""The only room that queries: one module for each noun, with its tables and what can be asked of them."""
