"""Every setting of the crawl with its reason: Scrapy carries the bytes; what is asked and what comes of it is ours."""

from crawler.addresses import PublicResolver

BOT_NAME = "province-archive"
SPIDER_MODULES = ["crawler.spiders"]
COMMANDS_MODULE = "crawler.commands"

# --- Ours -------------------------------------------------------------------------------------------------------

ARCHIVE_DIR = "data"
PORTALS_DIR = None  # a folder of the user's own forms; one of a shipped portal's name replaces it
HOST_DELAY = (
    1.0  # seconds between an answer and the next request to the same host; forms and crawl-delay may lengthen it
)
DEMO_EDITION = 1  # of the demo portal: 2 edits, deletes and adds articles, 3 brings one back
ARCHIVE_MIN_FREE = 200_000_000  # bytes that stay free on the archive's disk, or a twentieth of it where that is less
PAGES_PER_RUN = 50_000  # requests to one portal; a night at one a second is half of it, only a trap needs more
PORTAL_MAX_BYTES = 0  # that a portal's folder may come to, 0: no bound; with less than half left, rechecks wait longer
MAXSIZE_PAGE = 10 * 1024 * 1024  # bytes, on the wire and again after decompression; no article page comes near
MAXSIZE_FILE = 32 * 1024 * 1024  # bytes of an attachment; what is longer is kept up to here and marked truncated

# --- Capture ----------------------------------------------------------------------------------------------------

# Only in the handler are the bytes still what was sent; see crawler/capture.py.
DOWNLOAD_HANDLERS = {
    "http": "crawler.capture.CaptureHandler",
    "https": "crawler.capture.CaptureHandler",
    "file": None,  # a redirect or a form must never reach this machine's files, nor anything but http(s)
    "ftp": None,
    "data": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = PublicResolver  # answers public addresses only, and loopback for the forms that say so
DOWNLOAD_TIMEOUT = 30  # seconds to connect
CAPTURE_DEADLINE = 55  # seconds for a whole exchange, so that with its reading no page on earth takes a minute
CAPTURE_STOP_GRACE = 2  # seconds that transfers in flight have left when the crawl is stopped
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True  # a short page is a failure to be asked again, and a truncated record

# --- One owner of addresses, one place that paces ----------------------------------------------------------------

# A request must end in exactly one outcome in the ledger. Each of Scrapy's middlewares can drop, repeat or redirect
# one behind its back (measured), and each thing they do is done here where it can be seen: robots.txt and pacing in
# the frontier, redirects, retries and validators in crawler/answers.py and the spider, decoding in archive/storage.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
ROBOTSTXT_OBEY = False  # by Scrapy; the frontier obeys it, and its own race lets requests past (measured on 2.19)
COOKIES_ENABLED = False  # the middleware would also look for the public-suffix list on the network
DOWNLOAD_DELAY = 0  # the frontier's, not Scrapy's
CONCURRENT_REQUESTS = 256  # hosts at once; the frontier has one address per host in flight
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 8  # the default of 100 makes a hundred tasks per response: 40 % of the CPU (measured)
HTTPCACHE_ENABLED = False  # a cached answer is no capture

# --- Quiet and closed ---------------------------------------------------------------------------------------------

TELNETCONSOLE_ENABLED = False  # both let whoever reaches them run code in the crawl
REMOTE_CONTROL_ENABLED = False
EXTENSIONS = {
    "crawler.extensions.HarmlessLog": 50,
    "crawler.extensions.Progress": 100,
    "crawler.extensions.PurgeTimers": 100,
    "scrapy.extensions.logstats.LogStats": None,  # Progress says it, per portal
}
LOG_LEVEL = "WARNING"
STATS_DUMP = False
LOG_VERSIONS: list[str] = []
FEED_EXPORT_ENCODING = "utf-8"
