"""Tables of what names of people are made of in Vietnam, and the patterns built of them."""

from __future__ import annotations

import re

from crawler.reading.name_tables import one_of

# Kinh first, then names of other peoples as the portals of the Highlands, the north-west and the delta print them.
_FAMILIES = """
    nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đinh mai trịnh lâm phùng tô tạ châu quách
    cao hà lương thái tăng vương la thân hứa từ kiều chu doãn tống nghiêm trương trang tôn bạch lưu khổng viên âu giang
    mạc ninh đoàn quản đàm thạch diệp liễu cung mã tiêu lục triệu nông vi đồng thiều khuất chử lã ngụy
    bế hầu kim sơn danh khương ứng lữ cù sử thi nhâm đậu cái vòng trì đới phí bành cam tưởng mẫn ấu nhữ thẩm chung
    y a k' ka h' ya ma siu ksor kpă kpuih rơ rah rmah rcom rơchăm nay niê êban hmok byă kbuôr ayun mlô ađrơng krajăn kơ
    cil cill pinăng chamaléa katơr bloong zơrâm arất alăng coor bh'riu pơloong riah giàng sùng vàng thào lò lầu lù hờ
    mùa cứ quàng tòng cà lường vì bạc sầm bàn phàn tẩn chảo vừ ly má sình hạng cháng tráng hoả lèng neáng chau đàng
    mông chìu dìu phù tằng lỳ pờ khoàng blúp hiah rơmah ênuôl bkrông
    lại lư giáp hàn kha nhan uông ung khiếu nhậm sái tào điêu đèo lự ngần thền sừng chang vù lềnh điểu ating rcăm puih
    bồ cấn đổng bnướch bhnướch bríu tơngôl hôih avô
"""
FAMILY_NAMES = frozenset(_FAMILIES.split())
# K'Brêu, H'Hen: names of the Highlands with their prefix.
PREFIXED = re.compile(r"[kh]'[^\W\d_]+$")
_MIDDLES = "văn thị đức hữu đình ngọc xuân quang minh công thế duy bá trọng quốc viết thanh"
MIDDLE_NAMES = frozenset(_MIDDLES.split())
# What names are made of beside family names: those given, and the middle ones; pen names are two or three of them.
_GIVEN = """
    an ái anh ánh ân bá bách bạch bảo bắc băng bằng bé bích biên biển bình bổn bổng bửu cam cẩm cảnh cát căn cần
    chánh châu chi chí chiến chiêu chinh chính chung chuyên chương cơ cúc cương cường dạ dân danh dao diễm diên diệp
    diệu dịu doanh du dũng dung duy duyên dư dương đa đại đan đạm đào đạo đạt đăng đắc điền điệp đình định đoan đoàn độ
    đôn đông đồng đức đường gia giang giao hà hạ hải hạnh hảo hào hân hằng hậu hiên hiền hiển hiếu hiệp hiệu hoa hòa
    hoà hóa hoá hoài hoan hoàn hoàng hoạt hội hồng hợi hợp huân huấn huệ hùng huy huyên huyền huỳnh hưng hương hướng
    hường hữu kha khải khang khanh khánh khắc khiêm khiêu khoa khoan khoát khôi khuê khương kiên kiệt kiều kim kính kỳ
    kỷ la lạc lai lam lan lãm lành lăng lâm lân lập lệ lễ liêm liên liễu linh lĩnh loan long lộc lợi luân luận lục lựu
    lượng lương ly lý mai mạnh mão mẫn mậu mận mến mi mỹ miên miền minh mơ mười na nam năm năng nga ngà ngạn ngân nghi
    nghĩa nghị nghiêm nghiệp ngoan ngọc ngô nguyên nguyện nguyệt nhã nhạn nhàn nhân nhẫn nhật nhi nhiên nho nhu nhung
    như nhường nhựt niên ninh nữ nương oanh phát phấn phi phong phú phúc phục phụng phước phương phượng quang quảng
    quân quế quí quốc quý quyên quyền quyết quỳ quỳnh sa sáng sang sáu sen sinh soạn son sơn sương sự sỹ tài tam tám
    tánh tâm tân tấn tần tập tất thạch thái tham thanh thành thạnh thao thảo thạo thắm thăng thắng thân thế thi thiên
    thiện thiết thiều thiệu thịnh thoa thoại thoan thọ thông thơ thơm thời thu thuận thuần thuật thục thúy thuý thùy
    thuỳ thủy thuỷ thuyên thuyết thư thương thường thức tiên tiến tiệp tín tình tĩnh tịnh toan toàn toản tố tôn trà
    trang tráng trân trâm trầm tri trí triết triều triển triệu trinh trình trọng trúc trung trực trường tú tuân tuấn
    tuất tuệ tuyên tuyền tuyến tuyết tùng tư tường tưởng tươi tỵ út uyên uy uyển vân vạn vẹn việt viễn vinh vĩnh vịnh
    lực bội bưởi chanh chấn chín bảy bốn diệm dụ đính hanh hoành hoạch hỷ hỉ huyến khái khoái khởi khuyến kế lài lụa
    luyến mừng ngát ngự nhài nông phái phán phụ quyến quát san sĩ sim tạo tải tiễn toại trạch trai tre trợ trụ truyền
    thống thụ thụy thuỵ tím tửu ước vọng xướng khế cừ rạng dĩnh đĩnh đỉnh đề đệ ngời ngần khương hựu hoàn hoán đán
    vũ vui vỹ vĩ vượng vy xoan xuân xuyến xuyên yên yến ý
"""
NAMES = frozenset(_GIVEN.split()) | MIDDLE_NAMES | FAMILY_NAMES
PARTICLES = frozenset(("van", "von", "der", "den", "de", "da", "do", "dos", "du", "di", "del", "della", "la",
"le", "el",
                        "al", "bin", "ben", "af", "av", "ter", "y", "e"))  # fmt: skip

