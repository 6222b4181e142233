"""The MkDocs plugin `interop-landscape`: `mkdocs build` makes the site that `landscape build` makes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from interop_landscape import loading
from interop_landscape.errors import LandscapeError


class PluginConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings: the folder of the landscape, as seen from mkdocs.yml."""

    landscape = config_options.Type(str, default="landscape")


class LandscapePlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Leaves the pages to the steps of `landscape build`, which run MkDocs themselves with the merged settings."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The navigation is made by the steps, and the outer run has no pages."""
        config.nav = None
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """No page is rendered twice."""
        return Files([])

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the whole site where MkDocs was asked to put its own."""
        from interop_landscape.revisions import Revisions
        from interop_landscape.site.build import build
        from interop_landscape.site.history import history_of
        from interop_landscape.site.settings import read_settings

        folder = Path(config.config_file_path).parent / self.config.landscape
        site = Path(config.site_dir)
        try:
            landscape, history = loading.load(folder), history_of(Revisions(folder, self.config.landscape))
            with tempfile.TemporaryDirectory() as temporary:
                made = Path(temporary) / "site"
                build(landscape, history, made, settings=read_settings(folder), strict=config.strict)
                shutil.rmtree(site)
                shutil.copytree(made, site)
        except LandscapeError as error:
            raise PluginError(f"interop-landscape: {error}") from error
