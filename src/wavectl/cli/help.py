"""Help texts and usage errors in the reader's language; Typer's own are in English.

Descriptions, options and their names come from Typer's commands and parameters.
"""

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType
from typing import Any, NoReturn

import typer
from typer.exceptions import TyperException

from wavectl.cli.language import language_of_arguments, option_value
from wavectl.cli.options import EXIT_USAGE, CommonOptions
from wavectl.diagnostics import Message, msg, phrase, quoted
from wavectl.text.suggest import nearest
from wavectl.text.terminal import replace_unencodable

Translate = Callable[[str], str]

_TYPER_OPTION_HELP: Mapping[str, str] = {
    "help": phrase("Show this help and stop."),
    "install_completion": phrase("Install completion for your shell."),
    "show_completion": phrase("Show the completion script, to copy it."),
}
"""Help of the options that Typer adds itself, by name."""


def help_text(ctx: Any, commands: Mapping[str, Mapping[str, str]] = MappingProxyType({})) -> str:
    """Return the help of a command in the reader's language.

    ``commands`` are the summaries of the commands of a group, by heading and name. Only the program explains the common
    options; the others name them in one line.
    """
    command, translate, formatter = ctx.command, _get_translator(ctx), ctx.make_formatter()
    parameters = command.get_params(ctx)
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    options = [each for each in parameters if each.param_type_name == "option" and not each.hidden]
    common = [] if ctx.parent is None else [each for each in options if each.name in _COMMON_NAMES]
    formatter.write_usage(
        ctx.command_path, " ".join(_usage_parts(arguments, commands, translate)), translate("Usage: ")
    )
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        _write_paragraph(formatter, translate(" ".join(paragraph.split())))
    own = [(_option_names(each, translate), _option_help(each, translate)) for each in options if each not in common]
    width = max((len(name) for rows in commands.values() for name in rows), default=0)
    for heading, rows in (
        (phrase("Arguments:"), [(translate(each.metavar), translate(each.help)) for each in arguments]),
        *(
            (heading, [(name.ljust(width), translate(summary)) for name, summary in rows.items()])
            for heading, rows in commands.items()
        ),
        (phrase("Options:"), own),
    ):
        if rows:
            formatter.write(f"\n{translate(heading)}\n")
            with formatter.indentation():
                formatter.write_dl(rows)
    if common:
        names = ", ".join(each.opts[0] for each in common)
        _write_paragraph(formatter, f"{translate('Common options:')} {names} {translate('(see wavectl --help)')}")
    return replace_unencodable(formatter.getvalue().rstrip("\n"), sys.stdout.encoding or "utf-8")


_COMMON_NAMES = frozenset(("help", *(field.name for field in fields(CommonOptions))))


def _write_paragraph(formatter: Any, text: str) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(text)


def _usage_parts(arguments: Sequence[Any], commands: Mapping[str, object], translate: Translate) -> Iterator[str]:
    yield translate("[OPTIONS]")
    for argument in arguments:
        metavar = translate(argument.metavar)
        yield (metavar if argument.required else f"[{metavar}]") + ("..." if argument.nargs == -1 else "")
    if commands:
        yield translate("COMMAND [ARGS]...")


def _option_names(option: Any, translate: Translate) -> str:
    """Return the names of an option, the short one first, and the name of its value."""
    names = " / ".join(", ".join(sorted(group, key=len)) for group in (option.opts, option.secondary_opts) if group)
    return names if option.is_flag else f"{names} {translate(option.metavar)}"


def _option_help(option: Any, translate: Translate) -> str:
    """Return the help of an option with its default and its environment variable."""
    text = translate(_TYPER_OPTION_HELP.get(option.name) or option.help or "")
    if isinstance(option.default, str):
        text += f" [{option.default}]"
    return f"{text} [{option.envvar}]" if option.envvar else text


# -- the arguments of the run

_RAW_ARGUMENTS = "wavectl.raw_arguments"


def store_raw_arguments(ctx: Any, args: Sequence[str]) -> None:
    """Keep the arguments of the program for help and usage errors: ``--lang`` may follow a mistake."""
    if ctx.parent is None:
        ctx.meta[_RAW_ARGUMENTS] = list(args)


def raw_arguments(ctx: Any) -> Sequence[str]:
    """Return the arguments of the program."""
    arguments: Sequence[str] = ctx.meta.get(_RAW_ARGUMENTS, ())
    return arguments


def reader_language(ctx: Any) -> str:
    """Return the language of help and usage errors."""
    return language_of_arguments(raw_arguments(ctx))


# -- wrong usage


def require_command(ctx: Any) -> None:
    """Write the help of a group to standard error and end the run if no command is given."""
    if ctx.invoked_subcommand is None:
        sys.stderr.write(f"{ctx.get_help()}\n")
        raise typer.Exit(EXIT_USAGE)


def parse_or_fail(ctx: Any, parse: Callable[[Any, list[str]], list[str]], args: list[str]) -> list[str]:
    """Parse arguments with ``parse``; end the run if they are not valid."""
    try:
        return parse(ctx, args)
    except TyperException as error:
        fail_usage(ctx, *_usage_error(ctx, error))


def fail_usage(ctx: Any, message: Message, hint: Message) -> NoReturn:
    """End the run with a usage error and a hint."""
    from wavectl.cli.console import Console  # only now: help does not need it

    color = option_value(raw_arguments(ctx), "--color")
    Console(color if color in ("always", "never") else "auto", reader_language(ctx)).fail(message, hint)


def fail_extra_argument(ctx: Any, argument: str) -> NoReturn:
    """End the run because of an argument that no parameter of the command takes."""
    fail_usage(ctx, msg("{value} is one argument too many", value=quoted(argument)), _help_hint(ctx))


def _usage_error(ctx: Any, error: Any) -> tuple[Message, Message]:
    """Return the message and the hint for an error of Typer.

    The classes of these errors are private to Typer, so their attributes tell them apart.
    """
    options = {name: each for each in ctx.command.get_params(ctx) for name in (*each.opts, *each.secondary_opts)}
    name = getattr(error, "option_name", None)
    if name is None:
        missing = getattr(error, "param", None)
        if missing is not None and hasattr(error, "param_type"):
            if missing.param_type_name == "option":
                value = Message(missing.metavar)
                return msg("{option} is missing", option=missing.opts[0]), msg(
                    "write {option} {value}", option=missing.opts[0], value=value
                )
            return msg("{argument} is missing", argument=Message(missing.metavar or missing.name)), _help_hint(ctx)
        return Message("{fault}", {"fault": error.format_message()}), _help_hint(ctx)
    option = options.get(name)
    if option is None:
        close = nearest(name, [known for known in options if known.startswith("-")])
        hint = msg("did you mean {name}?", name=close) if close else _help_hint(ctx)
        return msg("there is no option {option}", option=quoted(name)), hint
    if option.is_flag:
        return msg("{option} takes no value", option=name), msg("write {option} alone", option=name)
    value = Message(option.metavar)
    return msg("{option} needs a value", option=name), msg("write {option} {value}", option=name, value=value)


def _help_hint(ctx: Any) -> Message:
    return msg("run {command} --help to see arguments and options", command=ctx.command_path)


def _get_translator(ctx: Any) -> Translate:
    from wavectl.i18n import translator

    return translator(reader_language(ctx))
