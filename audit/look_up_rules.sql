-- The rule of each event: the least of three numbers, that of its resource, that of its account then, and that of what the
-- employee's grants of the series say then. `decide_events.py` looks the same up in arrays, millions in a second; this text
-- is for engines that have no such arrays, and is held to them by a test.
--
-- Given: the view `events_to_decide`, which has an event's `instant` (microseconds since 1970 in UTC), its `import_id` and
-- `record`, and the numbers of its names; the tables of mapped names (map_events.py) and those of decide_events.sql; the
-- variables `first`, `beyond`, `series_count`, and `no_rule` and `no_assignment`, which count as rules.

CREATE OR REPLACE VIEW decided_events AS
WITH
mapped AS (
    SELECT e.*,
        coalesce(c.rule, r.rule, getvariable('no_rule')) AS resource_rule,
        CASE WHEN c.rule IS NULL THEN r.series_key ELSE c.series_key END AS series_key,
        coalesce(s.rule, getvariable('no_rule')) AS account_rule, s.employee_key,
        coalesce(a.action_key, 0) AS action_key, coalesce(p.purpose_key, 0) AS purpose_key
    FROM events_to_decide e
    LEFT JOIN resource_rules r ON r.resource = e.resource
    -- where the number behind a resource's name matters, each resource of that name was mapped
    LEFT JOIN counted_resource_rules c ON c.resource = e.resource AND c.resource_count = e.resource_count
    LEFT JOIN account_spells s ON s.account = e.account AND s.start <= e.instant AND e.instant < s."end"
    LEFT JOIN action_keys a ON a.action = e.action
    LEFT JOIN purpose_keys p ON p.purpose = e.purpose
),
granted AS (
    SELECT m.*, coalesce(s.state, 0) AS state,
        coalesce(s.start, getvariable('first')) AS span_start, coalesce(s."end", getvariable('beyond')) AS span_end
    FROM mapped m
    LEFT JOIN spans s
        ON s.pair = m.employee_key::BIGINT * getvariable('series_count') + m.series_key
        AND s.start <= m.instant AND m.instant < s."end"
)
SELECT g.*,
    least(g.resource_rule, g.account_rule, coalesce(l.rule, o.rule, getvariable('no_assignment')))::TINYINT AS rule
FROM granted g
-- what the grants say of the purpose where they list it, else of purposes in general
LEFT JOIN rules_of_states l
    ON l.state = g.state AND l.action_key = g.action_key AND l.purpose_key = g.purpose_key AND l.purpose_key > 0
LEFT JOIN rules_of_states o ON o.state = g.state AND o.action_key = g.action_key AND o.purpose_key = 0;
