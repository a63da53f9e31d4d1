"""A guided tour of the demo by roles: be somebody with one click, and small tasks that tick themselves when done.

It exists in no production installation: `tragnetz.demo` is not among its apps, the tour has no addresses there, and
each view asks again (`guard.py`). Being somebody is a log-in with the demo's printed password: it opens nothing else.
"""
