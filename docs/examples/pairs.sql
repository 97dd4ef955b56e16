-- All pairs of collaborators and what they share at the same time, as the query collaboration-pairs counts them.
WITH edge AS (SELECT DISTINCT actor, shared, begins, ends FROM 'collaborations.parquet'),
     belongs AS (SELECT DISTINCT actor, whole FROM 'collaborations.parquet' WHERE whole IS NOT NULL)
SELECT one.actor AS actor, other.actor AS partner, count(DISTINCT one.shared) AS times
FROM edge AS one
JOIN edge AS other ON one.shared = other.shared AND one.actor < other.actor
WHERE coalesce(one.begins <= other.ends, true) AND coalesce(other.begins <= one.ends, true)
  AND (one.actor, other.actor) NOT IN (SELECT actor, whole FROM belongs)
  AND (other.actor, one.actor) NOT IN (SELECT actor, whole FROM belongs)
GROUP BY ALL
ORDER BY times DESC, actor, partner
