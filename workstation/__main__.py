"""``python -m workstation``: the window without arguments, a verb with them."""

from __future__ import annotations

import sys

from workstation import app


def main() -> int:
    """Run the program with the arguments of this process; answers with its exit code."""
    return app.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
