### Miért nem végezhető el egy kérés a páciensekkel, munkatársakkal, szolgáltatásokkal vagy a rendelővel.

refusal-actor-not-allowed = Ehhez az Ön szerepköre nem ad jogosultságot.
