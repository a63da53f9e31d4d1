"""What people say about site and program: barriers, wrong translations, faults, ideas. One mechanism for all of it.

Told without an account or from a staff page, answered by the administration or the editors, in time forgotten. BGG NRW
§ 10b asks for the form for barriers and for an answer within a fair time (looked up on 2026-11-29).
"""
