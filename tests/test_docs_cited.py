"""Every address under docs/ that the code cites leads somewhere."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_cited_address_exists() -> None:
    texts = [path.read_text() for path in (ROOT / "src").rglob("*.py")]
    cited = {found for text in texts for found in re.findall(r"(?<![\w/.])(docs/[\w/-]+\.md)#([\w-]+)", text)}
    assert len(cited) >= 3
    for path, anchor in cited:
        headings = re.findall(r"^#+ (.+)$", (ROOT / path).read_text(), re.MULTILINE)
        assert anchor in {heading.lower().replace(" ", "-") for heading in headings}, f"{path}#{anchor}"
