"""Tables of what names of people are made of in Vietnam, and the patterns built of them."""

from __future__ import annotations

import re

from crawler.reading.people.name_tables import one_of

# Kinh first, then names of other peoples as the portals of the Highlands, the north-west and the delta print them.
_FAMILIES = """
    nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đinh mai trịnh lâm phùng tô tạ châu quách
    cao hà lương thái tăng vương la thân hứa từ kiều chu doãn tống nghiêm trương trang tôn bạch lưu khổng viên âu giang
    mạc ninh đoàn quản đàm thạch diệp liễu cung mã tiêu lục triệu nông vi đồng thiều khuất chử lã ngụy
    bế hầu kim sơn danh khương ứng lữ cù sử thi nhâm đậu cái vòng trì đới phí bành cam tưởng mẫn ấu nhữ thẩm chung
    y a k' ka h' ya ma siu ksor kpă kpuih rơ rah rmah rcom rơchăm nay niê êban hmok byă kbuôr ayun mlô ađrơng krajăn kơ
    cil cill pinăng pi chamaléa katơr bloong zơrâm arất alăng coor bh'riu pơloong riah giàng sùng vàng thào lò lầu lù hờ
    mùa cứ quàng tòng cà lường vì bạc sầm bàn phàn tẩn chảo vừ ly má sình hạng cháng tráng hoả lèng neáng chau đàng
    mông chìu dìu phù tằng lỳ pờ khoàng blúp hiah rơmah ênuôl bkrông
    lại lư giáp hàn kha nhan uông ung khiếu nhậm sái tào điêu đèo lự ngần thền sừng chang vù lềnh điểu ating rcăm puih
    bồ cấn đổng bnướch bhnướch bríu tơngôl hôih avô cơlâu bling zơ ăm adrơng hđơk knul kđoh hwing lơ kà chẻo lô
    khưu lộc phó moong cụt xồng sồng lử thích phàng păng ndu kôn néang
"""
FAMILY_NAMES = frozenset(_FAMILIES.split())
# K'Brêu, H'Hen: names of the Highlands with their prefix.
PREFIXED = re.compile(r"[kh]'[^\W\d_]+$")
_MIDDLES = "văn thị đức hữu đình ngọc xuân quang minh công thế duy bá trọng quốc viết thanh"
MIDDLE_NAMES = frozenset(_MIDDLES.split())
# What names are made of beside family names: those given, and the middle ones; pen names are two or three of them.
_GIVEN = """
    ái ấm an ân ẩn anh ánh bá ba bắc bách bạch băng bằng bảo bào bảy bé bích biên biển bình bính bội bốn bổn bổng
    bông bưởi bửu cam cẩm căn cần cảnh cát chấn chẩn chanh chánh chấp chắt châu chi chí chiến chiêu chiểu chín chinh
    chính chung chương chuyên cơ cừ cúc cương cường cửu dạ đảm dân danh dao dậu đẹp diễm diệm diên diệp diệu dĩnh
    dịu doanh đợi du dư dụ đủ dung dũng đượm dương dưỡng đương duy duyên đa đắc đại đạm đan đán đăng đào đạo đạt đề
    đệ điền điệp đình đính đĩnh đỉnh định độ đoan đoàn đôn đông đồng đức đường gái gấm gia giang giao giàu hà hạ hạc
    hải hân hằng hanh hạnh hào hảo hậu hỉ hiên hiền hiển hiệp hiếu hiệu hiểu hoa hoà hoá hòa hóa hoạch hoài hoan
    hoàn hoán hoàng hoằng hoành hoạt hội hợi hồng hợp huân huấn huệ huế huề hùng hưng hương hướng hường hưởng hữu
    hựu huy huyên huyến huyền huỳnh huynh hỷ kế kha khá khả khắc khái khải khâm khang khanh khánh khế khéo khiêm
    khiết khiêu khoa khoái khoan khoát khôi khởi khuê khương khuyến khuyên kiên kiện kiệt kiều kim kính kỳ kỷ la lạc
    lai lài lam lâm lãm lan lân lăng lành lanh lãnh lập lễ lệ len liêm liên liễu linh lĩnh loan lộc lợi long lụa
    luân luận lục lực lụm lượm lương lượng lựu luyến ly lý mai mẫn mận mạnh mão mậu mây mến mi mị miên miền mịn minh
    mơ mộng mùi mừng mười my mỹ mỵ na nam năm năng nết nga ngà ngân ngạn ngần ngát nghi nghị nghĩa nghiêm nghiệm
    nghiệp ngô ngọ ngoan ngoạn ngọc ngời ngợi ngôn ngự nguyên nguyện nguyệt nhã nhài nhàn nhân nhạn nhẫn nhật nhi
    nhiên nho nhớ nhỏ nhơn nhu như nhuần nhuận nhuệ nhung nhường nhựt niềm niên ninh nở nông nữ nụ nương oanh ơn
    phái phẩm phán phấn phát phi phong phú phụ phúc phục phụng phước phương phượng quân quang quảng quát quế quí
    quốc quới quý quỳ quyên quyến quyền quyển quyết quỳnh rạng rin sa sắc sâm san sang sáng sáu sen sĩ siêng sim
    sinh soạn son sơn song sự sương sửu sỹ tá tắc tài tải tam tám tâm tầm tân tấn tần tánh tạo tập tất tề thạch thái
    tham thắm thám thân thăng thắng thanh thành thạnh thao thạo thảo thế thi thiêm thiên thiện thiệp thiết thiệt
    thiều thiệu thìn thịnh thơ thọ thoa thoả thoại thoan thời thới thơm thông thống thu thư thụ thuần thuận thuấn
    thuật thục thức thước thương thường thuý thuỳ thuỵ thuỷ thùy thúy thụy thủy thuyên thuyết tị tiềm tiên tiến tiễn
    tiệp tím tín tính tình tĩnh tịnh tố tỏ tơ toại toan toàn toản tới tôn tốt trà trác trạch trai trâm trầm trân trang
    tráng tre tri trí triêm triển triện triết triều triệu trinh trình trợ trọng trụ trúc trực trung trường truyền tú
    tư tứ tuân tuấn tuất tuệ tùng tươi tường tưởng tửu tựu tuy tuyên tuyến tuyền tuyển tuyết tuynh tỵ mộc tý tỷ ước
    út uy uyên uyển vân vạn vẹn vĩ viễn việt vinh vĩnh vịnh vọng vũ vui vững vượng vy vỹ xinh xoan xuân xứng xướng
    xuyên xuyến ý yên yến
"""
NAMES = frozenset(_GIVEN.split()) | MIDDLE_NAMES | FAMILY_NAMES
# What places are called by; two such words are a pen name too where a label vouches for it (Sông Trà).
_PLACES = "thôn bản làng ấp xóm chùa đền núi sông suối cầu chợ đường phố bến đảo vịnh thác lễ tết"
GEOGRAPHY = frozenset(_PLACES.split())
_PARTICLES = "van von der den de da do dos du di del della la le el al bin ben af av ter y e"
PARTICLES = frozenset(_PARTICLES.split())

