"""Tables of what names of authorities and news media are made of in Vietnam, and words that are no part of a name."""

from __future__ import annotations

import re
import unicodedata

from archive.vietnam.provinces import PROVINCES
from archive.vietnam.text import key


def one_of(phrases: str) -> str:
    """One pattern out of phrases between bars; line ends and indentation are left out."""
    return "(?:" + re.sub(r"\s*\n\s*", "", phrases) + ")"


_ENDS = r"(?![^\W_])"

# Words that begin the name of an authority or an editorial office, with what must follow where the word is also a name.
ORGANISATION = re.compile(
    one_of(
        r"""sở|phòng(?!,? (?:chống|ngừa|cháy|trừ|bệnh|dịch|thủ|tránh|hộ))|bộ(?! (?:luật|máy|môn|phim|ảnh))
        |báo(?! (?:chí|cáo|động|hiệu))|cổng|trung tâm|văn phòng|tạp chí|thông tấn|công an|chi cục|cục|tổng cục|vụ
        |viện|bệnh viện|ubnd|hđnd|ubmttq|mttq|(?:ủy|uỷ) ban|hội đồng|mặt trận
        |(?:tỉnh|thành|huyện|đảng|thị|quận) (?:ủy|uỷ)|đảng bộ|liên đoàn|tỉnh đoàn|huyện đoàn|thành đoàn|tòa án
        |toà án|(?:xã|phường) đoàn
        |viện kiểm sát|thanh tra|kho bạc|bảo hiểm|ngân hàng|công ty|vp\.?|tt|nhà xuất bản|tòa soạn|toà soạn
        |nhóm|tổ(?! (?:chức|quốc|tiên|ấm))|kênh|trang tin|bộ đội|biên phòng|bch|bql|bbt|trạm|chi đoàn|chi bộ
        |chi hội|hải quan|câu lạc bộ|hợp tác xã|học viện|hạt kiểm lâm|đồn biên phòng|bảo tàng|thư viện|quỹ
        |vườn quốc gia|khu bảo tồn|bưu điện|điện lực|tổng công ty|tập đoàn|quân khu|binh đoàn|(?:sư|lữ|trung) đoàn
        |nhà (?:văn hóa|văn hoá|thiếu nhi)|tổng đội"""
    )
    + r" +[^\W_]|ban +"
    + one_of(
        """chăn nuôi|giảm nghèo|truyền thông|bảo vệ|biên|chqs
        |tuyên|dân|tổ|nội|quản lý|chỉ|thường|chấp|kinh|pháp|văn|thời|bạn đọc|thư ký
        |qlda|công tác|tôn giáo|thi đua|giám|an toàn|tiếp công|tổng hợp|đối ngoại"""
    )
    + "|hội +"
    + one_of(
        """nông|phụ|cựu|liên|chữ|văn|luật|nhà|người|khuyến|làm|sinh|đông|khoa|doanh|lhpn|lhtn|ccb|nạn nhân|bảo trợ
        |kiến trúc|di sản"""
    )
    + "|đội +"
    + one_of("cảnh sát|csgt|quản lý|thanh niên|tuyên truyền|thông tin|kiểm|thi hành")
    + "|đoàn +"
    + one_of("xã|phường|thị trấn|cơ sở|thanh niên|tncs|đại biểu|luật sư|khối|trường|kinh tế|nghệ thuật")
    + "|trường +"
    + one_of("thpt|thcs|tiểu|mầm|đại|cao đẳng|chính trị|pt|dân tộc")
    + "|đài +"
    + one_of("pt|phát|truyền|tt|tiếng|khí")
    + r"|(?:p\.|(?:cdc|tand|vksnd|lđlđ|bhxh|btg|ubkt|đtn|lhpn|ccb|ttyt|btv (?:tỉnh|huyện|thành|xã|đảng)"
    + r"|thường trực +(?:hđnd|ubnd|ủy ban|tỉnh|huyện))(?= )) *\S"
    # offices of the police: PA05, PC06
    + r"|(?:ban biên tập|tòa soạn|toà soạn|bbt)$|p[achktvx]\d\d(?![^\W_])",
)
_LETTERS_OF_AGENCIES = """
    ttxvn vov vtv vnp vna bbt vovworld vietnamplus vietnam+ vietnamnet vnexpress zing znews dantri chinhphu vgp
    baochinhphu qđnd sggp nld plo hnp ubnd glo bpo kto btg ttđt tttt ttvh vhtt vhttdl vpub tnđt tnmt gd&đt
    lđtb&xh tt&tt
    afp dpa reuters kyodo ansa efe tass yonhap
"""
AGENCIES = frozenset(_LETTERS_OF_AGENCIES.split())
# Newspapers named by words of the language: only where nothing is said of these.
COMMON_TITLES = (
    one_of(
        """dân trí|tuổi trẻ|thanh niên|lao động|nhân dân|tiền phong|người lao động|chính phủ|quân đội nhân dân
        |công an nhân dân|đại đoàn kết|sài gòn giải phóng|hà nội mới|hànộimới|dân việt|công thương|kinh tế đô thị
        |giáo dục (?:và|&) thời đại|sức khỏe (?:và|&) đời sống|tài nguyên (?:và|&) môi trường|nông nghiệp việt nam
        |pháp luật việt nam|đảng cộng sản|thời báo tài chính|hải quan"""
    )
    + "(?: online| điện tử| tv)?$"
)
MEDIA = re.compile(
    # a district's or a commune's own station is an office like others
    r"(?:báo(?! (?:chí|cáo|động|hiệu))|tạp chí|kênh|cổng(?! thông tin$)"
    r"|đài(?! truyền thanh)(?!.* (?:xã|phường|huyện|quận|thị trấn|thị xã|cơ sở)(?: |$))) +\S|"
    + one_of(
        r"""ttxvn|vov|vtv\d*|vtc|vna|vnp|vgp|vietnamplus|vietnam\+|vietnamnet|vnexpress|zing|sggp|qđnd|đcsvn|baochinhphu
        |thông tấn"""
    )
    + _ENDS
    + "|"
    + COMMON_TITLES
)
# Behind a person's name only: by themselves these open sentences and headings.
UNIT = re.compile(
    one_of(
        r"""xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tp\.?|tỉnh|bản|thôn|làng|trường|đoàn|hội|ban|đội|lớp|khoa
        |khối|tiểu đoàn|trung đoàn|lữ đoàn|sư đoàn|bhxh|bhyt|ccb|lhpn|chi nhánh|vườn quốc gia|nhà máy|trung tâm
        |đơn vị|gv|phó|trưởng|chủ tịch|giám đốc|bí thư|công chức|cán bộ|hiệu trưởng|giáo viên|giảng viên|chuyên viên
        |ttyt|thpt|thcs|văn h[óo][áa]?|trạm|học viên|sinh viên|hội viên|đoàn viên|chánh|viện trưởng"""
    )
    + r" +\S|(?:(?:giáo|giảng|chuyên|học|sinh|hội|đoàn) viên|công chức|cán bộ|hiệu trưởng|(?:cc +)?vh-?xh)$"
)
HOST = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+(?:vn|com|net|org|info)(?:/\S*)?", re.IGNORECASE)
LETTERS = re.compile(r"(?=.{2,12}$)[A-ZĐÂĂÊÔƠƯ]+(?:[-&.][A-ZĐÂĂÊÔƠƯ]+)*")
# What an authority does is told in sentences and captions; its name alone signs.
ACTS = re.compile(
    r"(?:^\S+(?: +\S+)+|[,;]) +"
    + one_of(
        """tổ chức|phối hợp|triển khai|kiểm tra|ban hành|làm việc|thăm|trao|họp|khai mạc|đón|tiếp|triệt (?:xóa|xoá|phá)
        |bắt|phát hiện|khởi tố|phát động|ra quân|sơ kết|tổng kết|tập huấn|bàn giao|hưởng ứng|tăng cường|đẩy mạnh
        |cảnh báo|dâng hương|ra mắt|khánh thành|khởi công|gặp mặt|đối thoại|xét xử"""
    )
    + _ENDS
    + "| "
    + one_of("đã|đang|sẽ|được|vừa|là|thông báo|yêu cầu|đề nghị|kính|chúc mừng")
    + _ENDS
    + r"|quản lý,? (?:và )?vận hành\b|[;:?!]|(?<!\bp)(?<!tp)(?<!tx)(?<!vp)\.\s"
)
DOCUMENT = re.compile(
    one_of(
        """quyết định|nghị quyết|công văn|thông báo|kế hoạch|báo cáo|luật|nghị định|thông tư|chỉ thị|kết luận
        |văn bản"""
    )
    + _ENDS
    + r"|.*\d/"
)

