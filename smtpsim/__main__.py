"""`python -m smtpsim`."""

import sys

from smtpsim.app.main import main

sys.exit(main())
