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
all_statements AS (
    SELECT DISTINCT s.grant_id, s.kind, s.said AS series, s.actions, s.purposes, s.start, s."end", s.authority,
        CASE s.kind
            WHEN 'position' THEN p.title
            WHEN 'department' THEN coalesce(d.department, s.holder)
            WHEN 'everyone' THEN 'every employee'
            ELSE ''
        END AS through,
        CASE WHEN s.kind IN ('position', 'department', 'everyone') THEN '' ELSE s.holder END AS employee_id
    FROM stated s
    LEFT JOIN positions p ON s.kind = 'position' AND s.holder = p.position_code
    LEFT JOIN departments d ON s.kind = 'department' AND s.holder = d.department_key
)
SELECT grant_id, kind, through, series, employee_id, actions, purposes, authority, min(start) AS start, max("end") AS "end"
FROM all_statements
WHERE holds_then(start, "end")
GROUP BY ALL;

-- One row for each way to a series: of each employee, but what every employee has is one row; and what reaches nobody.
CREATE OR REPLACE VIEW ways_then AS
FROM (
    SELECT *, 1 AS people FROM reached_then WHERE kind <> 'everyone'
    UNION ALL BY NAME
    SELECT s.* EXCLUDE (employee_id), '' AS employee_id, coalesce(r.people, 0) AS people,
        coalesce(r.people, 0) > 0 AS employed, coalesce(r.timely, true) AS timely
    FROM stated_then s
    LEFT JOIN (
        SELECT grant_id, kind, through, count(DISTINCT employee_id) FILTER (employed) AS people, bool_and(timely) AS timely
        FROM reached_then GROUP BY ALL
    ) r USING (grant_id, kind, through)
    WHERE s.kind = 'everyone' OR r.people IS NULL
);
