"""When a committee may decide, and what it takes (社会组织评估管理办法, order 39 of 2011, arts. 11, 13, 22).

All members count in both, also those who are recused: the order speaks of two thirds of the members present and of more
than half of all members, and of no smaller number for a matter in which some take no part.
"""

FEWEST, MOST = 7, 25
"""Members of an evaluation committee (art. 11)."""


def least_present(members: int) -> int:
    """How many of all members must be present: the smallest p with 3p >= 2n."""
    return -(-2 * members // 3)


def least_votes(members: int) -> int:
    """How many votes carry a motion: the smallest v with 2v > n."""
    return members // 2 + 1


def quorate(present: int, members: int) -> bool:
    """Whether at least two thirds of all members are present."""
    return 3 * present >= 2 * members


def carried(votes: int, members: int) -> bool:
    """Whether more than half of all members, not of those present, voted for it."""
    return 2 * votes > members
