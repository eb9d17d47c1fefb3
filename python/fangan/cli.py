"""The command line: `fangan read`, `compare`, `report` and `check`, for those who do not program.

Results go to standard output, progress and mistakes to standard error. `_cli_codes` has the exit codes.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NoReturn, TextIO

from fangan import __version__
from fangan._cli_codes import BUG, FAILED, GONE, STOPPED, USAGE, Failure
from fangan._cli_words import VARIABLE, Words, language
from fangan._terminal import wrapped
from fangan.errors import FanganError, InvalidArgumentError

FORMATS = ("parquet", "csv", "xlsx")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: What stands behind the name of the program. None (the default) for what the process was given.

    Returns:
        The exit code.

    Examples:
        >>> main(["--version"])  # doctest: +ELLIPSIS
        fangan ...
        0
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        _speak_unicode(stream)
    words = Words(language(given))
    try:
        options = _parser(words).parse_args(given)
        code = int(_command(options.command)(options, words))
        # What is left in the buffer may be what nobody reads any more.
        if sys.stdout is not None:
            sys.stdout.flush()
    except SystemExit as exit:
        return exit.code if isinstance(exit.code, int) else USAGE
    except BrokenPipeError:
        _output_goes_nowhere()
        return GONE
    except KeyboardInterrupt:
        print(f"\n{words('error', words('stopped'))}", file=sys.stderr)
        return STOPPED
    except Failure as failure:
        print(words("error", failure), file=sys.stderr)
        return failure.code
    except OSError as error:
        # The documents are there, since they were listed: it is the output that has no room.
        print(words("error", error), file=sys.stderr)
        _output_goes_nowhere()
        return FAILED
    except ImportError as error:
        print(words("error", words("package", error)), file=sys.stderr)
        return FAILED
    except FanganError as error:
        print(words("error", error), file=sys.stderr)
        return USAGE if isinstance(error, InvalidArgumentError) else FAILED
    except Exception:
        traceback.print_exc()
        print(words("error", words("bug")), file=sys.stderr)
        return BUG
    return code


def _output_goes_nowhere() -> None:
    """The interpreter writes what is left once more at its end, which must not fail again."""
    with suppress(AttributeError, OSError):  # an output that is closed, or no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command(name: str) -> Callable[[argparse.Namespace, Words], int]:
    from fangan import _cli_check, _cli_commands, _cli_compare

    return {
        "read": _cli_commands.read,
        "report": _cli_commands.report,
        "compare": _cli_compare.compare,
        "check": _cli_check.check,
    }[name]


def _speak_unicode(stream: TextIO | Any) -> None:
    """UTF-8 in pipes, files and where the terminal claims to know ASCII alone; no sign ever stops the program."""
    if not hasattr(stream, "reconfigure"):
        return
    narrow = stream.encoding is None or stream.encoding.lower() in ("ascii", "us-ascii", "ansi_x3.4-1968", "latin-1")
    chosen = "PYTHONIOENCODING" in os.environ
    if narrow or not (chosen or stream.isatty()):
        stream.reconfigure(encoding="utf-8", errors="replace")
    else:
        stream.reconfigure(errors="replace")


class _Parser(argparse.ArgumentParser):
    """argparse in the user's language."""

    words: Words

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(self.words("error", self.words.mistake(message)), file=sys.stderr)
        print(self.words("see", self.prog), file=sys.stderr)
        raise SystemExit(USAGE)


def _formatter(words: Words) -> type[argparse.HelpFormatter]:
    class Formatter(argparse.RawDescriptionHelpFormatter):
        def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
            super().add_usage(usage, actions, groups, words("usage") if prefix is None else prefix)

        def _split_lines(self, text: str, width: int) -> list[str]:
            return wrapped(text, width)

        def _fill_text(self, text: str, width: int, indent: str) -> str:
            return "\n".join(indent + line for line in wrapped(text, width - len(indent)))

    return Formatter


def _parser(words: Words) -> _Parser:
    """The parser, in one language."""
    formatter = _formatter(words)

    def made(parser: _Parser) -> _Parser:
        parser.words = words
        # Every part of the help has its title in the language, which argparse takes from the system otherwise.
        parser._optionals.title = words("options")
        parser._positionals.title = words("arguments")
        parser.add_argument("-h", "--help", action="help", help=words("help"))
        # Read before the parser is made; it stands here so that help and usage have it.
        parser.add_argument("--language", choices=("en", "zh"), metavar="LANGUAGE", help=words("language"))
        return parser

    options: dict[str, Any] = {"formatter_class": formatter, "add_help": False}
    top = made(_Parser(prog="fangan", description=words("about"), epilog=words("epilog", VARIABLE), **options))
    top.add_argument("--version", action="version", version=f"fangan {__version__}", help=words("version"))
    commands = top.add_subparsers(
        dest="command", required=True, title=words("commands"), metavar="COMMAND", parser_class=_Parser
    )

    def command(name: str) -> _Parser:
        return made(commands.add_parser(name, help=words(name), description=words(f"{name} more"), **options))

    def paths(parser: _Parser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help=words("path"))

    def quiet(parser: _Parser) -> None:
        parser.add_argument("-q", "--quiet", action="store_true", help=words("quiet"))

    def out(parser: _Parser, told: str, *, required: bool) -> None:
        parser.add_argument("-o", "--output", metavar="OUT", required=required, help=words(told))

    def heads(parser: _Parser) -> None:
        parser.add_argument("--heads", choices=("en", "zh"), metavar="LANGUAGE", help=words("heads"))

    read = command("read")
    paths(read)
    out(read, "read out", required=True)
    read.add_argument("--text", metavar="COLUMN", help=words("text"))
    read.add_argument("--id", metavar="COLUMN", help=words("id"))
    read.add_argument("--format", choices=FORMATS, metavar="FORMAT", help=words("format"))
    heads(read)
    quiet(read)

    compare = command("compare")
    compare.add_argument("a", metavar="A", help=words("A"))
    compare.add_argument("b", metavar="B", help=words("B"))
    out(compare, "compare out", required=False)
    compare.add_argument("--rows", type=int, default=5, metavar="NUMBER", help=words("rows"))
    heads(compare)
    quiet(compare)

    report = command("report")
    paths(report)
    out(report, "report out", required=True)
    quiet(report)

    check = command("check")
    paths(check)
    check.add_argument("--rows", type=int, default=5, metavar="NUMBER", help=words("rows"))
    quiet(check)
    return top
