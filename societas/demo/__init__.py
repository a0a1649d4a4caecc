"""A year in the life of a province: planned from a seed, driven through the services' own endpoints."""
