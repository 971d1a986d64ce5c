"""`assess`: a team looks at how it really works. Nothing is imported here: start-up is imports."""

__version__ = "0.1.0"
