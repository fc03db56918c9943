"""The templates of the site, of which a team can replace single ones by its own.

A replaced template runs in the sandbox of Jinja2: it gets the same texts and addresses as ours and can read or change
nothing else. Loops in loops are not bounded, only what a template writes; whoever starts wavectl chooses the templates.
"""

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from traceback import walk_tb
from typing import Any, cast

from jinja2 import (
    BaseLoader,
    Environment,
    FunctionLoader,
    PackageLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from wavectl.diagnostics import Message, msg
from wavectl.text.escaping import build_environment

MAX_SIZE = 256 * 1024
"""How large a template may be, in bytes."""
_MAX_WRITTEN = 16 * 1024 * 1024
"""How much a replaced template may write into one file, in characters."""
_REPLACEABLE = (".html", ".css", ".js")
_OURS = "wavectl"
"""The folder under which a template finds ours, to extend it: ``wavectl/base.html``."""


class SiteTemplateError(Exception):
    """A template that cannot be used: its file, its line if it is known, what is wrong, and what to do."""

    def __init__(self, file: str, line: int | None, fault: str, hint: Message) -> None:
        super().__init__(fault)
        self.file, self.line, self.fault, self.hint = file, line, fault, hint


class SiteTemplates:
    """Our templates, and those of a team in their place: ``replaced`` are their texts by file name."""

    def __init__(self, replaced: Mapping[str, str]) -> None:
        """Read the replaced templates; raise ``SiteTemplateError`` for one that is not written correctly."""
        self._replaced = replaced
        packages = ("wavectl.publishing", "wavectl.render")
        self._environment = build_environment(*packages, kind=_Sandbox if replaced else Environment)
        if replaced:
            self._environment.loader = _loader(cast("BaseLoader", self._environment.loader), replaced)
        for name in replaced:
            try:
                self._environment.get_template(f"site/{name}")
            except TemplateSyntaxError as error:
                hint = msg("correct that line; {names} are the marks of templates", names="{{ }}, {% %}, {# #}")
                raise SiteTemplateError(name, error.lineno, error.message or "", hint) from None

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """Return a template with values; raise ``SiteTemplateError`` for one that fails where some are replaced."""
        template = self._environment.get_template(f"site/{name}")
        if not self._replaced:
            return template.render(values)
        try:
            return "".join(_bounded(template.generate(values)))
        except Exception as error:
            file, line = self._position(error) or (name, None)
            if file not in self._replaced and not isinstance(error, TemplateError):
                raise
            missing = f"there is no template {error}" if isinstance(error, TemplateNotFound) else str(error)
            raise SiteTemplateError(
                file, line, missing or type(error).__name__, self._hint(error, file, values)
            ) from None

    def _hint(self, error: Exception, file: str, values: Mapping[str, Any]) -> Message:
        if isinstance(error, RecursionError | TemplateNotFound):
            return msg("write {code} to use what wavectl has in this file", code=f'{{% extends "{_OURS}/{file}" %}}')
        if file not in self._replaced:
            return msg("it needs what is missing in {names}", names=", ".join(self._replaced))
        if isinstance(error, UndefinedError):
            return msg("this page has {names}", names=", ".join(sorted(values)))
        return msg("correct the template, or delete it to use that of wavectl")

    def _position(self, error: Exception) -> tuple[str, int] | None:
        """Return the file and line of the innermost template on the way to an error, a replaced one if there is any."""
        frames = [(PurePath(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__)]
        found = [(path.name, line) for path, line in frames if path.suffix in _REPLACEABLE]
        replaced = [one for one in found if one[0] in self._replaced]
        chosen = replaced or found
        return chosen[-1] if chosen else None


def replaceable_templates() -> list[str]:
    """Return the file names of the templates that can be replaced."""
    templates = PackageLoader("wavectl.publishing").list_templates()
    names = (name.removeprefix("site/") for name in templates if name.startswith("site/"))
    return [name for name in names if name.endswith(_REPLACEABLE)]


def _loader(ours: BaseLoader, replaced: Mapping[str, str]) -> BaseLoader:
    def load(name: str) -> Any:
        folder, _, file = name.partition("/")
        if folder == "site" and file in replaced:
            return replaced[file], file, None
        return ours.get_source(Environment(), f"site/{file}" if folder == _OURS else name)  # noqa: S701 - not rendered

    return FunctionLoader(load)


def _bounded(pieces: Iterator[str]) -> Iterator[str]:
    written = 0
    for piece in pieces:
        written += len(piece)
        if written > _MAX_WRITTEN:
            raise SecurityError(f"it writes more than {_MAX_WRITTEN} characters")
        yield piece


_PADDING_FILTERS = ("center", "indent", "wordwrap", "format")
_PADDING_METHODS = frozenset(("center", "ljust", "rjust", "zfill", "expandtabs"))


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, without what is random or makes huge values."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals.pop("lipsum")
        for name in ("random", *_PADDING_FILTERS):
            self.filters.pop(name)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Refuse the methods that pad a text to any width, too."""
        return attr not in _PADDING_METHODS and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply and divide numbers; refuse powers, and the repetition and padding of texts and lists."""
        if operator == "**" or not all(isinstance(value, int | float) for value in (left, right)):
            raise SecurityError("** is not available" if operator == "**" else f"{operator} is only for numbers")
        return super().call_binop(context, operator, left, right)
