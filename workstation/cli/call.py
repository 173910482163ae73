"""The call: every verb with its options, and what a wrong call is told."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from workstation import __version__
from workstation.cli.change_options import add_change_options
from workstation.cli.telling import WRONG_CALL, say
from workstation.cli.terms_options import add_terms_options
from workstation.domain.inbox_filter import FILTERS, OTHER_FORMS
from workstation.settings import default_store
from workstation.store import whereabouts

_ADDRESS = re.compile(r"(https?|file)://", re.IGNORECASE)

AddVerb = Callable[[str, str], argparse.ArgumentParser]
"""Adds a verb by its name and what it does."""


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The call as values; ``verb`` is None when the window is wanted. A wrong call exits with 2 and a usage line."""
    call = _parser().parse_args(_with_verb(list(arguments)))
    if call.verb == "open":
        call.verb = None
    elif call.verb is None:
        call.targets = []
    return call


def _with_verb(arguments: list[str]) -> list[str]:
    """A call that begins with an address or a file is a call to open the window with it, as desktops make it."""
    first = next((at for at, word in enumerate(arguments) if not _is_option(arguments, at)), None)
    if first is None or not (_ADDRESS.match(arguments[first]) or _is_path(arguments[first])):
        return arguments
    return [*arguments[:first], "open", *arguments[first:]]


def _is_option(arguments: list[str], at: int) -> bool:
    """Whether a word before the verb is an option, or the value of one."""
    return arguments[at].startswith("-") or (at > 0 and arguments[at - 1] == "--store")


def _is_path(word: str) -> bool:
    """Whether a word is no verb but the path of a file: a name alone is one only with its ending."""
    return ("/" in word or "\\" in word or "." in word) and Path(word).expanduser().exists()


def store_path(call: argparse.Namespace) -> Path:
    """The store that a call is about, where it is now.

    Raises:
        StoreError: it was moved to where this machine does not find it.
    """
    return whereabouts(named_store(call))


def named_store(call: argparse.Namespace) -> Path:
    """The store that a call is about, as it is named."""
    return Path(call.store) if call.store else default_store()


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        say(f"{self.prog}: {message}. “{self.prog} --help” shows the call.")
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

    opening = verb("open", "open the window, as without a verb, and capture what is named; a window that is open comes forward")
    opening.add_argument("targets", nargs="*", metavar="TARGET")
    demo = verb("demo", "do the main job on the sample desk, without a window")
    demo.add_argument("--out", required=True, metavar="DIR")
    capture = verb(
        "capture", "capture addresses, files of any known kind, or folders of them; feeds and lists of feeds are followed"
    )
    capture.add_argument("targets", nargs="+", metavar="TARGET")
    _add_feed_verbs(verb("feeds", "follow feeds, refresh them, import and export their list"), common)
    _add_inbox_verbs(verb)
    _add_story_verbs(verb("story", "import, list, show and export story documents"), common)
    _add_review_verbs(verb)
    _add_export_verbs(verb)
    _add_send_verb(verb)
    _add_destination_verbs(verb("destinations", "the content systems that stories are sent to"), common)
    sample = verb("sample", "load the sample desk again, or remove it")
    sample.add_argument("--remove", action="store_true")
    _add_style_verbs(verb("style", "the rules of the house styles, and a text held to them; needs no store"), common)
    doctor = verb("doctor", "look for damage in the store, and say what is sound")
    doctor.add_argument("--salvage", action="store_true", help="make a sound store of what a damaged one holds, which is kept")
    _add_backup_verbs(verb)
    hosts = verb("hosts", "the hosts of your own network that may always be fetched from")
    hosts.add_argument("--forget", metavar="HOST", help="ask again before it is fetched from; exit 1 where it was not allowed")
    return parser


def _add_backup_verbs(verb: AddVerb) -> None:
    backup = verb("backup", "write a whole copy of the store, proven by opening it")
    backup.add_argument("--out", metavar="FILE", help="to this file instead of among the backups of the store")
    verb("backups", "list the backups of the store, the newest first")
    restore = verb("restore", "put a backup in the place of the store, which becomes a backup itself")
    restore.add_argument("file", metavar="FILE|NUMBER|latest", help="a file, a number of the list, or the newest good one")
    part = restore.add_mutually_exclusive_group()
    part.add_argument("--story", metavar="SLUG", help="bring back this story only; what stood there is kept as a version")
    part.add_argument("--salvage", action="store_true", help="of a damaged backup, put back what is whole in it")


def _add_inbox_verbs(verb: AddVerb) -> None:
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


