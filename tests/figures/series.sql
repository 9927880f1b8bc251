-- Calls and costs by parts of time, in each: where the part would begin on the wall, success,
-- status and unit with their numbers. $step is hour, day, week or month; a week begins on Monday.
-- A wall that shows an hour twice has two parts: they are told apart by the offset.
WITH placed AS (
    SELECT
        date_trunc($step, wall)::TIMESTAMP AS part,
        CASE WHEN $step = 'hour'
            THEN (epoch_ms(wall) - started_ms) // 60000
            ELSE 0 END AS offset_minutes,
        success, status, cost_unit, cost
    FROM counted
    WHERE wall IS NOT NULL
)
SELECT part, offset_minutes, 'success' AS split, success AS value, count(*)::DOUBLE AS number
FROM placed GROUP BY ALL
UNION ALL
SELECT part, offset_minutes, 'status', status, count(*)::DOUBLE FROM placed GROUP BY ALL
UNION ALL
SELECT part, offset_minutes, 'costs', cost_unit,
    sum(round(cost * 1000000)::BIGINT)::BIGINT / 1000000.0::DOUBLE
FROM placed WHERE cost IS NOT NULL GROUP BY ALL;
