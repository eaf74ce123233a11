### A parancs, amely átveszi a rendelő naplóját és páciensjegyzékét.

import-service-unnamed = Vizit
