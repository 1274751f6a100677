"""Titles of pages that portals keep standing, beside headlines of stories that open with the same words."""

from __future__ import annotations

import pytest

from crawler.reading.title.standing import is_standing

STANDING = (
    "Giới thiệu", "GIỚI THIỆU CHUNG", "Trang giới thiệu", "Giới thiệu chung về huyện Đăk Hà", "Giới thiệu tỉnh Kon Tum",
    "Giới thiệu về Sở Y tế", "Giới thiệu - Cổng thông tin điện tử", "GIỚI THIỆU HUYỆN ĐĂK HÀ", "Tổng quan về Lâm Đồng",
    "Liên hệ", "Liên hệ với chúng tôi", "Liên hệ quảng cáo", "Liên hệ - Góp ý", "Thông tin liên hệ", "Lãnh đạo Sở",
    "LÃNH ĐẠO TỈNH", "Ban lãnh đạo", "Lãnh đạo UBND tỉnh qua các thời kỳ",
    "Lãnh đạo thành phố qua các thời kỳ", "Lãnh đạo Bộ Y tế", "Lãnh đạo các phòng",
    "Người phát ngôn", "Thời tiết", "Thời tiết - Giá cả", "Thời tiết hôm nay", "Giá vàng", "Giá cả thị trường", "Góp ý",
    "Góp ý dự thảo văn bản quy phạm pháp luật", "Hỏi - đáp", "Hỏi đáp trực tuyến", "Hỏi đáp pháp luật", "Thư viện ảnh",
    "Sơ đồ tổ chức", "Chức năng, nhiệm vụ của Sở", "Điều khoản sử dụng", "Lịch sử hình thành và phát triển",
)  # fmt: skip
STORIES = (
    "Giới thiệu sản phẩm OCOP", "Giới thiệu Luật Đất đai năm 2024", "Giới thiệu nhân sự ứng cử đại biểu HĐND",
    "GIỚI THIỆU SẢN PHẨM OCOP", "Tổng quan kinh tế - xã hội quý I", "Liên hệ thực tế tại cơ sở",
    "Góp ý dự thảo Luật Đất đai", "Thời tiết: Bắc Bộ có mưa to",
    "Liên hệ giữa Đảng với nhân dân", "Lãnh đạo tỉnh thăm, tặng quà gia đình chính sách", "Hỏi đáp về Luật Đất đai",
    "Lãnh đạo tỉnh chúc Tết các đơn vị", "Lãnh đạo Bộ Y tế làm việc với tỉnh", "Lãnh đạo tỉnh tiếp Đại sứ Nhật Bản",
    "Lãnh đạo Sở Nội vụ dự Đại hội Chi bộ", "Thời tiết nguy hiểm trên biển", "Giá vàng tăng mạnh",
    "Giá cả thị trường dịp Tết ổn định", "Hỏi đáp pháp luật về bầu cử", "Người phát ngôn Bộ Ngoại giao trả lời báo chí",
    "Thư viện tỉnh đón bạn đọc", "Liên hệ ngay khi thấy người lạ vào làng", "Kiểm tra tiến độ thi công kè sông Trà", "",
)  # fmt: skip


@pytest.mark.parametrize("title", STANDING)
def test_name_of_the_house(title: str) -> None:
    assert is_standing(title)


@pytest.mark.parametrize("title", STORIES)
def test_headline_of_a_story(title: str) -> None:
    assert not is_standing(title)
