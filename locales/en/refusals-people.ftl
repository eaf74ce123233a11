### Why something about people, staff, services or the clinic cannot be done as asked.

refusal-actor-not-allowed = Your role does not allow this.
