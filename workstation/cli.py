"""The command line: the verbs of the window that make sense without one.

Results go to standard output, words for people to standard error. Exit code 0: done; 1: the answer is no; 2: the call is
wrong; 3: it failed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from workstation import __version__, store
from workstation.domain.body import count_words
from workstation.domain.claim import ClaimCheck
from workstation.domain.embargo import told_embargo
from workstation.domain.inbox_filter import FILTERS, OTHER_FORMS
from workstation.domain.item import Item, ItemSummary
from workstation.domain.problem import Passed, Problem
from workstation.domain.wording import counted
from workstation.errors import BlockedError, InputError, NotFoundError, WorkstationError
from workstation.settings import default_store, house_styles_folder
from workstation.workflow.desk import Desk
from workstation.workflow.perspective_words import perspective_fields, perspective_lines
from workstation.workflow.publication_reading import load_publication
from workstation.workflow.publishing import Exported
from workstation.workflow.reviewing import Reviewed
from workstation.workflow.style_checking import check_text, text_of
from workstation.workflow.style_files import StyleFiles

if TYPE_CHECKING:
    from workstation.domain.feed import Feed
    from workstation.domain.house_style import HouseStyle
    from workstation.workflow.following import Refreshed

DONE, NO, WRONG_CALL, FAILED = 0, 1, 2, 3
SHIPPED_STYLES = ("american", "british")

Verb = Callable[[Desk, argparse.Namespace], int]


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The call as values; ``verb`` is None when the window is wanted. A wrong call exits with 2 and a usage line."""
    return _parser().parse_args(list(arguments))


def run(call: argparse.Namespace, open_desk: Callable[[argparse.Namespace], Desk]) -> int:
    """Carry out a call; answers with its exit code. A failure is one clear line on standard error."""
    _speak_utf8()
    try:
        code = _carried_out(call, open_desk)
        sys.stdout.flush()
        return code
    except BlockedError as error:
        _say(f"{error.title}: {error.detail}")
        return NO
    except (InputError, NotFoundError) as error:
        _say(str(error))
        return WRONG_CALL
    except WorkstationError as error:
        _say(str(error))
        return FAILED
    except KeyboardInterrupt:
        _say("Stopped.")
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who read has gone; what is left goes nowhere
        return FAILED
    except OSError as error:
        _say(f"It failed: {error.strerror or error}{f': {error.filename}' if error.filename else ''}.")
        return FAILED


def _carried_out(call: argparse.Namespace, open_desk: Callable[[argparse.Namespace], Desk]) -> int:
    if call.verb in _WITHOUT_A_DESK:
        return _WITHOUT_A_DESK[call.verb](call)
    with open_desk(call) as desk:
        return _VERBS[call.verb](desk, call)


