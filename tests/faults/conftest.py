"""The fault bench's modules stand beside its tests, so that its scripts run by themselves."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