# Kinds of offices rather than one of them: unlabelled, a section of the site.
KINDS = re.compile(
    one_of(
        """hội đồng nhân dân|(?:ủy|uỷ) ban nhân dân|bảo hiểm xã hội|công an nhân dân|mặt trận(?: tổ quốc)?|hải quan
        |ban quản lý dự án|ngân hàng(?: nhà nước)?|thanh tra nhân dân|bộ đội biên phòng|văn phòng|cổng thông tin"""
    )
    + "$"
)

# Accounts and makers of the site: they posted the page, they did not write it.
NOBODY = re.compile(
    one_of(
        r"""(?:(?:site|portal|web|super|system|cong) *)?admin\w*(?: \w+)?|(?:ban )?quan *tri\w*(?: .+)?|bqt
        |webmaster|root|super *user|user\w*|test\w*(?: test\w*)*|guest|khach|thanh vien|nguoi dung|nhap lieu
        |host|editor|system(?: ?account)?|sysadmin|portal|cms|nobody|none|null|n/a|unknown|khuyet danh
        |(?:chua|khong) (?:ro|co|xac dinh|cap nhat)|chua|dang cap nhat|tong hop|t/h|vnpt.*|viettel.*|fpt.*
        |misa.*|tan dan.*|nukeviet|liferay|vinades.*|suu tam|internet|ths|ts|pgs|gs|p\.?v|phong vien
        |ctv|btv|qtv|s\.?t|th|(?:cong tac|bien tap) vien|tong bien tap|tl|tu lieu
        |(?:[a-z]+ )?(?:reporter|journalist|correspondent|producer|columnist|contributor)s?|staff(?: writers?)?
        |follow(?: us| me)?|infographics?|video|clip|news|watch live|live|share|print"""
    )
)
GROUP = re.compile(r"nhom (?:p\.?v|phong vien|tac gia|ctv)")
# Logins and addresses of mail: hanhntm, sharepoint\system.
LOGIN = re.compile(r"[a-z][a-z0-9._-]*|\S+[@\\]\S+")

