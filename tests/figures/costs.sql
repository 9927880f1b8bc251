-- What calls cost, a row a unit: units are never added. Amounts are added as millionths.
SELECT
    cost_unit                                                   AS unit,
    sum(round(cost * 1000000)::BIGINT)::BIGINT / 1000000.0::DOUBLE AS amount,
    count(*)                                                    AS calls
FROM counted
WHERE cost IS NOT NULL
GROUP BY unit
ORDER BY unit;
