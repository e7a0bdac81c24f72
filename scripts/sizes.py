"""Print the biggest file and function of the source, and fail past the limits of the house style."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

FILE_LIMIT, FUNCTION_LIMIT = 500, 60


def main() -> int:
    files: list[tuple[int, str]] = []
    functions: list[tuple[int, str]] = []
    for path in sorted(Path("src").rglob("*.py")):
        if "migrations" in path.parts:
            continue
        text = path.read_text()
        files.append((text.count("\n"), str(path)))
        functions += [
            ((node.end_lineno or node.lineno) - node.lineno + 1, f"{path}:{node.name}")
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef)
        ]
    files.sort()
    functions.sort()
    sys.stdout.write(f"files {len(files)}, median {files[len(files) // 2][0]} lines, biggest {files[-1]}\n")
    sys.stdout.write(
        f"functions {len(functions)}, median {functions[len(functions) // 2][0]} lines, biggest {functions[-1]}\n"
    )
    return int(files[-1][0] > FILE_LIMIT or functions[-1][0] > FUNCTION_LIMIT)


if __name__ == "__main__":
    sys.exit(main())
