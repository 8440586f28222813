"""The vote on PostgreSQL as one statement for all who vote at the same moment: `voting_cast` (see voting/actions/cast.py).

The caller names at most one submission a voter. What is common comes first, once: whether the campaign is as it was remembered,
what was sent before, which entries may be voted for. A voter's first ballot of a period is then written together with all others,
on the slots the caller worked out; whatever is left goes through `voting_place`, one wish at a time: it finds the lowest free
slots, inserts, and when a lost race left it without a row it looks again why. The two unique constraints decide in both.

Two batches that meet cannot block each other: both take their locks by key, and then insert by voter.

The plans are made once a connection and stay right for a table of any size: no statement here finds its rows by anything but an
index that leads to one voter, one submission or one primary key, and sequential scans, which an empty table invites, are off.
That is also why the edition and the entry of a ballot have no index of their own, and why the foreign keys are checked inside the
function: at the commit their plans would be made without these settings.
"""

import django.db.models.deletion
from django.db import migrations, models

SETTINGS = "SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off"

PLACE = """
CREATE FUNCTION voting_place(
    p_edition bigint, p_at timestamptz, p_submission uuid, p_tag text, p_level integer,
    p_entry_limit integer, wish jsonb
) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    v_entry bigint := (wish->>'entry')::bigint;
    v_period text := wish->>'period';
    v_scope text := wish->>'scope';
    v_slots smallint[];
    v_entry_slots smallint[];
    v_slot integer;
    v_entry_slot integer;
    v_ballot bigint;
BEGIN
    FOR attempt IN 1..500 LOOP
        SELECT coalesce(array_agg(b.slot) FILTER (WHERE b.scope = v_scope), '{}'),
               coalesce(array_agg(b.entry_slot) FILTER (WHERE b.entry_id = v_entry), '{}')
          INTO v_slots, v_entry_slots
          FROM voting_ballot b WHERE b.edition_id = p_edition AND b.voter_tag = p_tag AND b.period = v_period;
        IF cardinality(v_entry_slots) >= p_entry_limit THEN
            RETURN 'already_voted';
        END IF;
        v_slot := (wish->>'low')::integer;
        WHILE v_slot = ANY (v_slots) LOOP
            v_slot := v_slot + 1;
        END LOOP;
        IF v_slot > (wish->>'high')::integer THEN
            RETURN 'quota_used';
        END IF;
        v_entry_slot := 1;
        WHILE v_entry_slot = ANY (v_entry_slots) LOOP
            v_entry_slot := v_entry_slot + 1;
        END LOOP;
        INSERT INTO voting_ballot (
            edition_id, entry_id, voter_tag, period, scope, slot, entry_slot,
            cast_at, identity_level, submission, leaf, leaf_hash, receipt)
        VALUES (p_edition, v_entry, p_tag, v_period, v_scope, v_slot, v_entry_slot,
                p_at, p_level, p_submission, wish->>'leaf', wish->>'leaf_hash', wish->>'receipt')
        ON CONFLICT DO NOTHING RETURNING id INTO v_ballot;
        IF v_ballot IS NOT NULL THEN
            INSERT INTO voting_ballotevidence (ballot_id, salt, record) VALUES (v_ballot, wish->>'salt', wish->>'record');
            RETURN 'accepted';
        END IF;
    END LOOP;
    RAISE EXCEPTION 'voting_place: no slot and no reason';
END $$
"""

