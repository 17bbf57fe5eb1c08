"""`corpusclean restore`: the input files again, from an output folder alone."""

from __future__ import annotations

from pathlib import Path

from .app import shown
