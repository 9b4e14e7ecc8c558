"""Loading packs: editions, extension, own folders, and all faults at once."""

import pytest

from braid.kernel.errors import PackFault, PackFaults
from braid.packs import loader


def _faults(folder, kind="tariffs"):
    with pytest.raises(PackFaults) as caught:
        loader.load(kind)
    return [
        (str(fault.path).removeprefix(f"{folder.root}/"), fault.line, fault.message)
        for fault in caught.value.faults
    ]


def test_load_gives_packs_by_id(shelf):
    shelf.tariff("north")
    shelf.tariff("south")
    packs = loader.load("tariffs")
    assert {name: pack.price for name, pack in packs.items()} == {
        "north": 3,
        "south": 3,
    }


def test_load_takes_files_beside_one_another_each_with_its_own_situations(shelf):
    for name in ("north", "south"):
        shelf.put(
            f"tariffs/{name}.yaml",
            f"{{id: {name}, version: 1, source: {{title: House}}, price: 3}}",
        )
        shelf.put(
            f"tariffs/situations/{name}.yaml",
            f"- {{that: A visit to the {name}, input: 1, expect: 3}}",
        )
    editions = loader.editions("tariffs")
    assert [edition.situations[0].that for edition in editions] == [
        "A visit to the north",
        "A visit to the south",
    ]


def test_get_gives_the_version_named_or_the_latest(shelf):
    for version in ("2026.9", "2026.10"):
        file = shelf.tariff(f"north-{version}")
        text = file.read_text().replace("version: 1", f'version: "{version}"')
        file.write_text(text.replace(f"id: north-{version}", "id: north"))
    assert loader.get("tariffs", "north").version == "2026.10"
    assert loader.get("tariffs", "north", "2026.9").version == "2026.9"
    assert [e.pack.version for e in loader.editions("tariffs")] == ["2026.9", "2026.10"]


@pytest.mark.parametrize(
    ("pack_id", "version", "named"),
    [("west", None, "'west'"), ("north", "7", "'north@7'")],
    ids=["no such pack", "no such version"],
)
def test_get_names_what_there_is_when_asked_for_what_is_not(
    shelf, pack_id, version, named
):
    shelf.tariff("north")
    with pytest.raises(PackFault) as caught:
        loader.get("tariffs", pack_id, version)
    assert named in str(caught.value)
    assert "Known are: north." in str(caught.value)


def test_get_from_an_empty_kind(shelf):
    with pytest.raises(PackFault, match="Known are: none"):
        loader.get("tariffs", "north")


def test_load_reads_a_kind_once(shelf):
    file = shelf.tariff("north")
    first = loader.get("tariffs", "north")
    file.unlink()
    assert loader.get("tariffs", "north") is first


def test_a_kind_that_nobody_defined_is_refused(shelf):
    with pytest.raises(PackFault, match="'fees' is not a kind of pack"):
        loader.load("fees")


# Own folders


def test_an_own_folder_adds_packs(shelf, own):
    shelf.tariff("north")
    own.tariff("east")
    loader.use_folders([own.root])
    assert set(loader.load("tariffs")) == {"north", "east"}


def test_an_own_edition_wins_even_with_a_lower_version(shelf, own):
    shelf.tariff("north")
    text = own.tariff("north", head="price: 5").read_text()
    own.put("tariffs/north/pack.yaml", text.replace("version: 1", "version: 0-own"))
    own.put(
        "tariffs/north/situations/visits.yaml", "- {that: Dearer, input: 1, expect: 5}"
    )
    loader.use_folders([own.root])
    assert loader.get("tariffs", "north").price == 5
    assert loader.get("tariffs", "north", "1").price == 3


def test_an_own_folder_must_be_there(shelf, tmp_path):
    with pytest.raises(PackFault, match="BRAID_PACKS"):
        loader.use_folders([tmp_path / "nowhere"])
    with pytest.raises(PackFault, match="BRAID_PACKS"):
        loader.check([tmp_path / "nowhere"])


# Extension


