"""Run probes in environments of their own, and record what they saw."""
