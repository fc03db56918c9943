"""The help and the refusals of wrong usage, in the reader's language: written here, for Typer's own are in English.

What a command says of itself is read from what Typer knows: its description, its options, what they are called.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

import typer
from typer.exceptions import TyperException

from wavectl.cli.language import language_of_arguments, option_value
from wavectl.cli.options import EXIT_USAGE
from wavectl.diagnostics import Message, msg, phrase, quoted
from wavectl.text.suggest import nearest
from wavectl.text.terminal import replace_unencodable

Translate = Callable[[str], str]

_TYPER_OPTION_HELP: Mapping[str, str] = {
    "help": phrase("Show this help and stop."),
    "install_completion": phrase("Install completion for your shell."),
    "show_completion": phrase("Show the completion script, to copy it."),
}
"""What there is to say of the options that Typer adds itself, by name."""


def help_text(ctx: Any, commands: Sequence[tuple[str, str]] = ()) -> str:
    """Return the help of a command, in the reader's language; ``commands`` are those below it, each with its summary.

    What the console cannot show degrades.
    """
    command, translate, formatter = ctx.command, _get_translator(ctx), ctx.make_formatter()
    parameters = command.get_params(ctx)
    arguments = [one for one in parameters if one.param_type_name == "argument"]
    options = [one for one in parameters if one.param_type_name == "option" and not one.hidden]
    formatter.write_usage(
        ctx.command_path, " ".join(_usage_parts(arguments, commands, translate)), translate("Usage: ")
    )
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(translate(" ".join(paragraph.split())))
    for heading, rows in (
        (phrase("Arguments:"), [(translate(one.metavar), translate(one.help)) for one in arguments]),
        (phrase("Options:"), [(_option_names(one, translate), _option_help(one, translate)) for one in options]),
        (phrase("Commands:"), [(name, translate(summary)) for name, summary in commands]),
    ):
        if rows:
            formatter.write(f"\n{translate(heading)}\n")
            with formatter.indentation():
                formatter.write_dl(rows)
    return replace_unencodable(formatter.getvalue().rstrip("\n"), sys.stdout.encoding or "utf-8")


def _usage_parts(arguments: Sequence[Any], commands: Sequence[object], translate: Translate) -> Iterator[str]:
    """Return what stands in the line of usage behind the command's name."""
    yield translate("[OPTIONS]")
    for one in arguments:
        shown = translate(one.metavar)
        yield (shown if one.required else f"[{shown}]") + ("..." if one.nargs == -1 else "")
    if commands:
        yield translate("COMMAND [ARGS]...")


def _option_names(option: Any, translate: Translate) -> str:
    """Return the names of an option, the short one first, and a word for its value."""
    names = " / ".join(", ".join(sorted(group, key=len)) for group in (option.opts, option.secondary_opts) if group)
    return names if option.is_flag else f"{names} {translate(option.metavar)}"


def _option_help(option: Any, translate: Translate) -> str:
    """Return what an option is for, what holds where it is not given, and the variable that may stand for it."""
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
    """End the run with the help of a group where no command is asked for: nothing can be done."""
    if ctx.invoked_subcommand is None:
        sys.stderr.write(f"{ctx.get_help()}\n")
        raise typer.Exit(EXIT_USAGE)


def parse_or_fail(ctx: Any, parse: Callable[[Any, list[str]], list[str]], args: list[str]) -> list[str]:
    """Return what ``parse`` makes of arguments; end the run where they are wrong."""
    try:
        return parse(ctx, args)
    except TyperException as error:
        fail_usage(ctx, *_usage_error(ctx, error))


def fail_usage(ctx: Any, message: Message, hint: Message) -> NoReturn:
    """End the run with a message on its usage and the cure."""
    from wavectl.cli.console import Console  # only now: help does not need it

    color = option_value(raw_arguments(ctx), "--color")
    Console(color if color in ("always", "never") else "auto", reader_language(ctx)).fail(message, hint)


def fail_extra_argument(ctx: Any, argument: str) -> NoReturn:
    """End the run because of an argument that no parameter of the command takes."""
    fail_usage(ctx, msg("{value} is one argument too many", value=quoted(argument)), _help_hint(ctx))


def _usage_error(ctx: Any, error: Any) -> tuple[Message, Message]:
    """Return what is wrong with arguments and the cure.

    Typer keeps the classes of its errors to itself: what they carry tells them apart.
    """
    options = {name: one for one in ctx.command.get_params(ctx) for name in (*one.opts, *one.secondary_opts)}
    name = getattr(error, "option_name", None)
    if name is None:
        wrong = getattr(error, "param", None)
        if wrong is not None and hasattr(error, "param_type"):
            if wrong.param_type_name == "option":
                value = Message(wrong.metavar)
                return msg("{option} is missing", option=wrong.opts[0]), msg(
                    "write {option} {value}", option=wrong.opts[0], value=value
                )
            return msg("{argument} is missing", argument=Message(wrong.metavar or wrong.name)), _help_hint(ctx)
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
    from wavectl.i18n.catalogues import translator

    return translator(reader_language(ctx))
