-- What each employee's grants of each series say, and when: the rows of the decision table that rest on grants.
--
-- Given: grants and listed_purposes (resolve_grants.sql), action_bits and described_purposes, and the variables `first` and
-- `last`, the times of the first and the last event, and `beyond`. Times are microseconds since 1970 in UTC; actions are
-- bits. Events then look up their rule (decide_events.py).

-- A grant changes what it says only at its edges. Between two neighbouring edges of all grants of one employee to one
-- series the answer is the same for the same action and purpose: that is a span. Most pairs have no edge in the time of
-- the events, and so one span.
CREATE OR REPLACE TABLE spans_in_full AS
WITH
edges AS (
    SELECT pair, start AS edge FROM grants WHERE start > getvariable('first') AND start <= getvariable('last')
    UNION SELECT pair, "end" FROM grants WHERE "end" > getvariable('first') AND "end" <= getvariable('last')
    UNION SELECT pair, timely_from FROM grants
    WHERE timely_from > getvariable('first') AND timely_from <= getvariable('last')
),
edged AS (
    SELECT pair, edge AS start, lead(edge, 1, getvariable('beyond')) OVER (PARTITION BY pair ORDER BY edge) AS "end"
    FROM (FROM edges UNION SELECT pair, getvariable('first') FROM edges)
),
in_spans AS (
    SELECT g.pair, coalesce(s.start, getvariable('first')) AS since, coalesce(s."end", getvariable('beyond')) AS until,
        g.actions, g.purposes_key, g.of_an_office, g.start <= since AND since < g."end" AS in_force,
        g.timely_from <= since AS timely,
        g."end" <= since AS ended, g.start > since AS not_begun
    FROM grants g LEFT JOIN edged s USING (pair)
)
SELECT
    pair, since AS start, until AS "end",
    coalesce(bit_or(actions) FILTER (in_force AND timely AND purposes_key < 0 AND NOT of_an_office), 0)::SMALLINT AS timely,
    coalesce(bit_or(actions) FILTER (in_force AND purposes_key < 0 AND NOT of_an_office), 0)::SMALLINT AS covered,
    coalesce(bit_or(actions) FILTER (in_force AND NOT of_an_office), 0)::SMALLINT AS for_some_purpose,
    coalesce(bool_or(in_force AND timely AND of_an_office), false) AS timely_duty,
    coalesce(bool_or(in_force AND of_an_office), false) AS duty,
    bool_or(in_force) AS in_force, bool_or(ended) AS ended, bool_or(not_begun) AS not_begun,
    -- what it says for listed purposes: the list, the actions, and whether in time, in one number each
    list_sort(list(DISTINCT purposes_key::BIGINT * 1048576 + actions * 2 + timely::INTEGER)
        FILTER (in_force AND purposes_key >= 0 AND NOT of_an_office)) AS for_purposes
FROM in_spans
GROUP BY ALL;

-- What spans say, each once: the same for many.
CREATE OR REPLACE TABLE states AS
SELECT (row_number() OVER ())::INTEGER AS state, *
FROM (SELECT DISTINCT COLUMNS(* EXCLUDE (pair, start, "end")) FROM spans_in_full);

CREATE OR REPLACE TABLE spans AS
SELECT s.pair, s.start, s."end", t.state
FROM spans_in_full s JOIN states t
    ON s.timely = t.timely AND s.covered = t.covered AND s.for_some_purpose = t.for_some_purpose
    AND s.timely_duty = t.timely_duty AND s.duty = t.duty AND s.in_force = t.in_force AND s.ended = t.ended
    AND s.not_begun = t.not_begun AND s.for_purposes IS NOT DISTINCT FROM t.for_purposes;

DROP TABLE spans_in_full;

-- What each state says of each action, for each described purpose: the rule of rows 7 to 11 and 14 to 16. Purpose 0 is
-- none, or one that no grant describes.
CREATE OR REPLACE TABLE rules_of_states AS
WITH
for_purposes AS (
    SELECT t.state, k.purpose_key,
        bit_or((said >> 1) & 511) FILTER (said & 1 = 1) AS timely, bit_or((said >> 1) & 511) AS covered
    FROM (SELECT state, unnest(for_purposes) AS said FROM states) t
    JOIN listed_purposes l ON l.purposes_key = t.said >> 20
    JOIN described_purposes k USING (purpose)
    GROUP BY ALL
),
asked AS (
    SELECT t.*, k.purpose_key, a.bit, a.action_key,
        t.timely | coalesce(p.timely, 0) AS timely_then, t.covered | coalesce(p.covered, 0) AS covered_then
    FROM states t
    CROSS JOIN (SELECT purpose_key FROM described_purposes UNION SELECT 0) k
    CROSS JOIN action_bits a
    LEFT JOIN for_purposes p ON p.state = t.state AND p.purpose_key = k.purpose_key
    WHERE k.purpose_key = 0 OR p.state IS NOT NULL
)
SELECT state, purpose_key, action_key,
    (CASE
        WHEN timely_then & bit <> 0 THEN 7
        WHEN timely_duty THEN 8
        WHEN duty OR covered_then & bit <> 0 THEN 9
        WHEN for_some_purpose & bit <> 0 THEN 10
        WHEN in_force THEN 11
        WHEN ended THEN 14
        WHEN not_begun THEN 15
        ELSE 16
    END)::TINYINT AS rule
FROM asked;
