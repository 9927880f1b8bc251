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
    -- lines of each.sql
    dimension,
    value
FROM valued
GROUP BY dimension, value;