def _add_review_verbs(verb: AddVerb) -> None:
    perspective = verb("perspective", "count whose voices a story has, and find unread items from places not yet sourced")
    perspective.add_argument("slug", metavar="SLUG")
    review = verb("review", "check a story; exit 1 while a blocker stands")
    review.add_argument("slug", metavar="SLUG")
    review.add_argument("--all", action="store_true", help="what was waived, too, and with --json what is in order")
    instead = review.add_mutually_exclusive_group()
    instead.add_argument("--claims", action="store_true", help="each sentence instead, with the passage that it rests on")
    instead.add_argument("--quotations", action="store_true", help="each quotation instead, with its grade and its passage")
    fixes = "apply every fix first, or those of one rule, as one step that the window can take back"
    review.add_argument("--fix", nargs="?", const="", metavar="RULE", help=fixes)
    waive = verb("waive", "let a problem of a story pass for a reason that is kept, or stand again")
    waive.add_argument("slug", metavar="SLUG")
    waive.add_argument("fingerprint", metavar="FINGERPRINT", help="as “review SLUG --json” tells it")
    how = waive.add_mutually_exclusive_group(required=True)
    how.add_argument("--reason", metavar="REASON")
    how.add_argument("--withdraw", action="store_true", help="let it stand again")


def _add_export_verbs(verb: AddVerb) -> None:
    export = verb("export", "export a story in the form of a profile, or of several")
    export.add_argument("slug", metavar="SLUG")
    several = "its name, names with commas between, or “all”: in one folder, checked once"
    export.add_argument("--profile", required=True, metavar="P", help=several)
    export.add_argument("--out", required=True, metavar="DIR")
    export.add_argument("--publication", metavar="FILE")
    export.add_argument("--waive", metavar="REASON", help="let every blocker pass for this reason")
    add_terms_options(export)
    add_change_options(export)
    ledger = verb("ledger", "what was handed over when, to whom and with which hash")
    ledger.add_argument("slug", nargs="?", metavar="SLUG", help="of one story only")
    changes = "what has changed in the story since its last hand-over, word by word; exit 1 while something has"
    ledger.add_argument("--changes", action="store_true", help=changes)
    evidence = verb("evidence", "write what bears a story out, so that a colleague can verify it without the desk")
    evidence.add_argument("slug", metavar="SLUG")
    evidence.add_argument("--out", required=True, metavar="FILE.zip")
    verify = verb("verify", "hold such a packet against its own originals; exit 1 while something is not as it says")
    verify.add_argument("packet", metavar="PACKET")
    preview = verb("preview", "write the text that the preview shows")
    preview.add_argument("slug", metavar="SLUG")
    preview.add_argument("--out", required=True, metavar="FILE.html")
    preview.add_argument("--publication", metavar="FILE")


def _add_send_verb(verb: AddVerb) -> None:
    told = "send a story to a content system: a draft the first time, the same post afterwards; exit 1 while a blocker stands or"
    send = verb("send", f"{told} somebody changed the post there")
    send.add_argument("slug", metavar="SLUG")
    send.add_argument("--to", required=True, metavar="NAME", help="a destination, as “destinations” lists it")
    add_terms_options(send)
    add_change_options(send)
    send.add_argument("--publication", metavar="FILE")
    send.add_argument("--waive", metavar="REASON", help="let every blocker pass for this reason")
    send.add_argument("--force", action="store_true", help="write over what was changed there, make anew what was deleted")
    _add_secret(send)


def _add_destination_verbs(parser: argparse.ArgumentParser, common: _Parser) -> None:
    verb = _inner(parser, common, "destinations_verb", required=False)
    verb("list", "every destination (as without a verb)")
    add = verb("add", "name a content system; its secret goes to the system's keyring where there is one")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--kind", required=True, choices=("wordpress", "ghost"))
    add.add_argument("--url", required=True, metavar="URL", help="the site's home page")
    add.add_argument("--user", default="", metavar="USER", help="whose application password it is (WordPress)")
    add.add_argument("--publication", metavar="NAME", help="take the stories of this publication only")
    _add_secret(add)
    verb("remove", "forget a destination and its secret; what was sent stays there").add_argument("name", metavar="NAME")
    test = verb("test", "ask a destination who we are and what we may do there; nothing is changed")
    test.add_argument("name", metavar="NAME")
    _add_secret(test)


def _add_secret(parser: argparse.ArgumentParser) -> None:
    told = "read the application password or key from standard input; else WORKSTATION_SECRET or the keyring has it"
    parser.add_argument("--secret-stdin", action="store_true", help=told)


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
        ("--take-over", {"action": "store_true", "help": "open a store that another machine did not say that it closed"}),
        ("--allow-host", {"metavar": "HOST", "action": "append", "help": "fetch from this host of your own network, this time"}),
    )
    for name, options in values:
        if default:
            options["default"] = False if options.get("action") == "store_true" else None
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
