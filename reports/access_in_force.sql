-- The grants in force at an instant, and what states them: work access and duties, also where they reach nobody then.
--
-- Given: the tables of the resolved policy (resolve_grants.py), and the variable `instant` in microseconds since 1970.
-- A grant is told by its id, its kind and what it is reached through: a part of the inventory's text may name several
-- positions, and those of one title count together.

CREATE OR REPLACE MACRO holds_then(first, after) AS first <= getvariable('instant') AND getvariable('instant') < after;

CREATE OR REPLACE TABLE reached_then AS
SELECT g.grant_id, g.kind, g.through, g.series, g.employee_id, g.actions, g.purposes, g.authority,
    min(g.start) AS start, max(g."end") AS "end", bool_or(g.timely_from <= getvariable('instant')) AS timely,
    EXISTS (FROM employments e WHERE e.employee_id = g.employee_id AND holds_then(e.start, e."end")) AS employed
FROM grants_in_words g
WHERE holds_then(g.start, g."end")
GROUP BY ALL;

CREATE OR REPLACE TABLE stated_then AS
WITH departments AS (
    SELECT DISTINCT department, department_key FROM positions
),
work_access AS (
    SELECT a.grant_id, a.holder_type AS kind, a.series, a.actions, a.purposes, a.start, a."end", a.authority,
        CASE a.holder_type
            WHEN 'position' THEN p.title
            WHEN 'department' THEN coalesce(d.department, a.holder)
            WHEN 'everyone' THEN 'every employee'
            ELSE ''
        END AS through,
        CASE a.holder_type WHEN 'employee' THEN a.holder ELSE '' END AS employee_id
    FROM accesses a
    LEFT JOIN positions p ON a.holder_type = 'position' AND a.holder = p.position_code
    LEFT JOIN departments d ON a.holder_type = 'department' AND a.holder = d.department_key
),
all_statements AS (
    FROM work_access
    UNION ALL BY NAME SELECT * EXCLUDE (timely_from), 'temporary duty' AS kind, '' AS through FROM duties
    UNION ALL BY NAME SELECT * EXCLUDE (timely_from), 'officer duty' AS kind, '' AS through FROM officer_duties
)
SELECT grant_id, kind, through, series, employee_id, actions, purposes, authority, min(start) AS start, max("end") AS "end"
FROM all_statements
WHERE holds_then(start, "end")
GROUP BY ALL;
