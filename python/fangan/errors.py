"""Exceptions: one base, one class for each kind of mistake, each also a fitting built-in.

Content never raises: whatever a text or file holds becomes rows and diagnostics.
"""


class FanganError(Exception):
    """Base class of every exception that fangan raises itself."""


class InvalidArgumentError(FanganError, ValueError):
    """An argument that does not make sense, such as a repair that does not exist."""


class LexiconError(FanganError, ValueError):
    """A lexicon file or row that cannot be used; the message names file and line."""


class ReadError(FanganError, OSError):
    """A file or folder that cannot be read or written at all."""


class NotFoundError(FanganError, KeyError):
    """A name (plan, source, table, lexicon) that does not exist."""

    def __str__(self) -> str:
        """The message as it is; `KeyError` would quote it."""
        return str(self.args[0]) if self.args else ""


class MissingExtraError(FanganError, ImportError):
    """Something was asked for without the optional packages that make it; the message names the extra to install."""
