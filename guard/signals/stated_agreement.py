"""Agreement weighted by the confidence that each completion states with its own answer."""

from __future__ import annotations

import math

from guard.evidence import Evidence


def stated_agreement(evidence: Evidence) -> float | None:
    """Mean, over the candidate and the draws, of stated confidence times similarity to the candidate, in [0, 1].

    One answer that says "90 %" and is contradicted counts for little, five that say it together for much. None where
    the candidate states no confidence, without draws, or without diversity; a draw that states none is left out, one
    that did not come back counts as 0. Xiong et al. 2024 (arXiv 2306.13063), Avg-Conf, over soft clusters.
    """
    own = evidence.candidate.stated
    if own is None or not evidence.asked or not evidence.draws or not evidence.diversity:
        return None
    alike = evidence.similarities[0][1:]
    said = [draw.stated * share for draw, share in zip(evidence.draws, alike, strict=True) if draw.stated is not None]
    return math.fsum([own, *said]) / (1 + len(said) + evidence.failed)
