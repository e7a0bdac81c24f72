"""ASYCUDA World declaration XML in and out. A file that came in is kept: what has no field here goes out as it came."""

from gumruk.exchange.asycuda.extension import extras
from gumruk.exchange.asycuda.reading import parse, read, unused
from gumruk.exchange.asycuda.results import Results, Serial, results_of
from gumruk.exchange.asycuda.writing import write

__all__ = ["Results", "Serial", "extras", "parse", "read", "results_of", "unused", "write"]
