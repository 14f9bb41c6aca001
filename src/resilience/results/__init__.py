"""Results: indicators counted from rows, snapshots that stand, disclosure control, publications, reports."""
