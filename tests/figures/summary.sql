-- Every figure of all counted calls, one row.
WITH stated AS (
    SELECT
        count(*) FILTER (success = 'yes')                         AS yes,
        count(*) FILTER (success = 'no')                          AS no,
        count(*) FILTER (success NOT IN ('yes', 'no'))            AS not_stated,
        count(*) FILTER (success = 'yes' AND answered = 'yes')    AS answered_yes,
        count(*) FILTER (success = 'no' AND answered = 'yes')     AS answered_no,
        count(*) FILTER (success NOT IN ('yes', 'no') AND answered = 'yes') AS answered_not_stated
    FROM counted
)
SELECT
    count(*)                                                  AS calls,
    count(*) FILTER (answered = 'yes')                        AS answered,
    count(*) FILTER (answered = 'no')                         AS not_answered,
    count(*) FILTER (answered = 'unknown')                    AS duration_unknown,
    avg(duration_ms) FILTER (answered = 'yes')                AS mean_ms,
    quantile_cont(duration_ms, 0.5) FILTER (answered = 'yes') AS median_ms,
    quantile_cont(duration_ms, 0.9) FILTER (answered = 'yes') AS p90_ms,
    coalesce(sum(duration_ms) FILTER (answered = 'yes'), 0)   AS talk_ms,
    count(*) FILTER (todo)                                    AS todo,
    (SELECT stated FROM stated)                                AS stated,
    count(*) FILTER (voicemail)                               AS voicemail_yes,
    count(*) FILTER (NOT voicemail)                           AS voicemail_no,
    count(*) FILTER (voicemail IS NULL)                       AS voicemail_not_stated,
    count(score)                                              AS scores,
    avg(score)                                                AS score_mean,
    quantile_cont(score, 0.5)                                 AS score_median,
    quantile_cont(score, 0.9)                                 AS score_p90,
    quantile_cont(score, 0.95)                                AS score_p95,
    count(latency_ms)                                         AS latencies,
    avg(latency_ms)                                           AS latency_mean,
    quantile_cont(latency_ms, 0.5)                            AS latency_median,
    quantile_cont(latency_ms, 0.9)                            AS latency_p90,
    quantile_cont(latency_ms, 0.95)                           AS latency_p95
FROM counted;
