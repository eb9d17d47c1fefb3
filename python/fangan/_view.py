"""What `Corpus.view` gives: a page that a notebook shows in a frame of its own."""

from __future__ import annotations

from html import escape
from os import PathLike
from pathlib import Path

from fangan.errors import ReadError


class View:
    """A page with a source and its evidence. A notebook shows it; `save` writes it.

    Attributes:
        html: The page: one HTML text with everything inside.

    Examples:
        >>> import fangan as fg
        >>> fg.parse("关于开展植樹活動的通知").view("text#1")
        <View of text#1: shown in Jupyter; .save("evidence.html") writes it as a file for any browser>
    """

    def __init__(self, html: str, *, name: str, height: int) -> None:
        self.html = html
        self._name = name
        self._height = height

    def save(self, path: str | PathLike[str]) -> Path:
        """Write the page as a file that opens in any browser, without a network.

        Args:
            path: The file; one that exists is replaced.

        Returns:
            The path.

        Raises:
            ReadError: The file cannot be written.

        Examples:
            >>> import fangan as fg, tempfile
            >>> folder = tempfile.mkdtemp()
            >>> fg.parse("关于开展植樹活動的通知").view("text#1").save(folder + "/evidence.html").name
            'evidence.html'
        """
        return written(path, self.html)

    def __repr__(self) -> str:
        return f'<View of {self._name}: shown in Jupyter; .save("evidence.html") writes it as a file for any browser>'

    def _repr_html_(self) -> str:
        # Without allow-same-origin the page can reach neither the notebook nor what the browser keeps of it.
        return (
            f'<iframe class="fangan-view" title="{escape(self._name)}" sandbox="allow-scripts" loading="lazy" '
            f'style="width:100%;height:{self._height}px;border:1px solid #8885;border-radius:6px" '
            f'srcdoc="{escape(self.html)}"></iframe>'
        )


def written(path: str | PathLike[str], text: str) -> Path:
    """Write a file.

    Raises:
        ReadError: It cannot be written.
    """
    target = Path(path)
    try:
        target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ReadError(f"{target} cannot be written: {error}") from error
    return target
