"""The command line: the verbs of the window that make sense without one.

Results go to standard output, words for people to standard error. Exit code 0: done; 1: the answer is no; 2: the call is
wrong; 3: it failed.
"""

from workstation.cli.call import named_store, parse, store_path
from workstation.cli.opening import open_desk
from workstation.cli.running import run

__all__ = ["named_store", "open_desk", "parse", "run", "store_path"]
