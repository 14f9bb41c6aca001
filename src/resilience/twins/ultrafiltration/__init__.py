"""Ultrafiltration and diafiltration of a protein across a membrane, with tangential flow."""
