"""The vote as one statement on PostgreSQL: `voting_cast` (see voting/actions/cast.py for what it promises).

`voting_place` finds the lowest free slot for one wish and inserts; the two unique constraints decide. A lost race comes back
as "no row": the reason is counted anew (each statement here has its own snapshot), and only if none applies it tries again.
"""

from django.db import migrations

PLACE = """
CREATE FUNCTION voting_place(
    p_edition bigint, p_at timestamptz, p_submission uuid, p_tag text, p_level integer,
    p_scope_limit integer, p_entry_limit integer, wish jsonb
) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    v_entry bigint := (wish->>'entry')::bigint;
    v_period text := wish->>'period';
    v_scope text := wish->>'scope';
    v_ballot bigint;
    v_entry_used integer;
    v_scope_used integer;
BEGIN
    PERFORM 1 FROM entries_entry e
     WHERE e.id = v_entry AND e.edition_id = p_edition AND e.state = 'accepted' AND e.is_display_consented;
    IF NOT FOUND THEN
        RETURN 'not_eligible';
    END IF;
    FOR attempt IN 1..500 LOOP
        INSERT INTO voting_ballot (
            edition_id, entry_id, voter_tag, period, scope, slot, entry_slot,
            cast_at, identity_level, submission, leaf, leaf_hash, receipt)
        SELECT p_edition, v_entry, p_tag, v_period, v_scope, one.slot, two.slot,
               p_at, p_level, p_submission, wish->>'leaf', wish->>'leaf_hash', wish->>'receipt'
          FROM (SELECT g AS slot FROM generate_series((wish->>'low')::int, (wish->>'high')::int) g
                 WHERE NOT EXISTS (SELECT 1 FROM voting_ballot b
                                    WHERE b.edition_id = p_edition AND b.voter_tag = p_tag AND b.period = v_period
                                      AND b.scope = v_scope AND b.slot = g)
                 ORDER BY g LIMIT 1) one,
               (SELECT g AS slot FROM generate_series(1, p_entry_limit) g
                 WHERE NOT EXISTS (SELECT 1 FROM voting_ballot b
                                    WHERE b.edition_id = p_edition AND b.voter_tag = p_tag AND b.period = v_period
                                      AND b.entry_id = v_entry AND b.entry_slot = g)
                 ORDER BY g LIMIT 1) two
        ON CONFLICT DO NOTHING
        RETURNING id INTO v_ballot;
        IF v_ballot IS NOT NULL THEN
            INSERT INTO voting_ballotevidence (ballot_id, salt, record) VALUES (v_ballot, wish->>'salt', wish->>'record');
            RETURN 'accepted';
        END IF;
        SELECT count(*) FILTER (WHERE b.entry_id = v_entry), count(*) FILTER (WHERE b.scope = v_scope)
          INTO v_entry_used, v_scope_used
          FROM voting_ballot b WHERE b.edition_id = p_edition AND b.voter_tag = p_tag AND b.period = v_period;
        IF v_entry_used >= p_entry_limit THEN
            RETURN 'already_voted';
        ELSIF v_scope_used >= p_scope_limit THEN
            RETURN 'quota_used';
        END IF;
    END LOOP;
    RAISE EXCEPTION 'voting_place: no slot and no reason';
END $$
"""

CAST = """
CREATE FUNCTION voting_cast(
    p_edition bigint, p_stage bigint, p_opens timestamptz, p_closes timestamptz, p_gate timestamptz,
    p_overrides integer, p_wrapped text, p_at timestamptz, p_is_now boolean, p_from timestamptz, p_until timestamptz,
    p_whole boolean, p_scope_limit integer, p_entry_limit integer,
    p_submission uuid, p_tag text, p_level integer, p_wishes jsonb
) RETURNS TABLE (entry bigint, outcome text, leaf text, receipt text, cast_at timestamptz)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    v_now timestamptz;
    v_outcomes text[] := '{}';
    v_outcome text;
    wish jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_submission::text, 0));
    RETURN QUERY SELECT b.entry_id, 'repeat'::text, b.leaf, b.receipt, b.cast_at FROM voting_ballot b
      WHERE b.submission = p_submission AND b.edition_id = p_edition AND b.voter_tag = p_tag ORDER BY b.id;
    IF FOUND THEN
        RETURN;
    END IF;
    PERFORM 1 FROM competitions_stage s
      JOIN competitions_edition e ON e.id = s.edition_id
      JOIN voting_campaignkey k ON k.edition_id = e.id
     WHERE s.id = p_stage AND e.id = p_edition AND e.published_at IS NOT NULL AND k.wrapped = p_wrapped
       AND s.opens_at = p_opens AND s.closes_at = p_closes AND s.gate_released_at IS NOT DISTINCT FROM p_gate
       AND (SELECT count(*) FROM competitions_stageoverride o WHERE o.stage_id = s.id) = p_overrides;
    IF NOT FOUND THEN
        RETURN QUERY SELECT NULL::bigint, 'stale'::text, NULL::text, NULL::text, NULL::timestamptz;
        RETURN;
    END IF;
    v_now := CASE WHEN p_is_now THEN greatest(p_at, clock_timestamp()) ELSE p_at END;
    IF v_now < p_from OR v_now >= p_until THEN
        RETURN QUERY SELECT NULL::bigint, 'closed'::text, NULL::text, NULL::text, v_now;
        RETURN;
    END IF;
    IF p_whole THEN
        BEGIN
            FOR wish IN SELECT w.value FROM jsonb_array_elements(p_wishes) AS w LOOP
                v_outcomes := v_outcomes || voting_place(
                    p_edition, p_at, p_submission, p_tag, p_level, p_scope_limit, p_entry_limit, wish);
            END LOOP;
            IF EXISTS (SELECT 1 FROM unnest(v_outcomes) AS o WHERE o <> 'accepted') THEN
                RAISE EXCEPTION USING ERRCODE = 'JGS01';
            END IF;
        EXCEPTION WHEN SQLSTATE 'JGS01' THEN
            v_outcomes := array_replace(v_outcomes, 'accepted', 'not_counted');
        END;
    ELSE
        FOR wish IN SELECT w.value FROM jsonb_array_elements(p_wishes) AS w LOOP
            v_outcomes := v_outcomes || voting_place(
                p_edition, p_at, p_submission, p_tag, p_level, p_scope_limit, p_entry_limit, wish);
        END LOOP;
    END IF;
    RETURN QUERY SELECT (w.value->>'entry')::bigint, v_outcomes[w.ordinality], w.value->>'leaf', w.value->>'receipt', p_at
      FROM jsonb_array_elements(p_wishes) WITH ORDINALITY AS w ORDER BY w.ordinality;
END $$
"""

DROP = ("DROP FUNCTION IF EXISTS voting_cast", "DROP FUNCTION IF EXISTS voting_place")


def create_functions(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in (*DROP, PLACE, CAST):
            schema_editor.execute(statement, params=None)


def drop_functions(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in DROP:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("voting", "0001_initial"),
        ("competitions", "0001_initial"),
        ("entries", "0001_initial"),
    ]

    operations = [migrations.RunPython(create_functions, drop_functions)]
