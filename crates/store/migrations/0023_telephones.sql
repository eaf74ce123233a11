-- The telephone at which somebody of the staff sits: it rings first when they ring somebody up. Where none stands, the clinic's does.
CREATE TABLE staff_telephones (
    staff_id TEXT NOT NULL PRIMARY KEY REFERENCES staff (id),
    extension TEXT NOT NULL
);
