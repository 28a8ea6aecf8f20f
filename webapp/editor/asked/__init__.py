"""When a question or section is asked: its condition as lines that are added, changed and taken out one by one."""
