"""The user's `mkdocs.yml`: what of it the site keeps, and what is refused, since a stranger may have written it.

It is read as data. A pull request may change it, and `landscape build` runs on pull requests: so no tag, plugin, hook,
template or extension of Markdown that could run code or read other files is taken from it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

import nh3
import yaml

from interop_landscape.errors import BadRequest
from interop_landscape.reading import bounds
from interop_landscape.reading.bounds import read_at_most
from interop_landscape.reading.compose import compose
from interop_landscape.site.address import fault

SETTINGS: Final = "mkdocs.yml"
PLUGIN: Final = "interop-landscape"
OWN_PAGES: Final = PLUGIN
"""An item of the user's `nav` that the program's pages replace."""

_RESERVED: Final = frozenset(
    {"api", "assets", "badges", "changes", "downloads", "embed", "entries", "gaps", "reference", "search"}
)
_THEME: Final = frozenset({"name", "palette", "logo", "favicon", "language", "features", "icon", "font"})
_EXTENSIONS: Final = frozenset(
    {"abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"}
)
_IN_COPYRIGHT: Final = {"a", "b", "em", "i", "strong"}
_NOT_TAKEN: Final = {
    "hooks": "they run code; use `mkdocs build` with settings of your own",
    "INHERIT": "write all settings into this file",
    "repo_url": "`repository` in landscape.yml is linked, without asking its host",
}


@dataclass(frozen=True)
class SiteSettings:
    """What the user's `mkdocs.yml` says; `folder` is where it lies, None where there is none."""

    folder: Path | None = None
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def site_url(self) -> str | None:
        """Where the site will be published."""
        return self.values.get("site_url")

    @property
    def pages(self) -> Path | None:
        """The folder of the user's own pages, whether it is there or not."""
        return self.folder / self.values.get("docs_dir", "docs") if self.folder else None

    def applied_to(self, base: dict[str, Any], text: Callable[[str], str]) -> dict[str, Any]:
        """The program's settings with the user's: lists grow, the navigation takes the user's pages in.

        `text` gives what is put into the settings for a text that the engine would put into pages as it is.
        """
        made = dict(base)
        for key, value in self.values.items():
            if key in ("docs_dir", "site_dir", "plugins", "site_url"):
                continue
            if key in ("site_name", "site_description", "site_author"):
                made[key] = text(value)
            elif key == "copyright":
                made[key] = nh3.clean(value, tags=_IN_COPYRIGHT, url_schemes={"http", "https", "mailto"})
            elif key == "nav":
                made[key] = _navigation(base["nav"], value, text)
            elif key == "theme":
                made[key] = _themed(base["theme"], value)
            elif isinstance(value, list):
                made[key] = [*base.get(key, []), *(item for item in value if item not in base.get(key, []))]
            else:
                made[key] = {**base.get(key, {}), **value} if isinstance(value, dict) else value
        return made

    def copy_pages(self, staged: Path) -> None:
        """Put the user's pages and files among the staged ones. Raises BadRequest where one takes another's place."""
        source = self.pages
        if source is None or not source.is_dir():
            return
        for path in sorted(source.rglob("*")):
            name = path.relative_to(source)
            if path.is_symlink():
                raise BadRequest(f"{_shown(path)} is a link; put the file itself there")
            if path.is_dir() or any(part.startswith(".") for part in name.parts):
                continue
            target = staged / name
            if target.exists() or name.parts[0] in _RESERVED or name.stem == "README":
                raise BadRequest(f"{_shown(path)} would take the place of the site's own {name}; give it another name")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)

    def own_pages(self) -> frozenset[str]:
        """The pages that are made of the user's Markdown, by their paths below the site."""
        source = self.pages
        names = (path.relative_to(source).with_suffix("") for path in source.rglob("*.md")) if source else ()
        folders = (name.parent if name.name == "index" else name for name in names)
        return frozenset((folder / "index.html").as_posix() for folder in folders)


def read_settings(landscape: Path) -> SiteSettings:
    """The `mkdocs.yml` beside a landscape's folder. Raises BadRequest with its file and line."""
    path = landscape.resolve().parent / SETTINGS
    return SiteSettings(path.parent, _checked(path)) if path.is_file() else SiteSettings()


