"""Stories put together by chance out of what rules look for: marks, names, figures, days, links, empty and odd fields."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from workstation.domain.body import Block, Marks, Run, canonical
from workstation.domain.claim import Claim
from workstation.domain.correction import Correction
from workstation.domain.item import Item
from workstation.domain.outlet import KnownOutlet, Outlet
from workstation.domain.quote import Quote
from workstation.domain.story import LeadImage, SignalCard, Source, SourceKind, Story
from workstation.review import Background

from .conftest import make_item
from .shipped_styles import NAMES, shipped

_TEXT = (
    "Minister Ada Brooke said on Tuesday 3 March 2026 that 3,400 people left the upper valley and that the dam was full. "
    "“We will not fill it before spring,” she told Harbour Post, and the river would rise by 20 percent."
)
ITEMS: dict[str, Item] = {
    item.id: item
    for item in (
        make_item("one", _TEXT, "Harbour Post"),
        make_item("two", "Ada Brooke said 4,300 people left on Monday. “The dam is full,” she said.", "The Valley Courier"),
        make_item("three", "", "Delta Radio"),
    )
}
QUOTE = Quote(id="q", item="one", start=0, end=len(_TEXT), exact=_TEXT)

_PIECES = """
the|the dam|The dam is full|Ada Brooke|Ada Brook|Minister Brooke said|Harbour Post reported|according to The Valley Courier
on Monday|on Tuesday|3 March 2026|31 February 2026|Wednesday 3 March|last week|today|3,400 people left|4,300 people|20 percent|a a
“The dam is full,”|“We will … fill it”|“We will [gladly] fill it before spring,”|"the dam was full"|“the dam|the river”|'full'
«the dam is full»|„voll“|「水」|“the ‘upper valley’”|it's|its’|colour|color|organise|per cent|-|—|…|.|,|!|?|:|(|)|\n|\u00a0|\u202e
www.example.org|https://harbour.example/a?utm_source=x|السد|大坝|the Upper-Valley|the upper valley|COVID|50 %|$3 million
5 km|12:30
"""
_pieces = st.sampled_from([piece for line in _PIECES.split("\n") for piece in line.split("|") if piece])
_odd = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
texts = st.lists(_pieces | _odd, max_size=9).map(" ".join)
_ADDRESSES = (
    "", " ", "https://one.example/report", "https://two.example/report", "http:/three.example", "https://a.example/x?fbclid=1",
    "https://news.example/a.", "file:///home/ada/x.html", "https://bit.ly/x", "localhost:8000", "mailto:a@b.example", "a b", "https://",
    "https://www.google.com/url?q=https://one.example/report", "https://docs.google.com/document/d/1/edit", "https://[::1",
)  # fmt: skip
addresses = st.sampled_from(_ADDRESSES) | _odd
_marks = st.builds(Marks, link=st.none() | addresses, quote=st.none() | st.sampled_from(["q", "gone"]), strong=st.booleans())
_runs = st.lists(st.builds(Run, texts.map(lambda text: text.replace("\n", " ")), _marks), max_size=3).map(tuple)
bodies = st.lists(st.builds(Block, runs=_runs), max_size=2).map(canonical)
_names = st.sampled_from(["Harbour Post", "The Valley Courier", "HARBOUR POST", "Delta Radio", "", "https://one.example"]) | _odd
sources = st.builds(
    Source,
    name=_names,
    kind=st.sampled_from(SourceKind),
    of=st.none() | _names,
    url=st.none() | addresses,
    item=st.none() | st.sampled_from([*ITEMS, "gone"]),
)
claims = st.lists(st.builds(Claim, words=texts, quote=st.sampled_from(["q", "gone"])), max_size=2).map(tuple)
cards = st.builds(SignalCard, headline=texts, claims=claims, sources=st.lists(sources, max_size=3).map(tuple), body=bodies)
_times = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
_moments = st.none() | _times
_images = st.builds(LeadImage, file=st.just("lead.jpg"), alt=texts, decorative=st.booleans(), caption=texts, credit=texts)
stories = st.builds(
    Story,
    slug=st.sampled_from(["the-dam", "untitled", "The Dam", "x" * 120]),
    headline=texts,
    insights=st.sampled_from(["auto", "none", "Insights from Harbour Post", "From Delta Radio & the Valley Courier"]) | texts,
    region=st.none() | texts,
    first_published=_moments,
    updated=_moments,
    embargo=_moments,
    corrections=st.lists(st.builds(Correction, made=_times, text=texts), max_size=2).map(tuple),
    time_zone=st.none() | st.sampled_from(["Europe/Lisbon", "Nowhere/At all"]),
    language=st.none() | st.sampled_from(["en-US", "de", "fr", "ar", "zh", "tlh"]),
    news=bodies,
    claims=claims,
    lead_image=st.none() | _images,
    signals=st.lists(cards, max_size=3).map(tuple),
)
"""Stories whose sources are in ``ITEMS`` or nowhere."""

_OUTLETS = tuple(
    KnownOutlet(outlet=Outlet(name=item.outlet, domains=(f"{item.id}.example",))) for item in ITEMS.values() if item.outlet
)
backgrounds = st.builds(
    Background,
    quotes=st.just({"q": QUOTE}),
    outlets=st.just(_OUTLETS),
    today=st.none() | st.just(date(2026, 3, 4)),
    exported_slug=st.none() | st.just("the-dam"),
    corrected=st.integers(0, 3),
    styles=st.just(()) | st.just(tuple(map(shipped, NAMES))),
)
