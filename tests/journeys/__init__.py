"""Journeys of the people of product and network, in a real browser."""
