"""What is made of the shipped data: its site, its exports and its report."""

from __future__ import annotations

from pathlib import Path

from interop_landscape import Landscape
from tests.conftest import Run
from tests.exchange.test_graphs import agree
from tests.shipped import SHIPPED
from tests.site.pages import dead_addresses, pages_of


def test_the_site_is_built_and_every_address_on_it_leads_somewhere(shipped: Landscape, built: Path) -> None:
    pages = pages_of(built)
    assert {f"entries/{name}/index.html" for name in shipped.entries} <= pages.keys()
    assert {f"gaps/{name}/index.html" for name in shipped.records} <= pages.keys()
    assert dead_addresses(pages, built)[:10] == []


def test_the_exported_graph_is_the_landscape(shipped: Landscape) -> None:
    agree(shipped)


def test_the_report_is_two_pages_at_the_most(run: Run) -> None:
    done = run("report", "--since", "HEAD", "-d", SHIPPED, clock=True)
    assert done.returncode == 0, done.stderr
    assert 300 < len(done.stdout.split()) < 1100
