"""Where the tests find the real data they read: the `shared` folder beside the checkout."""

import os
from pathlib import Path

SHARED = Path(os.environ.get("PAPERBOY_SHARED", Path(__file__).parents[2] / "shared"))
DIGEST = SHARED / "digests" / "cs.CV-2020-02-25.md"
SCHEMA = SHARED / "telegram" / "bot-api-10.1.json"
