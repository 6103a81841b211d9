"""One command with subcommands; `grade EXERCISE…` is short for `grade run EXERCISE…`."""

from __future__ import annotations

import errno
import re
from typing import Any

import typer
from typer.core import TyperGroup

from grader.cli.commands.annotate import EXAMPLE as ANNOTATED
from grader.cli.commands.annotate import annotate
from grader.cli.commands.batch import EXAMPLE as BATCH_EXAMPLE
from grader.cli.commands.batch import batch
from grader.cli.commands.check import check
from grader.cli.commands.collect import EXAMPLE, collect
from grader.cli.commands.dashboard import dashboard
from grader.cli.commands.excuse import excuse
from grader.cli.commands.explain import explain
from grader.cli.commands.export import EXAMPLE as EXPORTED
from grader.cli.commands.export import export
from grader.cli.commands.extend import extend
from grader.cli.commands.feedback import EXAMPLE as HANDED_BACK
from grader.cli.commands.feedback import feedback
from grader.cli.commands.hint import hint
from grader.cli.commands.lessons import lessons
from grader.cli.commands.list import list_
from grader.cli.commands.marks import marks
from grader.cli.commands.nbgrader import nbgrader
from grader.cli.commands.new import new
from grader.cli.commands.override import override
from grader.cli.commands.pack import pack
from grader.cli.commands.platform import platform
from grader.cli.commands.pull import EXAMPLE as PULLED
from grader.cli.commands.pull import pull
from grader.cli.commands.push import EXAMPLE as PUSHED
from grader.cli.commands.push import push
from grader.cli.commands.regrade import EXAMPLE as REGRADE_EXAMPLE
from grader.cli.commands.regrade import regrade
from grader.cli.commands.release import release
from grader.cli.commands.reset import reset
from grader.cli.commands.run import run
from grader.cli.commands.solution import solution
from grader.cli.commands.students import students
from grader.cli.commands.sync import sync
from grader.cli.commands.update import update
from grader.cli.commands.void import void
from grader.cli.commands.watch import watch
from grader.cli.logs import listen
from grader.cli.options import complete_exercise
from grader.errors import UsageError, WxbError
from grader.report.safe import safe
from grader.version import __version__

try:  # newer versions of typer carry their own click
    from typer._click.exceptions import MissingParameter, NoSuchOption
    from typer._click.shell_completion import CompletionItem
except ImportError:
    from click.exceptions import MissingParameter, NoSuchOption  # type: ignore[assignment]
    from click.shell_completion import CompletionItem  # type: ignore[assignment]

__all__ = ["app"]

#: What shells report of a program that Ctrl-C ended: 128 + SIGINT.
_INTERRUPTED = 130
#: What a write raises where there is no room for more; it does not always say for which file.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
#: Options with which no command is run.
_ENDING = {"-h", "--help", "--version", "--install-completion", "--show-completion"}


#: What to do about it where a file cannot be written.
_ROOM = "Make room, then type the same again."
_NEXT = {errno.EROFS: "Name a place that can be written."}


#: What to type where an option is another command's.
_COLLECT_FIRST = "Collect the zip first: grade collect submissions.zip --into hw/ {} …"
_ELSEWHERE = {
    ("collect", "--gradebook"): "Collecting needs no gradebook; say which one when you grade: "
    "grade batch hw/ --gradebook URL",
    **{("batch", name): _COLLECT_FIRST.format(name)
       for name in ("--times", "--zone", "--keep", "--from")},
    ("batch", "--into"): "Collect the zip first: grade collect submissions.zip --into hw/",
}  # fmt: skip


def _example(*lines: str) -> str:
    """The end of a command's help."""
    return "\n".join(("\b", "Example:", *(f"  {line}" for line in lines)))


def _example_of(command: Any, path: str) -> str:
    """The first example in a command's help, or ""."""
    text = f"{command.epilog or ''}\n{command.help or ''}"
    found = re.search(rf"^ *({re.escape(path)} .+)$|: ({re.escape(path)} .+?)\.?$", text, re.M)
    return "" if found is None else (found[1] or found[2])


