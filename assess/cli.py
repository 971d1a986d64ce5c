"""Arguments, exit codes, standard streams, language and today's date: nowhere else.

Start-up is imports: `--help` loads nothing but argparse and the words; a command is imported once it is chosen.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress

from assess import __version__, i18n
from assess.arguments import Help, Parser
from assess.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:  # `--help` must not pay for any of these
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from typing import TextIO

    from assess.commands import Context

COMMANDS = ("run", "meet", "report", "score", "diff", "check", "validate", "schema", "demo")
_EVERYWHERE = {
    "-C": "folder_",
    "--config": "config",
    "--questionnaire": "questionnaire",
    "--round": "round",
    "--lang": "lang",
}
_TAKES_VALUE = (*_EVERYWHERE, "--today")


def main(argv: Sequence[str] | None = None) -> int:
    """Run `assess` with these arguments and return the exit code."""
    _streams()
    try:
        return _main(argv)
    finally:
        try:
            sys.stderr.flush()
        except OSError:
            _drop(sys.stderr)


def _main(argv: Sequence[str] | None) -> int:
    arguments = _with_command(list(sys.argv[1:] if argv is None else argv))
    wanted = _language(arguments)
    i18n.use(wanted if i18n.match(wanted, i18n.available()) else i18n.from_environment())
    argparse._, argparse.ngettext = _, i18n.ngettext  # type: ignore[attr-defined]  # its words in our language
    args = _parser().parse_args(arguments)
    try:
        code = _dispatch(args)
        sys.stdout.flush()  # a full disk is found out here, not when nobody listens any more
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _drop(sys.stdout)  # the reader went away (`| head`): not our failure, and nothing more can be said
        return 0
    except OSError as error:
        _drop(sys.stdout)
        return _stopped(error)
    except Exception as error:  # noqa: BLE001  (the last line of defence turns any bug into a report)
        return _failed(error, args.command)
    return code


def _streams() -> None:
    """UTF-8 everywhere; a stream that whoever started us has closed is an empty one."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123  (open to the end)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")


def _drop(stream: TextIO) -> None:
    """What could not be written must not be tried again when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _stopped(error: OSError) -> int:
    """Exit 4: the surroundings stood in the way, somewhere where no command has better words for it."""
    from assess.files.reason import reason

    place = f"{error.filename}: " if error.filename else ""
    what = _("Cannot go on: {reason}").format(reason=f"{place}{i18n.translate(reason(error))}")
    with suppress(OSError):
        print(what, file=sys.stderr)
    return 4


def _mark(text: str) -> str:
    """Collect a sentence of argparse's for translation."""
    return text


_ARGPARSE_SAYS = (
    _mark("usage: "),
    _mark("positional arguments"),
    _mark("options"),
    _mark("show this help message and exit"),
    _mark("%(prog)s: error: %(message)s\n"),
    _mark("argument %(argument_name)s: %(message)s"),
    _mark("the following arguments are required: %s"),
    _mark("unrecognized arguments: %s"),
    _mark("expected one argument"),
    _mark("expected at least one argument"),
    _mark("not allowed with argument %s"),
    _mark("ignored explicit argument %r"),
    _mark("invalid choice: %(value)r (choose from %(choices)s)"),
)
"""What argparse says by itself; it takes its words from a global domain, which knows no `--lang`."""


def _language(arguments: Sequence[str]) -> str:
    """What the last `--lang` says, known before the arguments are read: their help speaks too."""
    said = ""
    for word, following in zip(arguments, (*arguments[1:], ""), strict=True):
        if word == "--lang":
            said = following
        elif word.startswith("--lang="):
            said = word.partition("=")[2]
    return said


def _with_command(argv: list[str]) -> list[str]:
    """`assess --plain` means `assess run --plain`: the command that is left out is `run`."""
    skip = False
    for word in argv:
        if skip:
            skip = False
        elif word in COMMANDS or word in {"-h", "--help", "--version"}:
            return argv
        elif word in _TAKES_VALUE:
            skip = True
        elif word.startswith("-C") or word.partition("=")[0] in _TAKES_VALUE:
            pass  # `-Cfolder`, `--lang=de`: the value is in the word
        elif not word.startswith("-"):
            return argv  # an unknown command: argparse says which there are
        else:
            break
    return ["run", *argv]


