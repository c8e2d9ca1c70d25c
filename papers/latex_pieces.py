"""Where a text with LaTeX may be cut, so that its pieces read one by one give what the whole gives.

A cut is made around a formula, and at the first blank after a group or a macro that has all its
arguments. A text in which braces or dollars don't pair, or in which a macro may reach further than
can be told without reading it, is left whole.
"""

import re
from collections.abc import Mapping

_GROUP = r"\{(?:[^{}\\]++|\\.)*+\}"
for _ in range(4):  # groups in groups; texts with deeper ones are left whole
    _GROUP = rf"\{{(?:[^{{}}\\]++|\\.|{_GROUP})*+\}}"
_IN_FORMULA = rf"(?:[^${{}}\\]++|\\.|{_GROUP})*+"
_FORMULA = rf"\$(?!\$){_IN_FORMULA}\$|\$\${_IN_FORMULA}\$\$"
_NAME = r"(?P<name>[^\W\d_]++|[^%&#_$])"
_TAKEN = rf"(?P<taken>(?:\s*+(?:\*|\[[^][{{}}$\\]*+\]|{_GROUP}))*+)"
_MACRO = re.compile(rf"\\{_NAME}{_TAKEN}(?P<next>(?:(?<![]}}*])\s*+)?[^\s\\{{}}$\[*])?", re.DOTALL)
_CALL = re.sub(r"\?P<\w+>", "?:", rf"\\(?:[%&#_$]|{_NAME}\s*+{_TAKEN})")
_ISLAND = rf"(?:{_GROUP}|{_CALL})(?:[^\s\\${{}}]++|{_FORMULA}|{_GROUP}|{_CALL})*+"
_PIECE = re.compile(rf"[^\\${{}}]++|{_FORMULA}|{_ISLAND}", re.DOTALL)
_ARGUMENT = re.compile(_GROUP)
_UNSURE = re.compile(r"\\(?:begin|end|verb|lstinline|[()\[\]]|\\[%&~])")


def pieces(text: str, arities: Mapping[str, int]) -> list[str]:
    """`text`, made ready for the parser, in pieces: plain words, formulas, and runs of macros and
    groups with what is tied to them. They join to `text` again. `arities` tells how many arguments
    a macro must have; one that isn't in it has none."""
    found = [piece[0] for piece in _PIECE.finditer(text)]
    sure = sum(map(len, found)) == len(text) and not _UNSURE.search(text)
    sated = (_sated(macro, arities.get(macro["name"], 0)) for macro in _MACRO.finditer(text))
    return found if sure and all(sated) else [text]


def _sated(macro: re.Match[str], arity: int) -> bool:
    """Whether a macro has all its arguments before the next blank."""
    lacking = arity - len(_ARGUMENT.findall(macro["taken"]))
    return lacking <= 0 or (lacking == 1 and bool(macro["next"]))
