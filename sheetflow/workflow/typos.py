"""Slips of the finger in the domains of the big mail providers: pointed out, never corrected."""

from functools import lru_cache


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


BIG = _set("""
    gmail.com googlemail.com hotmail.com outlook.com yahoo.com icloud.com aol.com live.com msn.com comcast.net
    verizon.net protonmail.com hotmail.co.uk yahoo.co.uk btinternet.com gmx.de gmx.net web.de t-online.de
    freenet.de hotmail.de yahoo.de orange.fr wanadoo.fr hotmail.fr yahoo.fr laposte.net libero.it hotmail.it
    yahoo.it hotmail.es yahoo.es telefonica.net bluewin.ch hotmail.nl ziggo.nl uol.com.br bigpond.com
""")

# One slip away from a big provider's domain, and real.
ALSO_REAL = _set("""
    mail.com email.com gmx.com gmx.at gmx.ch gmx.fr gmx.es gmx.us ymail.com aol.de aol.fr aol.it aim.com
    live.de live.fr live.it live.nl live.ca live.se live.dk live.no live.be live.ie live.at me.com
    mac.com hotmail.ch hotmail.be hotmail.se hotmail.dk hotmail.no hotmail.at hotmail.ca yahoo.ca
    yahoo.at yahoo.ch yahoo.se yahoo.dk yahoo.no yahoo.nl yahoo.be yahoo.ie yahoo.pl outlook.de
    outlook.fr outlook.es outlook.it wanadoo.nl wanadoo.es orange.es fastmail.com ukr.net
""")


def mistyped(email: str) -> str:
    """A sentence for the owner where the domain is one slip away from a big provider's; else nothing."""
    domain = _domain(email)
    meant = _meant(domain)
    return f"Email may be mistyped: {domain}, not {meant}? Correct it there." if meant else ""


def intended(email: str) -> str:
    """The address that somebody probably meant to type; empty if this one may well be it."""
    meant = _meant(_domain(email))
    return f"{email.strip().rpartition('@')[0]}@{meant}" if meant else ""


def _domain(email: str) -> str:
    return email.strip().casefold().rpartition("@")[2]


@lru_cache(4096)
def _meant(domain: str) -> str:
    if domain in BIG or domain in ALSO_REAL:
        return ""
    return next((real for real in sorted(BIG) if _one_slip(domain, real)), "")


def _one_slip(typed: str, meant: str) -> bool:
    """One letter too many, too few, wrong, or two swapped."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant))
    )
    a, b = typed[start:], meant[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
