"""What must not be shown: passwords, tokens, keys and signatures, by the name they come under."""

import re

from sheetflow.capture.words import squashed, word_set, words

SECRETS = word_set("""
    password passwort passwd pwd secret secrets token nonce authorization cookie cookies csrf xsrf hmac
    credential credentials jwt apikey signature sig
""")
_WITHIN = re.compile(
    r"captcha|turnstile|csrf|xsrf|apikey|accesskey|secretkey|verificationtoken|password|authtoken"
)
_RANDOM = re.compile(r"(?=\S*\d)[\w.~+/=:,-]{8,}")
_ISSUED = re.compile(r"(?:Bearer|Basic) [\w.~+/=-]{8,}")
_KEYS = ("key", "signature", "sig", "token", "hash", "digest")


def is_secret(key: str, text: str) -> bool:
    """A 'key' or a 'signature' is one only if the value is no word: people sign, and questions have keys."""
    said = words(key)
    if not said:
        return False
    if _ISSUED.fullmatch(text[:4_000]) or _WITHIN.search(squashed(key)):
        return True
    if said[-1] in _KEYS or said[-1].endswith("nonce") or (said[-1] == "response" and "captcha" in said):
        return _RANDOM.fullmatch(text[:4_000]) is not None or (
            len(said) > 1 and said[-1] == "key" and " " not in text
        )
    return said[-1] in SECRETS and " " not in text
