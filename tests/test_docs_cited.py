"""Every address under docs/ that code and documents cite leads somewhere."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = [
    path
    for folder, pattern in (("src", "*.py"), ("tests", "*.py"), ("site_templates/assets/js", "**/*.js"))
    for path in (ROOT / folder).rglob(pattern)
]
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_address_that_code_cites_exists() -> None:
    texts = [path.read_text() for path in SOURCES]
    cited = {found for text in texts for found in re.findall(r"(?<![\w/.])(docs/[\w/-]+\.md)(?:#([\w-]+))?", text)}
    assert len(cited) >= 8
    for path, anchor in cited:
        assert (ROOT / path).is_file(), path
        assert not anchor or anchor in anchors(ROOT / path), f"{path}#{anchor}"


def test_no_docstring_cites_the_plan_of_the_project() -> None:
    # It is no part of the repository: "DESIGN section 5" led nowhere.
    name = "DESIGN"
    found = [path for path in SOURCES if re.search(rf"{name},? section", path.read_text())]
    assert [path for path in found if path != Path(__file__)] == []


def test_every_link_between_documents_leads_somewhere() -> None:
    for document in DOCUMENTS:
        for target, anchor in re.findall(r"\]\((?!https?:|#)([^)#\s]+)(?:#([\w-]+))?\)", document.read_text()):
            path = (document.parent / target).resolve()
            assert path.exists(), f"{document.name}: {target}"
            assert not anchor or anchor in anchors(path), f"{document.name}: {target}#{anchor}"
