"""The contract of an item: JSON and back without loss, and a JSON Schema that holds it."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.schema import (
    CONTENT_FIELDS,
    ITEM_ORDER,
    Article,
    Attachment,
    Author,
    Citation,
    Document,
    Extraction,
    Image,
    Kind,
    Publisher,
    SnapshotRef,
    Tie,
    json_schema,
)

# The order the design gives the item in; readers of the files rely on it.
KEYS_OF_THE_DESIGN = [
    "schema", "id", "revision", "cause", "kind", "portal", "publisher", "province", "section", "url",
    "canonical_url", "language", "title", "lead", "body", "text_key", "posted_on", "posted_at", "posted_precision",
    "posted_text", "posted_basis", "updated_on", "updated_at", "updated_text", "authors", "byline_text",
    "authors_basis", "source", "source_text", "document", "cited_documents", "attachments", "images", "flags",
    "fetched_at", "snapshot", "extraction",
]  # fmt: skip

WORDS = st.text(max_size=20)
MAYBE = st.none() | WORDS
IDS = st.from_regex(r"[a-z-]{1,9}/[0-9a-f]{16}", fullmatch=True)
STAMPS = st.datetimes().map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}Z".rjust(20, "0"))
DIGESTS = st.binary(min_size=32, max_size=32).map(lambda digest: "sha256:" + digest.hex())
TIES = st.builds(Tie, relation=st.just("amends"), to=st.integers(0, 9), text=WORDS)
CITATIONS = st.builds(
    Citation,
    kind=st.sampled_from(["numbered", "short", "named", "unnumbered"]),
    text=WORDS,
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    year=st.none() | st.integers(1945, 2100),
    issuer=MAYBE,
    relation=st.none() | st.just("based_on"),
    candidates=st.lists(WORDS, max_size=2).map(tuple),
    ties=st.lists(TIES, max_size=2).map(tuple),
)
FILES = st.lists(st.builds(Attachment, url=WORDS, title=MAYBE, media_type=MAYBE), max_size=2).map(tuple)
ARTICLES = st.builds(
    Article,
    id=IDS,
    kind=st.sampled_from(get_args(Kind)),
    portal=WORDS,
    url=WORDS,
    canonical_url=WORDS,
    title=MAYBE,
    fetched_at=STAMPS,
    extraction=st.builds(Extraction, version=WORDS, family=WORDS, layout=WORDS, form=st.none() | DIGESTS),
    publisher=st.none() | st.sampled_from(get_args(Publisher)),
    body=WORDS,
    authors=st.lists(st.builds(Author, name=WORDS), max_size=2).map(tuple),
    document=st.none() | st.builds(Document, number=MAYBE, files=FILES),
    cited_documents=st.lists(CITATIONS, max_size=2).map(tuple),
    attachments=FILES,
    images=st.lists(st.builds(Image, url=WORDS, caption=MAYBE), max_size=2).map(tuple),
    flags=st.lists(WORDS, max_size=2).map(tuple),
    snapshot=st.none()
    | st.builds(
        SnapshotRef,
        warc=WORDS,
        offset=st.integers(0),
        length=st.integers(0),
        record_id=st.uuids().map(lambda uuid: uuid.urn),
        date=STAMPS,
        payload_digest=st.none() | DIGESTS,
    ),
)
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


@settings(max_examples=60, deadline=None)
@given(ARTICLES)
def test_an_item_is_valid_and_comes_back_the_same(article: Article) -> None:
    item = json.loads(json.dumps(article.to_dict()))
    VALIDATOR.validate(item)
    assert Article.from_dict(item) == article


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_an_item_has_every_field_in_the_order_of_the_design() -> None:
    assert set(ITEM_ORDER) == {field.name for field in dataclasses.fields(Article)}
    assert [name for name in ITEM_ORDER if name in KEYS_OF_THE_DESIGN] == KEYS_OF_THE_DESIGN
    assert set(ITEM_ORDER) - set(KEYS_OF_THE_DESIGN) == {"title_basis", "lead_basis", "body_basis"}
    assert set(CONTENT_FIELDS) < set(ITEM_ORDER)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "novel"},  # not a kind
        {"title": 5},  # not a text
        {"surprise": None},  # an unknown key
        {"cited_documents": [{"text": "Luật"}]},  # fields missing
        {"posted_precision": None},  # never null
        {"id": "p/0"},  # not sixteen digits
        {"posted_on": "31/12/2025"},  # not an ISO day
        {"posted_at": "2025-12-31T08:00:00Z"},  # not in +07:00
        {"fetched_at": "2025-12-31T08:00:00"},  # in no zone
        {"revision": "1"},  # not a digest
    ],
)
def test_the_schema_refuses(change: dict[str, Any], a_plain_item: dict[str, Any]) -> None:
    VALIDATOR.validate(a_plain_item)
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({**a_plain_item, **change})


@pytest.fixture
def a_plain_item() -> dict[str, Any]:
    return Article(
        "p/" + 16 * "0", "text", "p", "u", "u", None, "2026-11-23T08:00:00Z", Extraction("1", "f", "l", None)
    ).to_dict()


@pytest.mark.parametrize("item", [{}, {"id": 1}, {"unknown": 2}])
def test_another_shape_is_refused(item: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError)):
        Article.from_dict(item)
