"""Every speed claim of the project: one command each, its peers in the same run, results as text and as a plot."""

import sys
from pathlib import Path

_SOURCE = str(Path(__file__).parent.parent / "src")
if _SOURCE not in sys.path:  # `python -m bench.NAME` from a checkout, nothing installed
    sys.path.insert(0, _SOURCE)
