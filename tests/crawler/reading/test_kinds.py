"""What an article mainly is, by the players that a script sets up on its page."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article
from crawler.reading.article import read_article

AT = datetime.fromisoformat("2026-03-10T09:15:00+07:00")
URL = "https://tinh-x.example.gov.vn/truyen-thong/chi-tiet-7781.html"
TEXT = "<p>Phóng sự ghi lại một ngày làm việc của những người gác rừng trên đỉnh núi cao nhất của tỉnh.</p>"
STORY = "<p>Đoàn công tác đã đi thăm các hộ dân, trao quà và động viên bà con sớm ổn định cuộc sống sau bão lũ.</p>" * 9

# (what stands over the text, the script, the text, the kind)
PLAYERS = [
    ('<div id="jw"></div>', 'jwplayer("jw").setup({file:"/m/rung.mp4"})', TEXT, "video"),
    ('<div id="jw"></div>', "jwplayer('jw').setup({'file': '/m/rung.mp3'})", TEXT, "audio"),
    ('<div class="p" id="my_player"><p></p></div>', 'videojs("my_player", {})', TEXT, "video"),
    ('<div id="dp"></div>', "new DPlayer({container: document.getElementById('dp'), video: {}})", TEXT, "video"),
    ('<div id="clip"></div>', 'new YT.Player("clip", {videoId: "x"})', TEXT, "video"),
    ('<div id="p" data-src="https://vod.example.vn/rung.m3u8?t=1"></div>', "", "", "video"),
    # of another element, and under a text that is more than a description
    ('<div id="jw"></div>', 'jwplayer("elsewhere").setup({file:"/m/rung.mp4"})', TEXT, "text"),
    ('<div id="jw"></div>', 'jwplayer("jw").setup({file:"/m/rung.mp4"})', STORY, "text"),
]


@pytest.mark.parametrize(("box", "script", "text", "kind"), PLAYERS)
def test_player_that_a_script_sets_up(box: str, script: str, text: str, kind: str) -> None:
    html = (
        f"<html><body><div class=ct>{box}<script>{script}</script><h1>Người gác rừng trên đỉnh núi Ngọc Linh</h1>"
        f"<div>Ngày đăng: 02/03/2026</div>{text}</div></body></html>"
    )
    read = read_article(html.encode(), URL, AT)
    assert isinstance(read, Article), read
    assert read.kind == kind


def test_file_beside_a_column_behind_a_list_of_other_stories() -> None:
    """What a column tells of the commune's officers and visitors is no text of a page that only hands out a file."""
    others = "".join(
        f"<li><a href=/tin/{i}>Quyết toán ngân sách xã năm 202{i}</a> (12/10/202{i})</li>" for i in range(4)
    )
    html = (
        "<body><div><div><div>Biểu công khai dự toán ngân sách xã năm 2026</div>"
        "<div>Ngày đăng: 02/03/2026</div>"
        f"<p>Tải về: <a href=/f/bieu.pdf>bieu.pdf</a></p></div><div><b>Tin cùng mục</b><ul>{others}</ul></div>"
        "<div><div><h3>Cán bộ xã</h3><p>Chủ tịch: Lê Hoa<br>Kế toán: Trần Nam</p></div><div><h3>Bộ đếm</h3>"
        "<p>Hôm nay 41 - Tháng này 1.290 - Tổng cộng 77.902</p></div></div></div></body>"
    )
    read = read_article(html.encode(), URL, AT)
    assert isinstance(read, Article), read
    assert (read.kind, read.body, read.posted_on) == ("attachment", "", "2026-03-02")
