"""What pages say that hold no article: that something is missing, broken, closed or moved. All patterns are folded."""

from __future__ import annotations

import re

_THING = r"(?:trang|noi dung|tin|tin bai|bai|bai viet|ban tin|thong tin|du lieu|muc|chuyen muc|tai nguyen)"
_ADDRESS = r"(?:lien ket|duong dan|dia chi(?: trang| web| url| ban| nay)+|duong link)"

# A firewall that looks at the visitor first, or has turned him away.
CHECKING = re.compile(
    r"just a moment|one moment, please|checking your browser|attention required|cf-challenge|challenge-platform"
    r"|cf-turnstile|_incapsula_|incapsula incident|request unsuccessful|the requested url was rejected|support id"
    r"|attack id|ddos[- ](?:protection|guard)|verify you are (?:a )?human|are you a robot|not a robot|bot verification"
    r"|verifying (?:that )?you|(?:checking|verifying) your (?:browser|connection)|request is being verified"
    r"|xac minh (?:ban (?:khong phai|la con nguoi)|ket noi)|khong phai (?:la )?(?:nguoi may|robot)"
    r"|ban co phai (?:la )?(?:robot|nguoi may)|access blocked|page blocked"
    r"|(?:request|access|you) (?:has|have) been blocked|web application firewall"
    r"|truy cap (?:cua (?:ban|quy vi) )?(?:da |dang )?bi (?:tam )?(?:chan|khoa)"
    r"|dia chi ip\b.{0,50} bi (?:tam )?(?:chan|khoa|tu choi)"
    r"|ban co phai (?:la )?nguoi dung that|bao ve (?:chong|khoi) tan cong"
)
# Words of a check that stories tell of too: "… kiểm tra kết nối giao thông liên vùng".
MAY_CHECK = re.compile(r"tuong lua|kiem tra (?:trinh duyet|ket noi)")
# The same, or one that only says what the browser lacks.
CHALLENGE = re.compile(rf"{CHECKING.pattern}|vui long bat javascript|please enable (?:javascript|cookies)")
# What the browser is asked to accept first; a banner only tells that it is done.
NO_COOKIES = re.compile(
    r"(?:bat|cho phep|kich hoat|enable|allow) cookies?\b|(?:tat|chan|khong (?:ho tro|nhan)) cookies?\b"
    r"|\b(?:can|phai|vui long|hay|moi)\b[^.]{0,20}\b(?:chap nhan|dong y)\b[^.]{0,40}"
    r"\b(?:cookies?\b|de (?:tiep tuc|doc|xem|truy cap))"
)
# On a page that says nothing else; a form for comments has one too.
CAPTCHA = re.compile(r"captcha|nhap ma (?:bao ve|xac (?:nhan|thuc|minh))|xac thuc truy cap")
MISSING = re.compile(
    r"\b404\b|\b410 gone|khong (?:the )?(?:duoc )?tim (?:thay|duoc)|khong ton tai|khong co san|not found"
    r"|page you (?:are looking|requested)|da (?:bi|duoc) (?:xoa|go(?: bo)?|an|di chuyen|thu hoi)"
    r"|chuyen (?:di|sang) noi khac"
    rf"|\b{_THING}\b[^.]{{0,30}} (?:(?:da )?bi khoa\b|khong kha dung|(?:da )?ngung hien thi|khong con nua)"
    r"|\b(?:id|tham so|ma (?:tin|bai)(?: viet)?)\b[^.]{0,20} khong (?:hop le|dung\b|ton tai)"
    r"|da het han hien thi|(?:tin|bai|trang)(?: viet)?(?: nay)? da het han"
    r"|va da het han|bi (?:go|xoa) (?:bo|khoi he thong)|duoc go bo"
    r"|khong con (?:duoc )?(?:ton tai|luu|hien thi|kha dung|hieu luc hien thi)"
    rf"|\b{_ADDRESS}\b[^.]{{0,40}}\b(?:khong|sai|bi hong|het han)\b"
    rf"|\b{_THING}\b[^.]{{0,40}}\bkhong (?:hop le|co (?:tren|trong) he thong)"
    r"|trang (?:ban )?(?:yeu cau|tim kiem|tim)|hien khong (?:co|con)"
    r"|no (?:content|article|news|data) found|khong co (?:du lieu|bai viet|noi dung|tin|ban ghi)"
    r"|(?:khong|chua) co ket qua"
    r"|chua duoc (?:duyet|xuat ban|dang)|does not exist|no longer available|has been (?:removed|deleted)"
)
ERROR = re.compile(
    r"server error|runtime error|internal error|application error|unhandled exception|stack trace|error page"
    r"|error (?:has )?occurred|something went wrong|http (?:error |status )?[45]\d\d|bad gateway|gateway time-?out"
    r"|loi (?:he thong|may chu|ung dung|ket noi|truy van|xay ra|trong qua trinh)|xay ra loi|da co loi|gap su co"
    r"|su co ky thuat|\bloi [45]\d\d\b|may chu gap|khong the tai|tro lai sau it phut"
    r"|he thong (?:dang )?(?:qua tai|ban\b)|may chu (?:tam thoi|dang|khong)"
    r"|tam (?:thoi )?(?:ngung|gian doan)(?! (?:viec )?(?:cung )?(?:cap|ung)\b)|tam dung hoat dong"
    r"|(?:qua|het) thoi gian cho"
    r"|ket noi [^.]{0,30}(?:that bai|khong thanh cong)|khong (?:the )?ket noi|qua nhieu yeu cau|too many requests"
    r"|dang (?:duoc |trong qua trinh )?(?:bao tri|nang cap)|bao tri he thong|service (?:is )?unavailable"
    r"|temporarily unavailable|under maintenance|database (?:error|connection)|ora-\d{5}|object reference not set"
    r"|(?:access|permission) denied|forbidden|khong (?:co|du) quyen|tu choi truy cap"
    r"|truy cap bi tu choi|sqlexception|nullpointerexception"
    r"|db function failed|\bsql=select\b|fatal error|warning: mysql"
    r"|portlet (?:is )?(?:temporarily )?unavailable|object moved"
    # not "xe quá tải", a lorry too heavy for its road
    r"|(?:trang web|website|may chu|server|cong thong tin)(?: (?:hien|dang|bi|nay))* qua tai"
)
# The title of a server's own error page, which may go on with its whole stack.
FAILED = re.compile(
    r"server error in ['\"‘]|(?:http )?(?:status|error|loi) (?!404|410)[45]\d\d\b"
    r"|(?:runtime|application|server) error\W*$"
    r"|(?:internal )?server error\b|(?:fatal|parse|uncaught) (?:error|exception)\b|whitelabel error page"
    r"|(?:an )?(?:unhandled |uncaught )?(?:error|exception) (?:has )?(?:been )?(?:occurred|thrown)|whoops, looks like"
    r"|resource limit is reached|[\w.]*(?:exception|sqlstate\[\w+\])(?:$|:)"
)
# A line of its stack: ASP.NET's, Java's, PHP's.
TRACE = re.compile(
    r"^(?:\W*)at [\w$.<>]+\((?:[\w$]+\.java:\d+|native method|unknown source)\)|\bin [a-z]:\\[^:]+:(?:line )?\d+"
    r"|^#\d+ /[\w/.-]+\.php\(\d+\)|\bthrown in /[\w/.-]+ on line \d+|^source error:|^stack trace:"
)
LOGIN_TITLE = re.compile(
    r"(?:dang nhap|log ?in|sign ?in|(?:quen|lay lai|khoi phuc|dat lai) mat khau"
    r"|dang ky (?:thanh vien|tai khoan))\b"
)
LOGIN = re.compile(r"dang nhap|log ?in|sign ?in|ten (?:dang nhap|truy cap)|mat khau|username|password")
ASKS_TO_LOG_IN = re.compile(
    r"(?:phai|vui long|xin|can|hay|moi) (?:quy vi |ban )?dang nhap|dang nhap (?:lai|de (?:xem|doc|tiep))"
    r"|please (?:log|sign) ?in"
)
# Whole titles: "Tìm kiếm cứu nạn trên biển" is a story.
SEARCH_TITLE = re.compile(
    r"(?:trang |form )?(?:ket qua )?tim kiem(?: (?:nang cao|toan van|thong tin|tin(?: tuc| bai)?|van ban|bai viet"
    r"|(?:voi|cho|theo|tu khoa)\b.*))?\s*(?:[-|:–»(].*)?"
    r"|tra cuu(?: .{0,30})?|search(?: results?\b.*| page)?(?: [-|:].*)?"
    r"|ket qua tim\b.*"
)
FOUND_SO_MANY = re.compile(
    r"(?:co|tim thay|tim duoc)(?: tong (?:so|cong))? \d+ ket qua|tim (?:thay|duoc) \d+ (?:van ban|tin|bai|ho so)\b"
    r"|phu hop voi (?:tu khoa|(?:dieu kien|tieu chi|yeu cau) (?:tim|loc|tra))"
    r"|khong (?:co|tim (?:thay|duoc)) ket qua"
)
MOVED = re.compile(
    r"(?:da|dang) (?:duoc )?chuyen (?:sang|den|qua|toi|ve|huong)|chuyen trang|chuyen huong|redirecting|has moved"
)
# What a server says of itself before anybody has put a page on it.
_BARE_SERVER = re.compile(
    r"^it works!?$|default (?:welcome )?page|welcome to (?:nginx|apache|iis)|iis windows server"
    r"|^index of /|domain is for sale|ten mien (?:nay |[\w.]+ )?da (?:het han|bi khoa)|account (?:has been )?suspended"
)
# The parts of an administrative procedure's description; an offer of service, not a report.
PROCEDURE = re.compile(
    r"\W*(?:\d+[.)] *)?(?:(?:ma|ten) thu tuc|cap thuc hien|trinh tu(?: thuc hien)?|cach thuc thuc hien"
    r"|thanh phan(?:, so luong)? ho so|so luong(?: bo)? ho so|thoi han(?: giai quyet)?|doi tuong thuc hien"
    r"|co quan (?:thuc hien|giai quyet)|(?:phi, )?le phi|ket qua thuc hien|yeu cau,? dieu kien(?: thuc hien)?"
    r"|can cu phap ly|ten mau don)\b"
)
# What a form to fill in is called.
FORM = re.compile(
    r"\W*(?:(?:gui|dat|nhap|nop|dang ky)(?: \w+){0,3} (?:cau hoi|y kien|gop y|phan anh|kien nghi|don|ho so|thong tin)\b"
    r"|phieu\b|bieu mau\b|khao sat\b|tham do\b|(?:dang ky|dat) (?:lich|tai khoan|truc tuyen|nhan)\b"
    r"|(?:hoi dap|gop y|phan anh|lien he)\b)"
)
# What systems call the page that shows one story, before it has a name of its own.
DETAIL = re.compile(
    r"(?:trang )?(?:chi tiet|xem(?: chi tiet)?|noi dung)(?: (?:tin|tin tuc|bai viet|bai|thong bao|san pham|van ban))*"
    r"(?:\s*[|–—-]\s.*)?|(?:news|article|post)[ -]?(?:detail|view)s?"
)
# How each of several persons can be reached, or who he is.
OF_A_PERSON = re.compile(
    r"\W*(dt|sdt|dien thoai|di dong|e-?mail|ngay sinh|que quan|chuc (?:vu|danh)|trinh do)(?: [a-z ]{2,12})?\s*:"
)
# A cell with a telephone number or an address for mail, and nothing else.
REACHED_AT = re.compile(r"[(+]?(?:0|84)[\d .()-]{7,16}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SITE_MAP = re.compile(r"so do (?:cong|site|web\w*|trang)\b|site ?map\b")
SCHEDULE = re.compile(r"lich (?:cong tac|lam viec|tiep|truc|hop)\b")
SOON = re.compile(
    r"dang (?:duoc )?(?:cap nhat|xay dung|hoan thien)\b|\bchua co (?:du lieu|bai viet|noi dung|tin|ban ghi)\b"
)

# The whole of a text that says that its module holds nothing.
NOTHING = re.compile(
    r"\W*(?:hien(?: tai)? )?(?:khong|chua) (?:co|tim thay)(?: bat ky| mot)? (?:du lieu|ban ghi|bai viet"
    r"|tin(?: bai| tuc)?|noi dung|ket qua|muc|du an|san pham|album|hinh anh|video|van ban|thong bao|su kien)(?: nao)?\b"
    r"(?: (?:duoc tim thay|phu hop|de hien thi|trong \w+(?: \w+)?(?: nay)?))*\W*"
)

# What stands before such words where a page says them of itself.
ITSELF = re.compile(
    rf"(?:\W|thong bao|xin loi|rat tiec|oops|he thong|(?:trang )?web(?:site)?|cong(?: thong tin)?(?: dien tu)?|may chu"
    rf"|{_THING}|nay|do|hien(?: tai)?|tam thoi|ban|quy vi|yeu cau|tim|hoac|va|co the|da"
    r"|sorry|the|page|requested|could|be)*"
)

# What a page without a posting time says, in its title or its text, the first that it says.
SAYINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("search", FOUND_SO_MANY),
    ("challenge", CHALLENGE),
    ("login", ASKS_TO_LOG_IN),
    ("soft_404", MISSING),
    ("other", _BARE_SERVER),
    ("error", ERROR),
)
