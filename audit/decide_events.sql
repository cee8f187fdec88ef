-- The decision table of DOMAIN.md section 3 over millions of events.
--
-- Given: events (one row an access), account_spells (whose an account is, when), mapped_resources_by_stem and
-- mapped_numbered_resources (what a resource maps to: most by their stem, the text before a number at the end),
-- described_purposes, action_bits, and grants. Times are microseconds since 1970 in UTC; actions are bits.
--
-- A grant changes what it says only at its edges. Between two neighbouring edges of all grants of one employee to one
-- series the answer is the same for the same action and purpose: that is a span. An event falls into one span.
-- Millions of events are looked up in the tables below, so these are kept narrow: numbers for words, and what spans say
-- apart from the spans, as it is the same for many.

-- Words as small numbers, which compare and group fast; in the order of the decision table.
DROP VIEW IF EXISTS decided;
CREATE OR REPLACE TYPE reason AS ENUM (
    'ignored', 'public_data', 'not_employed', 'uninventoried_resource', 'shared_account', 'unknown_account', 'assigned',
    'officer_duty', 'backdated', 'purpose_not_described', 'action_exceeds_assignment', 'officer_without_duty',
    'untestable_access', 'assignment_ended', 'assignment_not_begun', 'no_work_assignment'
);

CREATE OR REPLACE TABLE spans_in_full AS
WITH
edges AS (
    SELECT DISTINCT pair, unnest([-4611686018427387904, start, "end", timely_from]) AS edge FROM grants
),
-- the last span ends after every period; not at the greatest number, from which no early instant could be taken away
bare_spans AS (
    SELECT
        (row_number() OVER ())::INTEGER AS span,
        pair,
        edge AS start,
        lead(edge, 1, 4611686018427387905) OVER (PARTITION BY pair ORDER BY edge) AS "end"
    FROM edges
),
grants_in_spans AS (
    SELECT
        s.span, s.pair, s.start AS span_start, s."end" AS span_end,
        g.actions, g.purposes = '*' AS any_purpose, g.kind = 'officer duty' AS of_an_office,
        g.start <= s.start AND s.start < g."end" AS in_force,
        g.timely_from <= s.start AS timely,
        g."end" <= s.start AS ended,
        g.start > s.start AS not_begun
    FROM bare_spans s JOIN grants g USING (pair)
    -- spans in which no event can fall are left out
    WHERE s."end" > (SELECT min(instant) FROM events) AND s.start <= (SELECT max(instant) FROM events)
)
SELECT
    span, pair, span_start AS start, span_end AS "end",
    coalesce(bit_or(actions) FILTER (in_force AND timely AND any_purpose AND NOT of_an_office), 0)::SMALLINT AS timely,
    coalesce(bit_or(actions) FILTER (in_force AND any_purpose AND NOT of_an_office), 0)::SMALLINT AS covered,
    coalesce(bit_or(actions) FILTER (in_force AND NOT of_an_office), 0)::SMALLINT AS for_some_purpose,
    coalesce(bool_or(in_force AND timely AND of_an_office), false) AS timely_duty,
    coalesce(bool_or(in_force AND of_an_office), false) AS duty,
    coalesce(bool_or(in_force), false) AS in_force,
    coalesce(bool_or(ended), false) AS ended,
    coalesce(bool_or(not_begun), false) AS not_begun
FROM grants_in_spans
GROUP BY ALL;

-- What spans say, each once.
CREATE OR REPLACE TABLE span_states AS
SELECT (row_number() OVER ())::INTEGER AS state, *
FROM (SELECT DISTINCT timely, covered, for_some_purpose, timely_duty, duty, in_force, ended, not_begun FROM spans_in_full);

CREATE OR REPLACE TABLE spans AS
SELECT s.span, s.pair, s.start, s."end", t.state
FROM spans_in_full s
JOIN span_states t USING (timely, covered, for_some_purpose, timely_duty, duty, in_force, ended, not_begun);

