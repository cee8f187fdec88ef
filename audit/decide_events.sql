-- What each employee's grants of each series say, and when: the rows of the decision table that rest on grants.
--
-- Given: grants and listed_purposes (resolve_grants.sql), action_bits and described_purposes, and the variables `first` and
-- `last`, a day before the first event and a day after the last, and `beyond`. Times are microseconds since 1970 in UTC; actions are
-- bits. Events then look up their rule (decide_events.py).

-- A grant changes what it says only at its edges. Between two neighbouring edges of all grants of one employee to one
-- series the answer is the same for the same action and purpose: that is a span. Most pairs have no edge in the time of
-- the events, and so one span.
--
-- What a grant says in a span is one number, and what several say is the bits of all: nine bits each for the actions
-- that they cover for any purpose, and in time, and for some purpose; then one bit each for what stands below.
CREATE OR REPLACE TABLE said_in_spans AS
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
        g.actions::BIGINT AS actions, g.purposes_key, g.start <= since AND since < g."end" AS in_force,
        in_force AND g.of_an_office AS duty, in_force AND NOT g.of_an_office AS assigned,
        g.timely_from <= since AS timely, g."end" <= since AS ended, g.start > since AS not_begun
    FROM grants g LEFT JOIN edged s USING (pair)
)
SELECT
    pair, since AS start, until AS "end",
    (CASE WHEN assigned AND purposes_key < 0 THEN actions ELSE 0 END)
        | (CASE WHEN assigned AND purposes_key < 0 AND timely THEN actions << 9 ELSE 0 END)
        | (CASE WHEN assigned THEN actions << 18 ELSE 0 END)
        | ((duty AND timely)::BIGINT << 27) | (duty::BIGINT << 28) | (in_force::BIGINT << 29)
        | (ended::BIGINT << 30) | (not_begun::BIGINT << 31) AS said,
    -- what it says for listed purposes: the list, the actions, and whether in time, in one number
    CASE WHEN assigned AND purposes_key >= 0
        THEN purposes_key * 1048576 + actions * 2 + timely::INTEGER END AS said_for_purposes
FROM in_spans;

-- Few grants list purposes, and lists take long to gather.
CREATE OR REPLACE TABLE spans_in_full AS
FROM (SELECT pair, start, "end", bit_or(said) AS said FROM said_in_spans GROUP BY ALL)
LEFT JOIN (
    SELECT pair, start, list_sort(list(DISTINCT said_for_purposes)) AS for_purposes
    FROM said_in_spans WHERE said_for_purposes IS NOT NULL GROUP BY ALL
) USING (pair, start);

-- What spans say, each once: the same for many.
CREATE OR REPLACE TABLE states AS
SELECT (row_number() OVER (ORDER BY said, for_purposes))::INTEGER AS state, said, for_purposes
FROM (SELECT DISTINCT said, for_purposes FROM spans_in_full);

CREATE OR REPLACE TABLE spans AS
SELECT s.pair, s.start, s."end", t.state
FROM spans_in_full s JOIN states t ON s.said = t.said AND s.for_purposes IS NOT DISTINCT FROM t.for_purposes;

DROP TABLE said_in_spans;
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
    UNION ALL SELECT state, 0, 0, 0 FROM states
),
asked AS (
    SELECT t.state, p.purpose_key, a.action_key, a.bit,
        (t.said & 511) | p.covered AS covered, ((t.said >> 9) & 511) | coalesce(p.timely, 0) AS timely,
        (t.said >> 18) & 511 AS for_some_purpose, t.said & (1::BIGINT << 27) <> 0 AS timely_duty,
        t.said & (1::BIGINT << 28) <> 0 AS duty, t.said & (1::BIGINT << 29) <> 0 AS in_force,
        t.said & (1::BIGINT << 30) <> 0 AS ended, t.said & (1::BIGINT << 31) <> 0 AS not_begun
    FROM states t JOIN for_purposes p USING (state) CROSS JOIN action_bits a
)
SELECT state, purpose_key, action_key,
    (CASE
        WHEN timely & bit <> 0 THEN 7
        WHEN timely_duty THEN 8
        WHEN duty OR covered & bit <> 0 THEN 9
        WHEN for_some_purpose & bit <> 0 THEN 10
        WHEN in_force THEN 11
        WHEN ended THEN 14
        WHEN not_begun THEN 15
        ELSE 16
    END)::TINYINT AS rule
FROM asked;
