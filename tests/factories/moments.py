"""Moments every test shares. The edition of the tests runs in autumn 2026, Jiangmen time."""

from core.clock import at_local

SET_UP = at_local(2026, 6, 1, 9)
REGISTRATION_OPENS = at_local(2026, 7, 1, 9)
REGISTRATION_CLOSES = at_local(2026, 8, 31, 18)
FORMALITY_OPENS = at_local(2026, 9, 1, 9)
FORMALITY_CLOSES = at_local(2026, 9, 15, 18)
VOTE_OPENS = at_local(2026, 9, 20, 9)
VOTE_CLOSES = at_local(2026, 9, 30, 20)
PRELIMINARY_OPENS = at_local(2026, 9, 20, 9)
PRELIMINARY_CLOSES = at_local(2026, 10, 15, 18)
COACHING_OPENS = at_local(2026, 10, 20, 9)
COACHING_CLOSES = at_local(2026, 11, 20, 18)
FINAL_OPENS = at_local(2026, 11, 28, 9)
FINAL_CLOSES = at_local(2026, 11, 28, 18)
NOTICE_OPENS = at_local(2026, 12, 1, 9)
NOTICE_CLOSES = at_local(2026, 12, 8, 18)

DURING_REGISTRATION = at_local(2026, 8, 1, 10)
DURING_FORMALITY = at_local(2026, 9, 5, 10)
DURING_VOTE = at_local(2026, 9, 25, 10)
DURING_PRELIMINARY = at_local(2026, 10, 10, 10)
DURING_COACHING = at_local(2026, 11, 10, 10)
DURING_FINAL = at_local(2026, 11, 28, 10)
DURING_NOTICE = at_local(2026, 12, 3, 10)
