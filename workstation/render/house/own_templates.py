"""A publication's own templates, filled in a sandbox that they can neither leave nor keep busy.

They may extend and include one another and the shipped ones (``shipped/page.html``; ``page.html`` means the house's own
where there is one, and the shipped one from inside that). What they may use is a short list: nothing in it reaches a file,
the clock or the program, every value is escaped, and each loop, call and printed value is paid for from a budget, so that a
template ends after the same step whatever machine it runs on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError
from jinja2.meta import find_referenced_templates
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from workstation import resources
from workstation.errors import InputError
from workstation.render.house.harmless import check_page
from workstation.render.words.characters import clean, composed

SHIPPED = "shipped/"
LARGEST_TEMPLATE = 256 * 1024
"""Characters of one template."""
MOST_TEMPLATES = 40
BUDGET = 12_000_000
"""What one page may cost: a character that is printed costs one, a turn of a loop and a call :data:`STEP`."""
STEP = 64
LARGEST_NUMBER = 10**12

Texts = Mapping[str, str]

_TITLE = "The publication’s template cannot be used"
_ALLOWED_NODES = (
    "Add And Assign AssignBlock Block Call CallBlock Compare Concat CondExpr Const Extends Filter FilterBlock For FromImport"
    " Getattr Getitem If Import Include Keyword List Macro Name Neg Not Operand Or Output Slice Sub Template TemplateData Test"
    " Tuple With"
)
_ALLOWED_FILTERS = (
    "abs capitalize count default d e escape first float forceescape groupby int join last length list lower map max min reject"
    " rejectattr reverse select selectattr sort string title trim truncate unique upper urlencode wordcount"
)
_NODES = frozenset(_ALLOWED_NODES.split())
_FILTERS = tuple(_ALLOWED_FILTERS.split())
_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset({"capitalize", "endswith", "isdigit", "lower", "lstrip", "rstrip", "startswith", "strip", "title", "upper"}),
    dict: frozenset({"get", "items", "keys", "values"}),
    LoopContext: frozenset({"changed", "cycle"}),
}


# --- reading -------------------------------------------------------------------------------------------------------


def read_templates(layouts: Mapping[str, str], files: Callable[[str], bytes | None]) -> dict[str, str]:
    """The texts of the templates in ``layouts`` and of all that they extend, include and import, by file name.

    Raises:
        InputError: one is missing, too large, not a template, uses what is not allowed, or they go round in a circle; the
            detail names file, line, cause and mend.
    """
    texts: dict[str, str] = {}
    pending = [(name, "") for name in layouts.values()]
    while pending:
        name, by = pending.pop()
        if name in texts:
            continue
        texts[name] = _text(name, by, files)
        if len(texts) > MOST_TEMPLATES:
            raise InputError(_TITLE, f"There are more than {MOST_TEMPLATES} templates.")
        pending += [(other, name) for other in _named_in(name, texts[name]) if _is_own(other, name, files)]
    _refuse_circles(texts)
    return texts


def _text(name: str, by: str, files: Callable[[str], bytes | None]) -> str:
    data = files(name)
    if data is None:
        told = f"{by} names “{name}”, which" if by else f"“{name}”"
        raise InputError(_TITLE, f"{told} is not beside the publication file, or cannot be read.")
    if len(data) > LARGEST_TEMPLATE:
        raise InputError(_TITLE, f"{name} is larger than {LARGEST_TEMPLATE // 1024} KB.")
    try:
        return clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(_TITLE, f"{name} is not UTF-8 text; save it as UTF-8.") from error


def _named_in(name: str, text: str) -> list[str]:
    """The templates that a template names; each has to be named outright, so that it can be read beforehand."""
    try:
        tree = _plain_environment().parse(text, name, name)
    except TemplateSyntaxError as error:
        raise InputError(_TITLE, f"{error.name or name}, line {error.lineno}: {error.message}") from error
    except (RecursionError, ValueError, ArithmeticError) as error:
        raise InputError(_TITLE, f"{name} is nested too deeply, or holds a number that is too large.") from error
    named = list(find_referenced_templates(tree))
    if None in named:
        raise InputError(_TITLE, f"{name} extends or includes a template whose name it makes up. Name it outright.")
    return [other for other in named if other is not None]


def _is_own(other: str, by: str, files: Callable[[str], bytes | None]) -> bool:
    """Whether a name means a file of the house; else it means a shipped template, which has to be there."""
    path = PurePosixPath(other)
    if path.is_absolute() or ".." in path.parts or "\\" in other or ":" in other:
        raise InputError(_TITLE, f"{by} names “{other}”: only files beside the publication file, and shipped/…, can be named.")
    if not other.startswith(SHIPPED) and other != by and files(other) is not None:
        return True
    if other.removeprefix(SHIPPED) not in _shipped():
        raise InputError(_TITLE, f"{by} names “{other}”, which is neither beside the publication file nor shipped.")
    return False


def _refuse_circles(texts: Texts) -> None:
    """Templates that include one another in a circle would never end."""
    edges = {name: [o for o in _named_in(name, text) if o in texts and o != name] for name, text in texts.items()}

    def walk(path: list[str]) -> None:
        for other in edges[path[-1]]:
            if other in path:
                told = " → ".join([*path[path.index(other) :], other])
                raise InputError(_TITLE, f"The templates go round in a circle: {told}.")
            walk([*path, other])

    for name in edges:
        walk([name])


@lru_cache(maxsize=1)
def _shipped() -> dict[str, str]:
    folder = resources.path("templates")
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.iterdir()) if file.is_file()}


# --- filling -------------------------------------------------------------------------------------------------------


def fill_own(layout: str, texts: Texts, values: Mapping[str, Any]) -> str:
    r"""The text of the house's template ``layout`` filled with ``values``: NFC, lines end in ``"\n"``.

    Raises:
        InputError: it fails, costs too much, or makes a page that is not harmless; the detail names file, line and cause.
    """
    environment = _environment(tuple(sorted(texts.items())))
    with _paying(), _telling(layout, texts):
        text = composed(environment.get_template(layout).render(values))
    fault = check_page(text, (str(values.get("theme", "")), _shipped().get("page.css", "")))
    if fault:
        raise InputError(_TITLE, f"{layout} {fault}")
    return text


@dataclass(slots=True)
class _Purse:
    left: int = BUDGET


_purse: ContextVar[_Purse | None] = ContextVar("purse", default=None)


def _pay(cost: int) -> None:
    purse = _purse.get()
    if purse is not None:
        purse.left -= cost
        if purse.left < 0:
            raise SecurityError("it prints too much or goes round too often")


@contextmanager
def _paying() -> Iterator[None]:
    token = _purse.set(_Purse())
    try:
        yield
    finally:
        _purse.reset(token)


@contextmanager
def _telling(layout: str, texts: Texts) -> Iterator[None]:
    """What goes wrong in a template is told with its file and line."""
    try:
        yield
    except InputError:
        raise
    except TemplateSyntaxError as error:
        raise InputError(_TITLE, f"{error.name or layout}, line {error.lineno}: {error.message}") from error
    except RecursionError as error:
        raise InputError(_TITLE, f"{layout} calls itself without end.") from error
    except TemplateNotFound as error:
        raise InputError(_TITLE, f"{layout} names “{error.name}”, which is not there.") from error
    except SyntaxError as error:  # of the Python that Jinja makes of a template
        raise InputError(_TITLE, f"{layout} is nested too deeply.") from error
    except Exception as error:  # whatever the house's own template comes upon is its fault, never the program's
        raise InputError(_TITLE, f"{_where(error.__traceback__, texts) or layout}: {str(error).rstrip('.')}.") from error


def _where(trace: TracebackType | None, texts: Texts) -> str:
    """The innermost place in a template: Jinja puts its files and lines into the trace."""
    place = ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file in texts or file.startswith(SHIPPED):
            place = f"{file}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place


class _HouseEnvironment(ImmutableSandboxedEnvironment):
    """Jinja with a short list of what a template may use, every part of it paid for."""

    intercepted_binops = frozenset({"+", "-"})

    def join_path(self, template: str, parent: str) -> str:
        """From inside a template its own name means the shipped one, and the shipped ones name one another."""
        if template == parent or (parent.startswith(SHIPPED) and not template.startswith(SHIPPED)):
            return SHIPPED + template
        return template

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if not (name or "").startswith(SHIPPED):
            _refuse_foreign_nodes(tree, name)
        _Metering().generic_visit(tree)
        tree.set_environment(self)
        return tree

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Numbers only, and no large ones: texts and lists cannot be doubled until nothing has room."""
        if not all(isinstance(value, int | float) and abs(value) < LARGEST_NUMBER for value in (left, right)):
            raise SecurityError(f"“{operator}” is for numbers only; join texts with ~")
        return left + right if operator == "+" else left - right

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's signature
        """Call what a template calls, for its price."""
        _pay(STEP)
        return super().call(__context, __obj, *args, **kwargs)

    def wrap_str_format(self, value: Any) -> None:
        """No text can be formatted: a width in a format has no limit."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Values, and the methods of the short list."""
        if not super().is_safe_attribute(obj, attr, value) or isinstance(value, bytes | bytearray):
            return False
        if not callable(value) or isinstance(value, Macro | BlockReference):
            return True
        return any(isinstance(obj, kind) and attr in names for kind, names in _METHODS.items())


