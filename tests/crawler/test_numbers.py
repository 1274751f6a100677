"""What crawls counted, as the reader shows it: every number of a crawled archive leads to just as many items."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WALK = Path(__file__).parents[1] / "archive" / "web" / "traced.py"


def test_every_number_of_a_crawled_archive_leads_to_its_items(workplace, serve_demo):
    workplace.demo_form(serve_demo().port)
    assert workplace.crawl("-a", "portal=demo", "-a", "limit=4").status == 0
    done = subprocess.run(
        [sys.executable, WALK, workplace.root / "data"], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
