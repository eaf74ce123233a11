trial-subject = Próbaüzenet: { $clinic }
trial-text = Ez a(z) { $clinic } próbaüzenete. A csatorna működik.