@lru_cache(maxsize=1)
def _plain_environment() -> _HouseEnvironment:
    return _made({})


@lru_cache(maxsize=8)
def _environment(texts: tuple[tuple[str, str], ...]) -> _HouseEnvironment:
    return _made(dict(texts))


def _made(texts: Texts) -> _HouseEnvironment:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        if name in texts:
            return texts[name], name, lambda: True
        shipped = name.removeprefix(SHIPPED)
        found = _shipped().get(shipped)
        return None if found is None else (found, SHIPPED + shipped, lambda: True)

    environment = _HouseEnvironment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        newline_sequence="\n",
        keep_trailing_newline=True,
        finalize=_printed,
        auto_reload=False,
    )
    environment.globals.clear()
    environment.filters = {name: _priced(environment.filters[name]) for name in _FILTERS if name != "join"}
    environment.filters |= {"join": _join, "_pay": _pay_filter, "_concat": _concat}
    return environment


def _printed(value: object) -> object:
    """What may be printed: texts and numbers. A list printed whole could be without end, and is never meant."""
    if isinstance(value, str):
        _pay(len(value))
        return value if isinstance(value, Markup) else clean(value)
    if value is None or isinstance(value, int | float | Undefined):
        return value
    raise SecurityError(f"a {type(value).__name__} cannot be printed, only texts and numbers can")


