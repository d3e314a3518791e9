"""Plain text for a terminal: columns that line up with Chinese in them, and nothing a GBK console cannot show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from types import MappingProxyType

PLAIN = MappingProxyType(
    {
        "µ": "u", "μ": "u", "²": "2", "³": "3", "₂": "2", "₃": "3", "₅": "5", "−": "-", "✓": "yes", "✗": "no", "•": "-", "\u00a0": " ", "®": "(R)",
    }
)  # fmt: skip
screen_width, widest_text, narrowest_text, key_width = 80, 34, 16, 24
longest_word, most_heading_lines = 20, 4
shortest_heading, shortest_in_chinese = 6, 8
COMMAND = "measures "
PART = re.compile(r"[^/_]*[/_]?")  # of a name that is too long for its line
# A word with the space after it, or a Chinese letter, each with the marks that may not begin a line.
PIECE = re.compile(r"[\u0021-\u2fff]+[，。；：、）》！？),.;:!?%]* ?|.[，。；：、）》！？),.;:!?%]*")


def width(text: str) -> int:
    """Columns that a text takes on a terminal: two for a Chinese letter.

    >>> width("CO2"), width("碳达峰")
    (3, 6)
    """
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def clipped(text: str, columns: int) -> str:
    """A text in at most so many columns, its end replaced by two dots where it is longer: a GBK console shows an ellipsis two columns wide.

    >>> clipped("碳达峰碳中和", 7), clipped("CO2", 7)
    ('碳达..', 'CO2')
    """
    if width(text) <= columns:
        return text
    kept = ""
    for letter in text:
        if width(kept + letter) > columns - 2:
            break
        kept += letter
    return kept + ".."


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """A text filled up with spaces to so many columns, clipped where it is longer."""
    text = clipped(text, columns)
    space = " " * (columns - width(text))
    return space + text if right else text + space


def columns_of(
    heading: Sequence[str], rows: Sequence[Sequence[str]], *, left: int, fixed: int = 0, indent: str = "  ", widest: int = widest_text,
    keys: Sequence[int] = (0,),
) -> list[str]:  # fmt: skip
    """Rows as lines of one screen's width; a heading that is wider than its column stands over several lines.

    The first `left` columns are flush left, the others flush right. Where room is scarce, the former become narrower, but for the first `fixed`;
    what then has no room beside the rest stands below, after the columns at `keys` again, which tell the rows apart.
    """
    if not rows:
        return []
    room, heading = screen_width - len(indent), heading or [""] * len(rows[0])
    natural = [max(width(row[at]) for row in rows) for at in range(len(heading))]
    natural = [min(wide, widest) if fixed <= at < left else wide for at, wide in enumerate(natural)]
    widths = natural
    for lines in range(1, most_heading_lines + 1):
        widths = [max(wide, _least(head, lines)) for wide, head in zip(natural, heading, strict=True)]
        if _across(widths) <= room:
            break
    narrowed = list(widths)
    while _across(narrowed) > room and max(narrowed[fixed:left], default=0) > narrowest_text:
        narrowed[fixed + narrowed[fixed:left].index(max(narrowed[fixed:left]))] -= 1
    if _across(narrowed) <= room:
        return _lined(heading, rows, range(len(narrowed)), narrowed, left=left, indent=indent)
    widths = [min(wide, key_width) if at in keys and at >= fixed else wide for at, wide in enumerate(widths)]
    blocks = [list(keys)]
    for at in (at for at in range(len(widths)) if at not in keys):
        if len(blocks[-1]) > len(keys) and _across([widths[one] for one in (*blocks[-1], at)]) > room:
            blocks.append(list(keys))
        blocks[-1].append(at)
    made = [_lined(heading, rows, sorted(block), widths, left=left, indent=indent) for block in blocks]
    return [*made[0], *(line for block in made[1:] for line in ("", *block))]


def _across(widths: Sequence[int]) -> int:
    return sum(widths) + 2 * (len(widths) - 1)


def _least(text: str, lines: int) -> int:
    """The narrowest column in which a heading takes at most so many lines and no common word is cut."""
    word = max((width(part.rstrip()) for piece in PIECE.findall(text) for part in PART.findall(piece)), default=0)
    shortest = shortest_heading if text.isascii() else shortest_in_chinese
    least = max(-(-width(text) // lines), min(word, longest_word), min(width(text), shortest))
    while len(broken(text, least)) > lines:
        least += 1
    return least


def _headed(text: str, columns: int) -> list[str]:
    """A heading over several lines, none of which is one Chinese letter alone.

    >>> _headed("无目标情景", 8)
    ['无目标', '情景']
    """
    tried = [broken(text, least) for least in range(columns, columns // 2, -1)]
    return next((lines for lines in tried if not any(len(line) == 1 and not line.isascii() for line in lines)), tried[0])


def _lined(
    heading: Sequence[str], rows: Sequence[Sequence[str]], places: Sequence[int], widths: Sequence[int], *, left: int, indent: str
) -> list[str]:
    """The columns at these places, each as wide as it is to be."""
    heads = {at: _headed(heading[at], widths[at]) for at in places}
    high = max(map(len, heads.values())) if any(heading[at] for at in places) else 0
    above = [{at: ([""] * (high - len(told)) + told)[line] for at, told in heads.items()} for line in range(high)]
    cells = [*above, *({at: row[at] for at in places} for row in rows)]
    return [indent + "  ".join(padded(row[at], widths[at], right=at >= left) for at in places).rstrip() for row in cells]


def wrapped(parts: Sequence[str], *, first: str, separator: str = "; ", lines: int = 3) -> list[str]:
    """Parts joined into at most so many lines after `first`; what does not fit is counted. No part is cut: where not even one has room, it takes a
    line more.

    >>> wrapped(["a " * 30 + "b", "c"], first="    it rides on: ", lines=1)[0]
    '    it rides on:'
    """
    room, made, current, indent = screen_width - 8, list[str](), first, " " * min(width(first), 8)
    for place, part in enumerate(parts):
        piece = part if current in (first, indent) else separator + part
        if width(current + piece) <= room or (current == first and not first.strip()):
            current += piece
            continue
        if len(made) >= lines - 1 and current != first:
            return [*made, f"{current}{separator}+ {len(parts) - place}"]
        made.append((current if current == first else current + separator).rstrip())
        current = indent + part
    return [*made, current]


def broken(text: str, columns: int) -> list[str]:
    """A text as lines of at most so many columns: broken behind a semicolon in their second half, else at spaces, between Chinese letters, or in a
    word that is longer than a line, there behind a stroke where it has one.

    >>> broken("mytown/h_recorded_only", 18)
    ['mytown/h_recorded_', 'only']
    >>> broken("a wind farm", 6), broken("碳达峰", 4)
    (['a wind', 'farm'], ['碳达', '峰'])
    """
    made, current = list[str](), ""
    for piece in PIECE.findall(text):
        if width(current + piece.rstrip()) > columns and current.strip():
            end = 1 + max(current.rfind(mark) for mark in ";；")
            end = end if 2 * width(current[:end]) > columns else len(current)
            made.append(current[:end].rstrip())
            current = current[end:].lstrip()
        current += piece
        while width(current.rstrip()) > columns:
            kept = next(at for at in range(min(len(current), columns), 0, -1) if width(current[:at]) <= columns or at == 1)
            kept = 1 + max(current.rfind(mark, 0, kept) for mark in "/_") or kept
            if not current[kept:]:
                break
            made.append(current[:kept])
            current = current[kept:]
    return [*made, current.rstrip()]


def flowed(text: str, columns: int) -> list[str]:
    """A sentence as lines of at most so many columns, those after the first set in.

    >>> flowed("a wind farm and more", 8), flowed("碳达峰碳中和", 8)
    (['a wind', '  farm', '  and', '  more'], ['碳达峰碳', '  中和'])
    """
    first = broken(text, columns)[0]
    rest = text[len(first) :].strip()
    return [first, *(f"  {line}" for line in broken(rest, columns - 2))] if rest else [first]


def screen(lines: Iterable[str]) -> str:
    """Lines as they are printed: in GBK, none wider than the screen, the rest of a longer one set in below it. A command alone on its line stays
    whole, so that it can be copied: the terminal itself breaks it.
    """
    made = list[str]()
    for line in map(plain, lines):
        indent = line[: len(line) - len(line.lstrip(" "))]
        whole = line.strip(" ").startswith(COMMAND)
        made += [line.rstrip()] if whole else [indent + one for one in flowed(line.strip(" "), screen_width - len(indent))]
    return "\n".join(made) + "\n"


def high(lines: Sequence[str]) -> int:
    """How many lines of the screen these take."""
    return sum(max(1, -(-width(line) // screen_width)) for line in screen(lines).splitlines()) if lines else 0


def plain(text: str) -> str:
    """A text that a GBK console can show: what it cannot is spelled otherwise, or becomes `?`.

    >>> plain("35 µg/m³"), plain("CO₂ 碳")
    ('35 ug/m3', 'CO2 碳')
    """
    return "".join(_spelled(letter) for letter in text)


def _spelled(letter: str) -> str:
    if letter == "\n" or _in_gbk(letter):
        return letter
    replaced = PLAIN.get(letter) or unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return replaced or "?"


def _in_gbk(letter: str) -> bool:
    try:
        letter.encode("gbk")
    except UnicodeEncodeError:
        return False
    return letter.isprintable()
