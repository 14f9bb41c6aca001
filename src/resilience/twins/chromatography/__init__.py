"""Chromatography: a column as a radial general rate model, the skid around it, and cases of both."""
