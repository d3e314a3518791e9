"""`case.yaml`: what a case is called, which folders it includes, its years and its settings of the frame."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from model.case.faults import Fault, Place, clipped, nearest
from model.case.read.files import MOST_BYTES_YAML, read_text
from model.case.read.letters import odd_letter, texts_in
from model.case.read.system_names import is_reserved
from model.case.tables.columns import IDENTIFIER, Year, first_year, last_year, listed, reach
from model.case.tables.header_words import VARIANTS, key_meant
from model.case.units.digits import is_apart

HEADER_FILE = "case.yaml"
MOST_YEARS = 100  # that are modelled
NUMERIC = ("base_year", "years", "decide_from", "days", "price_year")


class Header(BaseModel):
    """The head of a case. Each modelled year stands for the span since the modelled year before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=IDENTIFIER)
    label_en: str = Field(min_length=1)
    label_zh: str = Field(min_length=1)
    include: list[str] = []
    base_year: Year
    years: list[Year] = Field(min_length=1, max_length=MOST_YEARS)
    decide_from: int | None = None
    history: Literal["reconstructed", "usual", "recorded_only"] = "reconstructed"
    days: int = Field(default=12, ge=1, le=365)
    span_rule: Literal["end", "even"] = "end"
    payments: Literal["end", "middle"] = "end"
    price_year: Year
    boundary: str = "city"
    variants: dict[str, str] = {}

    @model_validator(mode="before")
    @classmethod
    def _decides_from_its_first_year(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("decide_from") is None and str(given.get("base_year")).isdecimal():
            return {**given, "decide_from": int(given["base_year"]) + 1}  # a worksheet's year is text
        return given


class _Refused(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


class _Loader(yaml.SafeLoader):
    """The safe loader, without anchors and aliases (a few lines of them can fill the memory), each key once."""

    file = HEADER_FILE

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        if event.anchor is not None:
            raise _Refused(Fault("yaml_alias", Place(self.file, event.start_mark.line + 1, None), clipped(event.anchor), "-"))
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                place = Place(self.file, key.start_mark.line + 1, clipped(name))
                raise _Refused(Fault("yaml_duplicate_key", place, clipped(name), "1"))
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


def _plain_digits(loader: _Loader, node: Any) -> int:
    """A whole number as people write it: 0x7E5, 02021 and 2_021 are other numbers to a machine than to a reader."""
    text = str(node.value)
    if not text.lstrip("+-").isascii() or not text.lstrip("+-").isdecimal() or (len(text) > 1 and text.lstrip("+-").startswith("0")):
        raise _Refused(Fault("not_a_whole_number", Place(loader.file, node.start_mark.line + 1, None), clipped(text), "2030"))
    return int(text)


_Loader.add_constructor("tag:yaml.org,2002:int", _plain_digits)


def header_of(folder: Path) -> Path | None:
    """The header of a folder, in capitals or not, as file systems that know no difference would find it; None where there is none."""
    if (folder / HEADER_FILE).is_file():
        return folder / HEADER_FILE
    others = sorted(folder.iterdir()) if folder.is_dir() else []
    return next((path for path in others if path.name.casefold() == HEADER_FILE and path.is_file()), None)


def headers_in(data: Sequence[Path]) -> list[Path]:
    """The headers of all cases that are folders of these folders, by name; of two that are called the same, the one that is found first."""
    found: dict[str, Path] = {}
    for place in data:
        for folder in place.iterdir() if place.is_dir() else ():
            if folder.is_dir() and folder.name not in found and (header := header_of(folder)) is not None:
                found[folder.name] = header
    return [found[name] for name in sorted(found)]


def read_header(path: Path) -> tuple[Header, list[Fault]]:
    """`case.yaml` as a header that holds all that was readable, and the faults."""
    given, lines, faults = read_pairs(path, path.name)
    if faults:
        return partial_header({}), faults
    return checked_header(given, path.name, lines=lines)


def read_pairs(path: Path, file: str) -> tuple[dict[str, Any], dict[str, int], list[Fault]]:
    """The keys and values of a YAML file, called `file` in faults, and the line of each key; or nothing, and why it cannot be read."""
    text, faults = read_text(path, file, most_bytes=MOST_BYTES_YAML)
    if text is None:
        return {}, {}, faults
    loader = None
    try:
        loader = _Loader(text)
        loader.file = file
        node = loader.get_single_node()
        lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value} if isinstance(node, yaml.MappingNode) else {}
        given = loader.construct_document(node) if node is not None else None
    except _Refused as refused:
        return {}, {}, [refused.fault]
    except yaml.MarkedYAMLError as error:
        return {}, {}, [_yaml_fault(error, text, file)]
    except yaml.reader.ReaderError as error:
        place = Place(file, text.count("\n", 0, error.position) + 1, None)
        return {}, {}, [Fault("odd_letter", place, f"U+{ord(text[error.position]):04X}", "-")]
    except RecursionError:
        return {}, {}, [Fault("yaml_deep", Place(file, None, None), file, "key: value")]
    except (yaml.YAMLError, ValueError):  # of a date, the year and month of which make none
        return {}, {}, [Fault("yaml_value", Place(file, None, None), file, "2030, 2030-12-31")]
    finally:
        if loader is not None:
            loader.dispose()
    if not isinstance(given, dict):
        return {}, {}, [Fault("yaml_fault", Place(file, 1, None), clipped(str(given)), "key: value")]
    return {str(key): value for key, value in given.items()}, lines, []


def _yaml_fault(error: yaml.MarkedYAMLError, text: str, file: str) -> Fault:
    """What stands where YAML cannot go on, with its line and column, in no library's words."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Fault("yaml_fault", Place(file, None, None), "-", "key: value")
    lines = text.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    place, rest = Place(file, mark.line + 1, None), line[mark.column :]
    if rest.startswith("\t"):
        return Fault("yaml_tab", place, str(mark.column + 1), "key: value")
    if isinstance(error, yaml.constructor.ConstructorError) and rest.startswith("!"):
        return Fault("yaml_tag", place, clipped(rest.split()[0]), "key: value")
    return Fault("yaml_fault", place, f"{clipped(line.strip()) or '-'} ({mark.line + 1}:{mark.column + 1})", "key: value")


def header_from_pairs(pairs: Sequence[tuple[str, str]], file: str) -> tuple[Header, list[Fault]]:
    """A header from the worksheet `case`, called `file` in faults."""
    given, lines, faults = given_in_pairs(pairs, file)
    header, found = checked_header(given, file, lines=lines)
    waiting = {key_meant(written): number for number, (written, value) in enumerate(pairs, start=1) if not value}
    return header, [*faults, *(in_worksheet(fault, waiting) for fault in found)]


def given_in_pairs(pairs: Sequence[tuple[str, str]], file: str) -> tuple[dict[str, Any], dict[str, int], list[Fault]]:
    """The keys and values of a worksheet `case` and the row of each key: lists are separated as in list columns, variants are rows `variants.NAME`."""
    given: dict[str, Any] = {}
    lines: dict[str, int] = {}
    faults: list[Fault] = []
    for number, (written, value) in enumerate(pairs, start=1):
        key = key_meant(written)
        if not key or not value:
            continue
        if key in given or key in lines:
            faults.append(in_worksheet(Fault("yaml_duplicate_key", Place(file, number, clipped(written)), clipped(written), "1")))
            continue
        lines[key] = number
        if key in ("include", "years"):
            given[key] = listed(value)
        elif key.startswith(VARIANTS):
            given.setdefault("variants", {})[key.removeprefix(VARIANTS)] = value
            lines.setdefault("variants", number)
        else:
            given[key] = value
    return given, lines, faults


def in_worksheet(fault: Fault, waiting: Mapping[str, int] | None = None) -> Fault:
    """The fault of a key of the worksheet `case`, whose values stand in column B; of one that is missing, in the row where it is `waiting` for its value."""
    place = fault.place
    row = (waiting or {}).get(place.column or "") if place.row is None else place.row
    return replace(fault, place=Place(place.file, row, place.column, {place.column: "B"}))


def checked_header(given: Mapping[str, Any], file: str, *, lines: Mapping[str, int]) -> tuple[Header, list[Fault]]:
    """A header and its faults; a key that cannot be read takes its default, and never hides another."""
    faults: list[Fault] = []
    known = {key: value for key, value in given.items() if key in Header.model_fields}
    for key, value in list(known.items()):
        place = Place(file, lines.get(key), key)
        if letter := next(filter(None, map(odd_letter, texts_in(value))), ""):
            faults.append(Fault("odd_letter", place, letter, "-"))
        elif key in NUMERIC and (isinstance(value, bool) or any(map(is_apart, texts_in(value)))):  # true would pass as 1
            faults.append(bad_setting(key, value, place))
        elif key == "id" and is_reserved(str(value)):
            faults.append(Fault("reserved_name", place, clipped(str(value)), "-"))
        else:
            continue
        del known[key]
    told = {fault.place.column for fault in faults}
    for key in given:
        if key not in Header.model_fields:
            place = Place(file, lines.get(key), clipped(key))
            close = nearest(key, tuple(Header.model_fields))
            faults.append(Fault("unknown_key", place, clipped(key), ", ".join(Header.model_fields), close))
    for key, field in Header.model_fields.items():
        if field.is_required() and known.get(key) in (None, "", []) and key not in told:
            faults.append(Fault("missing_key", Place(file, None, key), "-", key))
            known.pop(key, None)
    try:
        header = Header.model_validate(known)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False):
            key = str(detail["loc"][0]) if detail["loc"] else "-"
            if key in known and detail["type"] != "missing":
                faults.append(bad_setting(key, detail["input"], Place(file, lines.get(key), key)))
        header = partial_header({key: value for key, value in known.items() if fits(key, value)})
    return header, faults + _years_faults(header, file, lines=lines)


def partial_header(readable: Mapping[str, Any]) -> Header:
    """A header of what could be read; years it does not know are empty, so that checks on years stand aside."""
    values = {name: field.get_default(call_default_factory=True) for name, field in Header.model_fields.items()}
    values |= {"id": "", "label_en": "", "label_zh": "", "base_year": None, "years": [], "price_year": None}
    values |= {key: _adapter(key).validate_python(value) for key, value in readable.items()}
    return Header.model_construct(**cast(dict[str, Any], values))


@cache
def _adapter(key: str) -> TypeAdapter[Any]:
    field = Header.model_fields[key]
    annotated: Any = Annotated[field.annotation, field]
    return TypeAdapter(annotated)


def fits(key: str, value: Any) -> bool:
    """Whether a value is one that a key of the header can have."""
    try:
        _adapter(key).validate_python(value)
    except ValidationError:
        return False
    return True


def as_read(key: str, value: Any) -> Any:
    """A value that fits a key of the header, as the header has it: a year in a worksheet is text."""
    return _adapter(key).validate_python(value)


def bad_setting(key: str, found: Any, place: Place) -> Fault:
    """The fault of a value that a key of the header cannot have; YAML reads `off`, `on`, `yes` and `no` without quotes as no words."""
    if isinstance(found, bool):
        return Fault("setting_read_as_boolean", place, str(found).lower(), _wanted(key))
    return Fault("bad_setting", place, clipped(str(found)), _wanted(key))


def _wanted(key: str) -> str:
    wanted = {
        "id": "a-z 0-9 _ (<= 80)",
        "include": "[../common]",
        "base_year": f"{first_year}-{last_year}",
        "years": f"[2021, 2022, 2030] (<= {MOST_YEARS})",
        "decide_from": "2021",
        "history": "reconstructed, usual, recorded_only",
        "days": "1-365",
        "span_rule": "end, even",
        "payments": "end, middle",
        "price_year": f"{first_year}-{last_year}",
        "variants": "{name: variant}",
    }
    return wanted.get(key, "text")


def _years_faults(header: Header, file: str, *, lines: Mapping[str, int]) -> list[Fault]:
    faults: list[Fault] = []
    rising = [header.base_year, *header.years] if header.base_year is not None else list(header.years)
    for before, after in itertools.pairwise(rising):
        if after <= before:
            faults.append(Fault("years_not_rising", Place(file, lines.get("years"), "years"), str(after), f"> {before}"))
    if faults or header.base_year is None or not header.years:
        return faults
    for key, year in (("years", header.years[-1]), ("price_year", header.price_year)):
        if year is not None and abs(year - header.base_year) > reach:
            expected = f"{header.base_year - reach}–{header.base_year + reach}"
            faults.append(Fault("year_outside", Place(file, lines.get(key), key), str(year), expected))
    if faults or header.decide_from is None:
        return faults
    return faults + first_decisions(header, header.decide_from, Place(file, lines.get("decide_from"), "decide_from"))


def first_decisions(header: Header, year: int, place: Place) -> list[Fault]:
    """The fault of a first year of decisions that no span of a case reaches."""
    if header.base_year < year <= header.years[-1]:
        return []
    return [Fault("decide_from_outside", place, str(year), f"{header.base_year + 1}–{header.years[-1]}")]
