"""Organisations, accounts and roles: who may do what, and for whom."""
