"""The shape of the store, step by step. Steps are named and only ever appended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from workstation.domain.web_address import address_hash
from workstation.errors import StoreTooNewError
from workstation.store import lapses
from workstation.store.connections import connect_nowhere, transaction
from workstation.store.seals import let_seal, sealing_statements

APPLICATION_ID = 0x53474E57
"""Marks a SQLite file as a desk of this program (the letters SGNW)."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: a name that never changes, and the statements that take a store there from the step before."""

    name: str
    statements: tuple[str, ...]


TOKENIZER = "unicode61 remove_diacritics 2"
"""How the search index cuts a text into words."""

FIRST_DESK = Migration(
    "first-desk",
    (
        # What arrived. Narrow, because the inbox walks it; `row` is the time of capture in milliseconds, so that the newest
        # come first from the table and from the search index alike, without sorting.
        """CREATE TABLE item (
            row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT, domain TEXT, title TEXT NOT NULL, outlet TEXT NOT NULL,
            author TEXT, published TEXT, language TEXT, country TEXT, words INTEGER NOT NULL, captured TEXT NOT NULL,
            sha256 TEXT NOT NULL, icon TEXT REFERENCES picture (sha256)) STRICT""",
        "CREATE INDEX item_sha256 ON item (sha256)",
        "CREATE INDEX item_domain ON item (domain)",
        "CREATE INDEX item_icon ON item (icon)",
        # `searched_title` and `searched_text` stand only where the search needs other words than the reader: see search_text.
        """CREATE TABLE item_body (
            item INTEGER PRIMARY KEY REFERENCES item (row), text TEXT NOT NULL, text_sha256 TEXT NOT NULL,
            media_type TEXT NOT NULL, origins TEXT NOT NULL, searched_title TEXT, searched_text TEXT,
            original BLOB NOT NULL) STRICT""",
        """CREATE VIEW item_searched (row, title, text) AS
            SELECT item.row, coalesce(item_body.searched_title, item.title), coalesce(item_body.searched_text, item_body.text)
            FROM item JOIN item_body ON item_body.item = item.row""",
        """CREATE VIRTUAL TABLE item_search USING fts5 (
            title, text, content = 'item_searched', content_rowid = 'row', prefix = '1 2 3',
            tokenize = 'unicode61 remove_diacritics 2')""",
        # What the editor did with it.
        """CREATE TABLE item_desk (
            item INTEGER PRIMARY KEY REFERENCES item (row) ON DELETE CASCADE,
            state TEXT NOT NULL CHECK (state IN ('unread', 'read', 'shortlisted', 'used', 'archived', 'spiked')),
            notes TEXT NOT NULL DEFAULT '', outlet INTEGER REFERENCES outlet (id) ON DELETE SET NULL,
            sample INTEGER NOT NULL DEFAULT 0) STRICT""",
        "CREATE INDEX item_desk_state ON item_desk (state, item)",
        "CREATE INDEX item_desk_outlet ON item_desk (outlet)",
        "CREATE INDEX item_desk_sample ON item_desk (item) WHERE sample",
        """CREATE TABLE item_tag (
            item INTEGER NOT NULL REFERENCES item (row) ON DELETE CASCADE, tag TEXT NOT NULL COLLATE NOCASE,
            place INTEGER NOT NULL, PRIMARY KEY (item, tag)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX item_tag_tag ON item_tag (tag, item)",
        """CREATE TABLE outlet (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT, languages TEXT NOT NULL DEFAULT '[]',
            kind TEXT CHECK (kind IN ('public', 'private', 'state', 'agency')), icon TEXT REFERENCES picture (sha256),
            edited INTEGER NOT NULL DEFAULT 0) STRICT""",
        "CREATE INDEX outlet_name ON outlet (name)",
        "CREATE INDEX outlet_icon ON outlet (icon)",
        """CREATE TABLE outlet_domain (
            domain TEXT PRIMARY KEY, outlet INTEGER NOT NULL REFERENCES outlet (id) ON DELETE CASCADE) STRICT, WITHOUT ROWID""",
        "CREATE INDEX outlet_domain_outlet ON outlet_domain (outlet)",
        "CREATE TABLE waiting (url TEXT PRIMARY KEY, since TEXT NOT NULL, reason TEXT NOT NULL) STRICT",
        """CREATE TABLE highlight (
            id TEXT PRIMARY KEY, item TEXT NOT NULL REFERENCES item (id) ON DELETE CASCADE, first INTEGER NOT NULL,
            last INTEGER NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL, CHECK (first >= 0 AND first < last)) STRICT""",
        "CREATE INDEX highlight_item ON highlight (item, first)",
        """CREATE TABLE quote (
            id TEXT PRIMARY KEY, item TEXT NOT NULL REFERENCES item (id) ON DELETE CASCADE, first INTEGER NOT NULL,
            last INTEGER NOT NULL, exact TEXT NOT NULL, speaker TEXT, translation TEXT,
            CHECK (first >= 0 AND first < last)) STRICT""",
        "CREATE INDEX quote_item ON quote (item, first)",
        """CREATE TABLE picture (
            sha256 TEXT PRIMARY KEY, media_type TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
            data BLOB NOT NULL) STRICT""",
        """CREATE TABLE story (
            id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT NOT NULL UNIQUE COLLATE NOCASE, headline TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('draft', 'ready', 'exported', 'killed')), created TEXT NOT NULL,
            changed TEXT NOT NULL, sample INTEGER NOT NULL DEFAULT 0, sha256 TEXT NOT NULL, document TEXT NOT NULL) STRICT""",
        """CREATE TABLE story_file (
            story INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE, name TEXT NOT NULL,
            picture TEXT NOT NULL REFERENCES picture (sha256), PRIMARY KEY (story, name)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX story_file_picture ON story_file (picture)",
        """CREATE TABLE waiver (
            story INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE, fingerprint TEXT NOT NULL, reason TEXT NOT NULL,
            PRIMARY KEY (story, fingerprint)) STRICT, WITHOUT ROWID""",
        # No foreign key: what was handed over stays on record whatever becomes of the story.
        """CREATE TABLE ledger (
            id INTEGER PRIMARY KEY AUTOINCREMENT, story INTEGER NOT NULL, slug TEXT NOT NULL, profile TEXT NOT NULL,
            publication TEXT NOT NULL, exported TEXT NOT NULL, folder TEXT NOT NULL, files TEXT NOT NULL,
            sha256 TEXT NOT NULL) STRICT""",
        "CREATE INDEX ledger_story ON ledger (story, exported)",
        "CREATE TABLE note (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        "CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    ),
)