CAST = f"""
CREATE FUNCTION voting_cast(
    p_edition bigint, p_stage bigint, p_opens timestamptz, p_closes timestamptz, p_gate timestamptz, p_overrides integer,
    p_wrapped text, p_from timestamptz, p_until timestamptz, p_whole boolean, p_entry_limit integer,
    p_keys bigint[], p_submissions uuid[], p_tags text[], p_levels integer[], p_ats timestamptz[], p_are_now boolean[],
    p_entries bigint[], p_wishes jsonb
) RETURNS TABLE (call integer, entry bigint, outcome text, leaf text, receipt text, cast_at timestamptz)
LANGUAGE plpgsql VOLATILE {SETTINGS} AS $$
#variable_conflict use_column
DECLARE
    v_now timestamptz;
    v_key bigint;
    v_open integer[];
    v_eligible bigint[];
    v_written text[] := '{{}}';
    v_outcomes text[];
    v_wishes jsonb[];
    wish jsonb;
    v_row record;
    v_call integer;
    v_moment timestamptz;
BEGIN
    FOREACH v_key IN ARRAY p_keys LOOP
        PERFORM pg_advisory_xact_lock(v_key);
    END LOOP;
    v_now := clock_timestamp();
    v_open := ARRAY(SELECT generate_subscripts(p_tags, 1));
    FOR v_row IN SELECT b.voter_tag, b.submission, b.entry_id, b.leaf, b.receipt, b.cast_at FROM voting_ballot b
                  WHERE b.submission = ANY (p_submissions) AND b.edition_id + 0 = p_edition AND b.voter_tag = ANY (p_tags)
                  ORDER BY b.id + 0 LOOP  -- "+ 0": or a plan for an empty table walks all of the edition
        v_call := array_position(p_tags, v_row.voter_tag::text);
        IF p_submissions[v_call] = v_row.submission THEN
            v_open := array_remove(v_open, v_call);
            RETURN QUERY SELECT v_call, v_row.entry_id, 'repeat'::text, v_row.leaf, v_row.receipt, v_row.cast_at;
        END IF;
    END LOOP;
    IF v_open = '{{}}' THEN
        RETURN;
    END IF;
    PERFORM 1 FROM competitions_stage s
      JOIN competitions_edition e ON e.id = s.edition_id
      JOIN voting_campaignkey k ON k.edition_id = e.id
     WHERE s.id = p_stage AND e.id = p_edition AND e.published_at IS NOT NULL AND k.wrapped = p_wrapped
       AND s.opens_at = p_opens AND s.closes_at = p_closes AND s.gate_released_at IS NOT DISTINCT FROM p_gate
       AND (SELECT count(*) FROM competitions_stageoverride o WHERE o.stage_id = s.id) = p_overrides;
    IF NOT FOUND THEN
        RETURN QUERY SELECT c, NULL::bigint, 'stale'::text, NULL::text, NULL::text, NULL::timestamptz FROM unnest(v_open) AS c;
        RETURN;
    END IF;
    FOREACH v_call IN ARRAY v_open LOOP
        v_moment := CASE WHEN p_are_now[v_call] THEN greatest(p_ats[v_call], v_now) ELSE p_ats[v_call] END;
        IF v_moment < p_from OR v_moment >= p_until THEN
            v_open := array_remove(v_open, v_call);
            RETURN QUERY SELECT v_call, NULL::bigint, 'closed'::text, NULL::text, NULL::text, v_moment;
        END IF;
    END LOOP;
    v_eligible := ARRAY(SELECT e.id FROM entries_entry e WHERE e.id = ANY (p_entries)
                           AND e.edition_id = p_edition AND e.state = 'accepted' AND e.is_display_consented);
    IF NOT p_whole AND cardinality(v_eligible) = cardinality(p_entries) THEN
        WITH placed AS (
            INSERT INTO voting_ballot (
                edition_id, entry_id, voter_tag, period, scope, slot, entry_slot,
                cast_at, identity_level, submission, leaf, leaf_hash, receipt)
            SELECT p_edition, w.entry, p_tags[w.call], w.period, w.scope, w.slot, w.entry_slot,
                   p_ats[w.call], p_levels[w.call], p_submissions[w.call], w.leaf, w.leaf_hash, w.receipt
              FROM jsonb_to_recordset(p_wishes) AS w(
                   call integer, entry bigint, period text, scope text, slot integer, entry_slot integer,
                   leaf text, leaf_hash text, receipt text)
             WHERE w.slot IS NOT NULL AND w.call = ANY (v_open)
               AND (SELECT count(*) FROM voting_ballot b
                     WHERE b.edition_id = p_edition AND b.voter_tag = p_tags[w.call] AND b.period = w.period) = 0
            ON CONFLICT DO NOTHING RETURNING id, leaf_hash
        ), kept AS (
            INSERT INTO voting_ballotevidence (ballot_id, salt, record)
            SELECT p.id, w.salt, w.record FROM placed p
              JOIN jsonb_to_recordset(p_wishes) AS w(leaf_hash text, salt text, record text) ON w.leaf_hash = p.leaf_hash
        )
        SELECT coalesce(array_agg(p.leaf_hash::text), '{{}}') INTO v_written FROM placed p;
    END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    IF cardinality(v_written) = jsonb_array_length(p_wishes) THEN
        RETURN QUERY SELECT w.call, w.entry, 'accepted'::text, NULL::text, NULL::text, NULL::timestamptz
          FROM jsonb_to_recordset(p_wishes) AS w(call integer, entry bigint);
        RETURN;
    END IF;
    FOREACH v_call IN ARRAY v_open LOOP
        v_wishes := ARRAY(SELECT w.value FROM jsonb_array_elements(p_wishes) WITH ORDINALITY AS w
                           WHERE (w.value->>'call')::integer = v_call ORDER BY w.ordinality);
        v_outcomes := '{{}}';
        BEGIN
            FOREACH wish IN ARRAY v_wishes LOOP
                v_outcomes := v_outcomes || CASE
                    WHEN wish->>'leaf_hash' = ANY (v_written) THEN 'accepted'
                    WHEN (wish->>'entry')::bigint = ANY (v_eligible) THEN voting_place(
                        p_edition, p_ats[v_call], p_submissions[v_call], p_tags[v_call], p_levels[v_call],
                        p_entry_limit, wish)
                    ELSE 'not_eligible' END;
            END LOOP;
            IF p_whole AND EXISTS (SELECT 1 FROM unnest(v_outcomes) AS o WHERE o <> 'accepted') THEN
                RAISE EXCEPTION USING ERRCODE = 'JGS01';
            END IF;
        EXCEPTION WHEN SQLSTATE 'JGS01' THEN
            v_outcomes := array_replace(v_outcomes, 'accepted', 'not_counted');
        END;
        RETURN QUERY SELECT v_call, (v_wishes[n]->>'entry')::bigint, v_outcomes[n], NULL::text, NULL::text, NULL::timestamptz
          FROM generate_subscripts(v_wishes, 1) AS n;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
END $$
"""

DROP = ("DROP FUNCTION IF EXISTS voting_cast", "DROP FUNCTION IF EXISTS voting_place")


def replace_functions(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in (*DROP, PLACE, CAST):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("voting", "0006_index_ledger_kinds")]

    operations = [
        migrations.AlterField(
            model_name="ballot",
            name="edition",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="competitions.edition"
            ),
        ),
        migrations.AlterField(
            model_name="ballot",
            name="entry",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="entries.entry"
            ),
        ),
        migrations.RunPython(replace_functions, migrations.RunPython.noop),
    ]
