//! What a patient answered: by a button, a reaction or words, in four languages. Certain, or handed to a person; never guessed.