STORY_HISTORY = Migration(
    "story-history",
    (
        # The steps of a story in the order they were made, those that were undone at the end. `delta` leads from the state next
        # to it on the way to the document (whose SHA-256 is `base`) to the state that undo or redo brings back (`result`).
        """CREATE TABLE story_step (
            story INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE, place INTEGER NOT NULL,
            undone INTEGER NOT NULL CHECK (undone IN (0, 1)), label TEXT NOT NULL, field TEXT NOT NULL, card TEXT,
            caret INTEGER, base BLOB NOT NULL, result BLOB NOT NULL, delta BLOB NOT NULL,
            PRIMARY KEY (story, place)) STRICT, WITHOUT ROWID""",
        # The keys of the cards in the document that the steps hang on; a document does not name them.
        """CREATE TABLE story_keys (
            story INTEGER PRIMARY KEY REFERENCES story (id) ON DELETE CASCADE, keys TEXT NOT NULL) STRICT""",
        # `number` counts the versions of one story; clocks go wrong. `delta` leads from the version before to this one, from
        # nothing where `whole`.
        """CREATE TABLE story_version (
            story INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE, number INTEGER NOT NULL, made TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('automatic', 'export', 'named', 'restore')), label TEXT NOT NULL,
            words INTEGER NOT NULL, sha256 BLOB NOT NULL, whole INTEGER NOT NULL CHECK (whole IN (0, 1)), delta BLOB NOT NULL,
            PRIMARY KEY (story, number)) STRICT, WITHOUT ROWID""",
    ),
)

