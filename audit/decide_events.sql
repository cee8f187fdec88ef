-- The decision table of DOMAIN.md section 3 over millions of events.
--
-- Given: events (one row an access), account_spells (whose an account is, when), mapped_resources_by_stem and
-- mapped_numbered_resources (what a resource maps to: most by their stem, the text before a number at the end),
-- described_purposes, action_bits, and grants. Times are microseconds since 1970 in UTC; actions are bits.
--
-- A grant changes what it says only at its edges. Between two neighbouring edges of all grants of one employee to one
-- series the answer is the same for the same action and purpose: that is a span. An event falls into one span.

-- Words as small numbers, which compare and group fast; in the order of the decision table.
DROP VIEW IF EXISTS decided;
CREATE OR REPLACE TYPE reason AS ENUM (
    'ignored', 'public_data', 'not_employed', 'uninventoried_resource', 'shared_account', 'unknown_account', 'assigned',
    'officer_duty', 'backdated', 'purpose_not_described', 'action_exceeds_assignment', 'officer_without_duty',
    'untestable_access', 'assignment_ended', 'assignment_not_begun', 'no_work_assignment'
);

CREATE OR REPLACE TABLE spans AS
WITH
edges AS (
    SELECT DISTINCT pair, unnest([-4611686018427387904, start, "end", timely_from]) AS edge FROM grants
),
bare_spans AS (
    SELECT
        (row_number() OVER ())::INTEGER AS span,
        pair,
        edge AS start,
        lead(edge, 1, 9223372036854775807) OVER (PARTITION BY pair ORDER BY edge) AS "end"
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

-- What the spans say for purposes that grants list.
CREATE OR REPLACE TABLE spans_by_purpose AS
SELECT
    s.span,
    p.purpose,
    coalesce(bit_or(g.actions) FILTER (g.timely_from <= s.start), 0)::SMALLINT AS timely,
    bit_or(g.actions)::SMALLINT AS covered
FROM spans s
JOIN grants g ON g.pair = s.pair AND g.start <= s.start AND s.start < g."end" AND g.purposes <> '*'
CROSS JOIN unnest(string_split(g.purposes, ';')) AS p(purpose)
GROUP BY ALL;

CREATE OR REPLACE VIEW decided AS
WITH
targeted AS (
    SELECT
        e.*,
        coalesce(n.series_key, m.series_key) AS series_key,
        coalesce(n.ignored, m.ignored) AS ignored,
        coalesce(n.public, m.public) AS public,
        coalesce(n.unmapped, m.unmapped) AS unmapped,
        coalesce(n.untestable, m.untestable) AS untestable
    FROM events e
    JOIN mapped_resources_by_stem m ON m.source_key = e.source_key AND m.name = e.resource_stem
    LEFT JOIN mapped_numbered_resources n
        ON m.by_number AND n.source_key = e.source_key AND n.name = e.resource
)
SELECT
    e.*,
    a.employee_key,
    a.account_key,
    a.standing,
    a.in_office,
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
        WHEN (s.timely | coalesce(p.timely, 0)) & b.bit <> 0 THEN 'assigned'::reason
        WHEN s.timely_duty THEN 'officer_duty'::reason
        WHEN s.duty OR (s.covered | coalesce(p.covered, 0)) & b.bit <> 0 THEN 'backdated'::reason
        WHEN s.for_some_purpose & b.bit <> 0 THEN 'purpose_not_described'::reason
        WHEN s.in_force THEN 'action_exceeds_assignment'::reason
        WHEN a.in_office THEN 'officer_without_duty'::reason
        WHEN e.untestable THEN 'untestable_access'::reason
        WHEN s.ended THEN 'assignment_ended'::reason
        WHEN s.not_begun THEN 'assignment_not_begun'::reason
        ELSE 'no_work_assignment'::reason
    END AS reason
FROM targeted e
JOIN action_bits b ON b.action = e.action
JOIN account_spells a
    ON a.source_key = e.source_key AND a.account = e.account AND a.start <= e.instant AND e.instant < a."end"
LEFT JOIN described_purposes d ON d.given = e.purpose
LEFT JOIN spans s
    ON s.pair = a.employee_key * 65536 + e.series_key AND s.start <= e.instant AND e.instant < s."end"
LEFT JOIN spans_by_purpose p ON p.span = s.span AND p.purpose = d.purpose;
