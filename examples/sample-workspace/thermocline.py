"""Depth of the thermocline from a temperature profile. Author: Piet Dorn, version 1.3."""

import csv

# Smallest gradient that counts as a thermocline, degrees per metre (see glossary.md).
MIN_GRADIENT = 1.0
# Profiles with fewer points than this are skipped.
MIN_POINTS = 5


def thermocline(depths, temperatures):
    """Return the depth in metres where temperature falls fastest, or None for a mixed lake."""
    steps = zip(depths, depths[1:], temperatures, temperatures[1:])
    gradients = [((a - b) / (d2 - d1), (d1 + d2) / 2) for d1, d2, a, b in steps]
    steepest, depth = max(gradients)
    return depth if steepest >= MIN_GRADIENT else None


def read(path):
    with open(path) as file:
        return [row for row in csv.DictReader(file) if row["station"] == "North Buoy"]