class _Group(TyperGroup):
    """A first word that is no command is an exercise; every error of ours is one message."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:  # else a shell asks what could come next
            args = self._with_command(ctx, args)
        return super().parse_args(ctx, args)

    def _with_command(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `run` in where no command is named, behind the flags that `_options` takes."""
        flags = {name for param in self.get_params(ctx) for name in param.opts}
        count = next((i for i, arg in enumerate(args) if arg not in flags), len(args))
        before, rest = args[:count], args[count:]
        words = [arg for arg in rest if not arg.startswith("-")]
        if _ENDING.intersection(before) or {*words[:1]} & self.commands.keys():
            return args
        return [*before, "run", *rest]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Commands, and exercises: `grade mag<TAB>`."""
        found: list[Any] = super().shell_complete(ctx, incomplete)
        return found + [CompletionItem(name) for name in complete_exercise(incomplete)]

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except WxbError as error:
            typer.echo(safe(error.told()), err=True)
            raise typer.Exit(error.exit_code) from None
        except MissingParameter as error:
            if error.ctx is not None and not error.message:
                example = _example_of(error.ctx.command, error.ctx.command_path)
                error.message = f"For example: {example}" if example else ""
            raise
        except NoSuchOption as error:
            name = error.ctx.info_name if error.ctx is not None else ""
            told = _ELSEWHERE.get((name or "", error.option_name), "")
            error.message += f". {told}" if told else self._takers(error.option_name)
            error.possibilities = None if "." in error.message else error.possibilities
            raise
        except OSError as error:
            is_full = error.errno in _FULL
            if error.filename is None and not is_full:
                raise
            where = error.filename or "A file cannot be written"
            after = f". {_NEXT.get(error.errno or 0, _ROOM)}" if is_full else ""
            typer.echo(safe(f"{where}: {error.strerror}{after}"), err=True)
            raise typer.Exit(UsageError.exit_code) from None
        except KeyboardInterrupt:
            typer.echo("\nStopped.", err=True)
            raise typer.Exit(_INTERRUPTED) from None

    def _takers(self, option: str) -> str:
        """The commands that take an option, in a sentence; "" where none does."""
        found = [
            f"grade {name}"
            for name, command in self.commands.items()
            if any(option in param.opts for param in command.params)
        ]
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        return f". It is an option of {', '.join(found[:3])}{more}." if found else ""


app = typer.Typer(
    cls=_Group,
    help="Grade exercises on the linear algebra inside neural networks.",
    epilog="With no command: grade everything here. With names of exercises: grade these.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"wxb {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", help="Show the version.", is_eager=True, callback=_show_version
    ),
    verbose: bool = typer.Option(
        False, "-v", "--verbose", help="Tell what is started, what ends, and why."
    ),
) -> None:
    """Take the options that stand before any command: this is the one place for them."""
    listen(verbose)


app.command("run", epilog=_example("grade magnitude"))(run)
app.command("list", epilog=_example("grade list"))(list_)
app.command("hint", epilog=_example("grade hint magnitude"))(hint)
app.command("watch", epilog=_example("grade watch"))(watch)
app.command("lessons", epilog=_example("grade lessons"))(lessons)
app.command("reset", epilog=_example("grade reset magnitude"))(reset)
app.command("solution", epilog=_example("grade solution magnitude"))(solution)
app.command("pack", epilog=_example("grade pack 01_vectors"))(pack)
app.command("update", epilog=_example("grade update handout/"))(update)
app.command("collect", epilog=EXAMPLE)(collect)
app.command("batch", epilog=BATCH_EXAMPLE)(batch)
app.command("regrade", epilog=REGRADE_EXAMPLE)(regrade)
app.command("sync", epilog=_example("grade sync"))(sync)
app.command("check", epilog=_example("grade check magnitude"))(check)
app.command("new", epilog=_example("grade new course my-course"))(new)
app.command("release", epilog=_example("grade release handout/"))(release)
app.command("marks")(marks)
app.command("explain")(explain)
app.command("override")(override)
app.command("extend")(extend)
app.command("excuse")(excuse)
app.command("void")(void)
app.command("export", epilog=EXPORTED)(export)
app.command("annotate", epilog=ANNOTATED)(annotate)
app.command("feedback", epilog=HANDED_BACK)(feedback)
app.add_typer(students, name="students")
app.add_typer(dashboard, name="dashboard")
app.command("pull", epilog=PULLED)(pull)
app.command("push", epilog=PUSHED)(push)
app.add_typer(platform, name="platform")
app.add_typer(nbgrader, name="nbgrader")
