"""`python -m fangan`: the command line."""

import sys

from fangan.cli import main

if __name__ == "__main__":
    sys.exit(main())