def test_a_pack_takes_what_it_leaves_out_from_the_one_it_extends(shelf):
    shelf.tariff("north", "words: {visit: Besuch, price: Preis}\ndays: [monday]\n")
    shelf.tariff("south", "words: {visit: besøg}\ndays: []\n", head="extends: north")
    south = loader.get("tariffs", "south")
    assert south.price == 3
    assert south.words == {"visit": "besøg", "price": "Preis"}
    assert south.days == []
    assert (south.id, south.extends) == ("south", "north")


def test_a_pack_may_extend_one_edition_and_that_another(shelf):
    shelf.tariff("north")
    shelf.tariff("middle", head="extends: north@1")
    shelf.tariff("south", head="extends: middle")
    assert loader.get("tariffs", "south").price == 3


def test_an_own_edition_may_extend_the_one_it_stands_in_for(shelf, own):
    shelf.tariff("north")
    text = own.tariff("north", "days: [friday]\n", head="extends: north").read_text()
    own.put("tariffs/north/pack.yaml", text.replace("version: 1", "version: 1-own"))
    loader.use_folders([own.root])
    north = loader.get("tariffs", "north")
    assert (north.version, north.price, north.days) == ("1-own", 3, ["friday"])


def test_a_source_is_given_by_each_file_for_itself(shelf):
    shelf.tariff("north")
    shelf.put("tariffs/south/pack.yaml", "id: south\nversion: 1\nextends: north\n")
    shelf.put(
        "tariffs/south/situations/visits.yaml", "- {that: x, input: 1, expect: 3}\n"
    )
    assert _faults(shelf) == [
        ("tariffs/south/pack.yaml", 1, "'source' is missing. Add it.")
    ]


@pytest.mark.parametrize(
    ("north", "expected"),
    [
        pytest.param("extends: west", [("north", "not there")], id="nobody there"),
        pytest.param(
            "extends: south",
            [("north", "leads back to this file"), ("south", "leads back")],
            id="in a circle",
        ),
        pytest.param("extends: [west]", [("north", "not there")], id="a list"),
        pytest.param(
            "price: 3\nprice: 4",
            [("north", "given twice"), ("south", "has faults itself")],
            id="one with faults",
        ),
    ],
)
def test_extending_what_cannot_be_extended_is_a_fault(shelf, north, expected):
    shelf.tariff("north", head=north)
    if len(expected) == 2:
        shelf.tariff("south", head="extends: north")
    faults = _faults(shelf)
    assert len(faults) == len(expected)
    for (path, line, message), (name, part) in zip(faults, expected, strict=True):
        assert path == f"tariffs/{name}/pack.yaml"
        assert line in (4, 5)
        assert part in message


def test_a_list_cannot_be_extended(shelf):
    shelf.tariff("north").write_text("- north\n")
    shelf.tariff("south", head="extends: north")
    assert [(path, line) for path, line, _ in _faults(shelf)] == [
        ("tariffs/north/pack.yaml", 1),
        ("tariffs/south/pack.yaml", 4),
    ]


def test_a_fault_that_was_inherited_points_to_the_file_it_is_in(shelf):
    shelf.tariff("north", "days: 3\n")
    shelf.tariff("south", head="extends: north")
    assert [(path, line) for path, line, _ in _faults(shelf)] == [
        ("tariffs/north/pack.yaml", 5)
    ]


# Faults


def test_all_faults_of_a_file_are_told_at_once_with_their_lines(shelf):
    shelf.put(
        "tariffs/north/pack.yaml",
        """\
        id: North Unit
        version: 1
        source: {title: ""}
        price: three
        discount: 10
        days:
          - monday
          - [tuesday]
        """,
    )
    faults = _faults(shelf)
    assert [line for _, line, _ in faults] == [1, 1, 3, 4, 5, 8]
    text = " | ".join(message for _, _, message in faults)
    assert "It has no situations" in text
    assert "'id'" in text
    assert "'source.title'" in text
    assert "'price'" in text
    assert "'discount' is not a known key" in text
    assert "'days.1'" in text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        pytest.param("", "the file", id="empty"),
        pytest.param("- a\n- b\n", "the file", id="a list"),
        pytest.param("just words\n", "the file", id="words"),
    ],
)
def test_a_file_that_is_no_pack_is_one_fault(shelf, text, part):
    shelf.tariff("north").write_text(text)
    ((path, line, message),) = _faults(shelf)
    assert (path, line) == ("tariffs/north/pack.yaml", 1)
    assert part in message


