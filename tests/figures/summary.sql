-- Every figure of all counted calls, one row.
SELECT
    -- lines of each.sql
    quantile_cont(duration_ms, 0.9) FILTER (answered = 'yes') AS p90_ms,
    count(*) FILTER (success = 'yes' AND answered = 'yes')    AS answered_yes,
    count(*) FILTER (success = 'no' AND answered = 'yes')     AS answered_no,
    count(*) FILTER (success NOT IN ('yes', 'no') AND answered = 'yes') AS answered_not_stated,
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
