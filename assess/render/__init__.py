"""Values to text: no clock, no paths, no decisions."""
