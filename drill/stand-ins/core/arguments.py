"""Command lines in the manner of Proxmox VE: words first, then --option value; what the table does not name is refused."""

import re
from dataclasses import dataclass, field
from typing import Callable, Mapping, Sequence

TRUE = ("1", "on", "yes", "true")
FALSE = ("0", "off", "no", "false")


class Refusal(Exception):
    """The command ends with this message on standard error and exit code 255, as the real ones do."""


@dataclass(frozen=True)
class Parameter:
    """What one parameter accepts. `kind` is text, whole, number or flag; limits are inclusive."""

    kind: str = "text"
    required: bool = False
    choices: Sequence[str] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None

    def read(self, value: str) -> object:
        """The value as Python has it, or a ValueError saying what is wrong."""
        if self.kind == "flag":
            return _flag(value)
        if self.kind in ("whole", "number"):
            number = _number(value, self.kind)
            if self.minimum is not None and number < self.minimum:
                raise ValueError(f"value must have a minimum value of {self.minimum:g}")
            if self.maximum is not None and number > self.maximum:
                raise ValueError(f"value must have a maximum value of {self.maximum:g}")
            return number
        if self.choices and value not in self.choices:
            raise ValueError(f"value '{value}' does not have a value in the enumeration '{', '.join(self.choices)}'")
        if self.pattern and not re.fullmatch(self.pattern, value):
            raise ValueError("value does not match the regex pattern")
        return value


@dataclass(frozen=True)
class Command:
    """One sub-command: its bare words in order, its options, and what it does with them.

    An option named `net[n]` stands for net0, net1 and so on. `destructive` marks what can lose data or access; it is
    only written to the call log, for tests to read. `rest` takes everything after the words as it stands.
    """

    run: Callable[..., object]
    words: Sequence[tuple[str, Parameter]] = ()
    options: Mapping[str, Parameter] = field(default_factory=dict)
    destructive: bool = False
    rest: str = ""


OUTPUT = {
    "output-format": Parameter(choices=("text", "json", "json-pretty", "yaml")),
    "noborder": Parameter("flag"),
    "noheader": Parameter("flag"),
}


def parse(command: Command, arguments: Sequence[str]) -> dict[str, object]:
    """Parameters by name. Every fault of the command line is reported, not only the first."""
    values: dict[str, object] = {}
    faults: list[str] = []
    pending = list(command.words)
    index = 0
    while index < len(arguments):
        argument = arguments[index]
        index += 1
        if command.rest and not pending:
            values[command.rest] = [entry for entry in arguments[index - 1:] if entry != "--"]
            break
        if re.fullmatch(r"--?[A-Za-z][^\s=]*(=.*)?", argument, re.S):
            name, _, inline = argument.lstrip("-").partition("=")
            parameter = option(command, name)
            if parameter is None:
                faults.append(f"{name}: property is not defined in schema and the schema does not allow additional properties")
                index += 1 if "=" not in argument and index < len(arguments) and not arguments[index].startswith("-") else 0
                continue
            if "=" in argument:
                text = inline
            elif parameter.kind == "flag" and (index >= len(arguments) or arguments[index].lower() not in TRUE + FALSE):
                text = "1"
            elif index < len(arguments):
                text = arguments[index]
                index += 1
            else:
                faults.append(f"{name}: option requires an argument")
                continue
            _store(values, faults, name, parameter, text)
        elif pending:
            name, parameter = pending.pop(0)
            _store(values, faults, name, parameter, argument)
        else:
            faults.append(f"too many arguments: '{argument}'")
    faults += [f"{name}: property is missing and it is not optional" for name, parameter in pending if parameter.required]
    faults += [
        f"{name}: property is missing and it is not optional"
        for name, parameter in command.options.items()
        if parameter.required and name not in values
    ]
    if faults:
        raise Refusal("400 Parameter verification failed.\n" + "\n".join(faults))
    return values


def option(command: Command, name: str) -> Parameter | None:
    """The table's entry for an option, through its `[n]` form when it is one of a numbered family."""
    return command.options.get(name) or command.options.get(re.sub(r"\d+$", "[n]", name))


def _store(values: dict, faults: list, name: str, parameter: Parameter, text: str) -> None:
    try:
        values[name] = parameter.read(text)
    except ValueError as fault:
        faults.append(f"{name}: {fault}")


def _flag(value: str) -> int:
    if value.lower() in TRUE:
        return 1
    if value.lower() in FALSE:
        return 0
    raise ValueError(f"type check ('boolean') failed - got '{value}'")


def _number(value: str, kind: str) -> float:
    if not re.fullmatch(r"-?\d+" if kind == "whole" else r"-?\d+(\.\d+)?", value):
        raise ValueError(f"type check ('{'integer' if kind == 'whole' else 'number'}') failed - got '{value}'")
    return int(value) if kind == "whole" else float(value)