TITLES = re.compile(
    "(?:"
    + one_of(
        r"""pgs|gs|th\.?s[sĩỹ]?|tskh|t\.?s|(?:bs|ds|bác s[ĩỹ]|dược s[ĩỹ])\.?\s?ck(?:ii?|\d)?|bs|ks|kts|ls|ds|cn(?:đd)?
        |nsnd|nsưt|ttưt|ttnd|ngưt|ngnd|(?:nghệ nhân|nghệ s[ĩỹ]|nhà giáo|thầy thuốc) (?:ưu tú|nhân dân)|nghệ nhân
        |thạc s[ĩỹ]
        |tiến s[ĩỹ]|bác s[ĩỹ]|kỹ sư|kiến trúc sư|luật (?:sư|gia)|dược s[ĩỹ]|y s[ĩỹ]|ys|ncs|nb|gv|cử nhân(?: luật)?
        |giáo sư|phó giáo sư
        |nhà báo|nhà văn|nhà thơ|nhà giáo|(?:phóng viên|pv) thường trú|phóng viên
        |linh mục|đại đức|thượng tọa|hòa thượng|ccb|cựu chiến binh
        |cộng tác viên|pv|ctv|btv|đ/c|đồng chí
        |(?:đại|thượng|trung|thiếu) (?:tá|úy|uý)(?:,? (?:qncn|cn))?|(?:hạ|trung|thượng) s[ĩỹ]
        |(?:thượng|trung|thiếu) tướng
        |thầy giáo|cô giáo|nhạc sĩ|nhạc sỹ|họa sĩ|hoạ sĩ|nghệ sĩ
        |nhà nghiên cứu|soạn giả|ni sư|sư cô"""
    )
    + r"(?:[.,]\s*|\s*:\s*|\s+))+"
)

_ONSET = "b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x|"
SYLLABLE = re.compile(rf"(?:{_ONSET})[aeiouy]{{1,3}}(?:ch|c|m|ng|nh|n|p|t|)")
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?")
INITIALS = re.compile(r"[A-ZĐ](?:\.? ?[A-ZĐ]){1,2}\.?")
SHORTENED = re.compile(r"(?:[A-ZĐ][a-zà-ỹ]{0,2}\. ?){1,2}(?P<rest>[^\W\d_]{2,}(?: [^\W\d_]{2,}){0,2})")
