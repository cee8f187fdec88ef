-- From what is known to grants: employee x series x actions x purposes x period, and from which event on each is timely.
-- DOMAIN.md section 3, "Reaching a grant". What is reached through something holds while both are in force; an
-- period without a moment is no grant: an empty intersection, or a duty that was revoked before it began.
--
-- Given: the tables of what is known (resolve_grants.py), among them stated: what grants something, numbered in the order
-- in which grants are named. A pair is an employee and a series in one number, dense, so that no two pairs share one.

CREATE OR REPLACE TABLE grants AS
WITH
held AS (
    SELECT h.*, e.employee_key, p.position_key, p.department_key
    FROM holdings h JOIN employees e USING (employee_id) JOIN positions p USING (position_code)
),
reached AS (
    SELECT s.stated, h.employee_key, h.position_key,
        greatest(s.start, h.start) AS start, least(s."end", h."end") AS "end",
        greatest(s.timely_from, h.timely_from) AS timely_from
    FROM stated s JOIN held h ON s.kind = 'position' AND s.holder = h.position_code
    UNION ALL
    SELECT s.stated, h.employee_key, h.position_key,
        greatest(s.start, h.start), least(s."end", h."end"), greatest(s.timely_from, h.timely_from)
    FROM stated s JOIN held h ON s.kind = 'department' AND s.holder = h.department_key
    UNION ALL
    SELECT s.stated, e.employee_key, NULL, greatest(s.start, m.start), least(s."end", m."end"), s.timely_from
    FROM stated s JOIN employments m ON s.kind = 'everyone' JOIN employees e ON e.employee_id = m.employee_id
    UNION ALL
    SELECT s.stated, e.employee_key, NULL, greatest(s.start, o.start), least(s."end", o."end"), s.timely_from
    FROM stated s
    JOIN employees e ON s.kind = 'officer duty' AND s.holder = e.employee_id
    JOIN offices o ON o.employee_id = e.employee_id
)
SELECT
    r.employee_key::BIGINT * getvariable('series_count') + s.series_key AS pair, r.*,
    s.actions::SMALLINT AS actions, s.purposes_key, s.kind = 'officer duty' AS of_an_office
FROM reached r JOIN stated s USING (stated)
WHERE r.start < r."end"
UNION ALL
SELECT
    e.employee_key::BIGINT * getvariable('series_count') + s.series_key AS pair,
    s.stated, e.employee_key, NULL AS position_key, s.start, s."end", s.timely_from,
    s.actions::SMALLINT, s.purposes_key, false
FROM stated s JOIN employees e ON s.holder = e.employee_id
WHERE s.kind IN ('employee', 'temporary duty') AND s.start < s."end";

-- The same in words, for explanations and reports.
CREATE OR REPLACE VIEW grants_in_words AS
SELECT g.pair, g.stated, s.grant_id, s.kind,
    CASE s.kind
        WHEN 'position' THEN p.title
        WHEN 'department' THEN p.department
        WHEN 'everyone' THEN 'every employee'
        ELSE ''
    END AS through,
    e.employee_id, s.series, g.actions, s.purposes, g.start, g."end", g.timely_from, s.authority
FROM grants g
JOIN stated s USING (stated)
JOIN employees e USING (employee_key)
LEFT JOIN positions p USING (position_key);
