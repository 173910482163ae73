"""Templating: new stories from skeletons, those that come with the program and those that the editor saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from workstation import resources
from workstation.domain.body import Body, canonical
from workstation.domain.picture import Picture
from workstation.domain.story import INSIGHTS_AUTO, INSIGHTS_NONE, SignalCard, Story
from workstation.domain.story_document import read_json
from workstation.errors import InputError, NotFoundError
from workstation.store import Store
from workstation.workflow.writing import Writing

SHIPPED = "story-templates"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Template:
    """A skeleton for new stories; ``number`` is None for one that comes with the program."""

    name: str
    key: str
    number: int | None = None


class Templating:
    """The verbs of templates. A template is a story document without what belongs to one event only."""

    def __init__(self, store: Store, writing: Writing) -> None:
        self._store = store
        self._writing = writing

    def templates(self) -> list[Template]:
        """The templates: those that come with the program, then the editor's own by their names."""
        shipped = [Template(_shipped(file.stem).headline, file.stem) for file in _shipped_files()]
        own = [Template(name, f"own-{number}", number) for number, name in self._store.templates.names().items()]
        return shipped + own

    def save_as(self, number: int, name: str, *, words: bool = True) -> Template:
        """Keep the furniture and the cards of a story as a template, in the place of the own one that bore the name.

        ``words`` keeps the texts of The News and of the cards as words to be written over. Ties to quotes, items and reports,
        the headline, times, embargo, notes and the lead image belong to one event and are left out.

        Raises:
            InputError: the name is empty, too long or that of a template that comes with the program.
        """
        name = self._own_name(name)
        story = _skeleton(self._writing.story(number), name, words=words)
        files = self._writing.files(number)
        kept = {file: files[file] for file in story.files if file in files}
        template = self._store.templates.put(name, story, kept)
        return Template(name, f"own-{template}", template)

    def new_from(self, template: Template) -> int:
        """Begin a story as a draft from a template; answers with its number.

        Raises:
            NotFoundError: the template was removed meanwhile.
        """
        story, files = self._read(template)
        cards = story.signals or (SignalCard(),)
        return self._writing.begin(replace(story, headline="", signals=cards), files)

    def rename(self, template: Template, name: str) -> None:
        """Give an own template another name.

        Raises:
            InputError: the name is empty, too long or taken, or the template comes with the program.
        """
        self._store.templates.rename(_own_number(template), self._own_name(name))

    def remove(self, template: Template) -> None:
        """Forget an own template; stories made from it stay.

        Raises:
            InputError: the template comes with the program.
        """
        self._store.templates.remove(_own_number(template))

    def _read(self, template: Template) -> tuple[Story, dict[str, Picture]]:
        if template.number is not None:
            return self._store.templates.get(template.number)
        return _shipped(template.key), {}

    def _own_name(self, name: str) -> str:
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            raise InputError("The template needs a name", f"Give it one of 1 to {LONGEST_NAME} characters.")
        if any(_shipped(file.stem).headline.casefold() == name.casefold() for file in _shipped_files()):
            raise InputError("This name is taken", f"“{name}” comes with the program. Choose another name.")
        return name


def _own_number(template: Template) -> int:
    if template.number is None:
        raise InputError("This template stays", f"“{template.name}” comes with the program.")
    return template.number


def _shipped_files() -> list[Path]:
    return sorted(resources.path(SHIPPED).glob("*.json"))


def _shipped(key: str) -> Story:
    file = resources.path(SHIPPED) / f"{key}.json"
    if not file.is_file():
        raise NotFoundError("There is no such template", f"“{key}” does not come with this version of the program.")
    return read_json(file.read_bytes()).story


def _skeleton(story: Story, name: str, *, words: bool) -> Story:
    """What of ``story`` a new one may begin with; its headline is the template's name."""
    return Story(
        slug="template",
        headline=name,
        insights=story.insights if story.insights == INSIGHTS_NONE else INSIGHTS_AUTO,
        verticals=story.verticals,
        region=story.region,
        time_zone=story.time_zone,
        language=story.language,
        publication=story.publication,
        bylines=story.bylines,
        contributors=story.contributors,
        sponsor=story.sponsor,
        news=_untied(story.news) if words else Body(),
        signals=tuple(_bare_card(card, words=words) for card in story.signals),
        extra=story.extra,
    )


def _bare_card(card: SignalCard, *, words: bool) -> SignalCard:
    sources = tuple(replace(source, item=None, url=None) for source in card.sources)
    return SignalCard(headline=card.headline, sources=sources, body=_untied(card.body) if words else Body(), extra=card.extra)


def _untied(body: Body) -> Body:
    """The words without links and without ties to quotes: those belong to the reports of one event."""
    return canonical(
        replace(block, runs=tuple(replace(run, marks=replace(run.marks, quote=None, link=None)) for run in block.runs))
        for block in body.blocks
    )
