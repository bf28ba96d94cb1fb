"""Fuzzers: inputs made from a seed, tried, and held to what is promised of any file from a stranger.

    make fuzz TIME=600                                       every kind, for ten minutes in all
    PYTHONPATH=tests python -m fuzz --kind issues --seed 40 --count 1
    PYTHONPATH=tests python -m fuzz --replay tests/fuzz/cases/issues/NAME

A module makes inputs of a kind and tries them; `watch` and `oracles` say what is a fault; `minimise` makes a faulty
input small, and `cases/` keeps it.
"""
