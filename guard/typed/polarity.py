"""Yes and no, in one word or in a few ("That's correct.", "It doesn't."), alone or before an explanation."""

from __future__ import annotations

import re
from typing import Final

from guard.typed.words import NO, YES

_ANSWER: Final = re.compile(
    r"\W*(?:(?:the |my |final |short |correct )*answer(?: is|:| would be)?:?|in short,?|well,)\s+|[\"'(#*_\s]+"
)
_LEAD: Final = re.compile(
    r"(?P<said>[^\W\d_]+|是的|不是)(?!\W*\d)(?:$|\s*[,.;:!)—–،。、…*\"']|\s+-|-(?=\s|$)|\s+(?:it|he|she|they|there|this|that|you|i|we|the|both|not|"
    r"explanation|answer|since|because|lo|no|las|il|elle|ce|es|sie|er)\b)"
)
_END: Final = r"(?=$|\s*[,.;:!)—–…*\"']|\s+-|-(?=\s|$)|\s+(?:because|since|as|explanation)\b)"
_SURE: Final = "absolutely|definitely|certainly|of course|sure|surely|exactly|precisely|indeed|clearly|obviously"
_CLAIM: Final = "that|it|this|the (?:statement|claim|answer|assertion|sentence|proposition|above|assumption)|you"
_SAID: Final = re.compile(
    rf"(?:(?:{_SURE})[, ]+)?(?:(?:{_CLAIM})(?:'s|'re| is| are| was)?(?P<isnt>n't)? ?)?(?:(?:absolutely|"
    rf"indeed|completely|quite|entirely|also) )?"
    rf"(?P<not>not )?(?P<word>true|correct|right|accurate|false|incorrect|wrong|untrue|inaccurate){_END}"
    rf"|(?P<sure>{_SURE})(?P<sure_not> not)?{_END}"
    r"|(?P<yes>i (?:think|believe|agree)(?: so)?|no doubt|without (?:a )?doubt|affirmative|yup|aye|uh-huh|"
    r"by all means|always has)"
    rf"{_END}"
    r"|(?P<no>i (?:don't|do not) (?:think|believe) so|i disagree|no way|not (?:really|at all|true|correct|"
    r"quite)|by no means|nah|nay"
    rf"|under no circumstances|on the contrary|far from it){_END}"
)
_BARE: Final = re.compile(
    r"(?:it|he|she|they|this|that|there|you|we|i|one|these|those) "
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|might|am)(?P<not>n't|"
    r"not| not)?[.!]*"
    r"|(?:it|he|she|they|this|that|there|you|we|i) (?P<cant>can't|cannot|won't)[.!]*"
)
_TRUE: Final = frozenset(("true", "correct", "right", "accurate"))
_STARTS: Final = frozenset(
    "true correct right accurate false incorrect wrong untrue inaccurate that it this the you he she they "
    "there we i one these "
    "those absolutely definitely certainly of sure surely exactly precisely indeed clearly obviously no "
    "without affirmative "
    "yup aye uh by not nah nay under on far always".split()
)
_ROMANCE: Final = re.compile(r"\s+(?:lo|no|las|il|elle|ce|es|sie|er|not)\b")
"""Behind a "no" without a comma these make it the statement's negation: "no es legal"."""
_FIRST: Final = re.compile(r"[^\W\d_]+")
ALONE: Final = {"y": "yes", "n": "no", "negative": "no", "positive": "", "是": "yes", "否": "no", "不": "no"}


def polarity_of(text: str) -> tuple[str, int]:
    """'yes', 'no' or '' for a folded text, and where what it says behind that begins."""
    skipped = _ANSWER.match(text)
    start = skipped.end() if skipped else 0
    first = _FIRST.match(text, start)
    if not first:
        return "", 0
    alone = ALONE.get(first.group()) if len(text) - start <= len(first.group()) + 1 else None
    if alone:
        return alone, len(text)
    lead = _LEAD.match(text, start)
    said = lead["said"] if lead else ""
    if said in YES or said in NO:
        end = start + len(said)
        return "yes" if said in YES else "no", start if _ROMANCE.match(text, end) else end
    return _phrase(text, start) if first.group() in _STARTS else ("", 0)


def _phrase(text: str, start: int) -> tuple[str, int]:
    bare = _BARE.fullmatch(text, start)
    if bare:
        return "no" if bare["not"] or bare["cant"] else "yes", len(text)
    match = _SAID.match(text, start)
    if not match:
        return "", 0
    if match["word"]:
        if match["word"] == "right" and match.group() == "right":
            return "", 0
        denied = bool(match["not"]) != bool(match["isnt"])
        return "yes" if (match["word"] in _TRUE) != denied else "no", match.end()
    if match["sure"]:
        return "no" if match["sure_not"] else "yes", match.end()
    return "yes" if match["yes"] else "no", match.end()