def _speak_utf8() -> None:
    """Headlines of every language go out whatever encoding the machine prefers."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def store_path(call: argparse.Namespace) -> Path:
    """The store that a call is about."""
    return Path(call.store) if call.store else default_store()


# --- the verbs -----------------------------------------------------------------------------------------------------


def _demo(desk: Desk, call: argparse.Namespace) -> int:
    """The main job on the sample desk: sources in, a story checked, both profiles out."""
    changes, number = desk.sampling.load()
    _say(f"Captured {len(changes.items)} sample sources.")
    reviewed = desk.reviewing.review(number)
    true = sum(check.grade.is_true for check in reviewed.quotations)
    _say(f"{true} of {len(reviewed.quotations)} quotations match their sources; {len(reviewed.blockers)} blockers.")
    for profile in desk.publishing.profiles():
        _tell_export(call, desk.publishing.export(number, profile.name, Path(call.out)), profile.name)
    return DONE


def _capture(desk: Desk, call: argparse.Namespace) -> int:
    failed = False
    for target in call.targets:
        try:
            captured = desk.gathering.capture(target)
        except WorkstationError as error:
            _say(str(error))
            failed = True
            continue
        _say(captured.message)
        if captured.changes.feeds and not captured.items and not desk.following.is_offline:
            failed = not _refreshed(call, desk.following.refresh_due) or failed
        is_kept = captured.items or captured.changes.feeds or captured.tone == "good"  # bookmarks are well kept without an item
        failed = failed or not is_kept
        for item in captured.items:
            _tell(call, _item_fields(desk.gathering.item(item), desk.gathering.summary(item)), item)
    return FAILED if failed else DONE


def _feeds(desk: Desk, call: argparse.Namespace) -> int:
    return _FEED_VERBS[call.feeds_verb or "list"](desk, call)


def _feeds_list(desk: Desk, call: argparse.Namespace) -> int:
    for feed in desk.following.feeds():
        state = "paused" if feed.paused else "failing" if feed.error else "followed"
        told = f"  ({feed.error})" if feed.error else ""
        place = f"{feed.folder}: " if feed.folder else ""
        line = f"{feed.id:>4}  {state:<8}  {feed.unread:>5} unread  {place}{feed.label}  {feed.url}"
        _tell(call, _feed_fields(feed), f"{line}{told}")
    return DONE


def _feeds_refresh(desk: Desk, call: argparse.Namespace) -> int:
    if call.names:
        ids = [desk.following.named(name).id for name in call.names]
        return DONE if _refreshed(call, partial(desk.following.refresh, ids)) else FAILED
    return DONE if _refreshed(call, desk.following.refresh_due if call.due else desk.following.refresh_all) else FAILED


def _feeds_follow(desk: Desk, call: argparse.Namespace) -> int:
    followed = desk.following.follow(call.url, folder=call.folder)
    _say(followed.message)
    for offer in followed.offers:
        _tell(call, {"url": offer.url, "title": offer.title, "kind": offer.kind}, f"{offer.url}  {offer.title}")
    if followed.offers:
        _say("Follow one of them by its address.")
        return NO
    for number in followed.feeds:
        _tell(call, _feed_fields(desk.following.feed(number)), desk.following.feed(number).url)
    return DONE


def _feeds_unfollow(desk: Desk, call: argparse.Namespace) -> int:
    feed = desk.following.named(call.name)
    desk.following.unfollow(feed.id)
    _say(f"“{feed.label}” is followed no longer; its sources stay.")
    return DONE


def _feeds_import(desk: Desk, call: argparse.Namespace) -> int:
    followed = desk.following.import_file(Path(call.file))
    _say(followed.message)
    for number in followed.feeds:
        _tell(call, _feed_fields(desk.following.feed(number)), desk.following.feed(number).url)
    return DONE


def _feeds_export(desk: Desk, call: argparse.Namespace) -> int:
    count = desk.following.export(Path(call.out))
    _tell(call, {"file": call.out, "feeds": count}, call.out)
    return DONE


def _refreshed(call: argparse.Namespace, refresh: Callable[[], Refreshed]) -> bool:
    """Ask feeds and tell how it went; False when one of them failed."""
    refreshed = refresh()
    _say(refreshed.message)
    for name, cause in refreshed.failures[3:]:
        _say(f"{name}: {cause}")
    if call.json:
        failures = [{"feed": name, "error": cause} for name, cause in refreshed.failures]
        _tell(call, {"asked": refreshed.asked, "items": list(refreshed.items), "failures": failures}, "")
    else:
        for item in refreshed.items:
            print(item)
    return not refreshed.failures


def _items(desk: Desk, call: argparse.Namespace) -> int:
    view = desk.gathering.viewing.view(call.view).query if call.view else ""
    for summary in desk.gathering.items(query=f"{view} {call.query}".strip(), limit=call.limit):
        _tell_item(desk, call, summary)
    return DONE


def _item(desk: Desk, call: argparse.Namespace) -> int:
    item_id = desk.gathering.resolve(call.id)
    if call.original:
        sys.stdout.buffer.write(desk.gathering.original(item_id)[0])
        return DONE
    if call.versions:
        return _item_versions(desk, call, item_id)
    if call.row:
        for summary in desk.grouping.members(item_id):
            _tell_item(desk, call, summary)
        return DONE
    item = desk.gathering.item(item_id)
    fields = _item_fields(item, desk.gathering.summary(item_id))
    told = item.text if call.text else "\n".join(f"{key}: {value}" for key, value in fields.items() if key != "text")
    _tell(call, fields, told)
    return DONE


def _item_versions(desk: Desk, call: argparse.Namespace, item_id: str) -> int:
    for version in desk.revisiting.versions(item_id):
        seen = version.seen.isoformat() if version.seen else None
        fields = {
            "id": version.id,
            "captured": version.captured.isoformat(),
            "title": version.title,
            "words": version.words,
            "seen": seen,
            "newest": version.is_newest,
        }
        again = f"  (seen again {seen})" if seen else ""
        _tell(call, fields, f"{version.id}  {fields['captured']}  {version.words} words  {version.title}{again}")
    return DONE


def _revisit(desk: Desk, call: argparse.Namespace) -> int:
    """Whether sources have changed since they were captured; those that could not be asked make it fail."""
    revisit = desk.revisiting.revisit_all([desk.gathering.resolve(id) for id in call.ids])
    for answer in revisit.answers:
        fields = {"id": answer.item, "outcome": answer.outcome.value, "newest": answer.newest, "message": answer.told}
        _tell(call, fields, f"{answer.item}  {answer.outcome.value:<9}  {answer.told}")
    return FAILED if any(answer.outcome == "unknown" for answer in revisit.answers) else DONE


def _story(desk: Desk, call: argparse.Namespace) -> int:
    return _STORY_VERBS[call.story_verb](desk, call)


def _story_import(desk: Desk, call: argparse.Namespace) -> int:
    file = Path(call.file)
    try:
        imported = desk.publishing.import_document(file)
    except InputError as error:
        if not file.is_file():
            raise
        _say(str(error))  # the call was right, the document is not
        return FAILED
    for sentence in imported.left_out:
        _say(sentence)
    _tell(call, {"slug": imported.slug, "left_out": list(imported.left_out)}, imported.slug)
    return DONE


def _story_list(desk: Desk, call: argparse.Namespace) -> int:
    for entry in desk.writing.entries():
        embargo = told_embargo(entry.embargo, entry.time_zone) if entry.embargo else None
        fields = {
            "slug": entry.slug,
            "headline": entry.headline,
            "status": entry.status,
            "changed": entry.changed.isoformat(),
            "exported": entry.exported.isoformat() if entry.exported else None,
            "embargo": entry.embargo.isoformat() if entry.embargo else None,
            "notes": entry.notes,
        }
        _tell(call, fields, f"{entry.slug}  {entry.status:<8}  {entry.headline}{f'  (embargo: {embargo})' if embargo else ''}")
    return DONE


def _story_show(desk: Desk, call: argparse.Namespace) -> int:
    story = desk.writing.story(desk.writing.id_of(call.slug))
    document = desk.publishing.document(story)
    sys.stdout.write(json.dumps(json.loads(document), ensure_ascii=False) + "\n" if call.json else document)
    return DONE


def _story_export_document(desk: Desk, call: argparse.Namespace) -> int:
    out = desk.publishing.export_document(desk.writing.id_of(call.slug), Path(call.out))
    _tell(call, {"file": str(out)}, str(out))
    return DONE


def _review(desk: Desk, call: argparse.Namespace) -> int:
    number = desk.writing.id_of(call.slug)
    if call.fix is not None:
        _apply_fixes(desk, number, call.fix)
    reviewed = desk.reviewing.review(number)
    if call.claims:
        return _claims(reviewed, call)
    for problem in reviewed.problems:
        _tell(call, problem_fields(problem), f"{problem.severity.value}: {problem.place}: {problem.message}")
    for problem, waiver in reviewed.waived:
        line = f"waived: {problem.place}: {problem.message} ({waiver.reason})"
        if call.all:
            _tell(call, problem_fields(problem) | {"waived": waiver.reason}, line)
        else:
            _say(line)
    _tell_passes(call, reviewed.passes)
    if not reviewed.problems:
        _say("Nothing stands between the story and its export.")
    return NO if reviewed.blockers else DONE


def _tell_passes(call: argparse.Namespace, passes: Iterable[Passed]) -> None:
    """What is in order: for people always, on standard error; as lines of JSON only when asked for."""
    for passed in passes:
        told = f"{passed.title} ({passed.detail})" if passed.detail else passed.title
        if not call.json:
            _say(f"in order: {told}")
        elif call.all:
            _tell(call, pass_fields(passed), told)


def _claims(reviewed: Reviewed, call: argparse.Namespace) -> int:
    for check in reviewed.claims:
        _tell(call, claim_fields(check), f"{check.state.value}: {check.place}: {check.words}")
    _say(f"{sum(check.rests for check in reviewed.claims)} of {len(reviewed.claims)} sentences rest on a passage.")
    return DONE


def _apply_fixes(desk: Desk, number: int, rule: str) -> None:
    """Apply every fix, or those of one rule, as one step that the window can take back."""
    fixable = [p for p in desk.reviewing.review(number).problems if p.fix is not None and rule in ("", p.rule)]
    if fixable:
        desk.reviewing.mend_all(number, fixable)
        desk.writing.save(number)
    told = f" of the rule “{rule}”" if rule else ""
    _say(f"{counted(len(fixable), 'problem')}{told} had a fix.")


def _waive(desk: Desk, call: argparse.Namespace) -> int:
    """Waive a problem, or with --withdraw let it stand again; its fingerprint is told by the review."""
    number = desk.writing.id_of(call.slug)
    reviewed = desk.reviewing.review(number)
    known = {problem.fingerprint: problem for problem in (*reviewed.problems, *(waived for waived, _ in reviewed.waived))}
    problem = known.get(call.fingerprint)
    if problem is None:
        mend = f"“workstation review {call.slug} --json” tells the fingerprints."
        raise NotFoundError("There is no such problem", f"None of “{call.slug}” is {call.fingerprint}. {mend}")
    if call.reason is None:
        desk.reviewing.withdraw_waiver(number, problem.fingerprint)
        _tell(call, problem_fields(problem), f"stands again: {problem.place}: {problem.message}")
    else:
        desk.reviewing.waive(number, problem, call.reason)
        _tell(call, problem_fields(problem) | {"waived": call.reason.strip()}, f"waived: {problem.place}: {problem.message}")
    return DONE


def _perspective(desk: Desk, call: argparse.Namespace) -> int:
    """Counts of a story, and unread items that could widen it; meanings of items that nobody has read yet are read first."""
    number = desk.writing.id_of(call.slug)
    perspectives = desk.perspectives
    waiting = perspectives.meanings.waiting()
    if waiting:
        _say(f"Reading what {waiting} items are about (once; what is read stays read).")
        perspectives.meanings.read_all()
    perspective, related = perspectives.of(number), perspectives.related(number)
    if call.json:
        _tell(call, perspective_fields(perspective, related), "")
        return DONE
    for line in perspective_lines(perspective, related):
        print(line)
    return DONE


def _export(desk: Desk, call: argparse.Namespace) -> int:
    publication = load_publication(Path(call.publication)) if call.publication else None
    number = desk.writing.id_of(call.slug)
    exported = desk.publishing.export(number, call.profile, Path(call.out), publication=publication, waive=call.waive)
    _tell_export(call, exported, call.profile)
    embargo = desk.shelving.embargo_told(desk.writing.story(number))
    if embargo:
        _say(f"{embargo}. Whoever gets the story has to be told.")
    return DONE


def _preview(desk: Desk, call: argparse.Namespace) -> int:
    publication = load_publication(Path(call.publication)) if call.publication else None
    file = desk.publishing.write_preview(desk.writing.id_of(call.slug), Path(call.out), publication)
    _tell(call, {"file": str(file)}, str(file))
    return DONE


def _sample(desk: Desk, call: argparse.Namespace) -> int:
    if call.remove:
        changes = desk.sampling.remove()
        _say(f"Removed {len(changes.items)} sample sources and {len(changes.stories)} sample stories.")
    else:
        changes, _ = desk.sampling.load()
        _say(f"The sample desk is there: {len(changes.items)} sources and a story.")
    return DONE


def _backup(desk: Desk, call: argparse.Namespace) -> int:
    desk.backup(Path(call.out))
    _tell(call, {"file": call.out}, call.out)
    return DONE


def _restore(call: argparse.Namespace) -> int:
    path = store_path(call)
    store.restore(Path(call.file), path)
    _tell(call, {"store": str(path)}, str(path))
    return DONE


def _style(call: argparse.Namespace) -> int:
    files = StyleFiles(house_styles_folder())
    for fault in files.faults():
        _say(str(fault))
    names = [call.style] if call.style else list(SHIPPED_STYLES)
    styles = tuple(files.style(name) for name in names)
    return _style_check(call, styles) if call.style_verb == "check" else _style_list(call, styles)


def _style_list(call: argparse.Namespace, styles: tuple[HouseStyle, ...]) -> int:
    for style in styles:
        for rule in style.rules.values():
            wrong = rule.wrong[0] if rule.wrong else None
            fields = {
                "style": style.name,
                "id": rule.id,
                "category": rule.category,
                "severity": rule.severity.value,
                "message": rule.message,
                "wrong": wrong.text if wrong else None,
                "right": wrong.mended if wrong else None,
            }
            example = f"  ({wrong.text}{f' → {wrong.mended}' if wrong.mended else ''})" if wrong else ""
            _tell(call, fields, f"{style.name:<10}{rule.category:<20}{rule.id:<28}{example}")
    return DONE


def _style_check(call: argparse.Namespace, styles: tuple[HouseStyle, ...]) -> int:
    """What breaks a style in a text; the answer is no while something does."""
    text = text_of(Path(call.file))
    found = check_text(text, styles)
    for one in found:
        fields = {
            "rule": f"style/{one.rule}",
            "severity": one.severity.value,
            "line": one.line,
            "column": one.column,
            "message": one.message,
            "excerpt": one.excerpt,
            "fix": None if one.new is None else {"old": one.excerpt, "new": one.new},
        }
        told = f"“{one.excerpt}”" + (f" → “{one.new}”" if one.new is not None else "")
        _tell(call, fields, f"{call.file}:{one.line}:{one.column}: {one.rule}: {told}: {one.message}")
    _say(f"{len(found)} in {count_words(text)} words.")
    return NO if found else DONE


def _doctor(call: argparse.Namespace) -> int:
    """What is wrong with the store; a missing one is not wrong, it is made at the first start."""
    path = store_path(call)
    problems = store.check(path) if path.exists() else []
    for problem in problems:
        _tell(call, {"problem": problem}, problem)
    _say(f"The store is {path}{'' if path.exists() else ', which does not exist yet'}.")
    _say(f"{len(problems)} problems." if problems else "Everything is sound.")
    return NO if problems else DONE


_VERBS: Mapping[str, Verb] = {
    "demo": _demo,
    "capture": _capture,
    "feeds": _feeds,
    "items": _items,
    "item": _item,
    "revisit": _revisit,
    "story": _story,
    "review": _review,
    "waive": _waive,
    "perspective": _perspective,
    "export": _export,
    "preview": _preview,
    "sample": _sample,
    "backup": _backup,
}
_WITHOUT_A_DESK: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "restore": _restore,
    "doctor": _doctor,
    "style": _style,
}
_FEED_VERBS: Mapping[str, Verb] = {
    "list": _feeds_list,
    "refresh": _feeds_refresh,
    "follow": _feeds_follow,
    "unfollow": _feeds_unfollow,
    "import": _feeds_import,
    "export": _feeds_export,
}
_STORY_VERBS: Mapping[str, Verb] = {
    "import": _story_import,
    "list": _story_list,
    "show": _story_show,
    "export-document": _story_export_document,
}


# --- telling -------------------------------------------------------------------------------------------------------


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _tell(call: argparse.Namespace, fields: Mapping[str, Any], line: str) -> None:
    """One result on standard output: a JSON object on one line, or a line for people."""
    print(json.dumps(fields, ensure_ascii=False) if call.json else line)


def _tell_item(desk: Desk, call: argparse.Namespace, summary: ItemSummary) -> None:
    """One line of the inbox."""
    more = f"  (+{summary.beneath} in this row)" if summary.beneath else ""
    line = f"{summary.id}  {summary.state.value:<11}  {summary.outlet}: {summary.title}{more}"
    _tell(call, _item_fields(desk.gathering.item(summary.id), summary) if call.json else {}, line)


def _tell_export(call: argparse.Namespace, exported: Exported, profile: str) -> None:
    for name in exported.missing:
        _say(f"The picture “{name}” is missing; the {profile} was exported without it.")
    fields = {
        "profile": profile,
        "file": str(exported.main),
        "files": [str(path) for path in exported.files],
        "sha256": exported.sha256,
    }
    _tell(call, fields, str(exported.main))


def _feed_fields(feed: Feed) -> dict[str, Any]:
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.label,
        "home": feed.home,
        "folder": feed.folder,
        "items": feed.items,
        "unread": feed.unread,
        "asked": feed.asked.isoformat() if feed.asked else None,
        "due": feed.due.isoformat(),
        "paused": feed.paused,
        "error": feed.error or None,
    }


def _item_fields(item: Item, summary: ItemSummary) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "outlet": summary.outlet,
        "author": item.author,
        "published": item.published,
        "language": item.language,
        "text": item.text,
        "words": item.words,
        "state": summary.state.value,
        "captured": item.captured.isoformat(),
        "sha256": item.sha256,
    }


def claim_fields(check: ClaimCheck) -> dict[str, Any]:
    """A sentence and what it rests on, as the command line answers in JSON; of an untied one the passage is a proposal."""
    fields = {"state": check.state.value, "place": str(check.place), "at": check.place.at, "until": check.place.until}
    passage = {"item": check.item, "start": check.start, "end": check.end, "passage": check.passage, "outlet": check.outlet}
    return fields | {"words": check.words} | passage


def problem_fields(problem: Problem) -> dict[str, Any]:
    """A problem as JSON has it; ``at`` and ``until`` are code points of the place's text, ``fingerprint`` is what is waived."""
    fix = problem.fix
    return {
        "rule": problem.rule,
        "severity": problem.severity.value,
        "place": str(problem.place),
        "message": problem.message,
        "excerpt": problem.excerpt,
        "fix": {"label": fix.label, "old": fix.old, "new": fix.new} if fix else None,
        "at": problem.place.at,
        "until": problem.place.until,
        "fingerprint": problem.fingerprint,
    }


