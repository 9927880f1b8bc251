-- Calls by the hour of the week on the wall; Monday 0:00 is 0.
SELECT (isodow(wall) - 1) * 24 + hour(wall) AS hour_of_week, count(*) AS calls
FROM counted
WHERE wall IS NOT NULL
GROUP BY hour_of_week;