def _checked(path: Path) -> dict[str, Any]:
    data = read_at_most(path)
    node, faults = compose(data)
    if faults:
        _refuse(path, faults[0].line, faults[0].message, faults[0].hint)
    if not isinstance(node, yaml.MappingNode):
        _refuse(path, 1, "the settings are no keys with values", "begin with `site_name: …`")
    try:
        _refuse_long(path, node)
        values: dict[Any, Any] = yaml.load(data, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError) as error:
        _refuse(path, 1, f"not valid YAML: {error}".splitlines()[0], "correct it, or quote the value")
    for key, value in node.value:
        name, line = key.value, key.start_mark.line + 1
        if name in _NOT_TAKEN:
            _refuse(path, line, f"`{name}` is refused", _NOT_TAKEN[name])
        if name not in _KEYS:
            _refuse(path, line, f"`{name}` is not kept", f"remove it; there are {', '.join(sorted(_KEYS))}")
        if problem := _KEYS[name](values[name], path.parent):
            _refuse(path, value.start_mark.line + 1, f"`{name}`: {problem[0]}", problem[1])
    return values


def _refuse_long(path: Path, node: yaml.Node) -> None:
    """Refuse what no setting holds: YAML makes numbers and dates of texts, and takes long for long ones."""
    if isinstance(node, yaml.ScalarNode):
        if len(node.value) > bounds.TEXT:
            line = node.start_mark.line + 1
            _refuse(path, line, f"{len(node.value):,} characters in one value", f"keep to {bounds.TEXT:,}")
        return
    for child in node.value:
        for one in child if isinstance(child, tuple) else (child,):
            _refuse_long(path, one)


def _refuse(path: Path, line: int, message: str, hint: str) -> NoReturn:
    raise BadRequest(f"{_shown(path)}:{line}: {message}; {hint}")


def _shown(path: Path) -> str:
    return os.path.relpath(path)


_Problem = tuple[str, str] | None
_ELSEWHERE: Final = ("a page would ask another host for it", "put the file into `docs_dir` and name it")


def _text(value: Any, folder: Path) -> _Problem:
    return None if isinstance(value, str) else ("this is no text", "write text, in quotes if need be")


def _site_url(value: Any, folder: Path) -> _Problem:
    return _text(value, folder) or (fault(value) if value else None)


def _mapping(value: Any, folder: Path) -> _Problem:
    return None if isinstance(value, dict) else ("these are no keys with values", "write `key: value` below it")


def _texts(value: Any, folder: Path) -> _Problem:
    fine = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return None if fine else ("this is no list of texts", "write `- …` below it")


def _is_elsewhere(address: Any) -> bool:
    """Whether a page would ask another host for it."""
    return isinstance(address, str) and ("//" in address or ":" in address)


def _styles(value: Any, folder: Path) -> _Problem:
    if problem := _texts(value, folder):
        return problem
    return _ELSEWHERE if any(map(_is_elsewhere, value)) else None


def _extra(value: Any, folder: Path) -> _Problem:
    if problem := _mapping(value, folder):
        return problem
    if "analytics" in value:
        return "`analytics` would send visitors to another host", "remove it"
    return _plain(value)


_NOT_PLAIN: Final = re.compile(r"""[<>"'`&{}\\\x00-\x1f\x7f]|(?i:^\s*(java|vb)script:|^\s*data:)""")


def _plain(value: Any) -> _Problem:
    """The theme puts these values into pages as they are."""
    if isinstance(value, str) and (found := _NOT_PLAIN.search(value)):
        return f"{value[:60]!r} with {found[0]!r} would stand in pages as it is", "write plain words, or an address"
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return next((problem for pair in inner for one in pair if (problem := _plain(one))), None)


def _nav(value: Any, folder: Path) -> _Problem:
    return (
        None if isinstance(value, list) and all(map(_is_nav, value)) else ("no navigation", "write `- Title: page.md`")
    )


