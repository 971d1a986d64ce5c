"""The line faces, for screen readers, scripts and plain terminals; no escape codes (docs/plain.md)."""
