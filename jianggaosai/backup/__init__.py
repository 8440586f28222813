"""Backup and restore: one archive that both databases read and write.

    tables.py     rows as JSON lines, in an order and a form that do not depend on the database
    snapshot.py   one consistent moment to read them from, while the site goes on
    proofs.py     what must come out the same after a restore: ledger roots, head of the journal, results
    secrets.py    the platform's keys, sealed by a passphrase
    archive.py    the file: members, their SHA-256, the manifest
    make.py       writes an archive;  load.py  reads one into an empty database
"""
