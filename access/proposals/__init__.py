"""Changes of work access by which findings read otherwise: one official proposes each, a second one confirms it."""
