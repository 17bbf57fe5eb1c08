"""The version of corpusclean, in one place."""

__version__ = "0.1.0"
