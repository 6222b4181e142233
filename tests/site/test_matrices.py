"""Matrices as a visitor uses them: what they say, heads that stay in sight, filters, downloads and pictures."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from interop_landscape import loading, phrases
from interop_landscape.analysis.gaps import Gaps
from tests.documents.test_shapes import errors_of
from tests.landscapes import SNAPSHOT
from tests.site.conftest import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

TABLE = "table[data-expectation='compute']"


def test_a_sentence_says_what_a_table_shows(real_site: Site) -> None:
    gaps = Gaps(loading.load(SNAPSHOT))
    pairs = [pair for pair in gaps.pairs() if pair.id.expectation == "compute"]
    met = sum(pair.met for pair in pairs)
    rows, columns = ({getattr(pair.id, end) for pair in pairs} for end in ("source", "target"))
    said = json.loads((real_site.folder / "api/v1/matrices/compute.json").read_text())["says"]
    assert said.startswith(
        f"{met} of {len(pairs)} connections from {len(rows)} frameworks to {len(columns)} backends work in full, "
    )
    page = (real_site.folder / "southbound/index.html").read_text()
    assert f'<p class="ls-says">{said}</p>' in page
    assert "<dt>exchange</dt><dd>exports, then perhaps converts to, then imported by" in page


def test_a_table_is_published_as_it_is_shown(page: Page, real_site: Site) -> None:
    document = json.loads((real_site.folder / "api/v1/matrices/compute.json").read_text())
    assert errors_of(document) == []
    page.goto(f"{real_site.address}southbound/")
    section = page.locator("section", has=page.locator(TABLE))
    assert section.locator("tbody th").all_inner_texts() == [row["name"] for row in document["rows"]]
    with (real_site.folder / "api/v1/matrices/compute.csv").open(newline="") as file:
        head, *rows = csv.reader(file)
    assert head[1:-2] == [column["name"] for column in document["columns"]]
    by_place = {(row["id"], cell["to"]): cell for row in document["rows"] for cell in row["cells"]}
    for row, cells in zip(document["rows"], rows, strict=True):
        assert cells[-2:] == [str(row["met"]), str(row["expected"])]
        for column, said in zip(document["columns"], cells[1:-2], strict=True):
            cell = by_place[row["id"], column["id"]]
            assert said.partition(":")[0] == phrases.STANDING[cell["standing"]][1]
    for form in ("CSV", "JSON"):
        address = section.get_by_role("link", name=form).get_attribute("href") or ""
        assert page.request.get(f"{real_site.address}southbound/{address}").ok


def test_a_head_sticks_no_longer_than_its_table_is_in_sight(page: Page, real_site: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 640})
    page.goto(f"{real_site.address}southbound/")
    table = page.locator(TABLE)
    copy = page.locator(".ls-head", has=page.locator("thead", has_text="Huawei Ascend")).first
    table.locator("tbody tr").nth(3).evaluate("row => row.scrollIntoView({block: 'center'})")
    expect(copy).to_be_in_viewport()
    # What follows a table in its own section, however long, must not be below the table's head.
    table.evaluate(
        "table => { const more = document.createElement('p'); more.id = 'after'; more.style.height = '3000px';"
        " table.closest('section').append(more); scrollTo(0, more.getBoundingClientRect().top + scrollY + 600); }"
    )
    expect(page.locator("#after")).to_be_in_viewport()
    expect(copy).not_to_be_in_viewport()


def test_columns_are_filtered_too_and_what_is_left_is_counted(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}southbound/?column=ascend")
    heads = page.locator(f"{TABLE} thead th:visible")
    expect(heads).to_have_text(["Huawei Ascend", "works"])
    page.get_by_label("Rows", exact=True).fill("mindspore")
    expect(page.locator(f"{TABLE} tbody tr:visible")).to_have_count(1)
    expect(page.locator(f"{TABLE} tbody tr:visible td.ls-total")).to_have_text("1/1 100 %")
    expect(page.locator(f"{TABLE} tfoot td:visible").first).to_have_text("1/1 100 %")
    expect(page).to_have_url(re.compile("find=mindspore.*column=ascend|column=ascend.*find=mindspore"))
    page.get_by_label("Columns", exact=True).fill("nothing is called so")
    expect(page.get_by_text("No row and no column of this table fits the filters.").first).to_be_visible()
    expect(page.locator(TABLE)).to_be_hidden()
    whole = (real_site.folder / "southbound/index.html").read_text()
    page.locator("[data-filters] button[type=reset]").click()
    expect(page.locator(TABLE)).to_be_visible()
    first = page.locator(f"{TABLE} tbody tr").first.locator("td.ls-total")
    assert (first.text_content() or "").replace(" ", "") in re.sub(r"<[^>]*>|\s", "", whole)


def test_the_arrow_keys_pass_over_what_is_hidden(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}southbound/")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Columns", exact=True).fill("cuda")
    page.locator(f"{TABLE} tbody tr").first.locator("th a").focus()
    page.keyboard.press("ArrowRight")
    said = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "NVIDIA CUDA" in said
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == said


@pytest.mark.parametrize("width", [390, 1280])
def test_heads_stay_in_sight_and_no_box_scrolls_up_and_down(width: int, page: Page, real_site: Site) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{real_site.address}southbound/")
    page.wait_for_load_state("networkidle")
    last = page.locator(f"{TABLE} tbody tr").last
    last.evaluate("row => scrollTo(0, row.getBoundingClientRect().top + scrollY - 400)")
    page.wait_for_timeout(400)
    below = page.locator(".md-header").evaluate("head => head.getBoundingClientRect().bottom")
    names = [
        page.evaluate("([x, y]) => document.elementFromPoint(x, y).textContent", [200, below + y]) for y in (12, 30)
    ]
    assert any(name.strip() in ("CPU", "NVIDIA CUDA") for name in names), names
    box = page.locator(".ls-scroll", has=page.locator(TABLE))
    assert box.evaluate("box => box.scrollHeight - box.clientHeight") <= 1
    box.evaluate("box => box.scrollBy(200, 0)")
    page.wait_for_timeout(200)
    left = last.locator("th").evaluate("cell => cell.getBoundingClientRect().left")
    assert left == pytest.approx(box.evaluate("box => box.getBoundingClientRect().left"), abs=2)
    cut = page.locator(f"{TABLE} thead a").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1)"
    )
    assert cut == []


def test_a_table_becomes_a_picture_for_slides(page: Page, real_site: Site, tmp_path: Path) -> None:
    page.goto(f"{real_site.address}southbound/?column=cuda")
    section = page.locator("section", has=page.locator(TABLE))
    expect(page.locator(f"{TABLE} thead th:visible")).to_have_count(2)
    with page.expect_download() as svg:
        section.get_by_role("button", name="picture, SVG").click()
    svg.value.save_as(tmp_path / "x.svg")
    texts = [one.text for one in ET.parse(tmp_path / "x.svg").iter("{http://www.w3.org/2000/svg}text")]
    assert {"Compute", "PyTorch", "MindSpore", "native"} <= set(texts)
    assert "Ascend" not in str(texts[:40])
    with page.expect_download() as png:
        section.get_by_role("button", name="picture, PNG").click()
    png.value.save_as(tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes()[:4] == b"\x89PNG"
