"""One small class per content-management system, in a dictionary that can be read."""

from crawler.reading.families.generic import Generic
from crawler.reading.families.kontum import KonTum
from crawler.reading.families.liferay import Liferay
from crawler.reading.families.nukeviet import NukeViet
from crawler.reading.families.tandan import TanDan
from crawler.reading.page import Page

FAMILIES: dict[str, Generic] = {
    "generic": Generic(),
    "kontum": KonTum(),
    "liferay": Liferay(),
    "nukeviet": NukeViet(),
    "tandan": TanDan(),
}


def recognise(page: Page) -> Generic:
    """The family whose marks the page carries most clearly."""
    return max(FAMILIES.values(), key=lambda family: family.detect(page))
