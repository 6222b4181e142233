"""What visitors may write into the path finder: parts of names, by keyboard and by touch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.site.conftest import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def ask(page: Page, source: str, target: str) -> None:
    """Write both ends and ask."""
    page.get_by_label("From").fill(source)
    page.get_by_label("To", exact=True).fill(target)
    page.get_by_role("button", name="Find routes").click()


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("onnxruntime", "onnx-runtime"),
        ("scikit", "scikit-learn"),
        ("tensorflow-lite", "litert"),
        ("ONNX", "onnx"),
        ("ascend", "ascend"),
        ("on device runtime google", None),
        ("frobnicator", None),
    ],
)
def test_part_of_a_name_is_enough(words: str, meant: str | None, page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}paths/")
    page.locator("[role=combobox]").first.wait_for()
    ask(page, "pyro", words)
    if meant is None:
        told = page.locator("[data-routes] .ls-empty")
        expect(told).to_contain_text(f"“{words}” is not on the map. Nearest: ")
        assert told.locator("a").count() == 3
        assert "from=pyro" in (told.locator("a").first.get_attribute("href") or "")
    else:
        expect(page).to_have_url(re.compile(rf"\?from=pyro&to={meant}$"))
        page.locator("[data-routes] .ls-verdict").wait_for()


def test_what_else_words_may_mean_is_told(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}paths/?from=pyro&to=mindspore-l")
    expect(page.locator(".ls-read")).to_have_count(0)  # one fits alone
    page.goto(f"{real_site.address}paths/?from=pyro&to=onnx-r")
    expect(page.locator(".ls-read")).to_contain_text("It may also mean ")
    page.locator(".ls-read a").first.click()
    page.locator("[data-routes] .ls-verdict").wait_for()


def test_an_entry_is_chosen_by_keyboard(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}paths/")
    field = page.get_by_role("combobox", name="From")
    field.press_sequentially("runtime")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = options.nth(1)
    assert second.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == second.get_attribute("id")
    name = second.inner_text().rpartition(" ")[0].strip()
    page.keyboard.press("Enter")
    assert field.input_value() == name
    assert field.get_attribute("aria-expanded") == "false"
    field.press_sequentially("x")
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)


def test_an_entry_is_chosen_by_touch(browser: Browser, real_site: Site) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(f"{real_site.address}paths/")
    page.get_by_role("combobox", name="To").press_sequentially("mindspore l")
    page.get_by_role("option", name="MindSpore Lite").tap()
    assert page.get_by_role("combobox", name="To").input_value() == "MindSpore Lite"
    context.close()


def test_a_path_has_a_title_and_a_place_in_the_history(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}paths/")
    page.locator("[role=combobox]").first.wait_for()
    ask(page, "Pyro", "Huawei Ascend")
    expect(page).to_have_title(re.compile("^Pyro to Huawei Ascend"))
    ask(page, "MindSpore", "Huawei Ascend")
    expect(page).to_have_title(re.compile("^MindSpore to Huawei Ascend"))
    page.go_back()
    expect(page).to_have_title(re.compile("^Pyro to Huawei Ascend"))
    expect(page.locator("[data-routes] h2")).to_have_text("Pyro to Huawei Ascend")


def test_no_answer_leaves_a_visitor_without_a_next_step(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}paths/?from=ascend&to=pyro")
    told = page.locator("[data-routes]")
    expect(told).to_contain_text("It is reached the other way round")
    expect(told.get_by_role("link", name="Pyro to Huawei Ascend")).to_be_visible()
    page.goto(f"{real_site.address}paths/?from=mindspore&to=openvino")
    expect(told.locator(".ls-verdict")).to_be_visible()
    assert told.locator("li a, .ls-empty a").count() >= 2
    assert "landscape path" not in told.inner_text()


def test_an_entry_offers_the_direction_in_which_something_leads(page: Page, real_site: Site) -> None:
    page.goto(f"{real_site.address}entries/ascend/")
    expect(page.get_by_role("link", name="Find a path from here")).to_have_count(0)
    page.get_by_role("link", name="Find a path to here").click()
    page.wait_for_url("**/paths/?to=ascend")
    expect(page.get_by_role("combobox", name="To")).to_have_value("Huawei Ascend")
    expect(page.locator("[data-routes]")).to_contain_text("Name where the path starts")
    page.goto(f"{real_site.address}entries/pytorch/")
    expect(page.get_by_role("link", name="Find a path from here")).to_have_count(1)
