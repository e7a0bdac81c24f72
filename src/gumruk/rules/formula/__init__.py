"""Formula texts of payments: one typed tree, read once, compiled to integer arithmetic with its working.

Only `round` rounds. The fraction interpreter in `oracle` is the slow and obvious twin that tests compare with.
"""

from gumruk.rules.formula.compiling import Program, compile_formula
from gumruk.rules.formula.reading import FormulaRefused, read_formula
from gumruk.rules.formula.tree import Node, inputs_of

__all__ = ["FormulaRefused", "Node", "Program", "compile_formula", "inputs_of", "read_formula"]
