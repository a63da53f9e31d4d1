"""`python -m tragnetz.config.cli`: the same where no script lies on the path."""

import sys

from tragnetz.config.cli import main

sys.exit(main())
