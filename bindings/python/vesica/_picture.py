"""Answers as pictures and pages."""

from __future__ import annotations

from . import _core, _files

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from typing import Any

_THEMES = ("auto", "light", "dark")  # numbered as VESICA_THEME_*


def theme_number(theme: str) -> int:
    if theme not in _THEMES:
        raise ValueError(f"theme is 'auto', 'light' or 'dark', not {theme!r}")
    return _THEMES.index(theme)


def write_page(path: str | os.PathLike[str], page: str) -> None:
    _files.write(path, page.encode())


class Pictured:
    """An answer that has a picture and a page, the same to the byte in every language."""

    __slots__ = ()

    def _report(self, form: int, theme: int, title: str) -> str:
        raise NotImplementedError

    def _layout(self) -> dict[str, Any]:
        """Of up to three sets, what is to be drawn: `VESICA_REPORT_LAYOUT` in capi/API.md."""
        import json

        layout: dict[str, Any] = json.loads(self._report(_core.REPORT_LAYOUT, 0, ""))
        return layout

    def svg(self, *, title: str | None = None, theme: str = "auto") -> str:
        """The picture as SVG: up to three sets as circles of the areas they stand for, more as an UpSet plot.

        Parameters
        ----------
        title : str, optional
            What the picture is called to those who cannot see it; one that says what it shows unless given.
        theme : {"auto", "light", "dark"}, default "auto"
            Colours for a light or a dark ground, or as the reader's machine prefers.
        """
        return self._report(_core.REPORT_SVG, theme_number(theme), title or "")

    def html(self, *, title: str | None = None, theme: str = "auto") -> str:
        """The answer as a page of its own: picture, figures and what was read, all in one text that loads nothing."""
        return self._report(_core.REPORT_HTML, theme_number(theme), title or "")

    def report(self, path: str | os.PathLike[str], *, title: str | None = None, theme: str = "auto") -> None:
        """Writes the page of `html` to a file, which is there whole or not at all."""
        write_page(path, self.html(title=title, theme=theme))