def _priced(work: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that is paid for by the size of what it works on."""
    at = 1 if hasattr(work, "jinja_pass_arg") else 0

    @wraps(work)
    def priced(*args: Any, **kwargs: Any) -> Any:
        value = args[at] if len(args) > at else None
        _pay(STEP + (len(value) if isinstance(value, str | list | tuple | dict) else 0))
        return work(*args, **kwargs)

    return priced


@pass_context
def _pay_filter(_context: Context, cost: int) -> str:
    _pay(cost)
    return ""


@pass_context
def _concat(_context: Context, parts: list[Any]) -> str:
    """The texts and numbers one after the other; escaped where one of them is markup, as ``~`` always does."""
    shown = [_printed(part) for part in parts]
    return markup_join(shown)


@pass_context
def _join(_context: Context, value: Any, d: Any = "", attribute: str | None = None) -> str:
    """The texts of a list with ``d`` between them."""
    if attribute is not None:
        raise SecurityError("join takes no attribute: use map(attribute=…) before it")
    parts = [_printed(part) for part in value]
    between = _printed(d)
    _pay(max(0, len(parts) - 1) * len(str(between)))
    pairs = [item for part in parts for item in (between, part)]
    return markup_join(pairs[1:])


# --- the tree ------------------------------------------------------------------------------------------------------


def _refuse_foreign_nodes(tree: nodes.Template, name: str | None) -> None:
    for node in _nodes_of(tree):
        kind = type(node).__name__
        foreign = "" if kind in _NODES else f"“{_WORDS.get(kind, kind.lower())}” is not allowed in a publication’s template"
        told = foreign or _why_not(node)
        if told:
            raise TemplateSyntaxError(f"{told}.", node.lineno or 1, name, name)


_WORDS = {"Mul": "*", "Pow": "**", "Mod": "%", "Div": "/", "FloorDiv": "//", "ScopedEvalContextModifier": "autoescape"}


def _nodes_of(tree: nodes.Node) -> Iterator[nodes.Node]:
    pending = list(tree.iter_child_nodes())
    while pending:
        node = pending.pop()
        yield node
        pending += node.iter_child_nodes()


def _why_not(node: nodes.Node) -> str:
    if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        return f"the filter “{node.name}” is not allowed; there are {', '.join(_FILTERS)}"
    if isinstance(node, nodes.Name) and node.name in ("varargs", "kwargs"):
        return f"“{node.name}” is not allowed: name what a macro takes"
    is_list = isinstance(node, nodes.List) or (isinstance(node, nodes.Tuple) and node.ctx == "load")
    if is_list and not all(isinstance(item, nodes.Const) for item in node.iter_child_nodes()):
        return "a list may hold fixed texts and numbers only"
    return ""


class _Metering(NodeTransformer):
    """Puts the price of each turn and each call at its beginning: a step, and the fixed text that it may print."""

    def visit_For(self, node: nodes.For) -> nodes.For:
        self.generic_visit(node)
        node.body.insert(0, _price(node))
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:
        self.generic_visit(node)
        node.body.insert(0, _price(node))
        return node

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.CallBlock:
        self.generic_visit(node)
        node.body.insert(0, _price(node))
        return node

    def visit_Block(self, node: nodes.Block) -> nodes.Block:
        self.generic_visit(node)
        if not node.required:
            node.body.insert(0, _price(node))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:
        self.generic_visit(node)
        listed = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(listed, "_concat", [], [], None, None, lineno=node.lineno)


def _price(node: nodes.Node) -> nodes.Output:
    """A statement that pays, and prints an empty text."""
    fixed = sum(len(inner.data) for inner in _nodes_of(node) if isinstance(inner, nodes.TemplateData))
    cost = nodes.Const(STEP + fixed, lineno=node.lineno)
    paid = nodes.Filter(cost, "_pay", [], [], None, None, lineno=node.lineno)
    return nodes.Output([paid], lineno=node.lineno)
