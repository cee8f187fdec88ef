-- From what is known to grants: employee x series x actions x purposes x period, and from which event on each is timely.
-- DOMAIN.md section 3, "Reaching a grant". What is reached through something holds while both are in force; an
-- intersection without a moment is no grant. What an employee holds directly counts as it is written.
CREATE OR REPLACE TABLE grants AS
WITH
holdings_in_departments AS (
    SELECT holdings.*, positions.title, positions.department, positions.department_key
    FROM holdings JOIN positions USING (position_code)
),
through_a_position AS (
    SELECT a.grant_id, 'position' AS kind, h.title AS through, h.employee_id, a.series, a.actions, a.purposes,
        greatest(a.start, h.start) AS start, least(a."end", h."end") AS "end",
        greatest(a.timely_from, h.timely_from) AS timely_from, a.authority
    FROM accesses a JOIN holdings_in_departments h ON a.holder_type = 'position' AND a.holder = h.position_code
),
through_a_department AS (
    SELECT a.grant_id, 'department' AS kind, h.department AS through, h.employee_id, a.series, a.actions, a.purposes,
        greatest(a.start, h.start) AS start, least(a."end", h."end") AS "end",
        greatest(a.timely_from, h.timely_from) AS timely_from, a.authority
    FROM accesses a JOIN holdings_in_departments h ON a.holder_type = 'department' AND a.holder = h.department_key
),
through_employment AS (
    SELECT a.grant_id, 'everyone' AS kind, 'every employee' AS through, e.employee_id, a.series, a.actions, a.purposes,
        greatest(a.start, e.start) AS start, least(a."end", e."end") AS "end", a.timely_from, a.authority
    FROM accesses a JOIN employments e ON a.holder_type = 'everyone'
),
held_directly AS (
    SELECT grant_id, 'employee' AS kind, '' AS through, holder AS employee_id, series, actions, purposes,
        start, "end", timely_from, authority
    FROM accesses WHERE holder_type = 'employee'
),
temporary AS (
    SELECT grant_id, 'temporary duty' AS kind, '' AS through, employee_id, series, actions, purposes,
        start, "end", timely_from, authority
    FROM duties
),
of_an_office AS (
    SELECT d.grant_id, 'officer duty' AS kind, '' AS through, d.employee_id, s.code AS series, d.actions, d.purposes,
        greatest(d.start, o.start) AS start, least(d."end", o."end") AS "end", d.timely_from, d.authority
    FROM officer_duties d
    JOIN offices o USING (employee_id)
    JOIN series s ON d.series = '*' OR d.series = s.code
),
all_grants AS (
    SELECT * FROM through_a_position WHERE start < "end"
    UNION SELECT * FROM through_a_department WHERE start < "end"
    UNION SELECT * FROM through_employment WHERE start < "end"
    UNION SELECT * FROM held_directly
    UNION SELECT * FROM temporary
    UNION SELECT * FROM of_an_office WHERE start < "end"
)
SELECT
    -- the rows come to lie in this order, so that the few of one employee and series are found without reading all
    (row_number() OVER (ORDER BY employees.employee_key * 65536 + series.series_key, list_position(
        ['position', 'employee', 'temporary duty', 'department', 'everyone', 'officer duty'], kind
    ), grant_id, start, "end", timely_from, through, actions, purposes))::INTEGER AS grant_key,
    employees.employee_key * 65536 + series.series_key AS pair,
    all_grants.*
FROM all_grants
JOIN employees USING (employee_id)
JOIN series ON all_grants.series = series.code;
