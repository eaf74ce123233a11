### The command that takes a clinic's own journal and patient list in.

import-service-unnamed = Visit
