"""Every readable record is kept, every other one refused with a reason; no bytes make the reader raise."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library import marc_iso2709
from library.marc import iter_marc, read_marc
from library.values import Record
from tests.library.marc_maker import fixed, make_marc

GOOD = make_marc([("001", "b1"), ("008", fixed()), ("245", "10$aDune /$cHerbert.")])
CNMARC = [
    ("001", "c1"),
    ("010", "  $a978-7-5366-9293-0$dCNY23.00"),
    ("100", "  $a20081212d2008    em y0chiy50      ea"),
    ("101", "0 $achi"),
    ("200", "1 $a三体$9san ti$e地球往事$f刘慈欣著"),
    ("210", "  $a重庆$c重庆出版社$d2008"),
    ("606", "0 $a科学幻想小说$y中国"),
    ("690", "  $aI247.55$v4"),
    ("701", " 0$a刘慈欣$9liu ci xin$4著"),
    ("905", "  $aLIB$b30001$dI247.55$e123"),
]


def read(tmp_path: Path, data: bytes) -> tuple[list[Record], list[str]]:
    file = tmp_path / "some.bin"
    file.write_bytes(data)
    found = read_marc(file)
    assert found.read == len(found.records) + sum(1 for fault in found.refused if fault.position)
    return list(found.records), [fault.reason for fault in found.refused]


def test_series_in_both_formats(tmp_path: Path) -> None:
    marc21 = make_marc(
        [
            ("001", "s1"),
            ("008", fixed()),
            ("245", "10$aFifth season."),
            ("490", "1 $6880-01$aThe broken earth ;$vbook one"),
            ("830", " 0$aBroken earth trilogy ;$v1."),
            ("880", "1 $6490-01$a破碎的地球"),
        ]
    )
    assert read(tmp_path, marc21)[0][0].series == ("The broken earth", "Broken earth trilogy", "破碎的地球")
    more = [("225", "1 $a中国科幻基石丛书$v1"), ("461", " 0$12001 $a地球往事"), ("410", " 0$t科幻世界")]
    assert read(tmp_path, make_marc([*CNMARC, *more]))[0][0].series == ("中国科幻基石丛书", "科幻世界", "地球往事")


@pytest.mark.parametrize(("encoding", "flag"), [("utf-8", "a"), ("utf-8", " "), ("gb18030", " "), ("gbk", "a")])
def test_cnmarc_in_every_encoding(tmp_path: Path, encoding: str, flag: str) -> None:
    records, refused = read(tmp_path, make_marc(CNMARC, encoding, flag))
    assert refused == []
    (record,) = records
    assert record.title == "三体"
    assert record.titles == ("三体", "san ti", "三体: 地球往事")
    assert record.authors == ("刘慈欣",)
    assert "liu ci xin" in record.author_forms
    assert record.isbns == ("9787536692930",)
    assert (record.year, record.publisher, record.languages) == (2008, "重庆出版社", ("chi",))
    (item,) = record.items
    assert (item.call_number, item.scheme, item.barcode) == ("I247.55/123", "clc", "30001")
    assert item.sort_key


def test_marc21_titles_names_and_scripts(tmp_path: Path) -> None:
    records, _ = read(
        tmp_path,
        make_marc(
            [
                ("001", " b2 "),
                ("008", fixed("2014", kind="t")),
                ("020", "  $a9780765377067 (hbk.)"),
                ("041", "1 $aeng$hchi"),
                ("100", "1 $6880-01$aLiu, Cixin,$d1963-"),
                ("240", "10$aSan ti.$lEnglish"),
                ("245", "14$6880-02$aThe three-body problem =$b三体 : a novel /$cCixin Liu."),
                ("246", "30$aThree body problem"),
                ("264", " 1$aNew York :$bTor,$c2014."),
                ("650", " 0$aPhysicists$vFiction."),
                ("700", "1 $aRowling, J. K.,$etranslator."),
                ("880", "1 $6100-01$a刘, 慈欣"),
                ("880", "10$6245-02$a三體"),
            ]
        ),
    )
    (record,) = records
    assert record.record_id == "b2"
    assert record.title == "The three-body problem"
    assert {"三体", "三体: a novel", "three-body problem", "三體", "Three body problem", "San ti"} <= set(record.titles)
    assert record.authors == ("Cixin Liu", "J. K. Rowling")
    assert {"Liu, Cixin", "Cixin Liu", "刘慈欣", "JK Rowling"} <= set(record.author_forms)
    assert (record.year, record.publisher, record.isbns) == (2014, "Tor", ("9780765377067",))
    assert record.subjects == ("Physicists — Fiction",)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([("852", "0 $bMAIN$hQA76$i.A5$p31")], [("QA76 .A5", "lcc", "MAIN")]),
        ([("852", "1 $bMAIN$h823.914$iR79"), ("852", "1 $bKIDS$h823.914")],
         [("823.914 R79", "ddc", "MAIN"), ("823.914", "ddc", "KIDS")]),
        ([("852", "7 $bA$hI247.5$i12$2clc")], [("I247.5/12", "clc", "A")]),
        ([("852", "5 $bA$hDune")], [("Dune", "title", "A")]),
        ([("852", "8 $bA$hSHELF 9")], [("SHELF 9", "local", "A")]),
        ([("905", "  $dTP312$e15")], [("TP312/15", "clc", "")]),
        ([("952", "  $oTP312/15$2clc$cREF$p9")], [("TP312/15", "clc", "REF")]),
        ([("952", "  $o823.9$2ddc$cREF$q2026-12-01")], [("823.9", "ddc", "REF")]),
        ([("999", "  $aQA76 .A5$wLC$lSTACKS")], [("QA76 .A5", "lcc", "STACKS")]),
        ([("084", "  $aI247$2clc"), ("090", "  $aI247.5$b12")], [("I247.5/12", "clc", "")]),
        ([("090", "  $aQA76$b.A5"), ("050", "00$aQA77")], [("QA76 .A5", "lcc", "")]),
        ([("084", "  $aTP312$2clc"), ("082", "04$a005.1")], [("TP312", "clc", "")]),
        ([("050", "00$aQA76$b.A5"), ("082", "00$a005")], [("QA76 .A5", "lcc", "")]),
        ([("082", "00$a823/.914")], [("823.914", "ddc", "")]),
        ([], [("", "local", "")]),
    ],
)  # fmt: skip
def test_items_from_holdings(
    tmp_path: Path, fields: list[tuple[str, str | bytes]], expected: list[tuple[str, str, str]]
) -> None:
    records, _ = read(tmp_path, make_marc([("001", "x"), ("245", "00$aDune"), *fields]))
    items = records[0].items
    assert [(item.call_number, item.scheme, item.location) for item in items] == expected
    if any("$q" in str(text) for _, text in fields):
        assert items[0].status == "checked out"


def test_a_bad_record_never_stops_the_rest(tmp_path: Path) -> None:
    wrong_length = b"99999" + GOOD[5:]
    wrong_base = GOOD[:12] + b"00000" + GOOD[17:]
    no_directory = b"00026nam a2200025   4500\x1e\x1d"
    text = b"hello\n\x1d"
    records, refused = read(
        tmp_path, GOOD + wrong_length + no_directory + text + wrong_base + b"\r\n" + GOOD + GOOD[:60]
    )
    assert [record.title for record in records] == ["Dune"] * 4
    assert ["directory is empty" in refused[0], "too few" in refused[1], "cut off" in refused[2]] == [True] * 3


def test_records_lie_across_blocks_and_endless_ones_are_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marc_iso2709, "_BLOCK", 50)
    monkeypatch.setattr(marc_iso2709, "_LONGEST", 1000)
    records, refused = read(tmp_path, GOOD * 9 + b"x" * 3333 + b"\x1d" + GOOD * 2)
    assert [record.record_id for record in records] == ["b1"] * 11
    assert len(refused) == 1
    assert f"byte {9 * len(GOOD)}:" in refused[0]
    assert "no record ends" in refused[0]


def test_never_silent_mojibake(tmp_path: Path) -> None:
    latin = make_marc(
        [("001", "1"), ("008", fixed(language="fre")), ("245", "10$aL'élève".encode("latin-1"))], flag=" "
    )
    flagged = make_marc([("001", "1"), ("245", "10$aCafé noir".encode("latin-1"))])
    twice = make_marc([("001", "1"), ("245", "10$a" + "三体".encode().decode("latin-1"))])
    for data in (latin, flagged, twice):
        data = data.replace(b"$a", b"\x1fa")
        records, refused = read(tmp_path, data)
        assert records == []
        assert len(refused) == 1
    marc8 = make_marc([("001", "1"), ("245", b"10\x1faCaf\xe2e Bront\xe8e")], flag=" ")
    assert read(tmp_path, marc8)[0][0].title == "Café Brontë"


def test_xml_and_json_are_told_by_content(tmp_path: Path) -> None:
    xml = (
        "<collection xmlns='http://www.loc.gov/MARC21/slim'><record><leader>00000nam a2200000 i 4500</leader>"
        "<controlfield tag='001'>7</controlfield><datafield tag='245' ind1='1' ind2='0'><subfield code='a'>围城 /"
        "</subfield></datafield></record><record><leader/></record></collection>"
    )
    records, refused = read(tmp_path, xml.encode())
    assert [record.title for record in records] == ["围城"]
    assert "no fields" in refused[0]
    line = '{"leader":"","fields":[{"001":"9"},{"245":{"ind1":"1","ind2":"0","subfields":[{"a":"Emma /"}]}}]}'
    records, refused = read(tmp_path, f"{line}\n{{broken\n{line}\n".encode())
    assert len(records) == 2
    assert len(refused) == 1


def test_entity_bombs_and_strangers_are_refused(tmp_path: Path) -> None:
    bomb = b"<!DOCTYPE c [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><record><leader>&b;</leader></record>"
    for data, word in [(bomb, "document type"), (b"", "empty"), (b"\x1f\x8b\x08", "compressed"), (b"hi", "neither")]:
        records, refused = read(tmp_path, data)
        assert records == []
        assert word in refused[0]
    assert "cannot be opened" in read_marc(tmp_path / "absent").refused[0].reason


def test_synthetic_records_say_so(tmp_path: Path) -> None:
    records, _ = read(tmp_path, make_marc([("001", "1"), ("245", "00$aX"), ("599", "  $aSYNTHETIC")]) + GOOD)
    assert [record.synthetic for record in records] == [True, False]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.tuples(st.integers(0, len(GOOD) - 1), st.binary(max_size=3)).map(
            lambda cut: GOOD + GOOD[: cut[0]] + cut[1] + GOOD[cut[0] + 1 :] + GOOD
        ),
        st.text(max_size=80).map(lambda text: ("<record>" + text).encode("utf-8", "replace")),
        st.text(max_size=80).map(lambda text: ("[" + text).encode("utf-8", "replace")),
    )
)
def test_any_bytes_give_records_or_refusals(tmp_path: Path, data: bytes) -> None:
    records, refused = read(tmp_path, data)
    assert all(refused)
    if data.startswith(GOOD):
        assert records
        assert records[0].title == "Dune"


EXPECTED_REFUSALS = {
    "bad_eacc_encoding.dat": 1, "bad_marc8_escape.dat": 1, "bad_records.mrc": 3, "test_marc8.txt": 1,
    "test_utf8.txt": 1, "bad_subfield_code.marc": 1, "bad_utf_byte.utf8.marc": 1,
    "escaped_character_reference.marc8.marc": 1, "namespace-test.xml": 1, "oai-pmh-one-record-2.xml": 1,
    "oai-pmh-one-record-first.xml": 1, "sample-oai-no-namespace.xml": 1, "sample-oai-pmh.xml": 1,
}  # fmt: skip


def test_real_files(shared: Path) -> None:
    """Each refusal is of a record or file that holds no clean MARC."""
    kept = 0
    for file in sorted((shared / "data" / "marc").rglob("*")):
        if not file.is_file() or file.name.startswith("LICENSE"):
            continue
        found = list(iter_marc(file))
        refused = [one for one in found if not isinstance(one, Record)]
        kept += len(found) - len(refused)
        assert len(refused) == EXPECTED_REFUSALS.get(file.name, 0), (file.name, refused)
        assert all(len(one.reason) > 20 for one in refused)
    assert kept >= 150
