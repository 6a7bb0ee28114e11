"""`demo`: a small studio's fortnight in a minute, played to the whole program over loopback.

Nobody's settings are read: the studio has a folder, a ledger, a mail server and a clock of its own.
"""
