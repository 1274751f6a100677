"""What the demo links that is no article: one table of addresses, what each answers and why it must not be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["list", "soft_404", "error", "login", "status_404", "redirect_known", "redirect_offsite", "robots"]


@dataclass(frozen=True, slots=True)
class Trap:
    """An address on the portal that yields no article; it is linked from page `page` of a section's list."""

    key: str
    text: str
    reason: Reason
    section: str
    page: int = 1
    to: str | None = None  # where a redirect goes


TRAPS = (
    Trap("/pages/detail/53999/Bai-viet-khong-con.html", "Bài viết không còn trên cổng", "status_404", "kontum"),
    Trap("/pages/detail/53998/Tai-lieu-hop-noi-bo.html", "Tài liệu họp giao ban tháng", "login", "kontum"),
    Trap(
        "/pages/detail/52001/Dia-chi-cu.html", "Ra quân làm thủy lợi (địa chỉ cũ)", "redirect_known", "kontum", 2,
        to="/pages/detail/53104/Ra-quan-lam-thuy-loi-noi-dong-dau-nam.html",
    ),
    Trap(
        "/pages/detail/53996/Chuyen-trang-lien-ket.html", "Chuyên trang liên kết", "redirect_offsite", "kontum", 2,
        to="http://127.0.0.1:9/chuyen-trang",
    ),
    Trap(
        "/vi/news/kinh-te-dau-tu/trang-khong-ton-tai-7999.html", "Thông tin quy hoạch chi tiết",
        "soft_404", "nukeviet", 2,
    ),
    Trap("/vi/news/kinh-te-dau-tu/bao-tri-he-thong-7998.html", "Tra cứu giá đất trực tuyến", "error", "nukeviet"),
    Trap("/noi-bo/lich-truc-7997.html", "Lịch trực cơ quan", "robots", "nukeviet"),
    Trap(
        "/vi/news/kinh-te-dau-tu/cong-bao-dien-tu-7996.html", "Công báo điện tử", "redirect_offsite", "nukeviet",
        to="http://cong-bao.invalid/so-18",
    ),
    Trap(
        "/web/guest/van-hoa-xa-hoi/-/view_content/39990-chuyen-de-van-hoa-co-so", "Chuyên đề văn hóa cơ sở",
        "list", "liferay",
    ),
    Trap("/dieu-hanh/xem.aspx?ma=1999", "Phiếu lấy ý kiến đã kết thúc", "soft_404", "own"),
)  # fmt: skip


def traps_of(section: str, page: int) -> list[tuple[str, str]]:
    """The address and words of each trap that this page of a list links."""
    return [(trap.key, trap.text) for trap in TRAPS if (trap.section, trap.page) == (section, page)]
