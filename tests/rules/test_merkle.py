"""The hash tree: the published roots, every leaf of any tree proves, and any change of anything is refused."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.toolkit import merkle

# The eight leaves and roots that implementations of RFC 6962 hold themselves against.
LEAVES = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
hashes = st.lists(st.binary(max_size=4), min_size=1, max_size=40).map(
    lambda many: [merkle.leaf_hash(one) for one in many]
)


@pytest.mark.parametrize("size", ROOTS)
def test_the_roots_are_the_published_ones(size: int) -> None:
    assert merkle.root([merkle.leaf_hash(one) for one in LEAVES[:size]]).hex() == ROOTS[size]


def defined(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962, section 2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256().digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + defined(leaves[:half]) + defined(leaves[half:])).digest()


@given(hashes)
def test_the_root_of_one_pass_is_the_root_of_the_definition(leaves: list[bytes]) -> None:
    assert merkle.root(leaves) == defined(leaves)


@given(hashes, st.data())
def test_every_leaf_proves_and_a_change_of_anything_is_refused(leaves: list[bytes], data: st.DataObject) -> None:
    root, index, size = merkle.root(leaves), data.draw(st.integers(0, len(leaves) - 1)), len(leaves)
    proof = merkle.inclusion(leaves, index)
    assert merkle.includes(leaf=leaves[index], index=index, size=size, proof=proof, root=root)
    other = sha256(b"other").digest()
    assert not merkle.includes(leaf=other, index=index, size=size, proof=proof, root=root)
    assert not merkle.includes(leaf=leaves[index], index=index, size=size, proof=proof, root=other)
    assert not merkle.includes(leaf=leaves[index], index=index, size=size, proof=(*proof, other), root=root)
    assert not merkle.includes(leaf=leaves[index], index=size, size=size, proof=proof, root=root)
    assert not merkle.includes(leaf=leaves[index], index=-1, size=size, proof=proof, root=root)
    if proof:
        assert not merkle.includes(leaf=leaves[index], index=index, size=size, proof=proof[:-1], root=root)
        place = data.draw(st.integers(0, len(proof) - 1))
        changed = (*proof[:place], other, *proof[place + 1 :])
        assert not merkle.includes(leaf=leaves[index], index=index, size=size, proof=changed, root=root)


@given(hashes, st.data())
def test_a_tree_that_only_grew_proves_it_and_a_rewritten_one_cannot(leaves: list[bytes], data: st.DataObject) -> None:
    before, size = data.draw(st.integers(1, len(leaves))), len(leaves)
    old, new, proof = merkle.root(leaves[:before]), merkle.root(leaves), merkle.consistency(leaves, before)
    assert merkle.extends(old=old, before=before, new=new, size=size, proof=proof)
    other = sha256(b"other").digest()
    assert not merkle.extends(old=other, before=before, new=new, size=size, proof=proof)
    assert not merkle.extends(old=old, before=before, new=other, size=size, proof=proof)
    assert not merkle.extends(old=old, before=before, new=new, size=size, proof=(*proof, other))
    if proof:
        place = data.draw(st.integers(0, len(proof) - 1))
        changed = (*proof[:place], other, *proof[place + 1 :])
        assert not merkle.extends(old=old, before=before, new=new, size=size, proof=changed)
    place = data.draw(st.integers(0, before - 1))
    rewritten = [*leaves[:place], other, *leaves[place + 1 :]]
    forged = merkle.consistency(rewritten, before)
    assert not merkle.extends(old=old, before=before, new=merkle.root(rewritten), size=size, proof=forged)


def test_a_leaf_that_is_not_there_has_no_proof() -> None:
    with pytest.raises(IndexError):
        merkle.inclusion([], 0)
    with pytest.raises(IndexError):
        merkle.consistency([merkle.leaf_hash(b"")], 2)
