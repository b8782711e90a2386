"""Write the samples and their expectations: ``python -m samples.generator [DIRECTORY]``."""

import json
import sys
from pathlib import Path

from samples.generator.build import write

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1]
expectations = write(folder)
(folder / "expectations.json").write_text(json.dumps(expectations, ensure_ascii=False, indent=1) + "\n", "utf-8")
for entry in expectations["files"]:
    print(f"{entry['file']}: {entry['pages']} pages, {len(entry['planted'])} planted")
