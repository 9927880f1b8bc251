-- Calls that were handed on to somebody, of those whose end has a reason, in whatever spelling.
WITH ends AS (
    SELECT replace(replace(lower(trim(end_reason)), '-', '_'), ' ', '_') AS reason FROM counted
),
told AS (
    SELECT reason IN (
        'call_transfer', 'transfer_complete', 'assistant_forwarded_call', 'transferred'
    ) AS handed_on
    FROM ends
)
SELECT
    count(*) FILTER (handed_on)           AS yes,
    count(*) FILTER (NOT handed_on)       AS no,
    count(*) FILTER (handed_on IS NULL)   AS not_stated
FROM told;