def _is_nav(item: Any) -> bool:
    if isinstance(item, str):
        return True
    if not isinstance(item, dict) or len(item) != 1:
        return False
    [(name, value)] = item.items()
    return isinstance(name, str) and (isinstance(value, str) or (isinstance(value, list) and all(map(_is_nav, value))))


def _docs_dir(value: Any, folder: Path) -> _Problem:
    if problem := _text(value, folder):
        return problem
    inside = (folder / value).resolve()
    if inside == folder.resolve() or not inside.is_relative_to(folder.resolve()):
        return "it is not below the folder of this file", "name a folder below it, such as `docs`"
    return None if inside.is_dir() else (f"there is no folder {value}", "make it, or name another")


def _theme(value: Any, folder: Path) -> _Problem:
    if value == "material":
        return None
    if problem := _mapping(value, folder):
        return problem
    if odd := sorted(str(key) for key in value.keys() - _THEME):
        return f"`{odd[0]}` is refused", f"keep to {', '.join(sorted(_THEME))}: others change templates"
    if value.get("name", "material") != "material":
        return "only the theme material is used", "remove `name`"
    if value.get("font", False) is not False:
        return "a font would be fetched from another host", "remove `font`"
    if any(_is_elsewhere(value.get(key)) for key in ("logo", "favicon")):
        return _ELSEWHERE
    if "content.tooltips" in value.get("features", []):
        return "`content.tooltips` shows the text of titles as HTML", "remove it"
    return _texts(value.get("features", []), folder) or _plain(value)


def _only(allowed: frozenset[str], what: str) -> Callable[[Any, Path], _Problem]:
    def check(value: Any, folder: Path) -> _Problem:
        names = [next(iter(v), "") if isinstance(v, dict) else v for v in value] if isinstance(value, list) else [None]
        odd = [name for name in names if not isinstance(name, str) or name not in allowed]
        return (f"{odd[0]} is refused", f"only {', '.join(sorted(allowed))}: {what}") if odd else None

    return check


_KEYS: Final[dict[str, Callable[[Any, Path], _Problem]]] = {
    **dict.fromkeys(("site_name", "site_description", "site_author", "copyright", "site_dir"), _text),
    "docs_dir": _docs_dir,
    "extra": _extra,
    "extra_css": _styles,
    "markdown_extensions": _only(_EXTENSIONS, "others can run code or read files"),
    "nav": _nav,
    "plugins": _only(frozenset({"search", PLUGIN}), "others run code"),
    "site_url": _site_url,
    "theme": _theme,
}


def _navigation(own: list[Any], wanted: list[Any], text: Callable[[str], str]) -> list[Any]:
    """The user's navigation with the program's in the place kept for it; else before the program's last item.

    Pages under the name of one of the program's groups join that group.
    """
    groups = {name: at for item in own for name, at in item.items() if isinstance(at, list)}
    rest = []
    for item in wanted:
        name, at = next(iter(item.items())) if isinstance(item, dict) else (None, None)
        if name in groups and isinstance(at, list):
            groups[name].extend(_named(at, text))
        else:
            rest.append(item)
    if OWN_PAGES in rest:
        place = rest.index(OWN_PAGES)
        return [*_named(rest[:place], text), *own, *_named(rest[place + 1 :], text)]
    return [*own[:-1], *_named(rest, text), own[-1]]


def _named(nav: list[Any], text: Callable[[str], str]) -> list[Any]:
    """A navigation whose titles are put in by `text`."""
    return [
        item
        if isinstance(item, str)
        else {text(name): _named(at, text) if isinstance(at, list) else at for name, at in item.items()}
        for item in nav
    ]


def _themed(base: dict[str, Any], wanted: Any) -> dict[str, Any]:
    if not isinstance(wanted, dict):
        return base
    made = {**base, **wanted, "features": [*base["features"], *wanted.get("features", [])]}
    palette = made["palette"]
    return {**made, "palette": list(map(_coloured, palette)) if isinstance(palette, list) else _coloured(palette)}


def _coloured(palette: Any) -> Any:
    """A palette with the map's own colours where it chooses none."""
    return {"primary": "custom", "accent": "custom", **palette} if isinstance(palette, dict) else palette
