"""From bytes to components: RFC 5545 §3.1, §3.2, §3.4 and RFC 6868."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

Fault = tuple[int, str]
Faults = Iterator[Fault]


@dataclass(frozen=True, slots=True)
class Property:
    """A content line: name and parameter names in capitals, parameter values without their quotes."""

    name: str
    params: dict[str, list[str]]
    value: str
    line: int

    @property
    def zone(self) -> str | None:
        return self.params.get("TZID", [None])[0]


@dataclass(slots=True)
class Component:
    """A component: the lines between BEGIN and END."""

    name: str
    line: int
    properties: list[Property] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)

    def get(self, name: str) -> Property | None:
        return next((one for one in self.properties if one.name == name), None)

    def text(self, name: str) -> str | None:
        return one.value if (one := self.get(name)) else None

    def walk(self) -> Iterator[Component]:
        yield self
        for component in self.components:
            yield from component.walk()


def components(data: bytes) -> Generator[Fault, None, Component | None]:
    """Return the calendar; None where it cannot be checked beyond the faults yielded."""
    physical = yield from _split(data)
    logical = yield from _unfold(physical)
    properties = yield from _parse(logical)
    return (yield from _nest(properties))


def _split(data: bytes) -> Generator[Fault, None, list[tuple[int, bytes]]]:
    """Split into physical lines, also at line breaks other than CRLF."""
    if data.startswith(b"\xef\xbb\xbf"):
        yield 1, "a byte order mark opens the calendar."
        data = data[3:]
    pieces = re.split(rb"(\r\n|\r|\n)", data)
    lines = []
    for number, (line, end) in enumerate(zip(pieces[::2], [*pieces[1::2], b""], strict=True), start=1):
        if not line and not end:
            break
        if end != b"\r\n":
            yield number, f"the line ends in {_ENDS[end]}, not in CRLF."
        if len(line) > 75:
            yield number, f"the line has {len(line)} octets, more than 75."
        lines.append((number, line))
    return lines


_ENDS = {b"": "nothing", b"\r": "a bare CR", b"\n": "a bare LF"}


def _unfold(lines: list[tuple[int, bytes]]) -> Generator[Fault, None, list[tuple[int, str]]]:
    logical: list[tuple[int, list[bytes]]] = []
    for number, line in lines:
        if not line:
            yield number, "the line is empty."
        elif line[:1] not in b" \t":
            logical.append((number, [line]))
        elif logical:
            logical[-1][1].append(line[1:])
        else:
            yield number, "the first line continues nothing."
    texts = []
    for number, parts in logical:
        try:
            text = b"".join(parts).decode()
        except UnicodeDecodeError:
            yield number, "the line is not UTF-8."
            continue
        if not all(_decodes(part) for part in parts):
            yield number, "a fold cuts a UTF-8 character."
        # The RFC allows those after U+007F; some clients break lines at them.
        if control := re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]", text):
            yield number, f"the line holds the control character U+{ord(control[0]):04X}."
        texts.append((number, text))
    return texts


def _decodes(part: bytes) -> bool:
    try:
        part.decode()
    except UnicodeDecodeError:
        return False
    return True


_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAM = re.compile(r""";([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)""")
_PARAM_VALUE = re.compile(r'"[^"]*"|[^",]+')


def _parse(lines: list[tuple[int, str]]) -> Generator[Fault, None, list[Property]]:
    properties = []
    for number, text in lines:
        name = _NAME.match(text)
        if not name:
            yield number, "the line does not open with the name of a property."
            continue
        params: dict[str, list[str]] = {}
        end = name.end()
        while param := _PARAM.match(text, end):
            end = param.end()
            key = param[1].upper()
            if key in params:
                yield number, f"the parameter {key} is given twice."
            params[key] = [value.strip('"') for value in _PARAM_VALUE.findall(param[2])]
            if not params[key] and text[end : end + 1] in (";", ":"):
                yield number, f"the parameter {key} is empty."
            if "^" in re.sub(r"\^[n^']", "", param[2]):
                yield number, f"the parameter {key} holds a ^ that escapes nothing (RFC 6868)."
        if text[end : end + 1] != ":":
            yield number, "the parameters are malformed, or no colon follows them."
            continue
        properties.append(Property(name[0].upper(), params, text[end + 1 :], number))
    return properties


def _nest(properties: list[Property]) -> Generator[Fault, None, Component | None]:
    root: Component | None = None
    stack: list[Component] = []
    for one in properties:
        if one.name == "BEGIN":
            component = Component(one.value.upper(), one.line)
            if stack:
                stack[-1].components.append(component)
            elif root:
                yield one.line, "something follows the end of the calendar."
            root = root or component
            stack.append(component)
        elif one.name == "END":
            if not stack or stack[-1].name != one.value.upper():
                yield one.line, f"END:{one.value} closes {f'the open {stack[-1].name}' if stack else 'nothing'}."
                return None
            stack.pop()
        elif stack:
            yield from _hold(stack[-1], one)
        else:
            yield one.line, f"{one.name} is outside the calendar."
    if stack:
        yield stack[-1].line, f"{stack[-1].name} is not closed."
        return None
    if root is None or root.name != "VCALENDAR":
        yield root.line if root else 1, "this is no VCALENDAR."
        return None
    return root


def _hold(component: Component, one: Property) -> Faults:
    if component.components and component.name in ("VCALENDAR", "VEVENT"):
        yield one.line, f"{one.name} of {component.name} is after a component."
    component.properties.append(one)
