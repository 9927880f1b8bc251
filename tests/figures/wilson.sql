-- The share of successes, yes ÷ (yes + no), and its 95 % interval as Wilson has it:
-- (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n), never beyond 0 and 1.
WITH counted AS (
    SELECT
        CASE WHEN $yes + $no > 0 THEN $yes::DOUBLE / ($yes + $no) END AS p,
        ($yes + $no)::DOUBLE AS n,
        1.959963984540054::DOUBLE AS z
)
SELECT
    p,
    greatest(0, (p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)),
    least(1, (p + z * z / (2 * n) + z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n))
FROM counted;
