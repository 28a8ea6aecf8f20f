"""What came of a trial: in a sentence, in pictures with their tables, on paper and as a file."""