def pass_fields(passed: Passed) -> dict[str, Any]:
    """What is in order as JSON has it: a problem's fields, with the severity ``pass`` and without a place."""
    told = f"{passed.title}: {passed.detail}" if passed.detail else passed.title
    return {"rule": passed.rule, "severity": "pass", "place": None, "message": told, "excerpt": "", "fix": None}


# --- the call ------------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        _say(f"{self.prog}: {message}. “{self.prog} --help” shows the call.")
        sys.exit(WRONG_CALL)


def _parser() -> argparse.ArgumentParser:
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    _add_common(common)
    parser = _Parser(prog="workstation", description="From captured sources to a checked signals story and its HTML.")
    _add_common(parser, default=True)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", parser_class=_Parser)

    def verb(name: str, told: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, help=told, description=told, parents=[common])

    demo = verb("demo", "do the main job on the sample desk, without a window")
    demo.add_argument("--out", required=True, metavar="DIR")
    capture = verb(
        "capture", "capture addresses, files of any known kind, or folders of them; feeds and lists of feeds are followed"
    )
    capture.add_argument("targets", nargs="+", metavar="TARGET")
    _add_feed_verbs(verb("feeds", "follow feeds, refresh them, import and export their list"), common)
    items = verb("items", "search the inbox")
    items.add_argument("--query", default="", metavar="Q", help="words and filters, as above the inbox; see below")
    items.formatter_class = argparse.RawDescriptionHelpFormatter
    items.epilog = _query_help()
    items.add_argument("--view", metavar="NAME", help="only what a saved view lists")
    items.add_argument("--limit", type=_count, default=50, metavar="N")
    item = verb("item", "show an item")
    item.add_argument("id", metavar="ID")
    what = item.add_mutually_exclusive_group()
    what.add_argument("--text", action="store_true", help="its readable text only")
    what.add_argument("--original", action="store_true", help="the bytes that arrived")
    what.add_argument("--versions", action="store_true", help="the dated versions of its page, the newest first")
    what.add_argument("--row", action="store_true", help="what shares its row: copies of the story, and versions")
    revisit = verb("revisit", "fetch the page of items again and tell whether it has changed; other words are kept as a version")
    revisit.add_argument("ids", nargs="+", metavar="ID")
    _add_story_verbs(verb("story", "import, list, show and export story documents"), common)
    perspective = verb("perspective", "count whose voices a story has, and find unread items from places not yet sourced")
    perspective.add_argument("slug", metavar="SLUG")
    review = verb("review", "check a story; exit 1 while a blocker stands")
    review.add_argument("slug", metavar="SLUG")
    review.add_argument("--all", action="store_true", help="what was waived, too, and with --json what is in order")
    review.add_argument("--claims", action="store_true", help="each sentence instead, with the passage that it rests on")
    fixes = "apply every fix first, or those of one rule, as one step that the window can take back"
    review.add_argument("--fix", nargs="?", const="", metavar="RULE", help=fixes)
    waive = verb("waive", "let a problem of a story pass for a reason that is kept, or stand again")
    waive.add_argument("slug", metavar="SLUG")
    waive.add_argument("fingerprint", metavar="FINGERPRINT", help="as “review SLUG --json” tells it")
    how = waive.add_mutually_exclusive_group(required=True)
    how.add_argument("--reason", metavar="REASON")
    how.add_argument("--withdraw", action="store_true", help="let it stand again")
    export = verb("export", "export a story in the form of a profile")
    export.add_argument("slug", metavar="SLUG")
    export.add_argument("--profile", required=True, metavar="P")
    export.add_argument("--out", required=True, metavar="DIR")
    export.add_argument("--publication", metavar="FILE")
    export.add_argument("--waive", metavar="REASON", help="let every blocker pass for this reason")
    preview = verb("preview", "write the text that the preview shows")
    preview.add_argument("slug", metavar="SLUG")
    preview.add_argument("--out", required=True, metavar="FILE.html")
    preview.add_argument("--publication", metavar="FILE")
    sample = verb("sample", "load the sample desk again, or remove it")
    sample.add_argument("--remove", action="store_true")
    _add_style_verbs(verb("style", "the rules of the house styles, and a text held to them; needs no store"), common)
    verb("doctor", "look for damage in the store")
    verb("backup", "write a whole copy of the store").add_argument("--out", required=True, metavar="FILE")
    verb("restore", "put a backup in the place of the store").add_argument("file", metavar="FILE")
    return parser


