import pytest

from core.ledger import tree
from core.ledger.tile import Tile, build_tiles, entries_path, pack_entries, tile_reader, unpack_entries

LEAVES = [tree.leaf_hash(b"%d" % number) for number in range(66_000)]


def seal(files: dict[str, bytes], old: int, new: int) -> list[str]:
    written = {tile.path: data for tile, data in build_tiles(old, LEAVES[old:new], lambda t: files[t.path])}
    files.update(written)
    return list(written)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 273, 112), "tile/0/273.p/112"),
        (Tile(1, 1234067), "tile/1/x001/x234/067"),
        (Tile(2, 1000, 1), "tile/2/x001/000.p/1"),
    ],
)
def test_paths(tile, path):
    assert tile.path == path


def test_paths_of_entry_bundles():
    assert entries_path(1000) == "tile/entries/x001/000"
    assert entries_path(0, 7) == "tile/entries/000.p/7"


@pytest.mark.parametrize("address", [(-1, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)])
def test_no_such_tile(address):
    with pytest.raises(ValueError):
        Tile(*address)


def test_a_tree_of_256_has_one_full_tile_and_one_of_width_1_above():
    files = {}
    assert seal(files, 0, 256) == ["tile/0/000", "tile/1/000.p/1"]
    assert files["tile/1/000.p/1"] == tree.root(LEAVES[:256])


def test_sealing_writes_only_what_is_new():
    files = {}
    seal(files, 0, 600)
    assert seal(files, 600, 700) == ["tile/0/002.p/188"]
    assert seal(files, 700, 700) == []
    assert seal(files, 700, 800) == ["tile/0/002", "tile/0/003.p/32", "tile/1/000.p/3"]


def test_tiles_sealed_in_steps_prove_the_same_as_the_leaves():
    files, size = {}, 0
    for step in (1, 254, 1, 300, 44, 65_000, 400):
        seal(files, size, size + step)
        size += step
    at_once = {}
    seal(at_once, 0, size)
    assert size == len(LEAVES)
    assert {path: files[path] for path in at_once} == at_once
    read, plain = tile_reader(lambda tile: files[tile.path], size), tree.node_reader(LEAVES)
    assert tree.root_of(read, size) == tree.root(LEAVES)
    for index in (0, 255, 256, 65_535, 65_536, 65_999):
        assert tree.inclusion_proof(read, index, size) == tree.inclusion_proof(plain, index, size)
    for old in (1, 256, 300, 65_536, 65_600):
        assert tree.consistency_proof(read, old, size) == tree.consistency_proof(plain, old, size)


def test_entry_bundles_come_back_as_they_went():
    leaves = [b"", b"{}", "票".encode() * 100]
    assert unpack_entries(pack_entries(leaves)) == leaves
    assert pack_entries([b"ab"]) == b"\x00\x02ab"


@pytest.mark.parametrize("bundle", [b"\x00", b"\x00\x02a", b"\x00\x01a\x00"])
def test_a_cut_bundle_is_refused(bundle):
    with pytest.raises(ValueError):
        unpack_entries(bundle)


def test_an_entry_too_long_for_its_prefix_is_refused():
    with pytest.raises(ValueError, match="65535"):
        pack_entries([bytes(65_536)])
