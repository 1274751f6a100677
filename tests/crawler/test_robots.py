"""robots.txt by RFC 9309."""

import pytest

from crawler.robots import CRAWL_DELAY_CAP, read_robots

RULES = b"User-agent: *\nDisallow: /private/\nCrawl-delay: 3\n\nUser-agent: province-archive\nDisallow: /ours/\n"


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (200, b"User-agent: *\nDisallow: /private/\n", [True, False]),
        # the group that names us is the only one that holds
        (200, RULES, [True, True]),
        (200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /private/\n", [True, False]),
        (200, b"<html>not found</html>", [True, True]),
        (200, b"", [True, True]),
        # rules beyond the size limit are not read, those before it are
        (200, b"User-agent: *\nDisallow: /private/\n" + b"# filler\n" * 100_000, [True, False]),
        (404, b"", [True, True]),
        (403, b"", [True, True]),
        (302, b"", [True, True]),
    ],
)
def test_what_is_allowed(status, body, allowed):
    robots = read_robots(status, body, "province-archive")
    assert robots is not None
    assert [robots.allows(f"http://h{path}") for path in ("/a", "/private/a")] == allowed


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_server_error_closes_the_host(status):
    assert read_robots(status, b"", "x") is None


@pytest.mark.parametrize(("stated", "seconds"), [("2.5", 2.5), ("100000", CRAWL_DELAY_CAP), ("soon", 0.0)])
def test_crawl_delay(stated, seconds):
    robots = read_robots(200, f"User-agent: *\nCrawl-delay: {stated}\n".encode(), "x")
    assert robots is not None
    assert robots.delay == seconds