def _query_help() -> str:
    """The query language, from the one table of it."""
    known = [(one.example, one.meaning) for one in FILTERS] + list(OTHER_FORMS)
    width = max(len(example) for example, _ in known)
    return "\n".join(["a query:", *(f"  {example:<{width}}  {meaning}" for example, meaning in known)])


def _add_common(parser: argparse.ArgumentParser, *, default: bool = False) -> None:
    """The options that may stand before or after the verb."""
    values: Iterable[tuple[str, dict[str, Any]]] = (
        ("--store", {"metavar": "FILE", "help": "the store to use"}),
        ("--json", {"action": "store_true", "help": "answer in JSON"}),
        ("--offline", {"action": "store_true", "help": "forbid the network"}),
    )
    for name, options in values:
        if default:
            options["default"] = None if name == "--store" else False
        parser.add_argument(name, **options)


def _inner(parser: argparse.ArgumentParser, common: _Parser, dest: str, *, required: bool) -> Callable[[str, str], _Parser]:
    """Makes the verbs within a verb."""
    verbs = parser.add_subparsers(dest=dest, metavar="VERB", required=required, parser_class=_Parser)
    return lambda name, told: verbs.add_parser(name, help=told, description=told, parents=[common])


def _add_feed_verbs(parser: argparse.ArgumentParser, common: _Parser) -> None:
    verb = _inner(parser, common, "feeds_verb", required=False)
    verb("list", "every feed with what is unread and what went wrong (as without a verb)")
    refresh = verb("refresh", "ask feeds for what is new")
    refresh.add_argument("names", nargs="*", metavar="FEED", help="its name, number or address; none: all of them")
    refresh.add_argument("--due", action="store_true", help="only those whose time has come")
    follow = verb("follow", "follow a feed, or the one that a site names")
    follow.add_argument("url", metavar="URL")
    follow.add_argument("--folder", default="", metavar="FOLDER")
    verb("unfollow", "follow a feed no longer; its sources stay").add_argument("name", metavar="FEED")
    verb("import", "follow the feeds of a list (OPML)").add_argument("file", metavar="FILE")
    verb("export", "write every feed to a list (OPML)").add_argument("--out", required=True, metavar="FILE")


def _add_story_verbs(parser: argparse.ArgumentParser, common: _Parser) -> None:
    verb = _inner(parser, common, "story_verb", required=True)
    verb("import", "bring in a story document or an archive").add_argument("file", metavar="FILE")
    verb("list", "every story with where it stands")
    verb("show", "the story document").add_argument("slug", metavar="SLUG")
    export = verb("export-document", "write the story document, or an archive with all that it rests on")
    export.add_argument("slug", metavar="SLUG")
    export.add_argument("--out", required=True, metavar="FILE.(json|zip)")


def _add_style_verbs(parser: argparse.ArgumentParser, common: _Parser) -> None:
    parser.set_defaults(style=None)
    verb = _inner(parser, common, "style_verb", required=False)
    check = verb("check", "what breaks a style in a text file; exit 1 while something does")
    check.add_argument("file", metavar="FILE")
    for inner in (verb("list", "every rule with an example (as without a verb)"), check):
        inner.add_argument("--style", metavar="NAME", help="american, british or a file of your own; without it, both")


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a number from 1 on, not {text!r}")
    return int(text)
