"""The MkDocs plugin `interop-landscape`: `mkdocs build` makes the site that `landscape build` makes."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files

from interop_landscape import loading
from interop_landscape.errors import LandscapeError

_log = logging.getLogger("mkdocs.plugins.interop_landscape")


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings: the folder of the landscape, as seen from mkdocs.yml."""

    landscape = config_options.Type(str, default="landscape")


class LandscapePlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Leaves the pages to the steps of `landscape build`, which run MkDocs themselves with the merged settings.

    MkDocs empties its folder before it builds. So the outer run gets an empty folder of its own, and the site takes the
    place of the old one only when it is whole; where the build fails, the old one stays.
    """

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The navigation is made by the steps, and the outer run has no pages and an empty folder to work in."""
        config.nav = None
        self._site = Path(config.site_dir)
        self._outer = tempfile.TemporaryDirectory()
        config.site_dir = self._outer.name
        self._given = config
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """No page is rendered twice."""
        return Files([])

    @event_priority(-100)  # after all that write into the outer run's folder
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the whole site where MkDocs was asked to put its own."""
        from interop_landscape.revisions import Revisions
        from interop_landscape.site.build import build
        from interop_landscape.site.history import history_of
        from interop_landscape.site.remembered import Remembered
        from interop_landscape.site.settings import read_settings
        from interop_landscape.site.write import put_in_place
        from interop_landscape.writing.files import guard_data, guard_output

        folder, site = self._folder(config), self._site
        try:
            guard_output(site)
            guard_data(site, folder, replaced=True)
            site.parent.mkdir(parents=True, exist_ok=True)
            remembered = Remembered.of_user()
            landscape, history = loading.load(folder), history_of(Revisions(folder, self.config.landscape), remembered)
            with tempfile.TemporaryDirectory(prefix=f".{site.name}-", dir=site.parent) as temporary:
                made = Path(temporary) / "site"
                built = build(landscape, history, made, settings=read_settings(folder), strict=config.strict)
                put_in_place(made, site)
        except LandscapeError as error:
            raise PluginError(f"interop-landscape: {error}") from error
        self._leave()
        for told in filter(None, (history.told, built.told)):
            _log.info("interop-landscape: %s", told)
        _log.info("interop-landscape: the site is in %s", site)

    def on_build_error(self, *, error: Exception) -> None:
        """The old site stays; MkDocs says what was wrong."""
        self._leave()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Build again after an edit of the landscape too."""
        server.watch(str(self._folder(config)))
        return server

    def _folder(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path).parent / self.config.landscape

    def _leave(self) -> None:
        """Give MkDocs its settings back, and remove what the outer run wrote."""
        self._given.site_dir = str(self._site)
        self._outer.cleanup()
