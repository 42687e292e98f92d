-- Whoever had lost the role of the office still stood there as who arranges what people need.
UPDATE access_duty SET ended_at = COALESCE(
    (SELECT MAX(audit.at) FROM audit WHERE audit.action = 'role_taken' AND audit.object_id = access_duty.person_id),
    taken_at
) WHERE ended_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM role WHERE role.person_id = access_duty.person_id AND role.role IN ('staff', 'admin')
);
-- No row was ever written to it: what belongs together has tables of its own.
DROP TABLE link;