TITLES = re.compile(
    "(?:"
    + one_of(
        r"""pgs|gs|th\.?s[sĩỹ]?|tskh|t\.?s|(?:bs|bác s[ĩỹ])\.?\s?ck(?:ii?|\d)?|bs|ks|kts|ls|ds|cn|nsnd|nsưt|ttưt|ttnd
        |ngưt|ngnd|(?:nghệ nhân|nghệ s[ĩỹ]|nhà giáo|thầy thuốc) (?:ưu tú|nhân dân)|nghệ nhân|thạc s[ĩỹ]|tiến s[ĩỹ]
        |bác s[ĩỹ]|kỹ sư|luật sư|dược s[ĩỹ]|cử nhân(?: luật)?|giáo sư|phó giáo sư|nhà báo|nhà văn|nhà thơ|nhà giáo
        |phóng viên|linh mục|đại đức|thượng tọa|hòa thượng|ccb|cựu chiến binh|cộng tác viên|pv|ctv|btv|đ/c|đồng chí
        |(?:đại|thượng|trung|thiếu) (?:tá|úy|uý|tướng)|thầy giáo|cô giáo|nhạc sĩ|nhạc sỹ|họa sĩ|hoạ sĩ|nghệ sĩ
        |nhà nghiên cứu"""
    )
    + r"(?:[.,]\s*|\s*:\s*|\s+))+"
)

_ONSET = "b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x|"
SYLLABLE = re.compile(rf"(?:{_ONSET})[aeiouy]{{1,3}}(?:ch|c|m|ng|nh|n|p|t|)")
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?")
INITIALS = re.compile(r"[A-ZĐ](?:\.? ?[A-ZĐ]){1,2}\.?")
SHORTENED = re.compile(r"(?:[A-ZĐ][a-zà-ỹ]{0,2}\. ?){1,2}[A-ZÀ-ỸĐ][a-zà-ỹđ]+(?: [A-ZÀ-ỸĐ][a-zà-ỹđ]+){0,2}")
