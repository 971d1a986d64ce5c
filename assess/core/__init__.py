"""What the words of the product mean: pydantic and the language, no files, no clock, no paths."""
