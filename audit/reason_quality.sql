-- What the reasons of accesses are worth: for each source, month and person, how many accesses have a reason of each
-- quality.
--
-- Given: numbered_events and names (open_events), account_spells and account_forms (map_whose), employees; the macros
-- case_number, without_case, compare_form, kind_of_reason and month_of; the tables sources_of_reasons, listed_systems and
-- listed_forms of the cases that are known; and the variables last_year, years_old, tool_share, tool_accesses,
-- tool_people and constant_from.

-- Each distinct reason of a source is looked at once, whoever gave it, however often.
CREATE OR REPLACE TABLE given_reasons AS
SELECT e.source_key, e.purpose, {whole} AS whole, count(*) AS accesses FROM numbered_events e GROUP BY ALL;

CREATE OR REPLACE TABLE looked_at AS
SELECT g.*, c.source, c.system, coalesce(g.whole, n.name, '') AS reason, compare_form(reason) AS form,
    kind_of_reason(form) AS kind, case_number(source, reason) AS case_number, without_case(source, reason) AS bare,
    regexp_matches(bare, {plate}, 'i') OR regexp_matches(bare, {named_plate}, 'i')
        OR regexp_matches(bare, {birth_named}, 'i') AS is_personal,
    list_min(list_transform(
        list_concat(regexp_extract_all(bare, {written_date}, 1), regexp_extract_all(bare, {iso_date}, 1)),
        lambda year: CASE
            WHEN length(year) = 4 THEN year::INTEGER
            WHEN 2000 + year::INTEGER <= getvariable('last_year') THEN 2000 + year::INTEGER
            ELSE 1900 + year::INTEGER END
    )) AS oldest_year,
    dense_rank() OVER (ORDER BY g.source_key, form) AS form_number
FROM given_reasons g
JOIN sources_of_reasons c USING (source_key)
LEFT JOIN names n ON n.kind = 'purpose' AND n.number = g.purpose;

-- What a program fills in stands in nearly all accesses of a source, whoever made them.
CREATE OR REPLACE TABLE filled_in AS
WITH
given AS (
    SELECT source_key, form_number, sum(accesses)::BIGINT AS together FROM looked_at WHERE kind = '' GROUP BY ALL
),
often AS (
    SELECT form_number, together / sum(together) OVER (PARTITION BY source_key) AS share FROM given
    QUALIFY together >= getvariable('tool_accesses') AND share >= getvariable('tool_share')
)
SELECT o.* FROM often o
WHERE getvariable('tool_people') <= (
    SELECT count(DISTINCT e.account)
    FROM numbered_events e JOIN looked_at l
        ON l.source_key = e.source_key AND l.purpose IS NOT DISTINCT FROM e.purpose
        AND l.whole IS NOT DISTINCT FROM {whole}
    WHERE l.form_number = o.form_number
);

-- Of what fits, the first counts; only whether a date is old, and whether a reason is always the same, is seen later.
CREATE OR REPLACE TABLE reasons AS
SELECT l.source_key, l.purpose, l.whole, l.source, l.reason, l.form_number, l.case_number, l.oldest_year, l.accesses,
    CASE
        WHEN l.kind = 'blank' THEN 'missing'
        WHEN l.kind = 'placeholder' THEN 'placeholder'
        WHEN l.kind <> '' THEN 'masked'
        WHEN l.is_personal THEN 'personal'
        WHEN l.form_number IN (SELECT form_number FROM filled_in) THEN 'by_tool'
        WHEN l.case_number <> '' AND l.system IN (FROM listed_systems)
            AND compare_form(l.case_number) NOT IN (
                SELECT form FROM listed_forms WHERE system = '' OR system = l.system
            ) THEN 'case_unknown'
        ELSE 'fine'
    END AS quality
FROM looked_at l;

CREATE OR REPLACE MACRO quality_then(quality, oldest_year, year) AS
    CASE WHEN quality IN ('by_tool', 'case_unknown', 'fine') AND oldest_year <= year - getvariable('years_old')
        THEN 'personal' ELSE quality END;

-- Each access once; of a person who has several accounts, together.
CREATE OR REPLACE TABLE judged_reasons AS
WITH
by_account AS (
    SELECT e.source_key, month_of(e.time) AS month, e.account, s.employee_key,
        quality_then(r.quality, r.oldest_year, substr(month, 1, 4)::INTEGER) AS quality,
        count(*) AS accesses, count(*) FILTER (r.case_number <> '') AS with_case,
        min(r.form_number) AS first_form, max(r.form_number) AS last_form
    FROM numbered_events e
    JOIN account_spells s ON s.account = e.account AND s.start <= epoch_us(e.time) AND epoch_us(e.time) < s."end"
    JOIN reasons r ON r.source_key = e.source_key AND r.purpose IS NOT DISTINCT FROM e.purpose {and_whole}
    GROUP BY ALL
),
by_person AS (
    SELECT b.source_key, b.month, coalesce(p.employee_id, f.form) AS who, p.employee_id IS NOT NULL AS is_employee,
        b.quality, sum(b.accesses)::BIGINT AS accesses, sum(b.with_case)::BIGINT AS with_case,
        min(b.first_form) AS first_form, max(b.last_form) AS last_form
    FROM by_account b
    JOIN account_forms f USING (account)
    LEFT JOIN employees p USING (employee_key)
    GROUP BY ALL
),
beside AS (
    SELECT *, min(first_form) OVER of_person = max(last_form) OVER of_person
        AND sum(accesses) OVER of_person >= getvariable('constant_from') AS is_constant
    FROM by_person
    WINDOW of_person AS (PARTITION BY source_key, month, who, is_employee)
)
SELECT c.source, b.month, b.who, b.is_employee, b.accesses, b.with_case, b.first_form AS form_number,
    CASE WHEN b.is_constant AND b.quality = 'fine' THEN 'constant' ELSE b.quality END AS quality
FROM beside b JOIN sources_of_reasons c USING (source_key);
