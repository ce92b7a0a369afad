"""Benchmarks: how quick, on this machine, in one run."""
