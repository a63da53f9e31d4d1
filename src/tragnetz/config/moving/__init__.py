"""A network goes from one database server to another, with its rows, keys, audit chain and files, and nobody else's.

A cell is a PostgreSQL server with web and worker processes of its own; it holds whole networks, so nothing in a process
crosses servers. `tables` says what belongs to a network, from the models; `rows` reads and fills it; `export`, `arrive`
and `leave` are the steps of a move, `deeds` does them and prints, `cells` writes the front that leads each host to
its cell. The file is a back-up's (`config.backup`), of one network. Decision 0030.
"""
