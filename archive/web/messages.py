"""The program's own messages, English lines, in the language of the page: clause by clause, or not at all."""

from __future__ import annotations

import re

from archive.web.strings import Language

_Q = r"('.*'|\".*\")"  # what was typed, as Python quotes it
_AT = r"(?:(\S.*): )?"  # where, a path or an address
# What a clause says -> in Vietnamese; {0} and so on are its groups, and {at} the place before it.
_CLAUSES = {
    # what was asked for
    rf"parameter {_Q}": "không có tham số {0}",
    rf"(\S+) {_Q}: allowed: a whole number from (\d+) to (\d+)": "{0} {1}: phải là số nguyên từ {2} đến {3}",
    rf"month {_Q}: allowed: a year and a month, such as (\S+)": "tháng {0}: phải gồm năm và tháng, như {1}",
    rf"(\S+) {_Q}: allowed: (.+)": "{0} {1}: chỉ nhận {2}",
    r"(\S+): given twice": "{0}: được ghi hai lần",
    r"(.+): (\d+) characters": "{0}: dài {1} ký tự",
    r"(.+): a control character in it": "{0}: có ký tự điều khiển",
    rf"(since|until) {_Q} is no day": "{0} {1} không phải là một ngày",
    r"since (\S+) is after until (\S+)": "từ ngày {0} lại sau đến ngày {1}",
    rf"province: no province is called {_Q}": "không có tỉnh, thành phố nào tên {0}",
    rf"publisher {_Q}": "không có loại cơ quan {0}",
    r"a search of (\d+) words": "cần tìm {0} từ",
    r"only words to leave out": "chỉ có từ để loại",
    r"no word to search for": "không có từ nào để tìm",
    r"name: not given": "chưa ghi tên văn bản",
    rf"{_AT}no portal {_Q}": "kho không có cổng {0}",
    rf"{_AT}no article {_Q}": "kho không có bài {0}",
    r"(\S+): no article of that id": "kho không có bài mang mã {at}",
    rf"{_Q} may be any of (.+)": "{0} có thể là một trong: {1}",
    rf"{_Q}: no article cites it": "không bài nào viện dẫn {0}",
    rf"(\S+): no run {_Q}": "cổng {at} không có lượt thu thập {0}",
    rf"(\S+): no record {_Q}": "cổng {at} không có bản ghi {0}",
    rf"(\S+): no revision {_Q}": "bài {at} không có bản {0}",
    r"(\S+): revision (\d+) is its first": "bài {at}: bản {0} là bản đầu tiên",
    r"(\S+): revision (\d+) is the first that is shown": "bài {at}: bản {0} là bản đầu tiên được hiển thị",
    r"those before it are withheld": "các bản trước không được hiển thị",
    r"(\S+): revision (\d+) is withheld": "bài {at}: bản {0} không được hiển thị",
    r"there is nothing to compare": "nên không có gì để so",
    r"(.+): no such page": "không có trang {0}",
    r"(.+): has no feed": "{0} không có nguồn tin",
    r"search and changes have": "trang tìm kiếm và trang thay đổi thì có",
    r"give more of the id": "hãy ghi thêm phần sau của mã",
    r"it may be in what cannot be read": "có thể nó ở trong phần không đọc được",
    # what is allowed instead
    r"nearest: (.+)": "gần nhất: {0}",
    r"held: (\d+) portals": "kho có {0} cổng",
    r"held: none": "kho chưa có cổng nào",
    r"held: (.+)": "kho có: {0}",
    r"allowed: at most (\d+)": "nhiều nhất {0}",
    r"allowed: once": "chỉ được ghi một lần",
    r"allowed: text": "chỉ nhận chữ",
    r"allowed: an ISO day such as (\S+)": "hãy ghi như {0}",
    r"allowed: a name or slug, such as (\S+)": "hãy ghi tên hoặc mã, như {0}",
    r"allowed: words, \"a phrase\", a document's number, -word to leave out": (
        'hãy gõ từ, "cụm từ", số văn bản, hoặc -từ để loại'
    ),
    r"allowed: a document's number, id or title": "hãy ghi số, mã hoặc trích yếu của văn bản",
    r"allowed: an id \(portal/16 hexadecimal digits\), the beginning of one, or an address": (
        "hãy ghi mã bài (cổng/16 chữ số thập lục phân), phần đầu của mã, hoặc địa chỉ"
    ),
    r"allowed: portal/16 hexadecimal digits": "mã bài gồm tên cổng, dấu / và 16 chữ số thập lục phân",
    r"allowed: one that the portal's page names": "trang của cổng liệt kê những lượt đã có",
    r"allowed: one that an article's page names": "trang của bài liệt kê những bản đã có",
    r"allowed: (\d+) to (\d+), or a digest's beginning": "có từ {0} đến {1}, hoặc phần đầu của mã băm",
    r"allowed: (.+)": "chỉ nhận {0}",
    # what cannot be read
    r"(\S.*): not there, so offline": "tệp {at} không có ở đây, đang cất ở nơi khác (offline)",
    r"(\S.*): missing, while other WARCs are there": "thiếu tệp {at}, trong khi các tệp WARC khác vẫn có",
    r"it holds record (\S+)": "bản ghi {0} nằm trong đó",
    r"(\S.*): no ledger there": "không có sổ {at}",
    r"(\S.*): file is not a database": "tệp {at} không phải là cơ sở dữ liệu SQLite",
    r"(\S.*): (?:database disk image is malformed|malformed database schema.*)": "cơ sở dữ liệu {at} bị hỏng",
    r"(\S.*): database is locked": "cơ sở dữ liệu {at} đang bị khóa",
    r"(\S.*): unable to open database file": "không mở được cơ sở dữ liệu {at}",
    r"(\S.*): format (\d+) is newer than this program's (\d+)": (
        "{at} ở định dạng {0}, mới hơn định dạng {1} của chương trình này"
    ),
    r"(\S.*): schema (\d+) is newer than this program's (\d+)": (
        "{at} theo lược đồ {0}, mới hơn lược đồ {1} của chương trình này"
    ),
    r"(\S.*): this user may not read it": "người dùng này không có quyền đọc {at}",
    r"(\S.*): a second folder of the portal (\S+)": "{at} là thư mục thứ hai của cổng {0}",
    r"(\S.*): an item cannot be read: .*": "trong {at} có bài không đọc được",
    r"(\S.*): revision (\d+) cannot be read: .*": "trong {at} không đọc được bản thứ {0}",
    r"(\S.*portal\.toml): cannot be read: .*": "không đọc được {at}",
    r"(\S.*): cannot be read, so nothing is shown: .*": "không đọc được {at}, nên không hiện gì cả",
    r"(\S.*): another process is writing it": "một chương trình khác đang ghi {at}",
    r"try again later": "hãy thử lại sau",
    r"what follows may lack what was crawled last": "những gì vừa thu thập có thể còn thiếu",
    r"(\S.*): No space left on device": "đĩa chứa {at} đã đầy",
    r"(\S.*): Read-only file system": "đĩa chứa {at} chỉ cho đọc",
    r"`archive reindex` makes it anew(?:, for this program)?": "lệnh archive reindex tạo lại nó",
    r"a defect of this program": "lỗi của chương trình này",
    r"its console says more": "cửa sổ dòng lệnh của nó cho biết thêm",
}
_PATTERNS = [(re.compile(pattern, re.DOTALL), said) for pattern, said in _CLAUSES.items()]


def in_words(language: Language, message: str) -> str | None:
    """A message in the reader's language; None: it is in English, and some clause of it has no translation."""
    if language == "en":
        return message
    clauses = [_clause(each) for each in message.split("; ")]
    return None if None in clauses else "; ".join(filter(None, clauses))


def _clause(clause: str) -> str | None:
    for pattern, said in _PATTERNS:
        if found := pattern.fullmatch(clause):
            groups = list(found.groups())
            # of those that begin with a place it is the first group, whether the text tells it or not
            at = groups.pop(0) if "{at}" in said or pattern.pattern.startswith(_AT) else None
            return said.format(*groups, at=at)
    return None
