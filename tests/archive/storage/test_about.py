"""archive.toml: kept whole, read leniently, written strictly."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.storage.about import FORMAT, About, AboutError, changed, load, save

TOLD = About("Viện Lưu trữ", "luutru@example.vn", "Kho lưu trữ “tỉnh”", "CC BY 4.0", "Hà Nội, VNPT")


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "new" / "archive.toml"
    save(path, TOLD)
    assert load(path, write=True) == TOLD
    assert TOLD.named
    assert [each.name for each in path.parent.iterdir()] == ["archive.toml"]


def test_without_a_file_nothing_is_said(tmp_path: Path) -> None:
    assert load(tmp_path / "archive.toml", write=True) == About(format=FORMAT)
    assert not About().named


# Quotes, backslashes and every letter survive; what does not print never gets in.
@given(st.text(min_size=1).filter(lambda text: text.isprintable() and text.strip()))
def test_any_printable_name_survives(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    path = tmp_path_factory.getbasetemp() / "archive.toml"
    save(path, changed(About(), name=name))
    assert load(path).name == name.strip()


def test_a_newer_format_is_read_but_not_written(tmp_path: Path) -> None:
    path = tmp_path / "archive.toml"
    path.write_text('format = 2\noperator = "A"\nlicence_model = "new"\n')
    assert load(path) == About("A", format=2)
    with pytest.raises(
        AboutError, match=r"archive.toml: format 2 is newer than this program's 1; allowed: reading only"
    ):
        load(path, write=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('format = 1\noperater = "A"', "unknown key 'operater'; nearest: operator; allowed: format, name"),
        ("format = 1\ncontact = 5", "contact = 5 is no text"),
        ('operator = "A"', "format = None is none; allowed: 1 to 1"),
        ("format = true", "format = True is none"),
        ('format = "1"', "format = '1' is none"),
        ("format = 1\nname = ", "not TOML"),
        ('format = 1\nname = "\\ud800"', "not TOML"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "archive.toml"
    path.write_text(text)
    with pytest.raises(AboutError) as error:
        load(path, write=True)
    assert said in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("contact", "luutru"),
        ("contact", "luu tru@example.vn"),
        ("contact", "ftp://example.vn"),
        ("contact", "@example.vn"),
        ("operator", "  "),
        ("operator", "A\r\nX-Header: evil"),
        ("operator", "\udcff"),
        ("name", "a\u202eb"),
    ],
)
def test_values_that_would_break_a_header_are_refused(key: str, value: str) -> None:
    with pytest.raises(AboutError, match=key):
        changed(About(), **{key: value})


@pytest.mark.parametrize("contact", ["a@b.vn", "mailto:a@b.vn", "https://b.vn/lien-he", "http://b.vn"])
def test_contacts(contact: str) -> None:
    assert changed(TOLD, contact=f" {contact} ") == About(
        TOLD.operator, contact, TOLD.name, TOLD.rights, TOLD.vantage, FORMAT
    )
