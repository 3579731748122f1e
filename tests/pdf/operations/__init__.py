"""Tests of the tools, run in this process; that they run confined too is tested in tests/pdf/test_alone.py."""