DROP TABLE spans_in_full;

-- What they say for purposes that grants list and events give.
CREATE OR REPLACE TABLE spans_by_purpose AS
SELECT
    (s.span::BIGINT << 24) | d.purpose_key AS span_and_purpose,
    coalesce(bit_or(g.actions) FILTER (g.timely_from <= s.start), 0)::SMALLINT AS timely,
    bit_or(g.actions)::SMALLINT AS covered
FROM spans s
JOIN grants g ON g.pair = s.pair AND g.start <= s.start AND s.start < g."end" AND g.purposes <> '*'
CROSS JOIN unnest(string_split(g.purposes, ';')) AS p(purpose)
JOIN (SELECT DISTINCT purpose, purpose_key FROM described_purposes) d USING (purpose)
GROUP BY ALL;

-- Decides the events of a table or view that has the columns of `events`.
CREATE OR REPLACE MACRO decide(some_events) AS TABLE
WITH
targeted AS (
    SELECT
        e.*,
        coalesce(n.series_key, m.series_key) AS series_key,
        coalesce(n.ignored, m.ignored) AS ignored,
        coalesce(n.public, m.public) AS public,
        coalesce(n.unmapped, m.unmapped) AS unmapped,
        coalesce(n.untestable, m.untestable) AS untestable
    FROM query_table(some_events) e
    JOIN mapped_resources_by_stem m ON m.source_key = e.source_key AND m.stem = e.resource_stem
    LEFT JOIN mapped_numbered_resources n
        ON m.by_number AND n.source_key = e.source_key AND n.stem = e.resource_stem AND n.number = e.resource_number
)
SELECT
    e.*,
    a.employee_key,
    a.account_key,
    a.standing,
    CASE
        WHEN e.ignored THEN 'ignore'
        WHEN e.unmapped THEN 'nothing'
        WHEN e.series_key IS NULL THEN 'public'
        ELSE 'series'
    END AS target,
    s.span,
    s.start AS span_start,
    s."end" AS span_end,
    CASE
        WHEN e.ignored THEN 'ignored'::reason
        WHEN e.public THEN 'public_data'::reason
        WHEN a.not_employed THEN 'not_employed'::reason
        WHEN e.unmapped THEN 'uninventoried_resource'::reason
        WHEN a.shared THEN 'shared_account'::reason
        WHEN a.employee_key IS NULL THEN 'unknown_account'::reason
        WHEN (t.timely | coalesce(p.timely, 0)) & b.bit <> 0 THEN 'assigned'::reason
        WHEN t.timely_duty THEN 'officer_duty'::reason
        WHEN t.duty OR (t.covered | coalesce(p.covered, 0)) & b.bit <> 0 THEN 'backdated'::reason
        WHEN t.for_some_purpose & b.bit <> 0 THEN 'purpose_not_described'::reason
        WHEN t.in_force THEN 'action_exceeds_assignment'::reason
        WHEN a.in_office THEN 'officer_without_duty'::reason
        WHEN e.untestable THEN 'untestable_access'::reason
        WHEN t.ended THEN 'assignment_ended'::reason
        WHEN t.not_begun THEN 'assignment_not_begun'::reason
        ELSE 'no_work_assignment'::reason
    END AS reason
FROM targeted e
JOIN action_bits b ON b.action = e.action
JOIN account_spells a
    ON a.source_key = e.source_key AND a.account = e.account AND a.start <= e.instant AND e.instant < a."end"
LEFT JOIN described_purposes d ON d.given = e.purpose
LEFT JOIN spans s
    ON s.pair = a.employee_key * 65536 + e.series_key AND s.start <= e.instant AND e.instant < s."end"
LEFT JOIN span_states t ON t.state = s.state
LEFT JOIN spans_by_purpose p ON p.span_and_purpose = (s.span::BIGINT << 24) | d.purpose_key;

CREATE OR REPLACE VIEW decided AS FROM decide('events');
