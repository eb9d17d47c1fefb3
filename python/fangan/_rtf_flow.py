"""The groups of RTF, and the characters that come in them."""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Callable
from dataclasses import dataclass

from fangan._limits import Limits
from fangan._rtf_bytes import Characters, holds_double, is_utf8
from fangan._rtf_lines import Story
from fangan._rtf_tokens import Tokens
from fangan._rtf_words import draws, sign

_DEEPEST_GROUP = 500
_CODE = re.compile(rb"\\u(-?[0-9]{1,10}) ?(?:((?:\\'[0-9A-Fa-f]{2}){1,2})|(\?))?")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(slots=True)
class State:
    """What holds until the end of a group."""

    font: int | None = None
    asian: int | None = None
    """The font that Chinese text has here."""
    sets_asian: bool = False
    """Whether the font that is named next is the one of Chinese text."""
    fallback: int = 1
    """Bytes behind a character of Unicode that stand for it in programs that know none."""
    hidden: bool = False
    deleted: bool = False
    level: int = 0
    """Tables that the paragraph is in."""

    def copy(self) -> State:
        """Another one that is equal."""
        return State(self.font, self.asian, self.sets_asian, self.fallback, self.hidden, self.deleted, self.level)

    @property
    def shows(self) -> bool:
        """Whether a reader sees the text."""
        return not (self.hidden or self.deleted)


class Flow:
    """What is open and what was read. Groups are on a stack of their own: no nesting exhausts the machine's."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.characters = Characters()
        self.unicode = 0
        """Characters that were written as Unicode."""
        self.state = State()
        self.story = Story()
        self.too_deep = 0
        """Groups that were passed over because they are nested too deep."""
        self.left = limits.text_bytes
        """Bytes of text that may still come."""
        self._raw_is_utf8 = is_utf8(data)
        self._tokens = Tokens(data, double=not self._raw_is_utf8 and holds_double(data))
        self._groups: list[tuple[State, Callable[[], None] | None]] = []
        self._closing: Callable[[], None] | None = None
        """What the end of the innermost open group means."""
        self._captured: list[str] | None = None
        """Text that is none of the document's: a number, an instruction, a property."""
        self._pending: list[bytes] = []
        """Bytes that are not yet characters, all in the fonts `_pending_in`."""
        self._pending_in: tuple[int | None, int | None] = (None, None)
        self._skip = 0
        """Bytes to skip behind a character of Unicode."""
        self._passes_next = False
        """Whether the next group is there for older programs."""

    def open(self) -> None:
        """A group begins."""
        self._skip = 0
        if self._passes_next or len(self._groups) >= _DEEPEST_GROUP:
            self.too_deep += not self._passes_next
            self._passes_next = False
            self._tokens.skip_group()
            return
        self._groups.append((self.state, self._closing))
        self.state, self._closing = self.state.copy(), None

    def close(self) -> None:
        """The innermost group ends."""
        self._skip = 0
        if self._closing is not None:
            self._closing()
        if self._groups:
            self.state, self._closing = self._groups.pop()

    def pass_over(self) -> None:
        """Go on behind the innermost group."""
        self._tokens.skip_group()
        self.close()

    def capture(self, then: Callable[[str], None]) -> None:
        """Keep the text of the innermost group apart; what becomes of it once the group ends."""
        self.flush()
        outer, self._captured = self._captured, []

        def closing() -> None:
            self.flush()
            text, self._captured = "".join(self._captured or ()), outer
            then(text)

        self._closing = closing

    def tell(self, then: Callable[[list[str]], None]) -> None:
        """Read the innermost group as a story of its own; what becomes of its lines once the group ends."""
        self.flush()
        outer, captured = self.story, self._captured
        self.story, self._captured = Story(), None
        self.state.level = 0

        def closing() -> None:
            self.flush()
            lines, self.story, self._captured = self.story.finish(), outer, captured
            then(lines)

        self._closing = closing

    def take_text(self, content: bytes) -> None:
        """Text as it stands in the file."""
        if self._skip:
            content, self._skip = content[self._skip :], max(0, self._skip - len(content))
        if not self.state.shows or not content:
            return
        if self._raw_is_utf8 and not content.isascii():
            self.flush()
            self.write(content.decode("utf-8", "replace"))
            self.unicode += len(content) // 3
        elif self._pending or not content.isascii() or draws(self.characters.font(self.state.font).name):
            self._hold(content)
        else:
            self.write(content.decode("ascii"))

    def take_bytes(self, content: bytes) -> None:
        """Bytes in hexadecimal digits."""
        if self._skip:
            content, self._skip = content[self._skip :], max(0, self._skip - len(content))
        if self.state.shows and content:
            self._hold(content)

    def take_character(self, text: str) -> None:
        """A character that is written as a word or sign."""
        if self._skip:
            self._skip -= 1
        elif self.state.shows:
            self.flush()
            self.write(text)

    def take_codes(self, content: bytes) -> None:
        """Characters by their numbers in Unicode, which are written with a sign in 16 bits."""
        for code, digits, other in _CODE.findall(content):
            self._skip = self.state.fallback
            number = int(code)
            number += 0x10000 if number < 0 else 0
            if 0 < number < 0x110000 and self.state.shows:
                self._write_code(chr(number))
            if digits:
                self.take_bytes(unhexlify(digits.translate(None, b"\\'")))
            elif other:
                self.take_text(other)

    def _write_code(self, text: str) -> None:
        self.flush()
        if _PRIVATE.match(text):
            text = sign(self.characters.font(self.state.font).name, text)
        self.unicode += text > "\x7f"
        self.write(text)

    def flush(self) -> None:
        """Turn the bytes that came into characters."""
        if self._pending:
            data, self._pending = b"".join(self._pending), []
            self.write(self.characters.decode(data, *self._pending_in))

    def write(self, text: str) -> None:
        """Characters where the reading is."""
        self.left -= len(text.encode("utf-8", "surrogatepass"))
        (self.story.text if self._captured is None else self._captured).append(text)

    def _hold(self, content: bytes) -> None:
        fonts = (self.state.font, self.state.asian)
        if self._pending and fonts != self._pending_in:
            # The second byte of a character may come in another run than the first.
            if self.characters.breaks_off(self._pending[-1], *self._pending_in):
                fonts = self._pending_in
            else:
                self.flush()
        self._pending_in = fonts
        self._pending.append(content)
