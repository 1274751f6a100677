"""Names that portals give their sections, made of nothing but topics: "An ninh - Quốc phòng", "Tin các huyện".

They stand over headlines in every element that headlines stand in, and in `<title>`. A page may be called so, but where
another line may be its headline, it is that one's.
"""

from __future__ import annotations

import re

_LONGEST = 60
# Folded. What such names are about, alone or joined to each other.
_TOPIC = (
    "kinh te|chinh tri|van hoa|xa hoi|giao duc|dao tao|y te|suc khoe|the thao|the duc|du lich|dau tu|thi truong"
    "|doi song|khoa hoc|cong nghe(?: thong tin)?|moi truong|tai nguyen|phap luat|thoi su|xay dung|(?:cong tac )?dang"
    "|chinh quyen|dan van|dan toc|ton giao|tuyen giao|an ninh|quoc phong|trat tu|noi chinh|nong nghiep"
    "|nong thon(?: moi)?|lam nghiep|cong nghiep|thuong mai|giao thong|do thi|tai chinh|ngan hang|lao dong|viec lam"
    "|chinh sach|the gioi|quoc te|trong (?:nuoc|tinh|huyen)|ban doc|doi ngoai|van nghe|van hoc|nghe thuat|phong su"
    "|ky su|ghi chep|but ky|truyen ngan|tho|nghien cuu|trao doi|binh luan|su kien|tin(?: tuc)?|thong tin|tuyen truyen"
    "|pho bien|truyen thong|doan the|mat tran|cong doan|phu nu|thanh nien|chuyen doi so|cai cach hanh chinh|thong bao"
    "|nhan vat|guong sang|nguoi tot,? viec tot|to chuc|can bo|an toan|infographics?|hoi[ -]+dap"
)
_JOINED = rf"(?:{_TOPIC})(?:(?:\s*[-–—,&/|]\s*|\s+va\s+|\s+)(?:{_TOPIC}))*"
_NAME = re.compile(
    rf"{_JOINED}"
    # "Tin các huyện", not "Tin bão khẩn cấp", "Tin vui từ ruộng lúa"
    r"|tin(?: tuc)? (?:cac|hoat dong|noi bat|moi|nhanh|van|benh vien|co so|dia phuong|tong hop|chi dao|chuyen"
    r"|lien quan)(?: \w+){0,3}"
    r"|hoat dong (?:cua )?(?:lanh dao|so|nganh|hoi|doan|giam sat|don vi|co so|dang|hdnd|ubnd|cong doan)(?: \w+){0,3}"
)


def names_section(folded: str) -> bool:
    """Whether folded words are a section's name and no more."""
    return len(folded) <= _LONGEST and _NAME.fullmatch(folded) is not None
