"""Codes found by what people type: digits, words in any of three languages however they were typed, one wrong letter.

An index of a list is made once for each state of the law and kept with it; a search asks no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from gumruk.lawbook import selectors
from gumruk.lawbook.snapshot import Snapshot
from gumruk.toolkit.text import dictionary_key, folded

LANGUAGES = ("tg", "ru", "en")
SHORTEST = 4  # letters of a word in which one may be wrong
ENDING = 2  # letters that a Russian or Tajik ending may differ in
_WORDS = re.compile(r"[^\W_]+")
_APART = re.compile(r"[\s.\u00a0]+")


@dataclass(frozen=True, slots=True)
class Found:
    """One code: its name in the language asked for, and the names above it, nearest first."""

    code: str
    name: str
    above: tuple[str, ...] = ()


@dataclass(slots=True)
class CodeIndex:
    """The rows of one list: what each is searched as, alone and together with what stands above it."""

    codes: list[str]
    names: list[Mapping[str, str]]
    above: list[tuple[Mapping[str, str], ...]]
    own: list[str]
    whole: list[str]
    vocabulary: frozenset[str]
    near_words: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, text: str, language: str) -> list[Found]:
        """Rows that answer the text, the best first: by digits, by their own words, by those above."""
        wanted = folded(text.strip())
        if not wanted:
            order = sorted(range(len(self.codes)), key=lambda place: self._order(place, language))
            return [self._found(place, language) for place in order]
        digits = _APART.sub("", wanted)
        first = [place for place, code in enumerate(self.codes) if folded(code).startswith(digits)]
        words = [self._meant(word) for word in _WORDS.findall(wanted)]
        chosen = set(first)
        best, others = [], []
        for place, own in enumerate(self.own):
            if place in chosen or not words:
                continue
            if all(any(word in own for word in meant) for meant in words):
                best.append(place)
            elif all(any(word in self.whole[place] for word in meant) for meant in words):
                others.append(place)
        return [self._found(place, language) for place in (*first, *best, *others)]

    def _order(self, place: int, language: str) -> tuple[Any, ...]:
        code = self.codes[place]
        return (code,) if code.isdigit() else (dictionary_key(self.names[place].get(language) or ""), code)

    def _found(self, place: int, language: str) -> Found:
        names = self.names[place]
        above = tuple(str(one.get(language) or one.get("en") or "") for one in self.above[place])
        return Found(self.codes[place], str(names.get(language) or names.get("en") or ""), above)

    def _meant(self, word: str) -> tuple[str, ...]:
        """The word as typed when any row has it, else without its ending, else the words one letter away."""
        for cut in range(ENDING + 1 if len(word) > SHORTEST + ENDING - 1 else 1):
            tried = word[: len(word) - cut]
            if any(tried in one for one in self.vocabulary):
                return (tried,)
        if len(word) < SHORTEST:
            return (word,)
        if word not in self.near_words:
            self.near_words[word] = tuple(sorted(one for one in self.vocabulary if begins_near(word, one))) or (word,)
            if len(self.near_words) > 500:
                self.near_words.pop(next(iter(self.near_words)))
        return self.near_words[word]


def begins_near(typed: str, word: str) -> bool:
    """Whether the beginning of `word` is what was typed, with one letter wrong, missing, too many or two swapped."""
    if len(word) < len(typed) - 1:
        return False
    return any(_one_apart(typed, word[:length]) for length in (len(typed), len(typed) - 1, len(typed) + 1))


def _one_apart(one: str, two: str) -> bool:
    if abs(len(one) - len(two)) > 1 or one == two:
        return one == two
    start = next((place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    rest, other = one[start:], two[start:]
    if len(one) == len(two):
        return rest[1:] == other[1:] or (rest[:2] == other[:2][::-1] and rest[2:] == other[2:])
    return rest[1:] == other if len(one) > len(two) else rest == other[1:]


def index_of(name: str) -> CodeIndex:
    """The index of a list under the law of now. Raises KeyError: no such list."""
    return _index(selectors.snapshot(), name)


@lru_cache(maxsize=64)
def _index(known: Snapshot, name: str) -> CodeIndex:
    from datetime import date

    lists = known.epoch(date.max).codes
    rows = goods_rows(lists) if name == "goods" else procedure_rows(lists) if name == "procedure" else lists[name]
    above = {code: _above(lists, code) if name == "goods" else () for code in rows}
    own = [_searched([row]) for row in rows.values()]
    whole = [f"{said} {_searched(above[code])}" for code, said in zip(rows, own, strict=True)]
    vocabulary = frozenset(word for said in whole for word in said.split())
    return CodeIndex(list(rows), list(rows.values()), list(above.values()), own, whole, vocabulary)


def goods_rows(lists: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, Mapping[str, Any]]:
    """The codes of the tariff and the subheadings of the Harmonized System, in order of code."""
    return dict(sorted({**lists.get("hs6", {}), **lists.get("goods", {})}.items()))


def procedure_rows(lists: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, Mapping[str, Any]]:
    """Box 37 for each regime: its code with no procedure before."""
    found: dict[str, Mapping[str, Any]] = {}
    for row in lists.get("regime", {}).values():
        code = str(row.get("procedure") or "")
        if code and f"{code}00" not in found:
            found[f"{code}00"] = row
    return found


def _above(lists: Mapping[str, Mapping[str, Mapping[str, Any]]], code: str) -> tuple[Mapping[str, Any], ...]:
    """Subheading, heading and chapter of a goods code, nearest first."""
    levels = (("hs6", 6), ("hs_heading", 4), ("hs_chapter", 2))
    found = (lists.get(name, {}).get(code[:length]) for name, length in levels if len(code) > length)
    return tuple(row for row in found if row)


def _searched(rows: Sequence[Mapping[str, Any]] | Iterable[Mapping[str, Any]]) -> str:
    words = (str(row.get(language) or "") for row in rows for language in LANGUAGES)
    return " ".join(dict.fromkeys(_WORDS.findall(folded(" ".join(words)))))