STORY_DESK = Migration(
    "story-desk",
    (
        # What the list of stories shows and searches, beside the documents, so that it need not read them. `words` is folded.
        """CREATE TABLE story_desk (
            story INTEGER PRIMARY KEY REFERENCES story (id) ON DELETE CASCADE, sha256 TEXT NOT NULL, embargo TEXT,
            time_zone TEXT, notes TEXT NOT NULL, words TEXT NOT NULL) STRICT""",
        """CREATE TABLE story_template (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, document TEXT NOT NULL) STRICT""",
        """CREATE TABLE story_template_file (
            template INTEGER NOT NULL REFERENCES story_template (id) ON DELETE CASCADE, name TEXT NOT NULL,
            picture TEXT NOT NULL REFERENCES picture (sha256), PRIMARY KEY (template, name)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX story_template_file_picture ON story_template_file (picture)",
    ),
)

ITEM_GROUPS = Migration(
    "item-groups",
    (
        # An item with a `head` is listed under it: as an older or newer version of the same address, as another outlet's copy of
        # the same story, or because the editor put it there. Taking `head` away undoes it.
        "ALTER TABLE item_desk ADD COLUMN head INTEGER REFERENCES item (row) ON DELETE SET NULL",
        "ALTER TABLE item_desk ADD COLUMN tie TEXT CHECK (tie IN ('version', 'copy', 'merged'))",
        "CREATE INDEX item_desk_head ON item_desk (head, item) WHERE head IS NOT NULL",
        # The canonical address of an item as a number, so that the same page is met again whatever trackers hang on its address.
        """CREATE TABLE item_address (
            item INTEGER PRIMARY KEY REFERENCES item (row) ON DELETE CASCADE, hash INTEGER NOT NULL) STRICT""",
        "INSERT INTO item_address (item, hash) SELECT row, address_hash(url) FROM item WHERE address_hash(url) IS NOT NULL",
        "CREATE INDEX item_address_hash ON item_address (hash, item)",
        # `seen`: when the source was last found to say the same still, and how often; `changed`: when it came in with other words
        # that the editor has not looked at yet.
        """CREATE TABLE item_again (
            item INTEGER PRIMARY KEY REFERENCES item (row) ON DELETE CASCADE, seen TEXT, times INTEGER NOT NULL DEFAULT 0,
            changed TEXT) STRICT""",
        # What the text is like, for finding copies of it (see domain.likeness); an item without one was not looked at yet.
        """CREATE TABLE item_print (
            item INTEGER PRIMARY KEY REFERENCES item (row) ON DELETE CASCADE, bands BLOB NOT NULL) STRICT""",
        # Pairs that the editor took apart and that are never put together again by themselves; `one` is the smaller row.
        "CREATE TABLE item_apart (one INTEGER NOT NULL, other INTEGER NOT NULL, PRIMARY KEY (one, other)) STRICT, WITHOUT ROWID",
    ),
)

FEEDS = Migration(
    "feeds",
    (
        # `due` is UTC to the second, so that such texts sort as the times do. `every` is the editor's word, `least` the feed's.
        """CREATE TABLE feed (
            id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT NOT NULL DEFAULT '', name TEXT NOT NULL DEFAULT '',
            home TEXT, folder TEXT NOT NULL DEFAULT '', language TEXT, icon TEXT, etag TEXT, modified TEXT, every INTEGER,
            least INTEGER, added TEXT NOT NULL, asked TEXT, changed TEXT, due TEXT NOT NULL,
            failures INTEGER NOT NULL DEFAULT 0, error TEXT NOT NULL DEFAULT '',
            paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1))) STRICT""",
        "CREATE INDEX feed_due ON feed (due) WHERE NOT paused",
        # What a feed brought: `key` names the entry within the feed, `print` its words as they were last seen.
        """CREATE TABLE feed_entry (
            feed INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE, key BLOB NOT NULL, print BLOB NOT NULL,
            item INTEGER REFERENCES item (row) ON DELETE SET NULL, PRIMARY KEY (feed, key)) STRICT, WITHOUT ROWID""",
        "CREATE INDEX feed_entry_item ON feed_entry (item)",
    ),
)

VIEWS = Migration(
    "views",
    (
        """CREATE TABLE item_view (
            id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, query TEXT NOT NULL,
            sort TEXT NOT NULL DEFAULT 'newest', place INTEGER NOT NULL) STRICT""",
        """INSERT INTO item_view (name, query, place) VALUES
            ('Unread', 'is:unread', 0), ('Today', 'since:today', 1), ('Shortlist', 'is:shortlisted', 2),
            ('With notes', 'has:note', 3), ('Highlights to check', 'has:check', 4)""",
    ),
)

_COUNTED = "(head IS NULL OR state IN ('shortlisted', 'used'))"
COUNTS = f"SELECT state, count(*) FROM item_desk WHERE {_COUNTED} GROUP BY state"
"""How many items the inbox counts in each state: its rows, and what the editor chose wherever it stands."""


def _counted(row: str, by: str) -> str:
    """A statement for a trigger: the row (``NEW`` or ``OLD``) counts one more or one less, if it counts."""
    counted = f"({row}.head IS NULL OR {row}.state IN ('shortlisted', 'used'))"
    return f"UPDATE item_count SET number = number {by} 1 WHERE state = {row}.state AND {counted};"


LARGE_INBOX = Migration(
    "large-inbox",
    (
        # The search index gathers 16 MB before it writes, in the place of 1: thousands of items come in half as fast again.
        "INSERT INTO item_search (item_search, rank) VALUES ('hashsize', 16777216)",
        # Nothing ever asked for it, and a million hashes in it are 90 MB.
        "DROP INDEX item_sha256",
        # What the inbox lists when nothing is asked for, and what few items have.
        """CREATE INDEX item_desk_listed ON item_desk (item)
            WHERE item_desk.head IS NULL AND item_desk.state IN ('unread', 'read', 'shortlisted', 'used')""",
        "CREATE INDEX item_desk_noted ON item_desk (item) WHERE notes <> ''",
        "CREATE INDEX item_language ON item (language)",
        "CREATE INDEX item_country ON item (country)",
        "CREATE INDEX item_author ON item (author) WHERE author IS NOT NULL",
        # How many there are: counting a million takes longer than a key may.
        "CREATE TABLE item_count (state TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID",
        """INSERT INTO item_count (state, number)
            VALUES ('unread', 0), ('read', 0), ('shortlisted', 0), ('used', 0), ('archived', 0), ('spiked', 0)""",
        f"UPDATE item_count SET number = counted.number FROM ({COUNTS.replace('count(*)', 'count(*) AS number')}) AS counted"
        " WHERE counted.state = item_count.state",
        f"CREATE TRIGGER item_desk_came AFTER INSERT ON item_desk BEGIN {_counted('NEW', '+')} END",
        f"CREATE TRIGGER item_desk_went AFTER DELETE ON item_desk BEGIN {_counted('OLD', '-')} END",
        f"""CREATE TRIGGER item_desk_moved AFTER UPDATE OF state, head ON item_desk
            BEGIN {_counted("OLD", "-")} {_counted("NEW", "+")} END""",
        # The names that pages give an outlet, and the sites and bylines of items: few, so that a part of a name is sought in them
        # and not in a million items.
        """CREATE TABLE outlet_alias (
            outlet INTEGER NOT NULL REFERENCES outlet (id) ON DELETE CASCADE, name TEXT NOT NULL,
            PRIMARY KEY (outlet, name)) STRICT, WITHOUT ROWID""",
        """INSERT INTO outlet_alias (outlet, name)
            SELECT DISTINCT item_desk.outlet, item.outlet FROM item_desk JOIN item ON item.row = item_desk.item
            WHERE item_desk.outlet IS NOT NULL""",
        *(
            f"""CREATE TRIGGER outlet_alias_{name} AFTER {event} ON item_desk WHEN NEW.outlet IS NOT NULL BEGIN
                INSERT INTO outlet_alias (outlet, name) SELECT NEW.outlet, outlet FROM item WHERE row = NEW.item
                ON CONFLICT DO NOTHING; END"""
            for name, event in (("came", "INSERT"), ("moved", "UPDATE OF outlet"))
        ),
        *(
            statement
            for table, column in (("item_site", "domain"), ("item_byline", "author"))
            for statement in (
                f"CREATE TABLE {table} ({column} TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
                f"INSERT INTO {table} ({column}) SELECT DISTINCT {column} FROM item WHERE {column} IS NOT NULL",
                f"""CREATE TRIGGER {table}_came AFTER INSERT ON item WHEN NEW.{column} IS NOT NULL BEGIN
                    INSERT INTO {table} ({column}) VALUES (NEW.{column}) ON CONFLICT DO NOTHING; END""",
            )
        ),
        # Every 4,096th row or so, by chance, so that they lie close where items do: a long search goes from one to the next.
        "CREATE TABLE item_milestone (row INTEGER PRIMARY KEY) STRICT",
        "INSERT INTO item_milestone (row) SELECT row FROM item WHERE random() & 4095 = 0",
        """CREATE TRIGGER item_milestone_came AFTER INSERT ON item WHEN random() & 4095 = 0 BEGIN
            INSERT INTO item_milestone (row) VALUES (NEW.row) ON CONFLICT DO NOTHING; END""",
    ),
)

WAIVER_TIMES = Migration("waiver-times", ("ALTER TABLE waiver ADD COLUMN given TEXT",))
"""When a reason was given; unknown for those from before."""

ITEM_MEANINGS = Migration(
    "item-meanings",
    (
        # What an item is about, as a point in the space of `model`: 512 numbers of 16 bits. Made anew when it is missing.
        """CREATE TABLE item_meaning (
            item INTEGER PRIMARY KEY REFERENCES item (row) ON DELETE CASCADE, model TEXT NOT NULL,
            vector BLOB NOT NULL) STRICT""",
    ),
)

HANDING_OVER = Migration(
    "handing-over",
    (
        *(
            f"ALTER TABLE ledger ADD COLUMN {name} TEXT NOT NULL DEFAULT ''"
            for name in ("destination", "post", "address", "document", "note")
        ),
        "ALTER TABLE ledger ADD COLUMN change TEXT NOT NULL DEFAULT 'first'",
        "ALTER TABLE ledger ADD COLUMN version INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE ledger ADD COLUMN kept INTEGER",
        # A content system that stories are sent to; its secret lies in the system's keyring and never here.
        """CREATE TABLE destination (
            name TEXT PRIMARY KEY COLLATE NOCASE, kind TEXT NOT NULL, url TEXT NOT NULL, user TEXT NOT NULL,
            publication TEXT) STRICT, WITHOUT ROWID""",
        # The post that a story became at a site, whatever destination leads there. Written before it is sent, so that what the
        # network breaks is found again by its mark: `post` is empty until the system has named it. `state` is what the post was
        # when we last left it, in the words of its system: other words there are somebody else's.
        """CREATE TABLE sent_post (
            site TEXT NOT NULL, story INTEGER NOT NULL, mark TEXT NOT NULL, post TEXT NOT NULL DEFAULT '',
            address TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (site, story)) STRICT, WITHOUT ROWID""",
        # A picture that the site has already: never sent twice. `told` is what was said of it: alternative text and caption.
        """CREATE TABLE sent_picture (
            site TEXT NOT NULL, sha256 TEXT NOT NULL, media TEXT NOT NULL, address TEXT NOT NULL, told TEXT NOT NULL,
            PRIMARY KEY (site, sha256)) STRICT, WITHOUT ROWID""",
    ),
)

SEALS = Migration("seals", tuple(sealing_statements()))
"""What ever arrived or was typed is known again by its seal; what a damaged one holds is sealed as it stands."""

MIGRATIONS: Sequence[Migration] = (
    FIRST_DESK,
    STORY_HISTORY,
    STORY_DESK,
    ITEM_GROUPS,
    FEEDS,
    VIEWS,
    LARGE_INBOX,
    WAIVER_TIMES,
    ITEM_MEANINGS,
    HANDING_OVER,
    SEALS,
)


UNFINISHED = "unfinished-steps"
"""What the copy is called that is made before a store gets what it lacks of steps that it had."""


def migrate(connection: Connection, copy: Callable[[str], object] = lambda _: None, until: int | None = None) -> None:
    """Take the store behind ``connection`` through every step it has not had, up to the number ``until``.

    ``copy(name)`` is called before the first of them changes a store that holds something already. Each step is one exclusive
    transaction, its number included, so that a kill leaves the store before the step or after it.
    """
    began = version_of(connection)
    let_migrate(connection)
    lapsed = unfinished(connection)
    if lapsed:
        copy(UNFINISHED)
        with transaction(connection, "EXCLUSIVE"):
            for statement in lapsed:
                connection.execute(statement)
    for number, migration in enumerate(MIGRATIONS[:until], start=1):
        if number <= began:
            continue
        if number == began + 1 > 1 and not lapsed:
            copy(migration.name)
        with transaction(connection, "EXCLUSIVE"):
            for statement in migration.statements:
                connection.execute(statement)
            connection.execute("INSERT INTO migration (number, name) VALUES (?, ?)", (number, migration.name))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number:d}")


@contextmanager
def made_as_of(version: int) -> Iterator[Connection]:
    """An empty store in memory as it is made after ``version`` steps."""
    with closing(connect_nowhere()) as connection:
        let_migrate(connection)
        for migration in MIGRATIONS[:version]:
            for statement in migration.statements:
                connection.execute(statement)
        yield connection


def let_migrate(connection: Connection) -> None:
    """Make known to ``connection`` the functions that the statements of the migrations call."""
    connection.create_function("address_hash", 1, address_hash, deterministic=True)
    let_seal(connection)


def unfinished(connection: Connection) -> list[str]:
    """What a store lacks of the steps that landed before they were finished, as the statements that give it to it."""
    had = MIGRATIONS[: version_of(connection)]
    lapsed = [step.statements for step in (ITEM_GROUPS, FEEDS, VIEWS, LARGE_INBOX) if step in had]
    sent = lapses.sent_by_destination(connection, HANDING_OVER.statements) if HANDING_OVER in had else []
    return [*lapses.missing(connection, lapsed, [step.statements for step in had]), *sent]


def version_of(connection: Connection) -> int:
    """How many steps the store has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(version: int, path: Path) -> None:
    """Refuse a store of ``version`` steps when this program knows fewer.

    Raises:
        StoreTooNewError: the store is from a newer program.
    """
    known = len(MIGRATIONS)
    if version > known:
        raise StoreTooNewError(
            "This desk was written by a newer version of the program",
            f"{path} is at step {version}, this program knows {known}. Update the program; nothing was changed.",
        )
