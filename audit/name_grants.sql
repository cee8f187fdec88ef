-- Which grant each access rests on: of the grants by which its reason holds, the one that is named first; of those that
-- were recorded too late, the least late.
--
-- Given: the view decided and what it stands on (decide_events.sql). Within a span, what is asked with the same action
-- and purpose rests on the same grant; so each combination that occurs is looked up once, however many events it has.

CREATE OR REPLACE TABLE grants_used AS
WITH
asked AS (
    SELECT employee_key * getvariable('series_count') + series_key AS pair, span_start, action,
        purpose_key, rule, count(*) AS events, max(instant) AS last
    FROM decided
    WHERE rule IN (7, 8, 9)
    GROUP BY ALL
),
listed AS (
    SELECT DISTINCT purposes_key, purpose_key FROM listed_purposes JOIN described_purposes USING (purpose)
)
SELECT a.pair, a.span_start, a.action, a.purpose_key, a.rule, any_value(a.events) AS events, any_value(a.last) AS last,
    arg_min(g.stated, (CASE WHEN a.rule = 9 THEN g.timely_from ELSE 0 END, g.stated)) AS stated
FROM asked a
JOIN action_keys k USING (action)
JOIN action_bits b USING (action_key)
JOIN grants g
    ON g.pair = a.pair AND g.start <= a.span_start AND a.span_start < g."end" AND g.actions & b.bit <> 0
    AND (a.rule <> 7 OR g.timely_from <= a.span_start AND NOT g.of_an_office)
    AND (a.rule <> 8 OR g.timely_from <= a.span_start AND g.of_an_office)
LEFT JOIN listed l ON l.purposes_key = g.purposes_key AND l.purpose_key = a.purpose_key
WHERE g.purposes_key < 0 OR l.purposes_key IS NOT NULL
GROUP BY ALL;

-- How often each grant was used, and last; a grant is told by its id, its kind, and what it is reached through.
CREATE OR REPLACE TABLE uses AS
SELECT s.grant_id, s.kind,
    CASE s.kind WHEN 'position' THEN p.title WHEN 'department' THEN p.department WHEN 'everyone' THEN 'every employee'
        ELSE '' END AS through,
    r.reason, sum(u.events)::BIGINT AS events, max(u.last) AS last
FROM grants_used u
JOIN rules r USING (rule)
JOIN stated s USING (stated)
LEFT JOIN (
    SELECT pair, stated, any_value(position_key) AS position_key FROM grants GROUP BY ALL
) g ON g.pair = u.pair AND g.stated = u.stated
LEFT JOIN positions p USING (position_key)
GROUP BY ALL;
