"""English doubts."""

from __future__ import annotations

from typing import Final

from guard.doubt.table import Doubts

_TOLD: Final = (
    "(specified|given|provided|stated|mentioned|told|defined|indicated|supplied|included|explicitly|listed|shown|"
    "described)"
)
_TELL: Final = (
    "(specify|give|provide|state|mention|tell|say|indicate|include|define|clarify|supply|explain|list|show|contain|"
    "describe|have enough)"
)
_FIND: Final = (
    "(determine|calculate|compute|find|solve|know|answer|conclude|figure out|establish|give|say|provide|compare|"
    "tell|evaluate|identify|proceed|be)"
)
_FOUND: Final = "(determined|calculated|computed|found|solved|known|answered|established|evaluated|compared)"
_TASK: Final = "(problem|question|statement|prompt|scenario|user|text|puzzle|story)"

ENGLISH: Final = Doubts(
    unstated=(
        rf"(not|never|n't|isn't|wasn't|aren't|weren't|hasn't|haven't|nowhere) (been |being |be )?(\w+ )?{_TOLD}",
        rf"(does not|doesn't|do not|don't|did not|didn't|without) (\w+ )?{_TELL}",
        r"no (mention|indication|information|info|data|detail|details|specific|value|values|given|other information|"
        r"further|explicit|numerical|way)",
        r"(unspecified|not specified|undefined|underspecified|unstated|not clear)",
        r"(only|just) (know|given|have|told|tells?|gives?|says?|mentions?|states?|provides?)",
        r"(we|i|you) (don't|do not|aren't|are not|weren't|were not) (\w+ )?(know|have|told|given)",
    ),
    lacking=(
        r"(missing|insufficient|incomplete|inadequate|lacks?|lacking|lack of|unknown|absent|omitted|left out)",
        r"(not|n't) (\w+ )?(enough|sufficient)",
        r"(need|needs|needed|require|requires|required|necessary) (to know|more|additional|further|some more|at least|"
        r"one more|another|extra|the following)",
        r"(would|'d|still|also) need",
        r"(more|additional|further|extra|other) (information|details|context|data|info|condition|conditions|"
        r"constraints?|equation)",
        r"(please|could you|can you) (\w+ )?(provide|clarify|specify|give|share|tell|supply|check|confirm)",
        r"(let me know|if you (can |could )?(provide|have|know|give|share|meant|tell|specify|clarify|supply))",
    ),
    undecided=(
        rf"(cannot|can't|can not|couldn't|could not|unable to|impossible to|not possible to|no way to|"
        rf"isn't possible to|hard to|difficult to) (\w+ )?(\w+ )?{_FIND}",
        rf"(cannot|can't|can not|could not|couldn't|impossible to|not|never) be (\w+ )?(\w+ )?{_FOUND}",
        r"(impossible|unsolvable|unanswerable|undetermined|indeterminate|not (solvable|answerable|possible|feasible))",
        r"no (\w+ )?(unique|single|definite|definitive|solution|numerical answer|answer)",
        r"(not|n't) (\w+ )?(unique|uniquely|enough to)",
    ),
    without=(
        r"without (any |the |a |an |this |that |these |more |further |additional |specific |exact |actual )*"
        r"(knowing|knowledge|information|details|data|context|value|values|specific\w*|exact|actual|number|additional|"
        r"further|more|original|initial|total|given|constraints?|height|length|price|cost|rate|speed|amount|ratio)",
        r"(unless|until) (we|i|you|the|there|it|additional|more|further)",
        r"if (we|i|you) (knew|had|were given|know|have|are given|can find)",
        r"if .. (was|were|is|are) (known|given|provided|specified)",
        r"(once|when) (we|you|i) (know|have|provide|find out)",
        r"(exact|actual|specific|precise|concrete|numerical) (number|value|amount|answer|figure|cost|price|total|"
        r"quantity|result|information|details|data)",
    ),
    assumed=(
        r"(assum\w+|suppose|supposing|presum\w+|hypothetical\w*|imagine)",
        r"let's (say|assume|suppose|consider|denote|call|take)",
        r"(for example|for instance|e\.g\.),? (if|suppose|let's|say|assum\w+)",
        r"(say|let|if) .. is (x|n|p|y|k|m|w)",
        r"(arbitrar\w+|placeholder|typical\w*|usual|usually|commonly|on average|estimate\w*)",
    ),
    open=(
        r"(ambiguous|ambiguity|unclear|vague|confus\w+|not sure|unsure|uncertain|not certain)",
        r"(interpret|interpreted|interpretation|interpretations|interpreting)",
        r"depend(s|ing)? (on|upon)",
        r"(multiple|many|several|infinitely many|infinite|various|different|other|two|both) (\w+ )?(solutions|answers|"
        r"possibilities|interpretations|values|ways to interpret|possible)",
        r"(any|every) (value|number|positive)",
        r"(could|can|might|may) be (any|different|either|many)",
    ),
    flawed=(
        r"(typo|misprint|mistyped|typographical|mistranslat\w+|mis(written|stated|copied|worded|phrased)|miscommunicat\w+)",
        r"(mistake|error|issue|flaw|problem|inconsistenc\w+|missing) (in|with) (the|this|your|how)",
        r"(contradict\w*|inconsisten\w+|nonsens\w+|unrelated|irrelevant|mismatch|trick|illogical|unusual|strange|"
        r"odd|weird|tricky)",
        r"(does not|doesn't|not|don't|didn't) (\w+ )?(make (any )?sense|add up|match|relate|follow|"
        r"connected|consistent)",
        r"(cut off|cut-off|truncated|incorrectly (stated|phrased|written)|not (well|properly) (stated|defined|posed))",
    ),
    meant=(
        rf"(maybe|perhaps|possibly|likely|probably|presumably|seems?|suggests?|implies?|appears?) (that )?"
        rf"(the |this |it |it's |they |there |i )?(original )?{_TASK}",
        rf"{_TASK} (\w+ )?(\w+ )?(expect\w*|intend\w*|mean\w*|want\w*|assum\w+|impl\w+|suppos\w+|might|may|"
        rf"seems?|appears?|could be|is missing|is incomplete|has)",
        r"(intended|supposed to|expecting|implied|implicit\w*|was meant|is meant|meant to|context)",
        r"(maybe|perhaps) (it's|it is|they|there|that|it|i (need|have|should|can)|we)",
    ),
    symbolic=(
        r"(in terms of|as a function of|general (expression|formula|form|solution)|for any|symbolic\w*|algebraic\w*)",
        r"(expressed|express|expression|represented|represent|denote|denoted|denotes|variable|variables) .. (as|by|be|"
        r"in|for|the|is|with)",
        r"where .. (is|represents|denotes) (the|a|an|some|any)",
        r"(remains?|left) (an? )?(unknown|variable|expression|constant)",
    ),
    reread=(
        rf"(the|this) {_TASK} (\w+ )?(\w+ )?(says|say|states|asks|asking|said|mentions|tells|gives|is asking|as "
        rf"stated|as (given|written)|statement)",
        r"(based on|with|from|given) (only )?(the|this|what) (\w+ )?(information|given|provided|details|data|we)",
        r"(read|re-read|reread|look at|check|parse|go back to) .. (problem|question|again|statement)",
        r"(information|details|data) (\w+ )?(given|provided|available)",
    ),
    wavering=(
        r"(wait|hmm|hm|hold on|alternatively|actually|let me (think|check|see|try|re)|maybe|perhaps)",
        r"(i'm stuck|not getting anywhere|i don't (know|see|understand)|i need to figure|going in circles)",
    ),
    contrast=(
        r"(however|unfortunately|although|nevertheless|nonetheless|still|but (since|if|without|the|we|that|this|it))",
    ),
    settled=(
        r"(i'll|i will|let's|we'll|we can|i can|i have to|i should) (\w+ )?(go with|go for|assume|guess|proceed|"
        r"settle)",
        r"(best guess|educated guess|reasonable|guess|plausible|most likely|closest|i think)",
        r"(since|as|because) (the|this|it|no|there|we|i) .. (not|n't|no|missing|unknown|only|without)",
    ),
)
