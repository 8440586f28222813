"""What a leaf refers to is checked on PostgreSQL once a statement, not once a row (ADR 0045).

Two foreign keys ask two questions for each leaf; of the time to seal a million ballots that was the half. One trigger asks for all
leaves of a statement together, and asks for more: a leaf that names a ballot must carry the hash of that very ballot and belong to
its edition. Nothing is lost on the other side: ballots cannot be deleted (they are append-only), and an edition with a ledger is
held by the foreign key of its checkpoints. SQLite keeps the foreign keys, which cost it little.

The index on the edition alone goes on both: two others begin with the edition.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "voting_ledgerleaf"

CHECK = """
CREATE FUNCTION voting_leaves_fit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_index integer;
BEGIN
    PERFORM 1 FROM competitions_edition WHERE id IN (SELECT edition_id FROM added) FOR KEY SHARE;
    -- Planned anew each time: what is right for one leaf is not for a million.
    EXECUTE 'SELECT a.index FROM added a WHERE NOT EXISTS (SELECT 1 FROM competitions_edition e WHERE e.id = a.edition_id)
             UNION ALL
             SELECT a.index FROM added a LEFT JOIN voting_ballot b
                 ON b.id = a.ballot_id AND b.edition_id = a.edition_id AND b.leaf_hash = a.leaf_hash
              WHERE a.ballot_id IS NOT NULL AND b.id IS NULL LIMIT 1' INTO v_index;
    IF v_index IS NOT NULL THEN
        RAISE EXCEPTION 'voting_ledgerleaf: line % is not the leaf of a ballot of its edition', v_index
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$
"""

TRIGGER = """
CREATE TRIGGER voting_ledgerleaf_fit AFTER INSERT ON voting_ledgerleaf
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION voting_leaves_fit()
"""


def check_by_statement(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, TABLE)
    for name, one in constraints.items():
        if one["foreign_key"]:
            schema_editor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT {schema_editor.quote_name(name)}", params=None)
    for statement in (CHECK, TRIGGER):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("voting", "0007_cast_many_at_once")]

    operations = [
        migrations.AlterField(
            model_name="ledgerleaf",
            name="edition",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="ledger_leaves", to="competitions.edition"
            ),
        ),
        migrations.RunPython(check_by_statement, migrations.RunPython.noop),
    ]
