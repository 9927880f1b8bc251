-- Answered calls by how long they lasted: over one bound and up to the next. $bounds are seconds.
SELECT
    (SELECT count(*) FROM unnest($bounds) AS all_bounds(secs) WHERE duration_ms > secs * 1000) AS class,
    count(*) AS calls
FROM counted
WHERE answered = 'yes'
GROUP BY class;
