"""Real small files for the demo: PDF, DOCX, PNG, JPEG and MP4, each a pure function of its name and title."""

from __future__ import annotations

import hashlib
import io
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path
from xml.sax.saxutils import escape


def file_bytes(path: str, title: str, size: int = 0) -> bytes:
    """The file served at `path`; `size` bytes of ballast that does not compress go into a PDF."""
    match Path(path).suffix:
        case ".pdf":
            return pdf(title, size)
        case ".docx":
            return docx(title)
        case ".png":
            return png(path)
        case ".jpg":
            return jpeg(path)
        case ".mp4":
            return mp4(path)
        case other:
            raise ValueError(f"the demo writes no {other} files: {path}")


def pdf(title: str, ballast: int = 0) -> bytes:
    """A PDF 1.4 of one page that shows `title` (without its marks: Helvetica has none of ours)."""
    shown = ascii_only(title).replace("\\", "").replace("(", "[").replace(")", "]")
    text = f"BT /F1 14 Tf 72 770 Td ({shown}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        _stream(text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title <FEFF" + title.encode("utf-16-be").hex().upper().encode("ascii") + b"> >>",
    ]
    if ballast:
        objects.append(_stream(hashlib.shake_128(title.encode()).digest(ballast)))
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def ascii_only(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return plain.encode("ascii", "ignore").decode("ascii")


_DOCX = {
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types '
    'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
    "word/document.xml": '<?xml version="1.0" encoding="UTF-8"?><w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{title}</w:t></w:r>'
    "</w:p></w:body></w:document>",
}


def docx(title: str) -> bytes:
    """A Word document of one paragraph, stored without compression so that no zlib version shows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as box:
        for name, part in _DOCX.items():
            box.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 0, 0, 0)), part.replace("{title}", escape(title)))
    return out.getvalue()


def png(name: str, width: int = 48, height: int = 32) -> bytes:
    """An RGB picture of two colours that follow from its name."""
    digest = hashlib.sha256(name.encode()).digest()
    top, bottom = digest[:3] * width, digest[3:6] * width
    rows = b"".join(b"\0" + (top if y < height // 2 else bottom) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", _zlib_stored(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _zlib_stored(data: bytes) -> bytes:
    return b"\x78\x01" + _stored(data) + struct.pack(">I", zlib.adler32(data))


def gzipped(data: bytes) -> bytes:
    """A gzip member (RFC 1952) without a time in it."""
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    return head + _stored(data) + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def _stored(data: bytes) -> bytes:
    """DEFLATE with stored blocks (RFC 1951, 3.2.4): the same bytes under every zlib, smaller in none."""
    blocks = [data[at : at + 0xFFFF] for at in range(0, len(data), 0xFFFF)] or [b""]
    return b"".join(
        bytes([block is blocks[-1]]) + struct.pack("<HH", len(block), len(block) ^ 0xFFFF) + block for block in blocks
    )


# A grey 8 x 8 baseline JPEG: quantisation of ones, one Huffman code per table, one block of zeros.
_JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_JPEG_BODY = (
    b"\xff\xdb\x00\x43\x00" + b"\x01" * 64
    + b"\xff\xc0\x00\x0b\x08\x00\x08\x00\x08\x01\x01\x11\x00"
    + b"\xff\xc4\x00\x14\x00" + b"\x01" + b"\x00" * 15 + b"\x00"
    + b"\xff\xc4\x00\x14\x10" + b"\x01" + b"\x00" * 15 + b"\x00"
    + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x3f" + b"\xff\xd9"
)  # fmt: skip


def jpeg(name: str) -> bytes:
    """A grey JPEG that carries its name as a comment, so that no two are the same bytes."""
    comment = name.encode()
    return _JPEG_HEAD + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + _JPEG_BODY


def mp4(name: str) -> bytes:
    """The boxes that make a player call a file MP4; there is nothing to see in it."""
    note = name.encode()
    brand = b"isom\x00\x00\x02\x00isommp41"
    return struct.pack(">I", 8 + len(brand)) + b"ftyp" + brand + struct.pack(">I", 8 + len(note)) + b"free" + note
