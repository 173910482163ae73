"""How often reports made from one form are taken for copies of one story: weather, markets, results, live pages, page feet.

Run by hand: ``python forms.py [pairs]``. The reports are invented. Those of one form share most of their words and come from
different outlets on one day, which is the hardest case. Prints for each form how many of the pairs are taken for one story, and
the likeness of the most alike pair.
"""

# ruff: noqa: E501 - the reports are easier to read in whole lines

from __future__ import annotations

import random
import sys
from collections.abc import Callable

from workstation.domain.likeness import Likeness, likeness, same_story, shingles_of

chance = random.Random(5)
TOWNS = [
    "Aldmoor",
    "Brennick",
    "Calder",
    "Dunsea",
    "Elmhaven",
    "Fernby",
    "Galloch",
    "Harrowick",
    "Inverlin",
    "Jarrow",
    "Kestle",
    "Lorne",
    "Marsden",
    "Netherby",
]
SKIES = ("bright", "cloudy", "mostly dry", "overcast", "showery", "misty at first", "clear later on")
WINDS = ("a light westerly breeze", "gusty winds from the north", "a fresh breeze off the sea", "hardly any wind")
FIRMS = ["Ostrel", "Venwick", "Talmor", "Quillan", "Rethmoor", "Sarnholt", "Ulverdale", "Wexcombe", "Yarrowby", "Zelmont"]
FOOT = """This page is brought to you by the regional network. Subscribe to our newsletter to get the most important stories of the
day delivered to your inbox every morning. You can unsubscribe at any time, and we never hand your address to anybody. Follow us on
all channels, download the app for your phone, and tell us what you think about this report by writing to the editor. Support
independent journalism in your region with a small contribution every month, and read all reports without advertisements."""


def number(low: int, high: int) -> str:
    return str(chance.randint(low, high))


def weather() -> str:
    town = chance.choice(TOWNS)
    days = ("today", "tomorrow", "on the day after", "at the weekend", "early next week")
    parts = [
        f"The weather in {town} {day} will be {chance.choice(SKIES)}, with highs of {number(2, 30)} degrees and lows of"
        f" {number(-5, 12)} degrees. Expect {chance.choice(WINDS)} of up to {number(5, 80)} kilometres an hour. The chance of rain"
        f" is {number(0, 100)} per cent, and the sun will rise at {number(5, 8)}:{number(10, 59)} and set at"
        f" {number(16, 21)}:{number(10, 59)}."
        for day in days
    ]
    return "\n".join([*parts, "The forecast is updated every six hours by the weather service."])


def market() -> str:
    def moved() -> str:
        return f"{chance.choice(('rose', 'fell', 'slipped', 'gained', 'added', 'lost'))} {number(0, 4)}.{number(10, 99)} per cent"

    firms = chance.sample(FIRMS, 6)
    town = chance.choice(TOWNS)
    return (
        f"Shares in {town} {moved()} on the day as investors weighed the outlook for interest rates. The leading index {moved()} to"
        f" close at {number(4000, 9000)} points, while the broader index {moved()} and ended the session at {number(900, 3000)}"
        f" points. Shares of {firms[0]} {moved()} and those of {firms[1]} {moved()}, while {firms[2]} {moved()} and {firms[3]}"
        f" {moved()}. Among the biggest movers of the day was {firms[4]}, which {moved()} after its quarterly report. In the"
        f" currency market the crown {moved()} against the dollar. Oil {moved()} to {number(50, 110)} dollars a barrel, and gold"
        f" {moved()} to {number(1500, 3000)} dollars an ounce. Volume was {number(100, 900)} million shares, compared with an"
        f" average of {number(100, 900)} million over the last twenty sessions. {firms[5]} reports its figures next week."
    )


def results() -> str:
    firm, town = chance.choice(FIRMS), chance.choice(TOWNS)
    return (
        f"{town.upper()} - {firm} Holdings on Thursday reported earnings of {number(2, 900)}.{number(1, 9)} million crowns in its"
        f" {chance.choice(('first', 'second', 'third', 'fourth'))} quarter. On a per-share basis, the {town}-based company said it"
        f" had net income of {number(1, 4)}.{number(10, 99)} crowns. Earnings, adjusted for one-time gains and costs, were"
        f" {number(1, 4)}.{number(10, 99)} crowns per share. The results {chance.choice(('topped', 'missed', 'met'))} the"
        f" expectations of analysts. The average estimate of {number(3, 19)} analysts surveyed by the research house was for"
        f" earnings of {number(1, 4)}.{number(10, 99)} crowns per share. The {chance.choice(('maker', 'seller', 'carrier'))} of"
        f" {chance.choice(('paint', 'grain', 'ropes', 'bricks', 'lamps'))} posted revenue of {number(20, 990)}.{number(1, 9)} million"
        f" crowns in the period. For the current quarter ending in {chance.choice(('March', 'June', 'May'))}, {firm} expects its"
        f" per-share earnings to range from {number(10, 50)} cents to {number(51, 99)} cents. The shares have risen"
        f" {number(2, 40)} per cent since the beginning of the year. This report was generated by machine with data from the"
        " research house."
    )


def live() -> str:
    """Pages of one live report, an hour apart: the top is new, the frame of the page is the same."""
    frame = (
        "Welcome to our live coverage of the day's events. We bring you the latest updates, analysis and reaction from our reporters"
        " across the region as it happens. All times are local. Refresh the page for new entries, or switch on notifications."
    )
    entries = [
        f"{number(1, 23)}:{number(10, 59)} {' '.join(chance.choices(WORDS, k=chance.randint(18, 40))).capitalize()}."
        for _ in range(7)
    ]
    return "\n".join([frame, *entries])


def foot() -> str:
    return "\n".join([" ".join(chance.choices(WORDS, k=130)), FOOT])


WORDS = [
    a + b + c for a in ("ka", "lo", "ri", "mu", "te", "so") for b in ("van", "sol", "dir", "pem", "lin") for c in ("a", "et", "u")
]
FORMS: dict[str, Callable[[], str]] = {
    "weather": weather,
    "markets": market,
    "results": results,
    "live pages": live,
    "feet": foot,
}


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    for name, form in FORMS.items():
        found: list[Likeness] = [likeness(shingles_of(form()), shingles_of(form())) for _ in range(pairs)]
        wrong = sum(same_story(one, one_outlet=False, published=(None, None)) for one in found)
        same = sum(same_story(one, one_outlet=True, published=(None, None)) for one in found)
        most = max(found, key=lambda one: one.taken_over)
        words = sum(one.shared for one in found) / pairs
        print(
            f"{name:11} taken for one story {wrong / pairs:7.2%}, of one outlet {same / pairs:7.2%}; shared {words:.2f} on average;"
            f" most alike: shared {most.shared:.2f}, alike {most.alike:.2f}, taken over {most.taken_over:.2f}"
        )


if __name__ == "__main__":
    main()
