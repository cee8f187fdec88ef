-- The decision table of DOMAIN.md section 3 over millions of events: the rule of an event is the least of three numbers,
-- that of its resource, that of its account then, and that of what the employee's grants of the series say then.
--
-- Given: numbered_events; grants and listed_purposes (resolve_grants.sql); and what each name means (map_names.py):
-- resource_rules and counted_resource_rules, account_spells, action_bits, purpose_keys. Times are microseconds since 1970
-- in UTC; actions are bits. Rule 17 is none; `first` and `last` are the times of the first and the last event.

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

CREATE OR REPLACE TABLE state_rules AS
SELECT (state * 16 + action_key)::INTEGER AS state_and_action, rule FROM rules_of_states WHERE purpose_key = 0;

CREATE OR REPLACE TABLE purpose_rules AS
SELECT (state * 16 + action_key)::BIGINT * 1048576 + purpose_key AS state_action_and_purpose, rule
FROM rules_of_states WHERE purpose_key > 0;

-- Decides the events of a table or view that has the columns of numbered_events.
CREATE OR REPLACE MACRO decide(some_events) AS TABLE
SELECT
    e.*, epoch_us(e.time) AS instant, a.employee_key,
    -- where the number behind a resource's name matters, what the whole maps to counts, also where that is no series
    CASE WHEN n.resource IS NULL THEN r.series_key ELSE n.series_key END AS series_key,
    coalesce(n.rule, r.rule) AS resource_rule, a.rule AS account_rule, d.purpose_key,
    s.state, s.start AS span_start, s."end" AS span_end,
    least(coalesce(n.rule, r.rule), a.rule, coalesce(p.rule, t.rule, 16)) AS rule
FROM query_table(some_events) e
JOIN resource_rules r ON r.resource = e.resource
LEFT JOIN counted_resource_rules n ON r.by_count AND n.resource = e.resource AND n.resource_count = e.resource_count
JOIN account_spells a ON a.account = e.account AND a.start <= epoch_us(e.time) AND epoch_us(e.time) < a."end"
JOIN action_keys b ON b.action = e.action
LEFT JOIN purpose_keys d ON d.purpose = e.purpose
LEFT JOIN spans s
    ON s.pair = a.employee_key * getvariable('series_count')
        + CASE WHEN n.resource IS NULL THEN r.series_key ELSE n.series_key END
    AND s.start <= epoch_us(e.time) AND epoch_us(e.time) < s."end"
LEFT JOIN state_rules t ON t.state_and_action = s.state * 16 + b.action_key
LEFT JOIN purpose_rules p ON p.state_action_and_purpose = (s.state * 16 + b.action_key)::BIGINT * 1048576 + d.purpose_key;
