-- The calls that count: every call of the export but deleted ones, with what is said of each.
-- Written from what the words mean (ARCHITECTURE.md), and from nothing else.
--
-- $export is a Calldeck export, $zone the name of a time zone.
CREATE OR REPLACE TABLE counted AS
WITH records AS (
    SELECT unnest(calls) AS call
    FROM read_json($export, maximum_object_size = 1000000000, columns = {calls: 'JSON[]'})
),
read AS (
    SELECT
        call ->> '$.key'                               AS key,
        split_part(call ->> '$.key', '/', 1)           AS connection,
        (call ->> '$.started_ms')::BIGINT              AS started_ms,
        (call ->> '$.duration_ms')::BIGINT             AS duration_ms,
        -- A provider that has no status gives none, and that is a value of its own.
        coalesce(call ->> '$.status', 'none')          AS status,
        call ->> '$.direction'                         AS direction,
        call ->> '$.channel'                           AS channel,
        call ->> '$.agent_id'                          AS agent_id,
        call ->> '$.agent_name'                        AS agent_name,
        call ->> '$.version'                           AS version,
        call ->> '$.campaign'                          AS campaign,
        call ->> '$.employee'                          AS employee,
        call ->> '$.success'                           AS success,
        call ->> '$.end_reason'                        AS end_reason,
        call -> '$.outcomes'                           AS outcomes,
        (call ->> '$.voicemail')::BOOLEAN              AS voicemail,
        (call ->> '$.todo')::BOOLEAN                   AS todo,
        call ->> '$.cost.unit'                         AS cost_unit,
        (call ->> '$.cost.amount')::DOUBLE             AS cost,
        (call ->> '$.score')::DOUBLE                   AS score,
        (call ->> '$.latency_ms')::BIGINT              AS latency_ms,
        (call ->> '$.deleted')::BOOLEAN                AS deleted
    FROM records
)
SELECT
    *,
    -- Answered: it lasted longer than nothing. Not answered: it lasted nothing, or nobody says how
    -- long and its status says that nobody answered. Else nobody knows.
    CASE
        WHEN duration_ms > 0 THEN 'yes'
        WHEN duration_ms = 0 THEN 'no'
        WHEN status IN ('no_answer', 'busy', 'cancelled', 'failed') THEN 'no'
        ELSE 'unknown'
    END AS answered,
    -- The wall of the zone, at which every part of time is cut.
    timezone($zone, make_timestamptz(started_ms * 1000)) AS wall
FROM read
WHERE NOT deleted;