# Syllables of menus, headings, offices and sentences that hardly ever stand in a name.
_WORDS_OF_MENUS = """
    tin bài ảnh hình chủ hệ tiết xem thêm quay hết tiếp sau trước khác mới nhất tức sự báo bản giới thiệu dịch vụ mục
    tỉnh huyện xã phường phố trấn quận của và là các những được đã đang sẽ không có cho với tại trong trên từ
    đến khi này
    đó theo về để do bởi một hai tịch giám đốc trưởng ký tên kính gửi nhận độc hội nghị quyết kế hoạch cáo nhập tìm
    kiếm luận kiến phản chia sẻ nguồn giả lượt đọc tải tệp đính kèm ủy uỷ đài thuộc video clip phó phòng sở
"""
NO_NAME = frozenset(_WORDS_OF_MENUS.split())
# The same of tools, of times and of what stories are about, where no table knows the name.
_WORDS_OF_SECTIONS = """
    vệ dựng triển tồn rừng in trang tiếng thứ tháng ngày giờ lúc chữ hôm nay đăng trân chào cảm xin mời bạn ý nhà tổ
    ban phát thể du lịch nghiệp thôn thời kinh tế giáo dục khoa đất đầu đổi cải pháp luật chương trình dự án môi
    quốc quân dân cư đô chuyên trực em chị bà ông bác cháu tặng viếng truyền thông thanh niên nhân viên người việc
    công chính sách xã lao động hành điều chất số học sức khỏe khoẻ đời sống nghệ thuật thương mại chợ phiên kính
    mục gương vui sáng tối chiều trưa hết kỳ phần loại mùa hoạt đơn vị địa điểm
"""
NO_PEN_NAME = NO_NAME | frozenset(_WORDS_OF_SECTIONS.split())
# Headings whose first word is a family name too.
_OPENINGS = """trung tâm|cao đẳng|cao cấp|đại học|văn hóa|văn hoá|công an|an ninh|đoàn thể|lý lịch|lý do
    |ban hành|danh sách|danh mục|từ khóa|từ khoá|từ điển|thi đua
    |cung cấp|vi phạm|bàn giao|cà phê|từ thiện|đồng hành|đồng bào|lưu ý|tăng cường|tăng trưởng
    |trang tin|trang chính|an toàn|khoa học|văn học
    |trung thu|thành công|thường trực|chung tay|chung kết|hồ sơ|hồ chí|vàng bạc|kim ngạch|y tế
    |phụ nữ|công đoàn|chính quyền|danh thắng
    |quốc hội|mùa xuân|mùa thu|mùa vàng
    |hạnh phúc|đoàn kết|trân trọng|văn minh|kỷ cương"""
HEADINGS = frozenset(phrase.strip() for phrase in _OPENINGS.split("|"))
_PLACES = (
    *(each.name for each in PROVINCES.values()),
    *("Việt Nam", "Tây Nguyên", "Trung Quốc", "Hoa Kỳ", "Đà Lạt", "Sa Pa", "Hội An", "Đông Nam Bộ", "Nha Trang"),
    *("Trường Sa", "Hoàng Sa", "Bạch Đằng"),
)


def spelling(name: str) -> str:
    """The letters and marks of each word, sorted: the same wherever the tone is placed (Hoà, Hòa)."""
    return " ".join("".join(sorted(unicodedata.normalize("NFD", word))) for word in name.lower().split())


PLACES = frozenset(map(key, _PLACES))
SPELLED_PLACES = frozenset(map(spelling, _PLACES))
