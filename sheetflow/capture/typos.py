"""Slips of the finger in the domains of the big mail providers: pointed out, never corrected."""

from sheetflow.capture.words import word_set

BIG = word_set("""
    gmail.com googlemail.com hotmail.com outlook.com yahoo.com icloud.com aol.com live.com msn.com comcast.net
    verizon.net protonmail.com hotmail.co.uk yahoo.co.uk btinternet.com gmx.de gmx.net web.de t-online.de
    freenet.de hotmail.de yahoo.de orange.fr wanadoo.fr hotmail.fr yahoo.fr laposte.net libero.it hotmail.it
    yahoo.it hotmail.es yahoo.es telefonica.net bluewin.ch hotmail.nl ziggo.nl uol.com.br bigpond.com
""")

# One slip away from a big provider's domain, and real.
ALSO_REAL = word_set("""
    mail.com email.com gmx.com gmx.at gmx.ch gmx.fr gmx.es gmx.us ymail.com aol.de aol.fr aol.it aim.com
    live.de live.fr live.it live.nl live.ca live.se live.dk live.no live.be live.ie live.at me.com
    mac.com hotmail.ch hotmail.be hotmail.se hotmail.dk hotmail.no hotmail.at hotmail.ca yahoo.ca
    yahoo.at yahoo.ch yahoo.se yahoo.dk yahoo.no yahoo.nl yahoo.be yahoo.ie yahoo.pl outlook.de
    outlook.fr outlook.es outlook.it wanadoo.nl wanadoo.es orange.es fastmail.com ukr.net
""")


def typo_flags(email: str) -> tuple[str, ...]:
    """A question for the owner where the domain is one slip away from a big provider's."""
    domain = email.rpartition("@")[2]
    if domain in BIG or domain in ALSO_REAL:
        return ()
    meant = next((real for real in sorted(BIG) if _one_slip(domain, real)), "")
    return (f"e-mail looks mistyped: {domain} - {meant}?",) if meant else ()


def _one_slip(typed: str, meant: str) -> bool:
    """One letter too many, too few, wrong, or two swapped."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant))
    )
    a, b = typed[start:], meant[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
