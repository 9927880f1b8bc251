-- Keeps of the calls that count those of a time, from an instant on and before another.
--
-- $from_ms and $to_ms are instants.
DELETE FROM counted WHERE NOT coalesce(started_ms >= $from_ms AND started_ms < $to_ms, false);
