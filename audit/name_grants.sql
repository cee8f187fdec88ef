-- Which grant each access rests on: of the grants by which its reason holds, the one that is named first; of those that
-- were recorded too late, the least late.
--
-- Given: the view decided and what it stands on (decide_events.sql). Within a span, what is asked with the same action
-- and purpose rests on the same grant; so each combination that occurs is looked up once, however many events it has.

CREATE OR REPLACE TABLE grants_used AS
WITH
asked AS (
    SELECT d.span, d.action, coalesce(p.purpose, '') AS purpose, d.reason, count(*) AS events, max(d.instant) AS last
    FROM decided d LEFT JOIN described_purposes p ON p.given = d.purpose
    WHERE d.reason IN ('assigned', 'officer_duty', 'backdated')
    GROUP BY ALL
)
SELECT a.span, a.action, a.purpose, a.reason, a.events, a.last,
    arg_min(g.grant_key, (CASE WHEN a.reason = 'backdated' THEN g.timely_from ELSE 0 END, g.grant_key)) AS grant_key,
    arg_min(g.grant_id, (CASE WHEN a.reason = 'backdated' THEN g.timely_from ELSE 0 END, g.grant_key)) AS grant_id
FROM asked a
JOIN action_bits b USING (action)
JOIN spans s USING (span)
JOIN grants g
    ON g.pair = s.pair AND g.start <= s.start AND s.start < g."end" AND g.actions & b.bit <> 0
    AND (g.purposes = '*' OR list_contains(string_split(g.purposes, ';'), a.purpose))
    AND (a.reason <> 'assigned' OR g.timely_from <= s.start AND g.kind <> 'officer duty')
    AND (a.reason <> 'officer_duty' OR g.timely_from <= s.start AND g.kind = 'officer duty')
GROUP BY ALL;

CREATE OR REPLACE VIEW decided_by_grant AS
SELECT d.*, u.grant_key, u.grant_id
FROM decided d
LEFT JOIN described_purposes p ON p.given = d.purpose
LEFT JOIN grants_used u
    ON u.span = d.span AND u.action = d.action AND u.purpose = coalesce(p.purpose, '') AND u.reason = d.reason;
