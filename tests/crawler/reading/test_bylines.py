"""Who made an article and where it was taken from, by where the line stands on the page; pages of our own making."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article
from crawler.reading.article import read_article

FETCHED_AT = datetime.fromisoformat("2021-05-20T10:00:00+07:00")
URL = "https://www.quangq.gov.vn/tin-tuc/kiem-tra-ke-song-tra-4512.html"
TITLE = "Kiểm tra tiến độ thi công kè chống sạt lở sông Trà"
TEXT = (
    "Sáng nay, đoàn công tác của tỉnh đã kiểm tra tiến độ thi công tuyến kè dọc sông Trà, dài hơn hai cây số.",
    "Khối lượng hoàn thành đạt 65%, chậm hơn so với kế hoạch do mưa kéo dài và thiếu vật liệu đá hộc.",
    "Người dân trong vùng mong công trình sớm đưa vào sử dụng để yên tâm sản xuất và ổn định cuộc sống.",
)
STORY = "".join(f"<p>{line}</p>" for line in TEXT)
POSTED = "<p>Ngày đăng: 18/05/2021 08:30</p>"
SIDE = "".join(
    f'<p><a href="/tin/bai-khac-{i}-55{i}.html">Hội nghị giao ban công tác dân vận lần thứ {i}</a> (0{i}/05/2021)</p>'
    for i in range(1, 5)
)


def read(behind: str = "", above: str = POSTED) -> Article:
    html = (
        f"<html><head><title>{TITLE}</title></head><body><div><span>Thứ Năm, 20/05/2021</span></div>"
        f"<div><h1>{TITLE}</h1>{above}<div>{STORY}{behind}</div></div><div><b>Thông báo</b>{SIDE}</div></body></html>"
    )
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    return found


# The last line of the text, its names, its source.
LINES = [
    ("Lê Phương", ["Lê Phương"], None),
    ("Nguyễn Thị Thanh Hương", ["Nguyễn Thị Thanh Hương"], None),
    ("NGUYỄN THỊ MINH", ["NGUYỄN THỊ MINH"], None),
    ("Sông Trà", ["Sông Trà"], None),
    ("Từ Hữu Phong", ["Từ Hữu Phong"], None),
    ("Vàng A Chư", ["Vàng A Chư"], None),
    ("Lầu A Páo - Mai Thu", ["Lầu A Páo", "Mai Thu"], None),
    ("Nông Thị Bế", ["Nông Thị Bế"], None),
    ("Thạch Sa Vanh", ["Thạch Sa Vanh"], None),
    ("Danh Út", ["Danh Út"], None),
    ("H'Xíu - Y Krăk", ["H'Xíu", "Y Krăk"], None),
    ("K’Sáu", ["K’Sáu"], None),
    ("Ksor H’Nhuên", ["Ksor H’Nhuên"], None),
    ("HÀ NAM - LÊ HOA", ["HÀ NAM", "LÊ HOA"], None),
    # the sign that an official text ends
    ("Văn Thanh./.", ["Văn Thanh"], None),
    ("(Hải Yến)", ["Hải Yến"], None),
    ("[Tin, ảnh: Minh Đức]", ["Minh Đức"], None),
    # several
    ("Anh Thư – Hoài Bảo", ["Anh Thư", "Hoài Bảo"], None),
    ("Anh Thư, Hoài Bảo", ["Anh Thư", "Hoài Bảo"], None),
    ("Anh Thư &amp; Hoài Bảo", ["Anh Thư", "Hoài Bảo"], None),
    ("Anh Thư/Hoài Bảo", ["Anh Thư", "Hoài Bảo"], None),
    ("Hải Yến + Trọng Nghĩa", ["Hải Yến", "Trọng Nghĩa"], None),
    ("Hải Yến | Trọng Nghĩa", ["Hải Yến", "Trọng Nghĩa"], None),
    ("Hải Yến, Trọng Nghĩa và Mai Phương", ["Hải Yến", "Trọng Nghĩa", "Mai Phương"], None),
    ("Hồng Thái, Nguyễn Dương và nhóm PV", ["Hồng Thái", "Nguyễn Dương"], None),
    # labels
    ("Tin và ảnh: Anh Thư", ["Anh Thư"], None),
    ("Tin: Anh Thư; ảnh: Hoài Bảo", ["Anh Thư", "Hoài Bảo"], None),
    ("Bài, ảnh: Anh Thư, Hoài Bảo", ["Anh Thư", "Hoài Bảo"], None),
    ("Bài &amp; ảnh: Anh Thư", ["Anh Thư"], None),
    ("Thực hiện: Anh Thư", ["Anh Thư"], None),
    ("Người thực hiện: Anh Thư", ["Anh Thư"], None),
    ("Người viết bài: Anh Thư", ["Anh Thư"], None),
    ("Viết bởi: Anh Thư", ["Anh Thư"], None),
    ("Biên tập: Anh Thư", ["Anh Thư"], None),
    ("BT: Kim Chi", ["Kim Chi"], None),
    ("Biên soạn: Anh Thư", ["Anh Thư"], None),
    ("Sưu tầm: Anh Thư", ["Anh Thư"], None),
    ("Tổng hợp: Kiều Oanh", ["Kiều Oanh"], None),
    ("Ảnh: Quốc Việt", ["Quốc Việt"], None),
    ("Video: Quốc Bảo", ["Quốc Bảo"], None),
    ("Ghi chép: Anh Thư", ["Anh Thư"], None),
    ("Người biên tập: Anh Thư", ["Anh Thư"], None),
    ("Thực hiện và ảnh: Anh Thư", ["Anh Thư"], None),
    ("Bài viết và hình ảnh: Anh Thư", ["Anh Thư"], None),
    ("Text and photos: Anh Thư", ["Anh Thư"], None),
    ("By Anh Thư - Hoài Bảo", ["Anh Thư", "Hoài Bảo"], None),
    ("Translated by Anh Thư", ["Anh Thư"], None),
    ("Anh Thư. Ảnh: Hoài Bảo", ["Anh Thư", "Hoài Bảo"], None),
    ("Anh Thư (Ảnh: Hoài Bảo)", ["Anh Thư", "Hoài Bảo"], None),
    ("Tin, ảnh: Anh Thư -Hoài Bảo", ["Anh Thư", "Hoài Bảo"], None),
    ("Anh Thư.", ["Anh Thư"], None),
    ("T.H.", ["T.H."], None),
    ("Thượng tá Đoàn Minh Khôi", ["Đoàn Minh Khôi"], None),
    # what the writer is
    ("PV: Anh Thư", ["Anh Thư"], None),
    ("PV Hoài Nam", ["Hoài Nam"], None),
    ("CTV: Lò Văn Pánh", ["Lò Văn Pánh"], None),
    ("Phóng viên Anh Thư", ["Anh Thư"], None),
    ("Nhà báo Anh Thư", ["Anh Thư"], None),
    ("ThS. Trần Thị Lan", ["Trần Thị Lan"], None),
    ("TS. Đoàn Minh Khôi", ["Đoàn Minh Khôi"], None),
    ("BS.CKII Đoàn Minh Khôi", ["Đoàn Minh Khôi"], None),
    ("Luật sư Đoàn Minh Khôi", ["Đoàn Minh Khôi"], None),
    # initials
    ("N.T.H", ["N.T.H"], None),
    ("TVB", ["TVB"], None),
    ("Q.H - M.T", ["Q.H", "M.T"], None),
    ("N. Hoa", ["N. Hoa"], None),
    # units
    ("Lê Hoa - BTG", ["Lê Hoa"], None),
    ("Nguyên Hưng - TTTT", ["Nguyên Hưng"], None),
    ("Nguyễn Văn Toàn - Sở Nông nghiệp và PTNT", ["Nguyễn Văn Toàn"], None),
    ("Bùi Văn Tùng, Chi cục Thủy lợi", ["Bùi Văn Tùng"], None),
    ("Bùi Văn Tùng - BHXH tỉnh", ["Bùi Văn Tùng"], None),
    ("Bùi Văn Tùng - Xã Tịnh Khê", ["Bùi Văn Tùng"], None),
    ("Tác giả: Minh Đức (Sở NN&amp;PTNT) - Anh Thư", ["Minh Đức", "Anh Thư"], None),
    ("Minh Đức (Sở NN&amp;PTNT)", ["Minh Đức"], None),
    # organisations
    ("Văn phòng UBND tỉnh", ["Văn phòng UBND tỉnh"], None),
    ("Ban Tuyên giáo Tỉnh ủy", ["Ban Tuyên giáo Tỉnh ủy"], None),
    ("Trung tâm VH-TT&amp;TT huyện Ba Tơ", ["Trung tâm VH-TT&TT huyện Ba Tơ"], None),
    ("Hội LHPN tỉnh", ["Hội LHPN tỉnh"], None),
    ("Đảng ủy xã Tịnh Khê", ["Đảng ủy xã Tịnh Khê"], None),
    ("Công an tỉnh", ["Công an tỉnh"], None),
    ("Ban Biên tập", ["Ban Biên tập"], None),
    # reporters without names
    ("Thực hiện: Nhóm PV", ["Nhóm PV"], None),
    ("Nhóm phóng viên", ["Nhóm phóng viên"], None),
    ("Nhóm P.V thực hiện", ["Nhóm P.V"], None),
    ("CDC tỉnh", ["CDC tỉnh"], None),
    ("TAND huyện Ba Tơ", ["TAND huyện Ba Tơ"], None),
    # a district's own station is an office, no newspaper
    ("Đài Truyền thanh huyện", ["Đài Truyền thanh huyện"], None),
    ("Minh Đức - Đài TT-TH huyện", ["Minh Đức"], None),
    ("Minh Đức (Báo Quảng Q số ra ngày 18/5)", ["Minh Đức"], "Báo Quảng Q"),
    ("✍ Minh Đức", ["Minh Đức"], None),
    # compiled, taken over
    ("Thu Hà (T/h)", ["Thu Hà"], None),
    ("Thùy Trang (tổng hợp)", ["Thùy Trang"], None),
    ("Hồng Hạnh (Theo TTXVN)", ["Hồng Hạnh"], "TTXVN"),
    ("Hồng Hạnh/VGP", ["Hồng Hạnh"], "VGP"),
    ("Hoàng Long (t/h theo VnExpress)", ["Hoàng Long"], "VnExpress"),
    ("Minh Đức – Theo Báo Quảng Q", ["Minh Đức"], "Báo Quảng Q"),
    ("Anh Thư (Nguồn: Báo Quảng Q)", ["Anh Thư"], "Báo Quảng Q"),
    ("Nguồn: Báo Quảng Q; Tác giả: Anh Thư", ["Anh Thư"], "Báo Quảng Q"),
    ("Nguồn: Báo Quảng Q - Anh Thư", ["Anh Thư"], "Báo Quảng Q"),
    ("Nguồn: Theo Báo Quảng Q", [], "Báo Quảng Q"),
    ("Nguồn tin bài: Báo Quảng Q", [], "Báo Quảng Q"),
    ("Nguồn trích dẫn: Báo Quảng Q", [], "Báo Quảng Q"),
    ("(Nguồn: Phòng Văn hóa - Thông tin huyện)", [], "Phòng Văn hóa - Thông tin huyện"),
    ("Tổng hợp từ chinhphu.vn", [], "chinhphu.vn"),
    ("Theo chinhphu.vn - Minh Đức", ["Minh Đức"], "chinhphu.vn"),
    ("Theo Báo Quảng Q - Minh Đức", ["Minh Đức"], "Báo Quảng Q"),
    ("Theo Minh Đức/TTXVN", ["Minh Đức"], "TTXVN"),
    ("Theo Minh Đức (Báo Quảng Q)", ["Minh Đức"], "Báo Quảng Q"),
    ("TTXVN - Minh Đức", ["Minh Đức"], "TTXVN"),
    ("(TTXVN/Vietnam+ 18/5)", [], "TTXVN/Vietnam+"),
    ("(Theo Báo Quảng Q ngày 18/5/2021)", [], "Báo Quảng Q"),
    ("Theo nhandan.vn (ngày 18/05/2021)", [], "nhandan.vn"),
    ("Nguồn : Sở Tư pháp &nbsp; Tác giả : Hồng Vân", ["Hồng Vân"], "Sở Tư pháp"),
    ("TTXVN", [], "TTXVN"),
    ("Báo Quảng Q", [], "Báo Quảng Q"),
    ("Theo Báo Nhân Dân", [], "Báo Nhân Dân"),
    ("Theo VGP News", [], "VGP News"),
    ("Theo TTXVN/Vietnam+", [], "TTXVN/Vietnam+"),
    ("(Theo Báo Lao Động)", [], "Báo Lao Động"),
    ("(Theo: quangngai.gov.vn)", [], "quangngai.gov.vn"),
    ("Theo Văn phòng UBND tỉnh", [], "Văn phòng UBND tỉnh"),
    ("(Nguồn: TTXVN)", [], "TTXVN"),
    ("Nguồn: https://baochinhphu.vn", [], "https://baochinhphu.vn"),
    ("Theo https://baochinhphu.vn", [], "https://baochinhphu.vn"),
    ("Nguồn: Sở Y tế - Minh Đức", ["Minh Đức"], "Sở Y tế"),
    ("Theo VTV1", [], "VTV1"),
    ("Minh Đức (Theo VTV1)", ["Minh Đức"], "VTV1"),
    ("Theo Tạp chí Tổ chức nhà nước", [], "Tạp chí Tổ chức nhà nước"),
    # names of newspapers that are words
    ("Theo Khám phá Huế", [], "Khám phá Huế"),
    ("Theo Thư viện pháp luật", [], "Thư viện pháp luật"),
    # a byline that names nobody
    ("PV", [], None),
    ("Thực hiện: PV", [], None),
    ("PV - CTV", [], None),
    ("Anh Thư - Hoài Bảo thực hiện", ["Anh Thư", "Hoài Bảo"], None),
    ("Anh Thư (ghi)", ["Anh Thư"], None),
    ("Hải quan khu vực XI", ["Hải quan khu vực XI"], None),
    ("PV (tổng hợp)", [], None),
    ("Nguồn ảnh: Internet", [], None),
    # the site's accounts
    ("Tác giả: System Account", [], None),
    ("Tác giả: SHAREPOINT\\system", [], None),
    ("Tác giả: Quản trị Cổng", [], None),
    ("Tác giả: Super Admin", [], None),
    ("Tác giả: hanhntm", [], None),
    ("Tác giả: hanhntm@q.gov.vn", [], None),
    ("Tác giả: Chưa cập nhật", [], None),
    ("Người cập nhật: Minh Đức", [], None),
    ("Người kiểm duyệt: Minh Đức", [], None),
    ("Tác giả: Site Admin", [], None),
    ("Tác giả: Biên tập viên", [], None),
    ("Tác giả: N/A", [], None),
    ("Được viết bởi Super User", [], None),
    ("Nhập bởi: Minh Đức", [], None),
    ("Duyệt bài: Minh Đức", [], None),
    ("Cán bộ đăng tin: Minh Đức", [], None),
    ("Viết bởi Minh Đức", ["Minh Đức"], None),
    # offices: "tổng hợp" is a name's part or what was done
    ("Tác giả: Phòng Tổng hợp", ["Phòng Tổng hợp"], None),
    ("Tác giả: Văn phòng Sở Y tế tổng hợp", ["Văn phòng Sở Y tế"], None),
    ("Đơn vị soạn: Phòng Tổng hợp", ["Phòng Tổng hợp"], None),
    ("Bảo tàng tỉnh", ["Bảo tàng tỉnh"], None),
    ("Vườn quốc gia Núi Xanh", ["Vườn quốc gia Núi Xanh"], None),
    ("Quỹ Bảo vệ và Phát triển rừng tỉnh", ["Quỹ Bảo vệ và Phát triển rừng tỉnh"], None),
    ("Tác giả/Nguồn: Minh Đức", ["Minh Đức"], None),
    ("Đội Quản lý thị trường số 2", ["Đội Quản lý thị trường số 2"], None),
    ("Lê Hoa - Đồn Biên phòng 701", ["Lê Hoa"], None),
    ("Lê Hoa, thôn 3", ["Lê Hoa"], None),
    ("Phòng Y tế - Lê Hoa", ["Lê Hoa"], None),
    ("CTV xã Ba Tơ: Lê Hoa", ["Lê Hoa"], None),
    ("Người viết: Lê Hoa - ĐT: 0905123456", ["Lê Hoa"], None),
    ("Lê Hoa_TTVH", ["Lê Hoa"], None),
    # titles
    ("Th.S Lê Hoa", ["Lê Hoa"], None),
    ("GS.TSKH Lê Hoa", ["Lê Hoa"], None),
    ("Bác sĩ CKI Lê Hoa", ["Lê Hoa"], None),
    ("TTƯT.BS Lê Hoa", ["Lê Hoa"], None),
    ("Nghệ nhân ưu tú Lê Hoa", ["Lê Hoa"], None),
    # what somebody wrote, and his name
    ("Bài và ảnh của Lê Hoa", ["Lê Hoa"], None),
    ("Phóng sự của Lê Hoa", ["Lê Hoa"], None),
    ("Ghi chép của Lê Hoa", ["Lê Hoa"], None),
    ("Tản văn: Lê Hoa", ["Lê Hoa"], None),
    ("Tin ảnh-Lê Hoa", ["Lê Hoa"], None),
    ("Nội dung: Lê Hoa - Trình bày: Văn Nam", ["Lê Hoa"], None),
    ("Thẩm định: Lê Hoa", [], None),
    ("S.T", [], None),
    ("Tác giả: Minh Đức (theo TTXVN)", ["Minh Đức"], "TTXVN"),
]
SETTINGS = (
    '<p style="text-align: right;"><strong>{}</strong></p>',
    '<p align="right"><em>{}</em></p>',
    '<p class="MsoNormal" align="right"><b><i><span lang="VI">{}<o:p></o:p></span></i></b></p>',
    '<table width="100%"><tr><td></td><td align="right"><b>{}</b></td></tr></table>',
)


@pytest.mark.parametrize(("line", "names", "source"), LINES, ids=[line for line, _, _ in LINES])
def test_last_line(line: str, names: list[str], source: str | None) -> None:
    for setting in SETTINGS:
        found = read(setting.format(line))
        assert ([author.name for author in found.authors], found.source) == (names, source), setting
        assert found.body == "\n".join(TEXT)
        assert (found.authors_basis is not None) == bool(names)
        assert (found.source_text is not None) == (source is not None)


# What stands behind the text in more than one line, or in no line of its own.
ENDINGS = [
    ("<p>Nguồn: Cổng TTĐT Chính phủ (chinhphu.vn)</p>", [], "Cổng TTĐT Chính phủ (chinhphu.vn)"),
    ("<p>Nguồn: </p><p>Tác giả: Lê Hoa</p>", ["Lê Hoa"], None),
    ("<div>Nguồn: Báo Q <a href=#>Copy link</a></div>", [], "Báo Q"),
    ("<p>Nguồn: Báo Q (17/5/2021)</p>", [], "Báo Q"),
    ("<p>Nguồn: TTXVN/Vietnam+</p>", [], "TTXVN/Vietnam+"),
    ("<p>Nguồn: Lê Hoa - Báo Kon Tum</p>", ["Lê Hoa"], "Báo Kon Tum"),
    ("<p>Tin ảnh: Lê Hoa</p>", ["Lê Hoa"], None),
    ("<p>Người đưa tin: Lê Hoa</p>", ["Lê Hoa"], None),
    ("<p>Người nhập: Lê Hoa</p>", [], None),
    ("<p><strong>Bài: Minh Tâm</strong></p><p><strong>Ảnh: Quốc Việt</strong></p>", ["Minh Tâm", "Quốc Việt"], None),
    ("<p><strong>Tin: Hải Yến<br>Ảnh: Tú Anh</strong></p>", ["Hải Yến", "Tú Anh"], None),
    ("<p align=right><b>Minh Đức</b></p><p align=right><b>Thanh Tâm</b></p>", ["Minh Đức", "Thanh Tâm"], None),
    ("<p align=right><b>Lê Toàn</b></p><p align=right><em>Phòng Văn hóa huyện Ba Tơ</em></p>", ["Lê Toàn"], None),
    ("<p align=right><b>Hải Yến</b></p><p>Nguồn: baoquangq.vn</p>", ["Hải Yến"], "baoquangq.vn"),
    ("<p align=right><b>Hải Yến</b></p><p>Lượt xem: 1.203</p><div>Bình chọn: 4/5 (12 lượt)</div>", ["Hải Yến"], None),
    ("<table><tr><td>Tác giả:</td><td>Bích Ngọc</td></tr><tr><td>Nguồn:</td><td>TTXVN</td></tr></table>",
     ["Bích Ngọc"], "TTXVN"),
    ('<div><span>Tác giả:</span> <a href="/tac-gia/3">Bích Ngọc</a></div>', ["Bích Ngọc"], None),
    ('<div class="author">Bích Ngọc</div>', ["Bích Ngọc"], None),
    ('<div class="source"><a href="http://moit.gov.vn">Bộ Công Thương</a></div>', [], "Bộ Công Thương"),
    ("<p>Theo Khám phá Huế</p>", [], "Khám phá Huế"),
    ('<div class="source">Khám phá Huế</div>', [], "Khám phá Huế"),
    ('<p><b>Nguồn:</b> <a href="https://baoq.vn/x">Báo Quảng Q</a></p>', [], "Báo Quảng Q"),
    ("<p>Hải Yến</p>", ["Hải Yến"], None),
    ("<h5 align=right>Hải Yến</h5>", ["Hải Yến"], None),
    ("<h6><em>Hải Yến</em></h6>", ["Hải Yến"], None),
    ('<ul><li style="text-align:right"><b>Hải Yến</b></li></ul>', ["Hải Yến"], None),
    ("<p>Lê Toàn</p><p>Phòng Văn hóa huyện Ba Tơ</p>", ["Lê Toàn"], None),
    ("<p align=right><b>Lê Toàn</b><br><i>(Công chức Văn hóa - Xã hội xã)</i></p>", ["Lê Toàn"], None),
    ("<div><div>Tác giả</div><div>Bích Ngọc</div></div>", ["Bích Ngọc"], None),
    ("<div><div>Nguồn</div><div>Báo Quảng Q</div></div>", [], "Báo Quảng Q"),
    ("<p>Nguồn tin:<br>Sở Y tế</p>", [], "Sở Y tế"),
    ("<p>Lê Toàn</p><p>BT: Thu Hà</p>", ["Lê Toàn", "Thu Hà"], None),
    ("<p>Biên tập và thể hiện: H'Loan Êban</p>", ["H'Loan Êban"], None),
    ("<p>Lê Toàn</p><p>Nguồn ảnh: Internet</p>", ["Lê Toàn"], None),
    ("<p>Lê Toàn</p><p><i>Phó Chủ tịch Hội Nông dân huyện</i></p>", ["Lê Toàn"], None),
    ("<p align=right><b>Đ/c Lê Toàn - Bí thư Chi bộ</b></p>", ["Lê Toàn"], None),
    ("<p class=author>Theo Hồ Hương</p>", ["Hồ Hương"], None),
    ("<p class=author>Theo Báo Q</p>", [], "Báo Q"),
    ("<p>ThS Lê Toàn - Phó Trưởng phòng Tư pháp huyện</p>", ["Lê Toàn"], None),
    ("<p>Lê Toàn tổng hợp từ Báo Q</p>", ["Lê Toàn"], "Báo Q"),
    ("<p>THANH TÂM</p>", ["THANH TÂM"], None),
    ("<p><b>Tin, ảnh Lê Toàn</b></p>", ["Lê Toàn"], None),
    ("<p align=right><b>Bài và ảnh<br>Lê Toàn</b></p>", ["Lê Toàn"], None),
    ("<div><div>Nguồn:</div><div>Khám phá Huế</div></div>", [], "Khám phá Huế"),
    ("<div><b>Nguồn:</b><p>Khám phá Huế</p></div>", [], "Khám phá Huế"),
    ("<div class=source>(Đài TT-TH huyện Ba Tơ)</div>", [], "Đài TT-TH huyện Ba Tơ"),
    ("<p>Tác giả - Lê Toàn</p>", ["Lê Toàn"], None),
    ("<div>Giàng Seo Páo</div><div>(Trung tâm VHTT&amp;TT huyện)</div>", ["Giàng Seo Páo"], None),
    ("<p>Lê Toàn (thực hiện)</p><div>In bài Gửi bài Lưu bài</div>", ["Lê Toàn"], None),
    # beside a picture, and over links to share the page
    ("<img src=/anh/2.jpg><p class=has-text-align-right><em>Bài, ảnh: Lê Toàn</em></p>"
     "<div><h3>Chia sẻ:</h3><ul><li><a href=https://x.example/>Twitter</a></li></ul></div>", ["Lê Toàn"], None),
    ("<p align=right>Lê Toàn (theo TTXVN)</p><div>Thích Vui Ngạc nhiên Buồn</div>", ["Lê Toàn"], "TTXVN"),
    ("<div>ThS.BS. Lê Thị Hoa</div><div>Khoa Phòng, chống bệnh không lây nhiễm – Trung tâm Kiểm soát bệnh tật</div>",
     ["Lê Thị Hoa"], None),
    ("<p>Pi Năng Thủy / Mai Phương</p>", ["Pi Năng Thủy", "Mai Phương"], None),
    ("<table><tr><td>Thực hiện:</td><td><b>Lò Văn Hặc</b></td></tr><tr><td></td><td><b>Quàng Thị Inh</b></td></tr>"
     "</table>", ["Lò Văn Hặc", "Quàng Thị Inh"], None),
    # an account, and who posted the page
    ("<p>Người đăng: Quản trị viên</p>", [], None),
    ("<p>Người đăng: Nguyễn Hoa</p>", ["Nguyễn Hoa"], None),
]  # fmt: skip


@pytest.mark.parametrize(("behind", "names", "source"), ENDINGS)
def test_lines_behind_the_text(behind: str, names: list[str], source: str | None) -> None:
    found = read(behind)
    assert ([author.name for author in found.authors], found.source) == (names, source)
    assert found.body == "\n".join(TEXT)


@pytest.mark.parametrize("over", ["CHẤP HÀNH VIÊN", "Kế toán trưởng", "Các cá nhân được khen thưởng:"])
def test_who_signs_or_is_praised_is_no_writer(over: str) -> None:
    found = read(behind=f"<p align=center>{over}</p><p align=center><b>Lê Ngọc Tuấn</b></p>")
    assert found.authors == ()


def test_what_a_work_is_paid_from_is_no_source() -> None:
    assert read("<p>Nguồn: 30% ngân sách, 70% nhân dân đóng góp</p>").source is None


def test_source_of_a_table_is_none_of_the_articles() -> None:
    table = "<table><tr><td>Xã</td><td>Số hộ</td></tr><tr><td>Ba Tơ</td><td>120</td></tr></table>"
    found = read(f"{table}<p><i>Nguồn: Cục Thống kê tỉnh</i></p><p>{TEXT[1]}</p><p>{TEXT[2]}</p>")
    assert (found.authors, found.source) == ((), None)


@pytest.mark.parametrize("between", [" | ", " · ", " ● ", " - ", " — ", " / ", "; ", ", "])
def test_fields_between_any_signs(between: str) -> None:
    found = read(above=f"<p>Nguồn: Báo Q{between}18/05/2021 08:30{between}Tác giả: Lê Toàn</p>")
    assert ([each.name for each in found.authors], found.source) == (["Lê Toàn"], "Báo Q")


def test_source_in_an_element_of_the_posting_line() -> None:
    line = "<div><span class=date>18/05/2021 08:30</span> <span class=source>{}</span></div>"
    for name in ("VOV", "Sở Y tế", "Khám phá Huế"):
        found = read(above=line.format(name))
        assert (found.authors, found.source, found.posted_on) == ((), name, "2021-05-18"), name


def test_tools_beside_the_posting_time_are_no_name() -> None:
    tools = "<div><span>Aa</span><span>Lưu</span><span>Nghe</span></div>"
    assert read(above=f"<div><div>15:00 ngày 18/05/2021</div>{tools}</div>").authors == ()


@pytest.mark.parametrize("tool", ["", "<i>Copy link</i>", "<a>Sao chép liên kết</a>", "<a>Xem link gốc</a>"])
def test_source_in_an_element_that_holds_a_tool_too(tool: str) -> None:
    line = f"<p>18/05/2021 <a class=link-source><span>Theo</span> <b>Đại Đoàn kết</b> <span>{tool}</span></a></p>"
    assert read(above=line).source == "Đại Đoàn kết"


def test_name_at_the_end_of_the_last_paragraph() -> None:
    found = read("<p>Công trình dự kiến hoàn thành trước mùa mưa lũ năm nay. <strong>Minh Đức</strong></p>")
    assert [author.name for author in found.authors] == ["Minh Đức"]
    assert found.body.endswith("\nCông trình dự kiến hoàn thành trước mùa mưa lũ năm nay.")


# What stands behind the full stop of the last paragraph, its names, its source.
BEHIND_THE_STOP = [
    ("Minh Đức", [], None),
    ("Lê Minh Đức", ["Lê Minh Đức"], None),
    ("<i>Bài, ảnh: Minh Đức - Thu Hà</i>", ["Minh Đức", "Thu Hà"], None),
    ("(Minh Đức)", ["Minh Đức"], None),
    ("(TTXVN)", [], "TTXVN"),
    ("Theo Báo Quảng Q", [], "Báo Quảng Q"),
    ("(Tin, ảnh: Minh Đức)", ["Minh Đức"], None),
]


@pytest.mark.parametrize(("behind", "names", "source"), BEHIND_THE_STOP)
def test_what_stands_behind_the_last_full_stop(behind: str, names: list[str], source: str | None) -> None:
    text = "Công trình dự kiến hoàn thành trước mùa mưa lũ năm nay."
    found = read(f"<p>{text} {behind}</p>")
    assert ([author.name for author in found.authors], found.source) == (names, source)
    assert found.body.endswith(f"\n{text}" if names or source else behind)


def test_a_name_in_brackets_behind_the_last_stop() -> None:
    found = read("<p>Đó là mong muốn chung của bà con hai xã ven sông. (Lê Hoa)</p>")
    assert [each.name for each in found.authors] == ["Lê Hoa"]
    assert found.body.endswith("hai xã ven sông.")


def test_a_place_behind_an_abbreviation_is_no_name() -> None:
    assert read("<p>Hội nghị lần sau sẽ được tổ chức vào cuối năm tại TP. Hồ Chí Minh</p>").authors == ()


CAPTIONS = ("Ảnh: Thu Hà", "Lãnh đạo tỉnh cắt băng khánh thành. Ảnh: Thu Hà", "Quang cảnh buổi lễ (Ảnh: Thu Hà)")


@pytest.mark.parametrize("caption", CAPTIONS)
def test_photographer_of_the_last_picture_is_none_of_the_articles(caption: str) -> None:
    picture = f"<p align=center><img src=/a.jpg></p><p align=center><em>{caption}</em></p>"
    assert read(picture).authors == ()
    assert [each.name for each in read(f"{picture}<p align=right><b>Minh Đức</b></p>").authors] == ["Minh Đức"]


def test_byline_over_what_readers_wrote() -> None:
    words = "<div><b>Phản hồi (2)</b></div><div><b>Thu Hà</b> [19/05/2021 12:00]<br>Mong kè sớm xong.</div>"
    found = read('<p style="text-align:right"><strong>LÃO NÔNG</strong></p>' + words * 2)
    assert [author.name for author in found.authors] == ["LÃO NÔNG"]


def test_byline_over_a_part_of_its_own() -> None:
    asked = "<p><b>Thu Hà</b> (12/07/2017 13:52): Cho tôi hỏi thủ tục nộp ở đâu ạ?</p>"
    found = read(f"<p class=x>KS. Phan Văn An - Trạm Khuyến nông huyện</p><div><h3>Hỏi đáp</h3>{asked * 3}</div>")
    assert [author.name for author in found.authors] == ["Phan Văn An"]


SIGNED = (
    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "(đã ký)", "Nguyễn Văn Minh"),
    ("TRƯỞNG PHÒNG", "Nguyễn Văn Minh"),
    ("Phó Trưởng phòng", "Nguyễn Văn Minh"),
    ("THỦ TRƯỞNG ĐƠN VỊ", "Nguyễn Văn Minh"),
    ("NGƯỜI PHÁT NGÔN", "Nguyễn Văn Minh"),
    ("BAN TỔ CHỨC",),
    ("CHÁNH ÁN", "Nguyễn Văn Minh"),
    ("Người làm đơn", "Nguyễn Văn Minh"),
    ("Đơn vị thực hiện: Phòng Y tế",),
    # people who are listed
    ("- Nguyễn Văn Minh", "- Trần Thị Bình"),
    ("1. Nguyễn Văn Minh", "2. Trần Thị Bình"),
    ("Thực hiện: Kế hoạch số 12/KH-UBND",),
)


@pytest.mark.parametrize("lines", SIGNED)
def test_signer_under_his_office_is_no_writer(lines: tuple[str, ...]) -> None:
    assert read("".join(f'<p align="right"><b>{line}</b></p>' for line in lines)).authors == ()


def test_what_an_office_did_does_not_make_a_signer_of_the_writer() -> None:
    told = "<p>Giám đốc Sở Xây dựng cho biết công trình sẽ hoàn thành trước mùa mưa lũ năm nay.</p>"
    assert [each.name for each in read(f"{told}<p align=right><b>Minh Đức</b></p>").authors] == ["Minh Đức"]


# The line between the headline and the text, its names.
ABOVE = [
    ("<div><span>18/05/2021 08:30</span><span>Hoài Bảo</span></div>", ["Hoài Bảo"]),
    ("<p>18/05/2021 08:30 | Tác giả: Hoài Bảo | Lượt xem: 10</p>", ["Hoài Bảo"]),
    ("<p>Hoài Bảo - 18/05/2021 08:30</p>", ["Hoài Bảo"]),
    ("<p>Bài: <b>Quế Chi</b> · Ảnh: <b>Hữu Lực</b> · 18/05/2021, 08:30</p>", ["Quế Chi", "Hữu Lực"]),
    ("<p>Hoài Bảo ∙ 18/05/2021 08:30</p>", ["Hoài Bảo"]),
    ("<p>Hoài Bảo, Thứ Ba, 18/05/2021 08:30</p>", ["Hoài Bảo"]),
    ("<p>Bởi: Hoài Bảo - Ngày: 18/05/2021 08:30</p>", ["Hoài Bảo"]),
    ("<p>(18/05/2021 08:30 - Hoài Bảo)</p>", ["Hoài Bảo"]),
    ("<div>18/05/2021 08:30 - Hoài Bảo, Kim Chi</div>", ["Hoài Bảo", "Kim Chi"]),
    ("<div>18/05/2021 08:30 | Hoài Bảo - Kim Chi</div>", ["Hoài Bảo", "Kim Chi"]),
    ("<div>Hoài Bảo - Kim Chi - 18/05/2021 08:30</div>", ["Hoài Bảo", "Kim Chi"]),
    ("<div>18/05/2021 08:30 · Hoài Bảo - Kim Chi · 5 phút đọc</div>", ["Hoài Bảo", "Kim Chi"]),
    ("<div>18/05/2021 08:30 - Tác giả: Hoài Bảo - Kim Chi - Đã xem: 123</div>", ["Hoài Bảo", "Kim Chi"]),
    ('<div><i class="fa fa-user"></i> Hoài Bảo <i class="fa fa-clock"></i> 18/05/2021 08:30</div>', ["Hoài Bảo"]),
    ('<div><span class="date">18/05/2021 08:30</span><span class="author">Hoài Bảo</span></div>', ["Hoài Bảo"]),
    ("<p>18/05/2021 08:30</p><p><em>Hoài Bảo</em></p>", ["Hoài Bảo"]),
    ("<div>18/05/2021 08:30 | T.H</div>", ["T.H"]),
    ("<div>BBT - 18/05/2021 08:30</div>", ["BBT"]),
    ("<div>Phòng An ninh mạng / 18/05/2021 08:30</div>", ["Phòng An ninh mạng"]),
    ("<p>(Hoài Bảo - Kim Chi, 18/05/2021 08:30)</p>", ["Hoài Bảo", "Kim Chi"]),
    # a name and the unit of its bearer that only elements part
    (
        "<div><a href=/thanh-vien/hb>Hoài Bảo</a><span>Huyện đoàn Ba Tơ</span><br><small>Đăng lúc 8 giờ 30, ngày "
        "18/05/2021</small></div>",
        ["Hoài Bảo"],
    ),
    (
        "<ul><li>18/05/2021</li><li>2:26 chiều</li></ul><p>ThS. Hoài Bảo</p><p>Phó Trưởng khoa Lý luận cơ sở</p>",
        ["Hoài Bảo"],
    ),
    # the first under his face
    (
        "<img class=rounded src=/mat/hoa.jpg><div>Hoài Bảo – Ảnh: Kim Chi</div><div>18/05/2021 08:30</div>",
        ["Hoài Bảo", "Kim Chi"],
    ),
    # Angular's icons are words
    (
        "<div><mat-icon>schedule</mat-icon><span>18/05/2021 08:30</span><mat-icon>person</mat-icon>"
        "<span>Hoài Bảo</span><mat-icon>visibility</mat-icon><span>281</span></div>",
        ["Hoài Bảo"],
    ),
    ('<p>18/05/2021 08:30</p><div>Bởi <a href="#">Hoài Bảo</a></div>', ["Hoài Bảo"]),
    ("<p>18/05/2021 08:30</p><div>Viết bởi: Hoài Bảo</div>", ["Hoài Bảo"]),
    ("<dl><dt>Ngày đăng</dt><dd>18/05/2021</dd><dt>Tác giả</dt><dd>Hoài Bảo</dd></dl>", ["Hoài Bảo"]),
    ("<ul><li>Hoài Bảo</li><li>18/05/2021</li><li>22</li></ul>", ["Hoài Bảo"]),
    ("<p>18/05/2021 08:30</p><div><div>Hoài Bảo</div></div>", ["Hoài Bảo"]),
    ("<div><time>18/05/2021 08:30</time> <address>Hoài Bảo</address></div>", ["Hoài Bảo"]),
    (
        '<p><i class="bi bi-person"></i>Hoài Bảo<i class="bi bi-eye"></i>123<i class="bi bi-calendar"></i>18/05/2021'
        " 08:30</p>",
        ["Hoài Bảo"],
    ),
    ("<p>(Bài và ảnh: Hoài Bảo (CTV))</p><p>18/05/2021 08:30</p>", ["Hoài Bảo"]),
    ("<div>Bởi Hoài Bảo vào 18/05/2021 08:30</div>", ["Hoài Bảo"]),
    # who typed the page in, a section, a place, a tool
    ("<div>Tổ chức - Cán bộ | 18/05/2021 08:30</div>", []),
    ("<div>Lao động | 18/05/2021 08:30</div>", []),
    ("<div>Bảo hiểm xã hội | 18/05/2021 08:30</div>", []),
    ("<div>Phòng chống tham nhũng | 18/05/2021 08:30</div>", []),
    ("<ul><li>Mặt trận - Đoàn thể</li><li>18/05/2021</li></ul>", []),
    ("<p>Đăng bởi: Hoài Bảo - Ngày: 18/05/2021 08:30</p>", []),
    ("<p>Đăng ngày 18/05/2021 08:30 bởi Hoài Bảo</p>", []),
    ("<p>Đăng bởi admin lúc 18/05/2021 08:30</p>", []),
    ("<div>Người đăng: Hoài Bảo | 18/05/2021 08:30</div>", []),
    ("<div>hoaibao@q.gov.vn 18/05/2021 08:30</div>", []),
    ("<div>Kinh tế | 18/05/2021 08:30</div>", []),
    ("<div>Văn hóa - Xã hội | 18/05/2021 08:30</div>", []),
    ("<div>Xây dựng Đảng 18/05/2021 08:30</div>", []),
    ("<div>Quảng Ngãi, 18/05/2021 08:30</div>", []),
    ("<div>18/05/2021 08:30 Xem cỡ chữ</div>", []),
    ("<div>18/05/2021 08:30 Đọc bài viết In bài</div>", []),
]


TWO_LINES = (
    '<div class="c-author"><p>Trịnh Lan<br/>Đỗ Quyên</p></div>',
    '<div class="c-author"><p>Trịnh Lan</p><p>Đỗ Quyên</p></div>',
)


@pytest.mark.parametrize("lines", TWO_LINES)
def test_names_in_lines_of_one_marked_element(lines: str) -> None:
    found = read(lines)
    assert [author.name for author in found.authors] == ["Trịnh Lan", "Đỗ Quyên"]
    assert found.body == "\n".join(TEXT)


def test_two_links_to_authors_are_two_names() -> None:
    links = '<div class="authors"><a rel=author href=/a>QUỐC HẢI</a> <a rel=author href=/b>LÊ MỸ</a></div>'
    assert [author.name for author in read(above=links).authors] == ["QUỐC HẢI", "LÊ MỸ"]


def test_writer_before_the_newspaper_he_writes_for() -> None:
    found = read(above="<p>Theo Đoàn Dũng - Báo Đắk Nông 18/05/2021 08:30</p>")
    assert ([author.name for author in found.authors], found.source) == (["Đoàn Dũng"], "Báo Đắk Nông")


def test_name_over_a_table_of_fields() -> None:
    fields = "<tr><td>Ngày đăng tin:</td><td>18/05/2021 08:30</td></tr><tr><td>Số lần đọc:</td><td>97</td></tr>"
    found = read(f"<p>Trần Đình Hà</p><table>{fields}</table>", "")
    assert ([author.name for author in found.authors], found.body) == (["Trần Đình Hà"], "\n".join(TEXT))


@pytest.mark.parametrize("name", ["Trạm Y tế xã", "Lê Phương"])
def test_name_beside_the_icon_of_a_person(name: str) -> None:
    icons = (
        f"<ul><li><i class='fa fa-calendar'></i> 18/05/2021 08:30</li><li><i class='fa fa-user'></i> {name}</li></ul>"
    )
    assert [author.name for author in read(above=icons).authors] == [name]


@pytest.mark.parametrize(("above", "names"), ABOVE)
def test_line_above_the_text(above: str, names: list[str]) -> None:
    found = read(above=above)
    assert [author.name for author in found.authors] == names
    assert (found.posted_on, found.body) == ("2021-05-18", "\n".join(TEXT))


# A posting line made of fields, in every markup that themes give it.
FIELDS = [
    ("Tác giả: Xuân Thọ", ["Xuân Thọ"]),
    ("Xuân Thọ", ["Xuân Thọ"]),
    ("Viết bởi: Xuân Thọ", ["Xuân Thọ"]),
    ("Bài, ảnh: Xuân Thọ", ["Xuân Thọ"]),
    ("PV: Xuân Thọ", ["Xuân Thọ"]),
    ("Tác giả: Xuân Thọ, Văn Kim", ["Xuân Thọ", "Văn Kim"]),
    ("Nguyễn Thị Minh Châu", ["Nguyễn Thị Minh Châu"]),
    ("Tác giả bài viết: Văn phòng Sở Y tế", ["Văn phòng Sở Y tế"]),
    ("Người đăng: Xuân Thọ", []),
    ("Đăng bởi: admin", []),
    ("Người cập nhật: Xuân Thọ", []),
    ("Nhập bởi: Xuân Thọ", []),
    ("Duyệt bài: Xuân Thọ", []),
    ("admin", []),
    ("Portal Admin", []),
    ("Được viết bởi Xuân Thọ", ["Xuân Thọ"]),
]
MARKUPS = [
    ("<div>", " | ", "</div>"),
    ("<p>", " - ", "</p>"),
    ("<div>", " • ", "</div>"),
    ("<div><span>", "</span> <span>", "</span></div>"),
    ("<ul><li>", "</li><li>", "</li></ul>"),
    ("<table><tr><td>", "</td><td>", "</td></tr></table>"),
    ("<p>", "</p><p>", "</p>"),
    ("<div>", "<br>", "</div>"),
]
OTHER_FIELDS = ("Lượt xem: 123", "123 lượt xem", "A- A+", "In bài viết", "Chuyên mục: Kinh tế")


@pytest.mark.parametrize(("field", "names"), FIELDS)
@pytest.mark.parametrize(("opening", "between", "closing"), MARKUPS)
def test_fields_of_a_posting_line(opening: str, between: str, closing: str, field: str, names: list[str]) -> None:
    for other in OTHER_FIELDS:
        found = read(above=opening + between.join(("18/05/2021 08:30", field, other)) + closing)
        assert [author.name for author in found.authors] == names, other
        assert (found.source, found.posted_on) == (None, "2021-05-18"), other


@pytest.mark.parametrize("name", ["Ngo Thanh Ha", "Ngô Thanh Hà"])
def test_the_writer_in_a_posting_line_of_an_english_theme(name: str) -> None:
    line = f"<p>Posted on <b>18/05/2021 4:25 PM</b> by <b>{name}</b> in <a href='/news'>News</a></p>"
    assert [author.name for author in read(above=line).authors] == [name]


NO_BYLINES = (
    "Trân trọng cảm ơn", "Kết luận", "Hà Nội", "Còn nữa", "(Còn tiếp)", "Hết", "Xem chi tiết tại đây",
    "Thông báo này thay cho giấy mời", "Xin chân thành cảm ơn", "Tải về", "Văn bản kèm theo", "Quay lại",
    "Ý kiến bạn đọc", "Thích", "Chương trình nông thôn mới", "Một số hình ảnh", "Hình ảnh hội nghị",
    "Toàn cảnh hội nghị", "Quang cảnh buổi lễ", "Chúc mừng năm mới", "Đồng chí Đặng Văn Minh",
    "Phóng sự: Những người giữ rừng", "Bài 2", "Kỳ 2: Giữ rừng", "Trang 2", "Hình 3", "Thơ của người lính",
    "Chùa Thiên Ân", "Thôn Đông Hòa", "Đường Lê Lợi", "Em Lê Hoa",
    "Chị Lê Hoa", "Bà Lê Hoa - Chủ tịch Hội", "Lê Hoa (sinh năm 1990)", "Nhóm 1",
    "Lao động", "Thanh niên", "Hội đồng nhân dân", "Nhạc và lời: Lê Hoa", "Ban Tổ chức", "Infographic",
    "Thiết kế: Công ty Xây dựng 2", "Tổ chức - Cán bộ", "Đội bóng xã nhà",
    "Sông Trà, ngày 18/05/2021", "Hotline: 1900 1000", "Thông tin chi tiết xem tại file đính kèm",
)  # fmt: skip


@pytest.mark.parametrize("line", NO_BYLINES)
def test_last_line_that_names_nobody(line: str) -> None:
    for setting in ("<p><b>{}</b></p>", "<p align=center>{}</p>", "<p>{}</p>", "<p align=right>{}</p>"):
        assert read(setting.format(line)).authors == ()


# What opens the text, and the source in it.
OPENINGS = [
    ("(TTXVN) - {}", "TTXVN"),
    ("(TUAG)- {}", "TUAG"),
    ("QuangngaiPortal - {}", "QuangngaiPortal"),
    ("Quảng Ngãi (VOV) – {}", "VOV"),
    ("Hà Nội, ngày 18/5 (TTXVN) - {}", "TTXVN"),
    ("(Theo TTXVN) - {}", "TTXVN"),
    ("Báo Quảng Ngãi - {}", "Báo Quảng Ngãi"),
    ("UBND tỉnh - {}", None),
    ("(Báo mạng) - {}", None),
]


@pytest.mark.parametrize(("opening", "source"), OPENINGS)
def test_source_that_opens_the_text(opening: str, source: str | None) -> None:
    html = f"<h1>{TITLE}</h1>{POSTED}<p>{opening.format(TEXT[0])}</p><p>{TEXT[1]}</p>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    assert (found.source, found.body) == (source, f"{opening.format(TEXT[0])}\n{TEXT[1]}")


def test_source_that_opens_the_text_under_a_lead() -> None:
    lead = "<div class=sapo>Công trình dài hơn hai cây số giữ đất cho bốn xã ven sông trong mùa mưa lũ.</div>"
    html = f"<h1>{TITLE}</h1>{POSTED}{lead}<div><p>(BĐ) - {TEXT[0]}</p><p>{TEXT[1]}</p></div>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    assert found.source == "BĐ"


QUOTES = (
    '<blockquote>Phải giữ đất. <span class="author">Nguyễn Văn Dũng</span></blockquote>',
    '<div class="quotes">Phải giữ đất. <span class="author">Nguyễn Văn Dũng, Giám đốc Sở</span></div>',
    "<div class=quote><p>Phải giữ đất.</p><p class=author>Nguyễn Văn Dũng</p></div>",
)


@pytest.mark.parametrize("quote", QUOTES)
def test_speaker_of_a_quotation_is_no_author(quote: str) -> None:
    story = f"{quote}<p>{TEXT[1]}</p>"
    assert read(story).authors == ()
    assert [each.name for each in read(f"{story}<p class=author>Minh Đức</p>").authors] == ["Minh Đức"]


def test_name_beside_the_label_of_who_posted_is_no_author() -> None:
    assert read("<div><div>Người đăng</div><div>Bích Ngọc</div></div>").authors == ()


EMPTY_LABELS = (
    "<p>Nguồn:</p><div><p>Tải xuống</p></div>",
    "<b>Nguồn:</b> <span></span><div><a>In trang</a> <a>Gửi email</a></div>",
    "<p>Nguồn:</p><p>Tin liên quan</p>",
    "<div>Nguồn tin: </div><div>Lượt xem: 12</div>",
    "<table><tr><td>Nguồn:</td><td></td></tr><tr><td>Tác giả:</td><td></td></tr></table>",
    "<div><div>Nguồn:</div><div><a href='/x'>Khám phá thêm</a></div></div>",
    "<p>Nguồn: Đang cập nhật</p>",
    "<p>Nguồn: Khác</p>",
)


@pytest.mark.parametrize("label", EMPTY_LABELS)
def test_an_empty_label_takes_no_line_by_chance(label: str) -> None:
    found = read(label)
    assert (found.authors, found.source) == ((), None)


# What stands behind the text in every order: byline, source, file, tools. Nothing of it is text.
BYLINES = [
    ('<p style="text-align:right"><strong>Xuân Thọ</strong></p>', ["Xuân Thọ"]),
    ("<p><b>Tin, ảnh: Xuân Thọ</b></p>", ["Xuân Thọ"]),
    ("<div>Tác giả: <b>Xuân Thọ</b></div>", ["Xuân Thọ"]),
    ("<table><tr><td>Tác giả:</td><td>Xuân Thọ</td></tr></table>", ["Xuân Thọ"]),
    ("", []),
]
SOURCES = [
    ("<p>Nguồn: Báo Quảng Q</p>", "Báo Quảng Q"),
    ("<p align=right><i>(Theo TTXVN)</i></p>", "TTXVN"),
    ('<div class="source">Nguồn tin: <a href="http://x.vn">Sở Y tế</a></div>', "Sở Y tế"),
    ("<p>Dẫn theo: Báo Quảng Q</p>", "Báo Quảng Q"),
    ("<p>Link gốc: <a href=http://x.vn/1>Báo Quảng Q</a></p>", "Báo Quảng Q"),
    ("<p>Nguồn: <a href=http://x.vn/1>http://x.vn/ke-song-tra-1.html</a></p>", "http://x.vn/ke-song-tra-1.html"),
    ("", None),
]
TOOLS = (
    "<div>Lượt xem: 123</div>",
    "<p><a href=#>Quay lại</a> | <a href=#>In</a> | <a href=#>Gửi mail</a></p>",
    "<div>Từ khóa: <a href=/t>kè</a></div>",
    "<p>Các từ khóa theo tin: kè, sông Trà</p>",
    "<div>Đánh giá bài viết: ★★★★★ (0 lượt)</div>",
    "<div><span>Thích</span> <span>0</span> <a>Chia sẻ</a></div>",
    "<div>Cập nhật lần cuối: 19/05/2021 09:00</div>",
    "<div>Các ý kiến bạn đọc về tin bài này:</div>",
    "<div>Đã xem: 120 lần</div>",
    "<div>File đính kèm: <a href=/f/a.pdf>a.pdf</a></div>",
)


@pytest.mark.parametrize(("byline", "names"), BYLINES)
@pytest.mark.parametrize(("taken", "source"), SOURCES)
def test_lines_behind_the_text_in_every_order(byline: str, names: list[str], taken: str, source: str | None) -> None:
    for place, tool in enumerate(TOOLS):
        for lines in ((byline, taken, tool), (taken, byline, tool), (byline, taken, tool, TOOLS[place - 1])):
            found = read("".join(lines))
            assert ([author.name for author in found.authors], found.source) == (names, source), lines
            assert found.body == "\n".join(TEXT), lines


@pytest.mark.parametrize("medium", ["Báo Quảng Q", "(TTXVN)", "baoquangq.vn", "TTXVN/Vietnam+"])
def test_a_newspaper_in_a_line_of_its_own_beside_a_labelled_writer(medium: str) -> None:
    taken = f"<p align=right><b>{medium}</b></p>"
    for byline, names in BYLINES[:3]:
        for lines in (byline + taken, taken + byline):
            found = read(lines + TOOLS[0])
            assert ([author.name for author in found.authors], found.source) == (names, medium.strip("()")), lines
            assert found.body == "\n".join(TEXT), lines


def test_the_time_under_the_address_of_the_source() -> None:
    source = "<p>Nguồn: <a href=http://x.vn/1>http://x.vn/ke-song-tra-1.html</a></p>"
    found = read(f"{source}<div>Đăng lúc 18/05/2021 08:30</div>", above="")
    assert (found.source, found.posted_on) == ("http://x.vn/ke-song-tra-1.html", "2021-05-18")


def test_a_section_of_the_menu_beside_the_time_is_no_author() -> None:
    menu = "<nav>" + "".join(f"<a href='/{i}'>{name}</a>" for i, name in enumerate(("Kinh tế", "Công an nhân dân")))
    above = "<div><span>Công an nhân dân</span> <span>18/05/2021 08:30</span></div>"
    html = f"<body>{menu}</nav><div><h1>{TITLE}</h1>{above}<div>{STORY}</div></div></body>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    assert (found.authors, found.posted_on) == ((), "2021-05-18")


def test_an_author_named_again_under_the_text_is_no_text() -> None:
    found = read("<p align=right><b>Minh Đức</b></p>", above=f"{POSTED}<p>Tác giả: Minh Đức</p>")
    assert ([each.name for each in found.authors], found.body) == (["Minh Đức"], "\n".join(TEXT))


@pytest.mark.parametrize("place", ["Sông Mã", "Núi Ấn", "Chợ Đầm"])
def test_a_place_under_the_text_is_no_name(place: str) -> None:
    assert read(f"<p><em>{place}</em></p>").authors == ()


def test_a_song_in_the_text_has_no_writer() -> None:
    assert read(f"<p>Bài: Tiến Quân Ca</p>{STORY}").authors == ()


def test_a_writer_beside_a_photographer_is_no_song() -> None:
    found = read("<table><tr><td>Bài: Hạc Uyên</td><td>Ảnh: Lê Văn Tám</td></tr></table>" + STORY * 3, above=STORY)
    assert [(each.name, each.role) for each in found.authors] == [
        ("Hạc Uyên", "writer"), ("Lê Văn Tám", "photographer"),
    ]  # fmt: skip


_SIGNED = '<p class="text-end fst-italic">Lê Toàn (Công an huyện Ba Tơ)</p>'
_POINTS = "".join(f"<li><b>Gọi điện giả danh, lần {n}</b><p>{TEXT[n]}</p></li>" for n in range(2))
_MORE = "".join(
    f'<div class="col-6"><a href="/tin/{n}-hop-cho">Xã số {n} họp bàn việc đưa hàng hóa về chợ</a><br>'
    f"<small>{n}/04/2021</small></div>"
    for n in range(10, 25)
)
WHOLE = [
    # over a long list of other stories in the element of the text
    f"<div class=container><div><h1>{TITLE}</h1>{POSTED}{STORY}<ol>{_POINTS}</ol><p>{TEXT[2]}</p>{_SIGNED}"
    f"<div class=tin-lq><h5>Tin liên quan</h5><div class=row>{_MORE}</div></div></div></div>",
    # under the files, in an element beside that of the text
    f"<div>{POSTED}<div><strong>{TITLE}</strong><div><p>{TEXT[0]}</p><p>{TEXT[1]}</p></div><div>"
    "<b>Tài liệu đính kèm:</b><ul><li><a href=/a/1.pdf>1166-UBND.pdf</a></li><li><a href=/a/2.doc>Mau.doc</a></li></ul>"
    f"</div>{_SIGNED}</div></div>",
]


@pytest.mark.parametrize("inner", WHOLE)
def test_signature_far_from_the_end_of_the_text(inner: str) -> None:
    html = f"<html><head><title>{TITLE}</title></head><body>{inner}<div><b>Thông báo</b>{SIDE}</div></body></html>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    assert [author.name for author in found.authors] == ["Lê Toàn"]


def test_source_of_a_column_over_the_headline_is_none_of_the_articles() -> None:
    prices = (
        "<div><b>Giá thị trường</b><table><tr><td>Lúa</td><td>4.950</td></tr></table><div>Nguồn: Sở Tài chính</div>"
    )
    html = f"<html><body>{prices}</div><div><h1>{TITLE}</h1>{POSTED}{STORY}</div></body></html>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    assert found.source is None
