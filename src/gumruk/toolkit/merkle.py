"""The hash tree of RFC 6962: one root for a list of leaves, and short proofs that a leaf is in it or that it only grew.

Pure: bytes in, bytes out. What the leaves are is not known here. The proofs are checked with the root alone, by anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

Proof = tuple[bytes, ...]


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf; its first byte keeps it apart from a node."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, in one pass: full subtrees wait until their neighbour is full too."""
    waiting: list[tuple[int, bytes]] = []
    for leaf in leaves:
        level, found = 0, leaf
        while waiting and waiting[-1][0] == level:
            found = node_hash(waiting.pop()[1], found)
            level += 1
        waiting.append((level, found))
    if not waiting:
        return sha256().digest()
    found = waiting.pop()[1]
    while waiting:
        found = node_hash(waiting.pop()[1], found)
    return found


def inclusion(leaves: Sequence[bytes], index: int) -> Proof:
    """The proof that the leaf at `index` is in the tree. IndexError when there is none."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return ()
    half = _split(len(leaves))
    if index < half:
        return (*inclusion(leaves[:half], index), root(leaves[half:]))
    return (*inclusion(leaves[half:], index - half), root(leaves[:half]))


def includes(*, leaf: bytes, index: int, size: int, proof: Proof, root: bytes) -> bool:
    """Whether the proof shows that `leaf` stands at `index` of the tree of `size` leaves that has this root."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = node_hash(step, found)
            while not place % 2 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistency(leaves: Sequence[bytes], before: int) -> Proof:
    """The proof that the tree of the first `before` leaves is a beginning of this one. IndexError when it cannot be."""
    if not 0 < before <= len(leaves):
        raise IndexError(before)
    return _growth(leaves, before, known=True)


def _growth(leaves: Sequence[bytes], before: int, *, known: bool) -> Proof:
    if before == len(leaves):
        return () if known else (root(leaves),)
    half = _split(len(leaves))
    if before <= half:
        return (*_growth(leaves[:half], before, known=known), root(leaves[half:]))
    return (*_growth(leaves[half:], before - half, known=False), root(leaves[:half]))


def extends(*, old: bytes, before: int, new: bytes, size: int, proof: Proof) -> bool:
    """Whether the proof shows that the tree `new` of `size` leaves begins with the tree `old` of `before` leaves."""
    if not 0 < before <= size:
        return False
    if before == size:
        return not proof and old == new
    steps = list(proof) if before & (before - 1) else [old, *proof]
    if not steps:
        return False
    place, last = before - 1, size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    was = grown = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            was, grown = node_hash(step, was), node_hash(step, grown)
            while not place % 2 and place:
                place, last = place >> 1, last >> 1
        else:
            grown = node_hash(grown, step)
        place, last = place >> 1, last >> 1
    return last == 0 and was == old and grown == new
