import json

import pytest

from core.ledger import tree
from tests.core.ledger.naive import NaiveTree

# The eight leaves and the root of the certificate-transparency reference tests.
VECTOR = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
VECTOR_ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"

LEAVES = [tree.leaf_hash(b"leaf %d" % number) for number in range(1000)]
NAIVE = NaiveTree(LEAVES)
READ = tree.node_reader(LEAVES)


def picks(size: int) -> list[int]:
    """A few indices below `size`: all of a small tree, both edges and a spread of a large one."""
    if size <= 40:
        return list(range(size))
    return sorted(
        {0, 1, size // 3, size // 2, size * 5 // 7, size - 2, size - 1, 1 << (size - 1).bit_length() - 1}
    )


def test_vector_of_certificate_transparency():
    assert tree.root(map(tree.leaf_hash, VECTOR)).hex() == VECTOR_ROOT


def test_the_empty_tree_is_the_hash_of_nothing():
    assert tree.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert tree.root_of(READ, 0) == tree.EMPTY_ROOT


def test_roots_of_all_sizes_agree_with_the_naive_tree():
    frontier = tree.Frontier()
    for size, digest in enumerate(LEAVES, start=1):
        frontier = frontier.extend([digest])
        assert frontier.root() == tree.root_of(READ, size) == NAIVE.root(0, size)


@pytest.mark.parametrize("cut", [0, 1, 255, 256, 511, 700, 1000])
def test_a_frontier_goes_on_where_it_was_kept(cut):
    kept = json.loads(json.dumps(tree.Frontier().extend(LEAVES[:cut]).as_dict()))
    grown = tree.Frontier.from_dict(kept).extend(LEAVES[cut:])
    assert (grown.size, grown.root()) == (1000, NAIVE.root(0, 1000))
    assert len(grown.hashes) == (1000).bit_count()


@pytest.mark.parametrize(
    "data", [{"size": 2, "hashes": []}, {"size": -1, "hashes": []}, {"size": 1, "hashes": ["00"]}]
)
def test_a_frontier_that_does_not_fit_its_size_is_refused(data):
    with pytest.raises(ValueError):
        tree.Frontier.from_dict(data)


def test_inclusion_proofs_of_all_sizes():
    for size in range(1, 1001):
        root = NAIVE.root(0, size)
        for index in picks(size):
            proof = tree.inclusion_proof(READ, index, size)
            assert proof == NAIVE.path(index, 0, size)
            assert tree.verify_inclusion(LEAVES[index], index, size, proof, root)


def test_consistency_proofs_of_all_sizes():
    for size in range(1, 1001):
        new_root = NAIVE.root(0, size)
        for old in {pick + 1 for pick in picks(size)}:
            proof = tree.consistency_proof(READ, old, size)
            assert proof == NAIVE.consistency(old, 0, size)
            assert tree.verify_consistency(old, size, NAIVE.root(0, old), new_root, proof)


def spoilt(proof: list[bytes]) -> list[list[bytes]]:
    """Every proof one step from `proof`: a bit turned, a hash lost, added, cut or swapped with its neighbour."""
    wrong = [[*proof, bytes(32)], [bytes(32), *proof]]
    for place, digest in enumerate(proof):
        flipped = bytes([digest[0] ^ 1]) + digest[1:]
        wrong.append([*proof[:place], flipped, *proof[place + 1 :]])
        wrong.append([*proof[:place], *proof[place + 1 :]])
        wrong.append([*proof[:place], digest[:-1], *proof[place + 1 :]])
        if place:
            wrong.append([*proof[: place - 1], digest, proof[place - 1], *proof[place + 1 :]])
    return wrong


@pytest.mark.parametrize("size", [*range(1, 34), 100, 255, 256, 257, 1000])
def test_every_wrong_inclusion_proof_is_refused(size):
    root = NAIVE.root(0, size)
    for index in picks(size):
        proof = tree.inclusion_proof(READ, index, size)
        assert not any(
            tree.verify_inclusion(LEAVES[index], index, size, wrong, root) for wrong in spoilt(proof)
        )
        assert not tree.verify_inclusion(LEAVES[index], index, size, proof, bytes(32))
        assert not tree.verify_inclusion(bytes(32), index, size, proof, root)
        for other in {*picks(size), size, -1} - {index}:
            assert not tree.verify_inclusion(LEAVES[index], other, size, proof, root)


@pytest.mark.parametrize("size", [*range(1, 34), 100, 255, 256, 257, 1000])
def test_every_wrong_consistency_proof_is_refused(size):
    new_root = NAIVE.root(0, size)
    for old in {pick + 1 for pick in picks(size)}:
        old_root, proof = NAIVE.root(0, old), tree.consistency_proof(READ, old, size)
        verify = tree.verify_consistency
        assert not any(verify(old, size, old_root, new_root, wrong) for wrong in spoilt(proof))
        assert not verify(old, size, bytes(32), new_root, proof)
        assert not verify(old, size, old_root, bytes(32), proof)
        assert not verify(size + 1, size, old_root, new_root, proof)
        assert not verify(0, size, old_root, new_root, proof)
        assert verify(old, size, old_root, new_root, []) is (old == size)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 5)])
def test_no_inclusion_proof_for_a_leaf_outside(index, size):
    with pytest.raises(ValueError):
        tree.inclusion_proof(READ, index, size)


@pytest.mark.parametrize(("old", "new"), [(0, 5), (6, 5)])
def test_no_consistency_proof_backwards_or_from_nothing(old, new):
    with pytest.raises(ValueError):
        tree.consistency_proof(READ, old, new)
