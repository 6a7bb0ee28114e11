"""Domains where strangers have their mail: the same domain doesn't make two people colleagues."""

# Providers under many country domains: gmx.at, hotmail.fr, yahoo.co.uk.
_PROVIDER_NAMES = """
    gmail googlemail hotmail outlook live msn yahoo ymail rocketmail gmx aol icloud protonmail yandex
"""
_SECOND_LEVELS = "co com net org ac gov edu ne or"
_OTHERS = """
    web.de freenet.de t-online.de arcor.de online.de 1und1.de email.de mail.de posteo.de mailbox.org
    magenta.de vodafone.de kabelmail.de unity-mail.de bluewin.ch hispeed.ch sunrise.ch chello.at aon.at
    a1.net orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr club-internet.fr
    numericable.fr libero.it virgilio.it alice.it tin.it tiscali.it fastwebnet.it email.it inwind.it
    iol.it poste.it telefonica.net terra.es movistar.es sapo.pt mail.telepac.pt uol.com.br bol.com.br
    terra.com.br ig.com.br globo.com globomail.com oi.com.br zipmail.com.br ziggo.nl kpnmail.nl
    kpnplanet.nl planet.nl xs4all.nl hetnet.nl home.nl upcmail.nl casema.nl telenet.be skynet.be
    telia.com bredband.net spray.se comhem.se online.no broadpark.no mail.dk stofanet.dk jubii.dk
    luukku.com btinternet.com sky.com virginmedia.com talktalk.net ntlworld.com blueyonder.co.uk
    tiscali.co.uk btopenworld.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net
    charter.net earthlink.net optonline.net juno.com netzero.net frontier.com frontiernet.net
    windstream.net roadrunner.com rr.com spectrum.net centurylink.net embarqmail.com shaw.ca rogers.com
    sympatico.ca bell.net telus.net videotron.ca bigpond.com bigpond.net.au optusnet.com.au iinet.net.au
    tpg.com.au xtra.co.nz mail.ru bk.ru list.ru inbox.ru internet.ru rambler.ru ya.ru ukr.net i.ua
    meta.ua wp.pl o2.pl onet.pl onet.eu op.pl interia.pl gazeta.pl poczta.fm seznam.cz email.cz
    centrum.cz atlas.cz post.cz azet.sk zoznam.sk centrum.sk freemail.hu citromail.hu abv.bg mail.bg
    inbox.lv inbox.lt qq.com 163.com 126.com yeah.net sina.com sina.cn sohu.com foxmail.com aliyun.com
    139.com 189.cn 21cn.com naver.com daum.net hanmail.net nate.com kakao.com docomo.ne.jp ezweb.ne.jp
    au.com softbank.ne.jp i.softbank.jp rediffmail.com zoho.com zohomail.com me.com mac.com mail.com
    email.com usa.com post.com inbox.com lycos.com proton.me pm.me tutanota.com tutanota.de tuta.io
    tuta.com hushmail.com fastmail.com fastmail.fm hey.com duck.com privaterelay.appleid.com walla.co.il
    walla.com mweb.co.za telkomsa.net webmail.co.za
"""

_PROVIDERS = frozenset(_PROVIDER_NAMES.split())
_SECOND_LEVEL = frozenset(_SECOND_LEVELS.split())
_DOMAINS = frozenset(_OTHERS.split())


def is_free_mail(domain: str) -> bool:
    domain = domain.strip(". ").lower()
    name, *rest = domain.split(".")
    country = len(rest) == 1 or (len(rest) == 2 and rest[0] in _SECOND_LEVEL)
    return domain in _DOMAINS or (name in _PROVIDERS and country)