def _parser() -> argparse.ArgumentParser:
    common = _common()
    parser = Parser(
        prog="assess",
        formatter_class=Help,
        description=_("A team looks at how it really works: answer in the terminal, keep the answers in git."),
        epilog=_("Without a command: assess run. For a first look without answering anything: assess demo"),
        parents=[common],
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"assess {__version__}",
        help=_("show program's version number and exit"),  # argparse does not translate this one
    )
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), required=True)

    def add(name: str, about: str, example: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=about,
            description=about,
            epilog=_("Example: {example}").format(example=example),
            parents=[common],
            allow_abbrev=False,
            formatter_class=Help,
        )

    _add_run(add)
    _add_meet(add)
    _add_numbers(add)
    check = add("check", _("check validity and gates, for CI"), "assess check --format json")
    check.add_argument("--format", choices=("text", "json"), default="text", help=_("how to print (text)"))
    _add_files(add)
    return parser


def _common() -> Parser:
    """What every command takes, before or after its name (SUPPRESS: a default must not undo an earlier word)."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group(_("everywhere"))
    group.add_argument("-C", dest="folder_", metavar=_("DIR"), help=_("work in this folder"))
    group.add_argument("--config", metavar=_("FILE"), help=_("the configuration to use instead of assess.yaml"))
    group.add_argument("--questionnaire", metavar=_("ID|PATH"), help=_("the questionnaire to use"))
    group.add_argument("--round", metavar="R", help=_("the round, such as 2026-Q4"))
    group.add_argument("--lang", metavar=_("TAG"), help=_("the language to speak, such as zh-Hans"))
    group.add_argument("--today", metavar=_("DATE"), help=_("the date to reckon from, such as 2026-11-02"))
    return common


def _add_run(add: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    run = add("run", _("answer the questionnaire"), "assess run --as alice")
    who = run.add_mutually_exclusive_group()
    who.add_argument("--as", dest="respondent", metavar=_("NAME"), help=_("answer as this person"))
    who.add_argument("--together", action="store_true", help=_("the team answers together, at one screen"))
    run.add_argument("--team", metavar=_("NAME"), help=_("the team's name"))
    run.add_argument("--expected", metavar="N", type=_count, help=_("how many people are to answer"))
    asked = run.add_mutually_exclusive_group()
    asked.add_argument("--pulse", dest="asked", action="store_const", const="pulse", help=_("the short set"))
    asked.add_argument("--full", dest="asked", action="store_const", const="full", help=_("every question"))
    run.add_argument(
        "--counts",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_("keep sheets out of git; only counts come out"),
    )
    run.add_argument("--plain", action="store_true", help=_("one line a question, for screen readers and scripts"))


def _add_meet(add: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    meet = add("meet", _("the team's meeting: show the answers, talk, agree, decide"), "assess meet")
    how = meet.add_mutually_exclusive_group()
    how.add_argument("--close", action="store_true", help=_("only close the round: its answers are shown then"))
    how.add_argument("--plain", action="store_true", help=_("line by line, for screen readers and scripts"))


def _add_numbers(add: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    report = add("report", _("write the report: one HTML file, or Markdown"), "assess report --open")
    report.add_argument("-o", "--output", metavar=_("FILE"), help=_("where to write it; “-” for standard output"))
    report.add_argument(
        "--format", choices=("html", "markdown"), default="html", help=_("a page of its own, or Markdown (html)")
    )
    report.add_argument("--baseline", metavar="ID", nargs="+", help=_("show these baselines only"))
    report.add_argument("--open", action="store_true", help=_("open it in the browser"))
    score = add("score", _("print the numbers of a round"), "assess score --format json")
    score.add_argument("--format", choices=("text", "json"), default="text", help=_("how to print (text)"))
    score.add_argument(
        "--basis", choices=("individual", "team"), help=_("score people's sheets or the team sheet")
    )
    score.add_argument(
        "--explain",
        metavar=_("PRACTICE"),
        nargs="?",
        const="",
        help=_("how each number came about; of one practice with all its sums"),
    )
    diff = add("diff", _("what moved between two rounds, in words"), "assess diff 2026-Q3 2026-Q4")
    diff.add_argument(
        "sides",
        metavar="A B",
        nargs="*",
        help=_("rounds, folders, sheets, or commits with or without “:ROUND”; the last two rounds if left out"),
    )
    diff.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help=_("how to print (text)")
    )


def _add_files(add: Callable[[str, str, str], argparse.ArgumentParser]) -> None:
    validate = add("validate", _("check that files are valid"), "assess validate assessments/2026-Q4/team.yaml")
    validate.add_argument(
        "files",
        metavar=_("FILE"),
        nargs="*",
        help=_("files and folders to check; all that the team uses if left out"),
    )
    schema = add("schema", _("print JSON Schemas for editors"), "assess schema --write .schema")
    schema.add_argument("kind", metavar=_("KIND"), nargs="?", help=_("the kind of file; all kinds if left out"))
    schema.add_argument("--write", metavar=_("DIR"), help=_("write files into this folder instead"))
    demo = add("demo", _("write a complete example team to look at"), "assess demo && assess -C assess-demo score")
    demo.add_argument("folder", metavar=_("DIR"), nargs="?", default="assess-demo", help=_("where (assess-demo)"))


def _count(word: str) -> int:
    from assess.rounds import expected_count

    count = expected_count(word)
    if count is not None:
        return count
    raise argparse.ArgumentTypeError(_("a number from 1 to 10000 is wanted"))


def _dispatch(args: argparse.Namespace) -> int:
    import gc
    from importlib import import_module

    # Everything made while starting lives to the end, so looking for garbage in it is a tenth of the start for
    # nothing. The long-lived terminal collects as usual, and need not walk what was there before it.
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # we have none, and need not search for any
    from assess.files.repository import UsageError
    from assess.render.text import finding_line

    try:
        context = _context(args)
        command = import_module(f"assess.commands.{args.command}")
        return int(command.run(context, args))
    except UsageError as error:
        for finding in error.findings:
            print(finding_line(finding), file=sys.stderr)
        return 2


def _context(args: argparse.Namespace) -> Context:
    from pathlib import Path

    from assess.commands import Context
    from assess.files.languages import Tongue
    from assess.files.reason import reason

    folder = getattr(args, "folder_", None)
    if folder is not None:
        try:
            os.chdir(folder)
        except OSError as error:
            raise _usage(_("cannot work in {folder}: {reason}"), folder=folder, reason=reason(error)) from None
    tongue = Tongue(flag=getattr(args, "lang", None), surroundings=i18n.from_environment())
    config = getattr(args, "config", None)
    return Context(
        out=sys.stdout,
        err=sys.stderr,
        clock=_clock(getattr(args, "today", None)),
        config=None if config is None else Path(config),
        questionnaire=getattr(args, "questionnaire", None),
        round=getattr(args, "round", None),
        tongue=tongue,
        given=tuple(_given(args)),
    )


def _given(args: argparse.Namespace) -> Iterator[str]:
    """What was said for every command, to be said again. Not the date: that is another one the next time."""
    for option, name in _EVERYWHERE.items():
        value = getattr(args, name, None)
        if value is not None:
            yield from (option, value)


def _usage(template: str, **values: object) -> Exception:
    from assess.core.finding import Finding
    from assess.core.message import Message
    from assess.files.repository import UsageError

    return UsageError(Finding("usage", Message(template, values)))


def _clock(today: str | None) -> Callable[[], datetime]:
    """The clock: the system's, or one that stands at `--today` or `SOURCE_DATE_EPOCH`."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if today is not None:
            fixed = datetime.fromisoformat(f"{today}T00:00")
        elif epoch:
            fixed = datetime.fromtimestamp(int(epoch), tz=UTC).replace(tzinfo=None)
        else:
            return datetime.now  # noqa: TID251  (the one place)
    except (ValueError, OverflowError, OSError):
        raise _usage(_("“{date}” is not a date; write it as 2026-11-02"), date=today or epoch) from None
    return lambda: fixed


def _failed(error: Exception, command: str) -> int:
    """Exit 5 with everything a report needs; nothing of the answers is in it."""
    import platform
    import traceback

    print(_("assess stopped because of a fault of its own. Your answers on disk are untouched."), file=sys.stderr)
    print(_("Please report what stands below; it holds no answers."), file=sys.stderr)
    print(f"\nassess {__version__}, Python {platform.python_version()}, {platform.system()}", file=sys.stderr)
    print(f"assess {command}", file=sys.stderr)
    traceback.print_exception(error, file=sys.stderr)
    return 5
