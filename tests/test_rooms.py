"""The rooms of the house: an upper one may import a lower one, never the reverse."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOMS = (
    "kernel",
    "explain",
    "disk",
    "message",
    "protocol",
    "spf",
    "auth",
    "reports",
    "world",
    "personas",
    "session",
    "campaign",
    "transcript",
    "goals",
    "views",
    "render",
    "shell",
    "app",
    "testing",
)

PACKAGE = Path(__file__).parent.parent / "smtpsim"
FILES = sorted(PACKAGE.rglob("*.py"))
TOP_LEVEL = {"__init__.py", "__main__.py"}


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module of smtpsim that is imported anywhere in a file, also late or for types only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (n for n in names if n.startswith("smtpsim.") and n != "smtpsim.__version__")
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("smtpsim"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path) -> None:
    if path.parent == PACKAGE:
        assert path.name in TOP_LEVEL
        return
    own = ROOMS.index(room_of(path))
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        room = name.split(".")[1]
        assert room in ROOMS, f"{path}: {name} is in no room"
        assert ROOMS.index(room) <= own, f"{path}: {room_of(path)} may not import {name}"


def test_the_pure_rooms_do_no_io() -> None:
    """Protocol and SPF know no sockets, files, clocks or randomness."""
    forbidden = {"socket", "os", "time", "random", "secrets", "datetime", "asyncio", "threading", "subprocess"}
    for path in FILES:
        if room_of(path) not in ("kernel", "protocol", "spf"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not forbidden & {alias.name.split(".")[0] for alias in node.names}, path
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in forbidden, path


def test_every_room_is_named() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert folders <= set(ROOMS), folders - set(ROOMS)


LONGEST_FUNCTION, LONGEST_FILE = 60, 400
SMALL_FILE, SMALL_FILES = 25, 40


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_functions_are_short() -> None:
    long = [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_files_are_short() -> None:
    paths = [*FILES, *Path(__file__).parent.rglob("*.py")]
    assert [str(path) for path in paths if length(path) > LONGEST_FILE] == []


def test_files_are_no_cupboards() -> None:
    """What a file of a few lines holds is found sooner in the file that changes with it."""
    small = [
        str(path.relative_to(PACKAGE)) for path in FILES if path.name != "__init__.py" and length(path) < SMALL_FILE
    ]
    assert len(small) < SMALL_FILES, small


def graph() -> dict[str, set[str]]:
    """For each module, the modules whose files it imports anywhere: at its head, late, or for types only."""
    names = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in FILES}
    modules = {name.removesuffix(".__init__"): path for name, path in names.items()}
    edges = {}
    for module, path in modules.items():
        found = imported(ast.parse(path.read_text(encoding="utf-8")))
        files = (name if name in modules else name.rpartition(".")[0] for name in found)
        edges[module] = {name for name in files if name in modules and name != module}
    return edges


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules of which each needs all others (strongly connected components, Kosaraju)."""
    order: list[str] = []
    seen: set[str] = set()
    for start in edges:
        _visit(start, edges, seen, order)
    needed_by: dict[str, set[str]] = {module: set() for module in edges}
    for module, needs in edges.items():
        for name in needs:
            needed_by[name].add(module)
    seen.clear()
    groups = []
    for start in reversed(order):
        group: list[str] = []
        _visit(start, needed_by, seen, group)
        groups.append(sorted(group))
    return [group for group in groups if len(group) > 1]


def _visit(start: str, edges: dict[str, set[str]], seen: set[str], left: list[str]) -> None:
    """Walk all that can be reached from `start`; each is added to `left` after all that it leads to."""
    if start in seen:
        return
    seen.add(start)
    for name in edges[start]:
        _visit(name, edges, seen, left)
    left.append(start)


def test_no_file_needs_itself_by_way_of_others() -> None:
    assert circles(graph()) == []


def test_a_circle_is_found_whatever_leads_to_it() -> None:
    edges = {"a": {"b"}, "b": {"c"}, "c": {"d", "e"}, "d": {"b"}, "e": set()}
    assert circles(edges) == [["b", "c", "d"]]
