"""The network of a city: organisations and sites, districts and streets, hotlines, programmes, staff and roles.

Every row of a network carries its id; default managers refuse to answer outside of a scope (`scope.py`).
"""
