"""Benchmarks: every figure is a ratio inside one run, all contestants on the same events and the same machine."""
