-- Whoever a draft names as `requested_by` is found by e-mail whatever its case: they must not decide it.
CREATE INDEX "person_email_of_any_case" ON "person" (lower("email"));
