"""A publication's own templates: what they can do, and what they can neither reach, keep busy nor make of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter

import pytest

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.errors import InputError
from workstation.render.house.publication_file import read_publication
from workstation.render.profiles import render
from workstation.render.trial import try_out

Pictures = Mapping[str, Picture]
TEN = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"


def house(page: str, **others: str) -> Publication:
    files = {"page.html": page.encode()} | {name.replace("_", "."): text.encode() for name, text in others.items()}
    return read_publication(b'name = "The Lantern"\n[templates]\npage = "page.html"\n', files.get)


def printed(story: Story, page: str, **others: str) -> str:
    return render("page", story, house(page, **others), {}).text


@pytest.mark.parametrize("name", ["page.html", "shipped/page.html"])
def test_an_own_page_that_only_extends_the_shipped_one_is_the_same_page(
    name: str, story: Story, publication: Publication, pictures: Pictures
) -> None:
    own = house(f'{{% extends "{name}" %}}')
    with_it = replace(publication, templates=own.templates, layouts=own.layouts)
    assert render("page", story, with_it, pictures) == render("page", story, publication, pictures)


@pytest.mark.parametrize("part", ["head", "masthead", "opening", "lead", "share", "news", "corrections", "contributors", "foot"])
def test_each_part_of_the_shipped_page_can_be_filled_anew(part: str, story: Story) -> None:
    extended = '{% extends "page.html" %}{% block ' + part + ' %}{{ super() }}<meta name="house" content="{{ headline }}">'
    text = printed(story, extended + "{% endblock %}")
    assert text.count('<meta name="house" content="Orrin lock opens again') == 1
    assert text.count("<h1") == 1


def test_own_templates_include_one_another_and_the_shipped_ones(story: Story) -> None:
    text = printed(
        story,
        '{% from "marks.html" import mark %}{% include "head.html" %}<style>{% include "shipped/page.css" %}{{ theme }}</style>'
        "{% for card in cards %}{{ mark(loop.index ~ ' of ' ~ cards|length) }}{{ card.body }}{% endfor %}",
        head_html="<h1>{{ headline }}</h1>",
        marks_html="{% macro mark(words) %}<b>{{ words }}</b>{% endmacro %}",
    )
    assert text.startswith("<h1>Orrin lock opens again")
    assert "<b>2 of 3</b>" in text
    assert "--font-label: var(--sans)" in text


def test_a_fragment_can_have_its_own_template_too(story: Story) -> None:
    files = {"flat.html": b"<h2>{{ news_label }}</h2>{{ news }}"}
    own = read_publication(b'name = "L"\n[templates]\nfragment = "flat.html"', files.get)
    assert render("fragment", story, own, {}).text.startswith('<h2>The News</h2><p lang="en" dir="ltr">The lock at')
    assert "<h1" in render("page", story, own, {}).text


def test_every_value_is_escaped(story: Story) -> None:
    sharp = replace(story, headline='<script>"&</script>')
    text = printed(sharp, "<p>{{ headline }}</p>{{ headline ~ '<i>' }}{% set x %}{{ headline }}{% endset %}{{ x }}")
    assert text.count("&lt;script&gt;") == 3
    assert "<script" not in text


@pytest.mark.parametrize(
    "page",
    [
        "{{ headline.__class__.__mro__ }}",
        "{{ headline['__class__'] }}",
        "{{ cards[0].__init__.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ cards|map(attribute='__class__')|first }}",
        "{{ ''.join }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ labels.pop('news') }}",
        "{{ range(3) }}",
        "{{ lipsum() }}{{ cycler }}",
        "{{ headline|safe }}",
        "{{ ['x']|map('safe')|join }}",
        "{% autoescape false %}{{ headline }}{% endautoescape %}",
        "{% include headline %}",
        '{% include "../page.html" %}',
        '{% include "/etc/passwd" %}',
        '{% extends "shipped/../../../etc/passwd" %}',
        '{% include "gone.html" %}',
    ],
)
def test_a_template_does_not_get_out(page: str, story: Story) -> None:
    with pytest.raises(InputError, match=r"page\.html"):
        printed(story, page)


@pytest.mark.parametrize(
    "page",
    [
        f"{{% for a in {TEN} %}}" * 9 + "{% endfor %}" * 9,
        f"{{% for a in {TEN} recursive %}}{{{{ loop({TEN}) }}}}{{% endfor %}}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% block a %}{{ self.a() }}{% endblock %}",
        "{% set x = 'aaaaaaaaaa' %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}",
        "{% set x = 'aaaaaaaaaa' %}" + "{% set x = x + x %}" * 60 + "{{ x }}",
        "{% set x %}aaaaaaaaaa{% endset %}" + "{% set x %}{{ x }}{{ x }}{{ x }}{% endset %}" * 40,
        "{% set x = 'a'|list %}" + "{% set x = [x, x] %}" * 60 + "{{ x == x }}",
        f"{{% set x = 'a' %}}{{% for i in {TEN} %}}" + "{% set x = ['b', 'b']|join(x)|join(x) %}" * 20 + "{% endfor %}",
        "{% macro m() %}" + "x" * 200_000 + f"{{% endmacro %}}{{% for a in {TEN} * 3 %}}{{{{ m() }}}}{{% endfor %}}",
        "{{ 'x' * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ 'x'|center(1000000000) }}",
        "{{ 'x'.ljust(1000000000) }}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ " + "9" * 5000 + " }}",
        f"{{% for a in {TEN} %}}" * 40 + "{% endfor %}" * 40,
        "{% if headline %}" * 3000 + "{% endif %}" * 3000,
    ],
)
def test_a_template_does_not_keep_the_program_busy(page: str, story: Story) -> None:
    start = perf_counter()
    with pytest.raises(InputError, match=r"page\.html"):
        printed(story, page)
    assert perf_counter() - start < 10


def test_templates_that_go_round_in_a_circle_are_told() -> None:
    with pytest.raises(InputError, match=r"a\.html → b\.html → a\.html"):
        house('{% include "a.html" %}', a_html='{% include "b.html" %}', b_html='{% include "a.html" %}')


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<p>\n{{ hedline }}</p>", r"page\.html, line 2: 'hedline' is undefined"),
        ("<p>\n\n{% if %}", r"page\.html, line 3: Expected an expression"),
        ("<p>{{ 1 / 0 }}</p>", r"page\.html, line 1: “/” is not allowed"),
        ("\n{{ cards }}", r"page\.html, line 2: a list cannot be printed"),
        ("\n{{ headline|indent }}", r"page\.html, line 2: the filter “indent” is not allowed"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line_when_the_file_is_read(page: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        try_out(house(page))


def test_a_fault_in_an_included_file_names_that_file() -> None:
    with pytest.raises(InputError, match=r"part\.html, line 3: 'gone' is undefined"):
        try_out(house('{% include "part.html" %}', part_html="\n\n{{ gone }}"))


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>",
        "<{{ 'script' }}>alert(1)</{{ 'script' }}>",
        "{% macro m() %}<scr{% endmacro %}{{ m() }}ipt src='x.js'></script>",
        "<p onclick='x'>",
        "<p title='>' onclick=x>",
        '<a href="java&#115;cript:alert(1)">x</a>',
        '<a href=" java\tscript:alert(1)">x</a>',
        '<img src="https://evil.example/x.png" alt="">',
        '<img src="//evil.example/x.png" alt="">',
        '<img src="../x.png" alt="">',
        '<img alt="" srcset="https://evil.example/x.png 2x">',
        '<iframe srcdoc="x"></iframe>',
        '<link rel="stylesheet" href="x.css">',
        '<link rel="icon" href="https://evil.example/x.png">',
        "<meta http-equiv='refresh' content='0;url=//evil.example'>",
        "<form action='https://evil.example'></form>",
        "<style>@import '//evil.example';</style>",
        "<style>p { background: u{{ 'rl(' }}//evil.example) }</style>",
        "<style>@import '//evil.example';",
        "<p style=\"background: url('//evil.example')\">",
        "<title><!--</title><img src=x onerror='alert(1)'>-->",
        "<svg><use href='//evil.example/x.svg'/></svg>",
        "<svg><path mask='url(//evil.example/x.svg#m)'/></svg>",
        "<svg><g filter='url(#own) url(//evil.example/x.svg#f)'></g></svg>",
        "<base href='https://evil.example'>",
        "<p>a < b</p>",
    ],
)
def test_a_page_of_an_own_template_runs_and_fetches_nothing(page: str, story: Story) -> None:
    with pytest.raises(InputError, match="not harmless"):
        printed(story, page)


def test_a_profile_that_has_no_template_is_told() -> None:
    with pytest.raises(InputError, match=r"“templates\.leaflet”.*there are page, fragment"):
        read_publication(b"name = 'L'\n[templates]\nleaflet = 'x.html'", {}.get)
    with pytest.raises(InputError, match=r"“gone\.html” is not beside"):
        read_publication(b"name = 'L'\n[templates]\npage = 'gone.html'", {}.get)
    with pytest.raises(InputError, match=r"“templates\.page” must be the name of a file beside it"):
        read_publication(b"name = 'L'\n[templates]\npage = '../page.html'", {}.get)
