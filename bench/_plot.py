"""Writes a bench's figures as text and as a small SVG of bars, without any library."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
_WIDTH, _ROW, _LEFT = 760, 30, 300


def save(
    name: str, text: Iterable[str], title: str, bars: Iterable[tuple[str, float]], *, goal: float | None = None
) -> None:
    """Write `results/NAME.txt` and `results/NAME.svg`."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.txt").write_text("\n".join(text) + "\n", encoding="utf-8")
    (RESULTS / f"{name}.svg").write_text(_svg(title, list(bars), goal), encoding="utf-8")


def _svg(title: str, bars: list[tuple[str, float]], goal: float | None) -> str:
    most = max([value for _, value in bars] + ([goal] if goal else [])) or 1.0
    scale = (_WIDTH - _LEFT - 90) / most
    height = 60 + _ROW * len(bars)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/><text x="12" y="22" font-weight="bold">{escape(title)}</text>',
    ]
    for row, (label, value) in enumerate(bars):
        top = 40 + row * _ROW
        parts.append(f'<text x="{_LEFT - 10}" y="{top + 15}" text-anchor="end">{escape(label)}</text>')
        parts.append(f'<rect x="{_LEFT}" y="{top}" width="{value * scale:.1f}" height="20" fill="#1d5f8a"/>')
        parts.append(f'<text x="{_LEFT + value * scale + 6:.1f}" y="{top + 15}">{value:,.1f}</text>')
    if goal:
        line = _LEFT + goal * scale
        bottom = 40 + _ROW * len(bars)
        parts.append(
            f'<line x1="{line:.1f}" y1="34" x2="{line:.1f}" y2="{bottom}" stroke="#b3261e" stroke-dasharray="4 3"/>'
        )
        parts.append(f'<text x="{line:.1f}" y="{bottom + 14}" text-anchor="middle" fill="#b3261e">goal {goal:g}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
