-- The figures of each value of each dimension. A call counts once under each of its outcomes; one
-- that has none stands under the empty value.
WITH labels AS (
    SELECT DISTINCT
        key,
        coalesce((label ->> '$.name') || '=', '') || (label ->> '$.value') AS value
    FROM (SELECT key, unnest(outcomes::JSON[]) AS label FROM counted WHERE outcomes IS NOT NULL)
),
valued AS (
    SELECT 'connection' AS dimension, connection AS value, * EXCLUDE (connection) FROM counted
    UNION ALL BY NAME
    SELECT 'agent' AS dimension,
        coalesce(connection || '/' || coalesce(agent_id, agent_name), '') AS value, * FROM counted
    UNION ALL BY NAME SELECT 'version' AS dimension, coalesce(version, '') AS value, * FROM counted
    UNION ALL BY NAME SELECT 'campaign' AS dimension, coalesce(campaign, '') AS value, * FROM counted
    UNION ALL BY NAME SELECT 'employee' AS dimension, coalesce(employee, '') AS value, * FROM counted
    UNION ALL BY NAME SELECT 'status' AS dimension, status AS value, * FROM counted
    UNION ALL BY NAME SELECT 'direction' AS dimension, direction AS value, * FROM counted
    UNION ALL BY NAME SELECT 'channel' AS dimension, channel AS value, * FROM counted
    UNION ALL BY NAME SELECT 'end' AS dimension, coalesce(end_reason, '') AS value, * FROM counted
    UNION ALL BY NAME
    SELECT 'outcome' AS dimension, coalesce(labels.value, '') AS value, counted.*
    FROM counted LEFT JOIN labels USING (key)
)
SELECT
    dimension,
    value,
    count(*)                                                  AS calls,
    count(*) FILTER (answered = 'yes')                        AS answered,
    count(*) FILTER (answered = 'no')                         AS not_answered,
    count(*) FILTER (answered = 'unknown')                    AS duration_unknown,
    avg(duration_ms) FILTER (answered = 'yes')                AS mean_ms,
    quantile_cont(duration_ms, 0.5) FILTER (answered = 'yes') AS median_ms,
    coalesce(sum(duration_ms) FILTER (answered = 'yes'), 0)   AS talk_ms,
    count(*) FILTER (success = 'yes')                         AS yes,
    count(*) FILTER (success = 'no')                          AS no,
    count(*) FILTER (success NOT IN ('yes', 'no'))            AS not_stated,
    count(*) FILTER (todo)                                    AS todo
FROM valued
GROUP BY dimension, value;
