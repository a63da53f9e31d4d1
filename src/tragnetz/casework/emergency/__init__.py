"""Emergency access: a counsellor opens a colleague's case because somebody is in danger and nobody else is there.

It asks for a reason, lasts a day, shows at once on the lead's and the data-protection officer's pages, and stays there
until the lead has looked at it. It never reaches beyond the organisation.
"""
