-- What the reasons of accesses are worth: for each source, month and person, how many accesses have a reason of each kind.
--
-- Given: numbered_events and names (open_events), account_spells and account_forms (map_whose), employees, months, the
-- macros case_number, without_case, compare_form, kind_of_reason and month_of, the table listed_forms of the cases that
-- are known, and the variables last_year, tool_share, tool_accesses, tool_people and constant_from.

-- Accesses with the same reason are counted together first: of millions of accesses a few thousand lines are left.
CREATE OR REPLACE TABLE reasons_counted AS
SELECT e.source_key, month_of(e.time) AS month, e.account, s.employee_key, e.purpose, {whole} AS whole,
    count(*) AS accesses
FROM numbered_events e
JOIN account_spells s ON s.account = e.account AND s.start <= epoch_us(e.time) AND epoch_us(e.time) < s."end"
GROUP BY ALL;

-- Each distinct reason of a source is looked at once, whoever gave it.
CREATE OR REPLACE TABLE reasons AS
WITH
given AS (
    SELECT DISTINCT source_key, purpose, whole FROM reasons_counted
),
worded AS (
    SELECT g.*, c.source, c.system, coalesce(g.whole, n.name, '') AS reason, compare_form(reason) AS form
    FROM given g
    JOIN sources_of_reasons c USING (source_key)
    LEFT JOIN names n ON n.kind = 'purpose' AND n.number = g.purpose
),
looked_at AS (
    SELECT *, kind_of_reason(form) AS kind, case_number(source, reason) AS case_number,
        without_case(source, reason) AS bare,
        list_transform(
            list_concat(
                regexp_extract_all(bare, {written_date}, 1), regexp_extract_all(bare, {iso_date}, 1)
            ),
            lambda year: CASE
                WHEN length(year) = 4 THEN year::INTEGER
                WHEN 2000 + year::INTEGER <= getvariable('last_year') THEN 2000 + year::INTEGER
                ELSE 1900 + year::INTEGER END
        ) AS years
    FROM worded
)
SELECT l.source_key, l.purpose, l.whole, l.source, l.reason, l.form, l.kind, l.case_number,
    regexp_matches(bare, {plate}, 'i') OR regexp_matches(bare, {named_plate}, 'i') AS has_plate,
    CASE WHEN regexp_matches(bare, {birth_named}, 'i') THEN 0 ELSE list_min(years) END AS oldest_year,
    l.case_number <> '' AND l.system IN (SELECT system FROM listed_systems)
        AND NOT EXISTS (
            FROM listed_forms f WHERE f.form = compare_form(l.case_number) AND f.system IN ('', l.system)
        ) AS case_unknown
FROM looked_at l;

-- What a program fills in stands in nearly all accesses of a source, whoever made them.
CREATE OR REPLACE TABLE filled_in AS
WITH
given AS (
    SELECT c.source_key, r.form, sum(c.accesses) AS accesses, count(DISTINCT c.account) AS people
    FROM reasons_counted c JOIN reasons r
        ON r.source_key = c.source_key AND r.purpose IS NOT DISTINCT FROM c.purpose
        AND r.whole IS NOT DISTINCT FROM c.whole
    WHERE r.kind = ''
    GROUP BY ALL
)
SELECT source_key, form, accesses, accesses / total AS share
FROM (SELECT *, sum(accesses) OVER (PARTITION BY source_key) AS total FROM given)
WHERE accesses >= getvariable('tool_accesses') AND people >= getvariable('tool_people')
    AND accesses >= getvariable('tool_share') * total;

-- Each access once, under the first that fits.
CREATE OR REPLACE TABLE judged_reasons AS
WITH
worded AS (
    SELECT r.source, c.source_key, c.month, coalesce(p.employee_id, f.form) AS who, p.employee_id IS NOT NULL AS is_employee,
        r.form, r.kind, r.reason, r.case_number, r.case_unknown, r.has_plate, r.oldest_year, c.accesses,
        t.form IS NOT NULL AS by_tool
    FROM reasons_counted c
    JOIN reasons r
        ON r.source_key = c.source_key AND r.purpose IS NOT DISTINCT FROM c.purpose
        AND r.whole IS NOT DISTINCT FROM c.whole
    JOIN account_forms f USING (account)
    LEFT JOIN employees p USING (employee_key)
    LEFT JOIN filled_in t ON t.source_key = c.source_key AND t.form = r.form
),
beside AS (
    SELECT *, min(form) OVER of_person = max(form) OVER of_person
        AND sum(accesses) OVER of_person >= getvariable('constant_from') AS is_constant
    FROM worded
    WINDOW of_person AS (PARTITION BY source_key, month, who, is_employee)
)
SELECT source, month, who, is_employee, form, reason, case_number, accesses,
    CASE
        WHEN kind = 'blank' THEN 'missing'
        WHEN kind = 'placeholder' THEN 'placeholder'
        WHEN kind <> '' THEN 'masked'
        WHEN has_plate OR oldest_year <= substr(month, 1, 4)::INTEGER - {years_old} THEN 'personal'
        WHEN by_tool THEN 'by_tool'
        WHEN case_unknown THEN 'case_unknown'
        WHEN is_constant THEN 'constant'
        ELSE 'fine'
    END AS quality
FROM beside;
