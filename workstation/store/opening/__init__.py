"""What is looked at before a store is opened: who has it, where it lies, whose it is, and whether it can be written.

An opening to write goes through these steps; each leaves the store as it was when it fails:

1. ``whereabouts`` (``copies.moving``) follows the note of a desk that was taken to another place;
2. ``strangers`` looks at the first bytes, before anything is written beside a file that is not ours, newer or damaged;
3. the system is asked whether the file and its folder may be written;
4. ``lock`` takes the file beside it and the database itself; who holds it, or what other machine did, is told by its error;
5. ``half_copies`` go, and a salvaged store that a killed program had finished takes its place (``damage.taking_place``);
6. ``strangers`` looks at what stands there now, at its log frame by frame, and at last through SQLite, which knows the log;
7. ``connections.prepare_writer`` makes commits survive a power cut;
8. ``migrations`` take it through the steps it has not had, after a backup (``copies.backups``);
9. ``seals`` are kept by triggers from then on.

To read, ``read_only`` goes through step 2 alone, in a copy where the store cannot be read as it lies. Who opens answers the
errors: a busy store is the first window's (``workflow.second_start``), one of another machine asks, one that cannot be written
is read, a damaged one is mended (``ui.damage``, ``workstation doctor --salvage``), and a newer one stays closed.
"""
