"""Interpreters: who may be asked, on which declaration of secrecy, for which talk.

They are told the time, the place and the language of a talk, nothing about the person. Whoever has no declaration that
holds on the day of the talk is not asked: § 203 Abs. 4 Satz 2 Nr. 1 StGB wants those who help to be bound to secrecy.
"""
