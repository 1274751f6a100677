import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.schema import Author
from crawler.reading.people import Byline, named_authors, read_byline, read_source_prefix


def writer(name: str) -> Author:
    return Author(name)


def pen_name(name: str) -> Author:
    return Author(name, "pen_name")


def initials(name: str) -> Author:
    return Author(name, "initials")


def office(name: str) -> Author:
    return Author(name, "organisation")


def photographer(name: str) -> Author:
    return Author(name, role="photographer")


def compiler(name: str) -> Author:
    return Author(name, role="compiler")


def editor(name: str) -> Author:
    return Author(name, role="editor")


# Text, authors, source: the text carries its label or is vouched for by one beside it.
LABELLED = [
    ("Tác giả: Thái Ninh", [writer("Thái Ninh")], None),
    ("Tác giả : Thái Ninh", [writer("Thái Ninh")], None),
    ("Tác giả bài viết: Nguyễn Văn An", [writer("Nguyễn Văn An")], None),
    ("TÁC GIẢ: LÊ HOA", [writer("LÊ HOA")], None),
    ("Tin: Lê Hoa", [writer("Lê Hoa")], None),
    ("Bài: Lê Hoa", [writer("Lê Hoa")], None),
    ("Tin, ảnh: Lê Hoa", [writer("Lê Hoa")], None),
    ("Tin - ảnh: Lê Hoa", [writer("Lê Hoa")], None),
    ("Tin – ảnh: Lê Hoa", [writer("Lê Hoa")], None),
    ("Tin/ảnh: Lê Hoa", [writer("Lê Hoa")], None),
    ("Tin và ảnh: Lê Hoa", [writer("Lê Hoa")], None),
    ("Tin & ảnh: Lê Hoa", [writer("Lê Hoa")], None),
    ("Tin, bài: Lê Hoa", [writer("Lê Hoa")], None),
    ("Tin, bài, ảnh: Lê Hoa", [writer("Lê Hoa")], None),
    ("Tin bài: Lê Hoa", [writer("Lê Hoa")], None),
    ("Bài và ảnh: Lê Hoa", [writer("Lê Hoa")], None),
    ("BÀI VÀ ẢNH: LÊ HOA", [writer("LÊ HOA")], None),
    ("Ảnh, bài: Lê Hoa", [writer("Lê Hoa")], None),
    ("Bài viết: Lê Hoa", [writer("Lê Hoa")], None),
    ("Thực hiện: Lê Hoa", [writer("Lê Hoa")], None),
    ("Người thực hiện: Lê Hoa", [writer("Lê Hoa")], None),
    ("PV: Lê Hoa", [writer("Lê Hoa")], None),
    ("CTV: Lê Hoa", [writer("Lê Hoa")], None),
    ("Phóng viên: Lê Hoa", [writer("Lê Hoa")], None),
    ("Người viết: Lê Hoa", [writer("Lê Hoa")], None),
    ("Bút danh: Sông Trà", [writer("Sông Trà")], None),
    # full-width colon
    ("Tác giả：Lê Hoa", [writer("Lê Hoa")], None),
    ("(Tin, ảnh: Lê Hoa)", [writer("Lê Hoa")], None),
    ("Tác giả: Lê Hoa.", [writer("Lê Hoa")], None),
    ("Tác giả Lê Hoa", [writer("Lê Hoa")], None),
    # no label in the text: one stands in the cell beside it
    ("Lê Hoa", [writer("Lê Hoa")], None),
    ("By: Mary Brown", [writer("Mary Brown")], None),
    ("Mary Brown, John Smith", [writer("Mary Brown"), writer("John Smith")], None),
    # structured data names people of any language
    ("Jean-Pierre O'Neil", [writer("Jean-Pierre O'Neil")], None),
    ("Mary Smith-Jones Brown", [writer("Mary Smith-Jones Brown")], None),
    ("J. K. Rowling", [writer("J. K. Rowling")], None),
    ("Ludwig van Beethoven", [writer("Ludwig van Beethoven")], None),
    ("A McDonald, and B O’Hara", [writer("A McDonald"), writer("B O’Hara")], None),
    ("山田太郎", [pen_name("山田太郎")], None),
    # roles
    ("BT: Lê Hoa", [editor("Lê Hoa")], None),
    ("BTV: Lê Hoa", [editor("Lê Hoa")], None),
    ("Biên tập: Lê Hoa", [editor("Lê Hoa")], None),
    ("Biên tập viên: Lê Hoa", [editor("Lê Hoa")], None),
    ("Tổng hợp: Lê Hoa", [compiler("Lê Hoa")], None),
    ("Biên soạn: Lê Hoa", [compiler("Lê Hoa")], None),
    ("Sưu tầm: Lê Hoa", [compiler("Lê Hoa")], None),
    ("Tác giả: Lê Hoa (tổng hợp)", [compiler("Lê Hoa")], None),
    ("Tác giả: Lê Hoa tổng hợp", [compiler("Lê Hoa")], None),
    ("Tác giả: Lê Hoa (t/h)", [compiler("Lê Hoa")], None),
    # a photo credit is no writer
    ("Ảnh: Trần Nam", [photographer("Trần Nam")], None),
    ("Ảnh trong bài: Trần Nam", [photographer("Trần Nam")], None),
    ("Hình ảnh: Trần Nam", [photographer("Trần Nam")], None),
    ("Bài: Lê Hoa - Ảnh: Trần Nam", [writer("Lê Hoa"), photographer("Trần Nam")], None),
    ("Bài: Lê Hoa; Ảnh: Trần Nam", [writer("Lê Hoa"), photographer("Trần Nam")], None),
    ("Bài: Lê Hoa Ảnh: Trần Nam", [writer("Lê Hoa"), photographer("Trần Nam")], None),
    ("Tin: Lê Hoa | BT: Trần Nam", [writer("Lê Hoa"), editor("Trần Nam")], None),
    ("Lê Hoa - Ảnh: Trần Nam", [writer("Lê Hoa"), photographer("Trần Nam")], None),
    ("Bài: Lê Hoa; Ảnh: Lê Hoa", [writer("Lê Hoa")], None),
    # several authors
    ("Tác giả: Lê Hoa, Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Tác giả: Lê Hoa - Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Tác giả: Lê Hoa – Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Tác giả: Lê Hoa | Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Tác giả: Lê Hoa/Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Tác giả: Lê Hoa; Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Tác giả: Lê Hoa & Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Tác giả: Lê Hoa và Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Tác giả: Lê Hoa, Trần Nam và Y Thắng", [writer("Lê Hoa"), writer("Trần Nam"), writer("Y Thắng")], None),
    ("Tin, ảnh: Lan Anh - Minh Châu", [writer("Lan Anh"), writer("Minh Châu")], None),
    # a hyphen without blanks
    ("Tác giả: THANH HÀ-LÊ HOA", [writer("THANH HÀ"), writer("LÊ HOA")], None),
    ("Tác giả: LÊ HÀ-TRẦN HOA", [writer("LÊ HÀ"), writer("TRẦN HOA")], None),
    # named like a province
    ("Tác giả: HÀ NAM - LÊ HOA", [writer("HÀ NAM"), writer("LÊ HOA")], None),
    # kinds
    ("Tác giả: TVB", [initials("TVB")], None),
    ("Tác giả: T.V.B", [initials("T.V.B")], None),
    ("Tác giả: K.T.", [initials("K.T.")], None),
    ("Tin: TVB - LH", [initials("TVB"), initials("LH")], None),
    ("Tác giả: Thanh", [pen_name("Thanh")], None),
    ("Tác giả: N. Hoa", [writer("N. Hoa")], None),
    ("Tác giả: Ban Biên tập", [office("Ban Biên tập")], None),
    ("Tác giả: BBT", [office("BBT")], None),
    ("Tác giả: TNĐT", [office("TNĐT")], None),
    ("Tác giả: Sở Thông tin và Truyền thông", [office("Sở Thông tin và Truyền thông")], None),
    # marks that separate people stand inside the names of offices
    ("Tin: Phòng Văn hóa - Thông tin", [office("Phòng Văn hóa - Thông tin")], None),
    ("Tin: Sở Văn hóa, Thể thao và Du lịch", [office("Sở Văn hóa, Thể thao và Du lịch")], None),
    ("Thực hiện: Trung tâm VH-TT-TT huyện Đăk Hà", [office("Trung tâm VH-TT-TT huyện Đăk Hà")], None),
    ("Tin: Văn phòng UBND tỉnh", [office("Văn phòng UBND tỉnh")], None),
    ("Tin: Đoàn Thị Hoa", [writer("Đoàn Thị Hoa")], None),
    ("Tin: Trường Giang", [writer("Trường Giang")], None),
    ("Tin: Phong Lan", [writer("Phong Lan")], None),
    ("Tin: Bảo Ngọc", [writer("Bảo Ngọc")], None),
    ("Tin: Ban Mai", [writer("Ban Mai")], None),
    ("Tác giả: K'Brêu", [writer("K'Brêu")], None),
    ("Tác giả: H’Hen Niê", [writer("H’Hen Niê")], None),
    # units split off
    ("Tác giả: Lê Hoa - BTG", [writer("Lê Hoa")], None),
    ("Tác giả: Lê Hoa – Sở Y tế", [writer("Lê Hoa")], None),
    ("Tác giả: Lê Hoa - Phòng Văn hóa - Thông tin", [writer("Lê Hoa")], None),
    ("Tác giả: Lan Anh (Sở TT&TT)", [writer("Lan Anh")], None),
    ("Tác giả: Lê Hoa - Trần Nam (Sở Y tế)", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Tác giả: Lê Hoa, Văn phòng UBND tỉnh", [writer("Lê Hoa")], None),
    # a unit that is a medium is where it was taken from
    ("Tác giả: Lê Hoa (TTXVN)", [writer("Lê Hoa")], "TTXVN"),
    ("Tác giả: Lê Hoa, TTXVN", [writer("Lê Hoa")], "TTXVN"),
    ("Tác giả: Lê Hoa/VOV", [writer("Lê Hoa")], "VOV"),
    ("Tác giả: Lê Hoa - Báo Gia Lai", [writer("Lê Hoa")], "Báo Gia Lai"),
    # titles
    ("Tác giả: ThS. Lê Hoa", [writer("Lê Hoa")], None),
    ("Tác giả: TS Lê Hoa", [writer("Lê Hoa")], None),
    ("Tác giả: PGS.TS. Lê Hoa", [writer("Lê Hoa")], None),
    ("Tác giả: PGS, TS Lê Hoa", [writer("Lê Hoa")], None),
    ("Tác giả: BS. Lê Hoa - BS. Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Tác giả: Nhà báo Lê Hoa", [writer("Lê Hoa")], None),
    ("Tin: CTV Lê Hoa", [writer("Lê Hoa")], None),
    # sources
    ("Nguồn: Báo Kon Tum", [], "Báo Kon Tum"),
    ("Nguồn tin: TTXVN", [], "TTXVN"),
    ("Nguồn: kontum.gov.vn", [], "kontum.gov.vn"),
    ("(Nguồn: VOV)", [], "VOV"),
    ("Theo TTXVN", [], "TTXVN"),
    ("Theo: Báo Nhân dân", [], "Báo Nhân dân"),
    ("(Theo chinhphu.vn)", [], "chinhphu.vn"),
    ("Theo Báo Gia Lai.", [], "Báo Gia Lai"),
    ("Lê Hoa (Theo TTXVN)", [writer("Lê Hoa")], "TTXVN"),
    ("Tác giả: Lê Hoa - Nguồn: Báo Kon Tum", [writer("Lê Hoa")], "Báo Kon Tum"),
    ("Tác giả: Lê Hoa | Nguồn: Báo Kon Tum", [writer("Lê Hoa")], "Báo Kon Tum"),
    ("Tác giả: Lê Hoa (tổng hợp theo TTXVN)", [compiler("Lê Hoa")], "TTXVN"),
    # a slash inside the name of a medium
    ("(TTXVN/Vietnam+ 22/9)", [office("TTXVN/Vietnam+")], None),
    # -- what stands before names in other languages, where the element is marked as a byline
    ("Von Till Eckert, Max Bernhard", [writer("Till Eckert"), writer("Max Bernhard")], None),
    ("di Viviana Mazza", [writer("Viviana Mazza")], None),
    ("By Jon King, News Reporter", [writer("Jon King")], None),
    # a place in Lâm Đồng, a pen name with a mark
    ("Di Linh", [writer("Di Linh")], None),
    ("Đi Thăm Làng", [writer("Đi Thăm Làng")], None),
]

# The last line of an article, with nothing that vouches for it.
# Names that machine-readable data gives, what it calls them, who they are.
NAMED: list[tuple[list[str], Literal["person", "organisation"], list[Author]]] = [
    (["Lê Phương"], "person", [writer("Lê Phương")]),
    (["Lê Phương", "Lê Phương"], "person", [writer("Lê Phương")]),
    (["ThS. Nguyễn Văn A"], "person", [writer("Nguyễn Văn A")]),
    (["Lê Văn A, Trần B"], "person", [writer("Lê Văn A"), writer("Trần B")]),
    (["Lê Văn A và Trần B"], "person", [writer("Lê Văn A"), writer("Trần B")]),
    (["A. B. Cee, D. Eff and G. Haitch"], "person", [writer("A. B. Cee"), writer("D. Eff"), writer("G. Haitch")]),
    # one word is a town as often as a name
    (["AFP, MANILA"], "person", [writer("AFP, MANILA")]),
    (["By Amitai Winehouse"], "person", [writer("Amitai Winehouse")]),
    (["Theo Hồ Hương"], "person", [writer("Hồ Hương")]),
    (["Theo TTXVN", "Nguồn: Báo Kon Tum", "kontum\\hanhntm"], "person", []),
    (["Elena Oberholzer (obe)"], "person", [writer("Elena Oberholzer")]),
    (["TVB"], "person", [initials("TVB")]),
    (["Sweidah"], "person", [pen_name("Sweidah")]),
    (["松岡大地"], "person", [writer("松岡大地")]),
    # the data says person, the name says office
    (["Báo Kon Tum"], "person", [office("Báo Kon Tum")]),
    (["dpa"], "organisation", [office("dpa")]),
    (["dpa"], "person", [office("dpa")]),
    (["UBND tỉnh Kon Tum"], "organisation", [office("UBND tỉnh Kon Tum")]),
    # who typed the page in
    (
        ["admin", "hanhntm", "Quản trị viên", "a@b.vn", "https://kontum.gov.vn/a", "kontum.gov.vn", "", "-"],
        "person",
        [],
    ),
    (["NukeViet", "admin"], "organisation", []),
    # LRT gives what somebody is behind his name
    (
        ["Povilas Kazlauskas, Vilniaus universiteto Istorijos fakulteto profesorius, Lietuvos istorijos tyrinėtojas"],
        "person",
        [Author("Povilas Kazlauskas")],
    ),
]

UNLABELLED = [
    ("Viết bởi BS. Lê Hòa", [writer("Lê Hòa")], None),
    # a name in capitals ends in the word of the next label
    ("Bài viết: HỒNG ÁNH; Ảnh: TRỊNH PHƯƠNG", [writer("HỒNG ÁNH"), photographer("TRỊNH PHƯƠNG")], None),
    ("Thái Ninh", [writer("Thái Ninh")], None),
    ("THÁI NINH", [writer("THÁI NINH")], None),
    ("Nguyễn Thị Thu Hà", [writer("Nguyễn Thị Thu Hà")], None),
    # given names that are words of menus and offices too
    ("Nguyễn Văn Quyết", [writer("Nguyễn Văn Quyết")], None),
    ("Lại Thị Thu Mới", [writer("Lại Thị Thu Mới")], None),
    ("Lê Phương", [writer("Lê Phương")], None),
    ("Lan Anh", [writer("Lan Anh")], None),
    ("Y Thắng", [writer("Y Thắng")], None),
    ("A Ngọc", [writer("A Ngọc")], None),
    ("Y-Thắng", [], None),
    ("Lê Hoa - Giáo viên", [writer("Lê Hoa")], None),
    ("Lê Hoa - CC VHXH", [writer("Lê Hoa")], None),
    ("Lê Hoa - P. VHTT", [writer("Lê Hoa")], None),
    ("Lê Hoa biên tập", [writer("Lê Hoa")], None),
    ("Phóng viên thường trú Lê Hoa", [writer("Lê Hoa")], None),
    ("Nội dung: Lê Hoa - Thiết kế: Trần Nam", [writer("Lê Hoa")], None),
    ("Kịch bản: Lê Hoa; Quay phim: Trần Nam", [writer("Lê Hoa"), photographer("Trần Nam")], None),
    ("Theo báo Đắk Nông", [], "báo Đắk Nông"),
    ("Theo VTC News", [], "VTC News"),
    # families that no table holds, with what stands in the midst of names alone
    ("Phàng A Dê", [writer("Phàng A Dê")], None),
    ("Cư Seo Phử", [writer("Cư Seo Phử")], None),
    ("Quan Văn Dũng", [writer("Quan Văn Dũng")], None),
    ("Chướng Thị Lan", [writer("Chướng Thị Lan")], None),
    ("Quỳnh Như", [writer("Quỳnh Như")], None),
    ("N.HUYỀN", [pen_name("N.HUYỀN")], None),
    ("Lê Hoa-VP Tỉnh ủy", [writer("Lê Hoa")], None),
    ("Lê Hoa-PA05", [writer("Lê Hoa")], None),
    ("Lê Hoa-CTV", [writer("Lê Hoa")], None),
    ("Ksor Phước", [writer("Ksor Phước")], None),
    ("Giàng A Páo", [writer("Giàng A Páo")], None),
    ("HÀ NAM - LÊ HOA", [writer("HÀ NAM"), writer("LÊ HOA")], None),
    ("Lê Hoa - Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Lê Hoa và Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Lê Hoa, Trần Nam", [writer("Lê Hoa"), writer("Trần Nam")], None),
    ("Lê Hoa - BTG", [writer("Lê Hoa")], None),
    ("Lê Hoa (Sở Y tế)", [writer("Lê Hoa")], None),
    ("Lê Hoa (tổng hợp)", [compiler("Lê Hoa")], None),
    ("(Lê Hoa)", [writer("Lê Hoa")], None),
    ("TVB", [initials("TVB")], None),
    ("ThS. Lê Hoa", [writer("Lê Hoa")], None),
    ("Nhóm PV", [office("Nhóm PV")], None),
    ("Ban Biên tập", [office("Ban Biên tập")], None),
    ("BAN BIÊN TẬP", [office("BAN BIÊN TẬP")], None),
    ("Trung tâm Văn hóa huyện", [office("Trung tâm Văn hóa huyện")], None),
    ("Tin, ảnh: Lê Hoa", [writer("Lê Hoa")], None),
    ("Theo TTXVN", [], "TTXVN"),
    # a medium at the end is where the article was taken from
    ("TTXVN", [], "TTXVN"),
    ("(TTXVN)", [], "TTXVN"),
    ("(TTXVN/Vietnam+ 22/9)", [], "TTXVN/Vietnam+"),
    ("Báo Kon Tum", [], "Báo Kon Tum"),
    ("Lê Hoa\u00a0", [writer("Lê Hoa")], None),
    # decomposed
    (unicodedata.normalize("NFD", "Thái Ninh"), [writer("Thái Ninh")], None),
]

NOBODY = [
    "",
    "   ",
    "-",
    "Tác giả:",
    "Tác giả: admin",
    "Tác giả: Administrator",
    "Tác giả: Quản trị",
    "Tác giả: Quản trị viên",
    "Tác giả: quantri",
    "Tác giả: Ban quản trị",
    "Tác giả: VNPT Kon Tum",
    "Tác giả: Viettel",
    "Tác giả: super user",
    "Người đăng: Lê Hoa",
    "Người đăng: admin",
    "Đăng bởi: Lê Hoa",
    "Người ký: Lê Hoa",
    "Chịu trách nhiệm nội dung: Lê Hoa",
    "Trưởng Ban biên tập: Lê Hoa",
    "Nguồn ảnh: Internet",
    "Ảnh: TL",
    "Tin: PV",
    "Từ Khóa",
    "Thanh niên ra quân",
    "Báo cáo kết quả",
    "Thông tin liên hệ",
    "DANH SÁCH",
    "(TH)",
    "Nguồn: Tổng hợp",
    "Nguồn: Sưu tầm",
    "Nhà Văn Hóa",
    "Làng Văn Hóa",
    "Chính Quyền",
    "Y TẾ",
    "Mùa Xuân",
    "Đoàn Kết",
    "Hồ Sơ",
    "Bài: xem thêm tại đây",
    "Tin: UBND tỉnh tổ chức hội nghị",
    # a caption
    "Ảnh: Đoàn công tác thăm hỏi gia đình chính sách",
    "(Đã ký)",
    "CHỦ TỊCH",
    "KT. CHỦ TỊCH",
    "TM. ỦY BAN NHÂN DÂN",
    "PHÓ CHỦ TỊCH",
    "Nguyễn Văn An, Chủ tịch UBND tỉnh",
    "GIÁM ĐỐC Nguyễn Văn An",
    "UBND TỈNH KON TUM",
    "Kon Tum, ngày 10 tháng 10 năm 2019",
    "Kon Tum, ngày 10/10/2019",
    "10/10/2019",
    "./.",
    "Hết",
    "Hết./.",
    "Nơi nhận:",
    # a province alone is a place
    "Kon Tum",
    "Hà Nam",
    "Quảng Ngãi",
    "Việt Nam",
    # menus and headings
    "Tin tức",
    "Tin Tức",
    "TIN TỨC",
    "Trang Chủ",
    "Liên Hệ",
    "Xem Thêm",
    "Quay Lại",
    "Chi Tiết",
    "Thông Báo",
    "THÔNG BÁO",
    "Văn Bản",
    "Tin Liên Quan",
    "Các tin khác",
    "Bình Luận",
    "Trung Tâm",
    # sentences
    "Lê Hoa đã đến thăm.",
    "Lê Hoa là giáo viên",
    "Hội nghị kết thúc tốt đẹp",
    "Theo đó, các đơn vị phối hợp thực hiện",
    "Theo kế hoạch của tỉnh",
    "Theo Quyết định số 12/QĐ-UBND",
    "Sở Y tế đã kiểm tra",
    "Kính mời quý vị",
    "Tài liệu đính kèm",
    "Một Hai Ba",
    "John Smith",
    "lê hoa",
    "Hoa",
    "Nguyễn Văn An Nguyễn Văn Bình Nguyễn Văn Cường",
    "Download",
    "Lượt xem: 12",
    "https://kontum.gov.vn/",
    "Điện thoại: Lê Hoa",
    "x" * 300,
]

PREFIXES = [
    ("(TTĐT) - Sáng ngày 10/10, tại trụ sở", "TTĐT"),
    ("(GLO)- Sáng nay", "GLO"),
    ("(TUAG) Ngày 10/10", "TUAG"),
    ("TTĐT - Sáng nay", "TTĐT"),
    ("PhuthoPortal - Sáng nay", "PhuthoPortal"),
    ("Phuthoportal – Sáng nay", "Phuthoportal"),
    ("(Chinhphu.vn) - Thủ tướng", "Chinhphu.vn"),
    ("(Báo Gia Lai) - Sáng nay", "Báo Gia Lai"),
    ("(Dân trí) - Sáng nay", "Dân trí"),
    ("[TTXVN] Sáng nay", "TTXVN"),
    ("Hà Nội (TTXVN) - Sáng nay", "TTXVN"),
    ("UBND - tỉnh họp", None),
    ("(UBND) tỉnh", None),
    ("TPHCM - Sáng nay", None),
    ("COVID-19 - Sáng nay", None),
    # a place, not a source
    ("Kon Tum - Sáng nay", None),
    ("(Kon Tum) - Sáng nay", None),
    ("Sáng - trưa", None),
    ("Sáng nay, UBND tỉnh (viết tắt là UBND) - họp", None),
    ("(10/10/2019) Sáng nay", None),
    ("", None),
]


def read(text: str, labelled: bool) -> tuple[list[Author], str | None]:
    byline = read_byline(text, labelled)
    return (list(byline.authors), byline.source) if byline else ([], None)


@pytest.mark.parametrize(("text", "authors", "source"), LABELLED)
def test_labelled(text: str, authors: list[Author], source: str | None) -> None:
    assert read(text, True) == (authors, source)


@pytest.mark.parametrize(("text", "authors", "source"), UNLABELLED)
def test_unlabelled(text: str, authors: list[Author], source: str | None) -> None:
    assert read(text, False) == (authors, source)


@pytest.mark.parametrize(("names", "kind", "authors"), NAMED)
def test_named(names: list[str], kind: Literal["person", "organisation"], authors: list[Author]) -> None:
    assert list(named_authors(names, kind)) == authors


@pytest.mark.parametrize("text", NOBODY)
def test_nobody(text: str) -> None:
    assert read_byline(text) is None


@pytest.mark.parametrize(("lead", "source"), PREFIXES)
def test_source_prefix(lead: str, source: str | None) -> None:
    assert read_source_prefix(lead) == source


def test_the_whole_byline() -> None:
    assert read_byline("  Tin, ảnh: Lê Hoa (TTXVN) ") == Byline(
        (Author("Lê Hoa"),), "TTXVN", "Tin, ảnh: Lê Hoa (TTXVN)"
    )


@given(
    st.text(alphabet="ab LÊHoaTrầnNamY-–/,;:().'và\u00a0\u0301ảnhTinBàiTheoNguồn0", max_size=60) | st.text(),
    st.booleans(),
)
def test_never_raises(text: str, labelled: bool) -> None:
    byline = read_byline(text, labelled)
    assert byline is None or byline.authors or byline.source
    assert all(author.name.strip() for author in (byline.authors if byline else ()))
    read_source_prefix(text)
