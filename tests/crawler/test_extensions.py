"""What goes on beside a crawl."""

import logging
import sys

from crawler.extensions import Harmless


def test_a_log_line_drives_no_terminal_and_turns_no_line_around() -> None:
    try:
        raise ValueError("tiêu đề \x1b]0;owned\x07\u202e\nxuống dòng")
    except ValueError:
        record = logging.LogRecord("x", 40, "p", 1, "%s: defect", ("http://h/\x9b31m",), sys.exc_info())
    line, *traceback = Harmless(logging.Formatter("%(message)s")).format(record).split("\n")
    assert line == "http://h/\\x9b31m: defect"
    assert traceback[-2:] == ["ValueError: tiêu đề \\x1b]0;owned\\x07\\u202e", "xuống dòng"]
