-- Keeps of the calls that count those that a filter asks for: hours of the week on the wall, a
-- handed-on call, a cost in a unit. What is not asked for is empty.
--
-- $hours are hours of the week, $ends reasons of an end as they are compared, $unit a unit of cost.
DELETE FROM counted
WHERE NOT coalesce(
    (len($hours) = 0 OR list_contains($hours, (isodow(wall) - 1) * 24 + hour(wall)))
    AND (len($ends) = 0 OR list_contains(
        $ends, replace(replace(lower(trim(end_reason)), '-', '_'), ' ', '_')
    ))
    AND ($unit = '' OR (cost_unit = $unit AND cost IS NOT NULL)),
    false
);
