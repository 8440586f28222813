import pytest

from core.ledger import tree
from core.ledger.checkpoint import Checkpoint, format_checkpoint
from core.ledger.note import BadNote, sign_note
from core.ledger.proof import LogProof, format_proof, parse_proof

LEAVES = [tree.leaf_hash(b"%d" % number) for number in range(11)]
CHECKPOINT = Checkpoint("log", 11, tree.root(LEAVES))
NOTE = sign_note(format_checkpoint(CHECKPOINT), "log", b"abcd", lambda message: b"sig")
PROOF = LogProof(7, tuple(tree.inclusion_proof(tree.node_reader(LEAVES), 7, 11)), NOTE)


def test_a_proof_comes_back_and_proves():
    text = format_proof(PROOF)
    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 7\n")
    assert text.endswith("\n\n" + NOTE)
    assert parse_proof(text) == PROOF
    assert PROOF.proves(LEAVES[7], CHECKPOINT)
    assert not PROOF.proves(LEAVES[6], CHECKPOINT)


def test_extra_data_is_kept():
    proof = LogProof(0, (), NOTE, extra=b"leaf")
    assert parse_proof(format_proof(proof)) == proof


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@v1", "@v2"),
        ("index 7", "index 07"),
        ("index 7\n", ""),
        ("index 7", "extra *\nindex 7"),
        ("\n\n", "\n"),
    ],
)
def test_another_format_is_refused(old, new):
    with pytest.raises(BadNote):
        parse_proof(format_proof(PROOF).replace(old, new))


@pytest.mark.parametrize(
    "text", ["", "c2sp.org/tlog-proof@v1\n\nx", "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx"]
)
def test_a_broken_proof_is_refused(text):
    with pytest.raises(BadNote):
        parse_proof(text)