def test_faults_of_several_files_come_together(shelf):
    shelf.tariff("north", head="price: x")
    shelf.tariff("south", head="price: y")
    assert [path for path, _, _ in _faults(shelf)] == [
        "tariffs/north/pack.yaml",
        "tariffs/south/pack.yaml",
    ]


def test_the_same_edition_twice_is_a_fault(shelf, own):
    first = shelf.tariff("north")
    own.tariff("north")
    loader.use_folders([own.root])
    ((path, _, message),) = _faults(own)
    assert path == "tariffs/north/pack.yaml"
    assert str(first) in message


def test_a_pack_without_situations_does_not_load(shelf):
    shelf.tariff("north")
    (shelf.root / "tariffs/north/situations/visits.yaml").unlink()
    ((path, _, message),) = _faults(shelf)
    assert path == "tariffs/north/pack.yaml"
    assert "no situations" in message


@pytest.mark.parametrize(
    ("situations", "line", "part"),
    [
        pytest.param("that: one\n", 1, "list", id="not a list"),
        pytest.param(
            "- {that: one, input: 1, expect: 3}\n- {that: two, input: 2}\n",
            2,
            "'1.expect' is missing",
            id="nothing expected",
        ),
        pytest.param("- {that: one, input: 1, expect\n", 2, "YAML", id="not YAML"),
    ],
)
def test_a_faulty_file_of_situations_is_told(shelf, situations, line, part):
    shelf.tariff("north")
    shelf.put("tariffs/north/situations/visits.yaml", situations)
    faults = _faults(shelf)
    assert faults[0][:2] == (
        "tariffs/north/situations/visits.yaml",
        line,
    )
    assert part in faults[0][2]


# Check


def test_check_runs_every_situation(shelf, own):
    shelf.tariff("north")
    own.tariff("east")
    report = loader.check([own.root])
    assert report.ok
    assert report.packs == ("tariffs/east@1", "tariffs/north@1")
    assert report.situations == 2


def test_check_says_which_sentence_does_not_hold_and_where(shelf):
    shelf.tariff("north")
    shelf.put(
        "tariffs/north/situations/visits.yaml",
        """\
        - {that: One visit, input: 1, expect: 3}
        - {that: Two visits, input: 2, expect: 7}
        """,
    )
    (fault,) = loader.check().faults
    assert fault.path.endswith("situations/visits.yaml")
    assert fault.line == 2
    assert "Two visits" in fault.message
    assert "6, not 7." in fault.message


def test_check_reports_all_kinds_though_one_is_broken(shelf):
    shelf.tariff("north", head="price: x")
    shelf.put("fees/pack.yaml", "id: x\n")
    shelf.put("no-module/pack.yaml", "id: x\n")
    shelf.put("reading/pack.yaml", "id: x\n")
    report = loader.check()
    assert not report.ok
    assert report.packs == ()
    text = "\n".join(map(str, report.faults))
    assert "'price'" in text
    for name in ("fees", "no-module", "reading"):
        assert f"'{name}' is not a kind of pack" in text


def _publish(shelf, name):
    (edition,) = loader.editions("tariffs")
    shelf.put("published.txt", f"{edition.digest} {name}\n\n")


def test_a_published_edition_may_not_change(shelf):
    file = shelf.tariff("north")
    _publish(shelf, "tariffs/north@1")
    assert loader.check().ok
    file.write_text(file.read_text() + "days: [monday]\n")
    (fault,) = loader.check().faults
    assert fault.path == str(file)
    assert "was published and has changed since" in fault.message


def test_a_comment_may_be_added_to_a_published_edition(shelf):
    file = shelf.tariff("north")
    _publish(shelf, "tariffs/north@1")
    file.write_text("# checked again\n" + file.read_text())
    assert loader.check().ok


def test_an_edition_that_is_not_published_may_change(shelf):
    file = shelf.tariff("north")
    _publish(shelf, "tariffs/south@1")
    file.write_text(file.read_text() + "days: [monday]\n")
    assert loader.check().ok
