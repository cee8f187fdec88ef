-- Which decided events are looked at one by one: the flagged, and of each rule those that may be sampled, by chance and near
-- an edge of a grant; as `tally.py` lists them.
--
-- Given: decided_events (look_up_rules.sql) and `chances`, which has for each rule the number by chance below which all that
-- can be listed are; the variables `most`, how many are listed of each rule, `day`, and `beyond`.

-- A number by chance, the same at every run: the place, multiplied by 0x9E3779B97F4A7C15 as 64 bits without a sign, of which
-- the upper 62 count. No part of it may be more than a signed number holds, so halves of 32 bits are multiplied.
CREATE OR REPLACE VIEW placed_events AS
WITH
placed AS (
    SELECT *, (import_id::BIGINT << 40) + record AS place FROM decided_events
),
halved AS (
    SELECT *, place >> 32 AS upper, place & 4294967295 AS lower FROM placed
),
multiplied AS (
    SELECT *, lower * 2135587861 AS low,
        (((upper * 2135587861) & 4294967295)
            + ((((lower >> 16) * 2654435769) & 65535) << 16)
            + (((lower & 65535) * 2654435769) & 4294967295)) & 4294967295 AS high
    FROM halved
)
SELECT *, (((high + (low >> 32)) & 4294967295) << 30) + ((low & 4294967295) >> 2) AS chance,
    CASE WHEN span_end = getvariable('beyond') THEN instant - span_start
        ELSE least(instant - span_start, span_end - instant) END AS distance
FROM multiplied;

CREATE OR REPLACE TABLE candidates AS
SELECT p.*,
    CASE WHEN distance < getvariable('day') THEN (distance << 20) + (chance & 1048575) END AS nearness
FROM placed_events p JOIN chances c USING (rule)
WHERE c.is_flagged OR p.chance < c.below OR p.distance < getvariable('day');

CREATE OR REPLACE VIEW listed_events AS
SELECT rule, place, chance AS number, false AS is_near
FROM (SELECT rule, place, chance, row_number() OVER (PARTITION BY rule ORDER BY chance, place) AS turn FROM candidates)
WHERE turn <= getvariable('most')
UNION ALL
SELECT rule, place, nearness AS number, true AS is_near
FROM (
    SELECT rule, place, nearness, row_number() OVER (PARTITION BY rule ORDER BY nearness, place) AS turn
    FROM candidates WHERE nearness IS NOT NULL
)
WHERE turn <= getvariable('most');
