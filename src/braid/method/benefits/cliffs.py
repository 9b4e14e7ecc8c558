"""Where more pay leaves less, found exactly on the curve of what is left.

Every jump of a piecewise linear curve lies where two lines meet; nothing is sampled.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from braid.method.benefits.curves import ZERO, Curve
from braid.method.benefits.values import Cliff, Dip, Row, Segment

LONGEST_WEEK = 80
CENT, HUNDREDTH, TENTH = Decimal("0.01"), Decimal("0.01"), Decimal("0.1")


def exact(value: Fraction, step: Decimal = CENT) -> Decimal:
    """Return an exact amount in whole steps, halves away from zero."""
    steps = abs(value) / Fraction(step)
    whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    return (whole if value >= 0 else -whole) * step


def cliffs(
    net: Curve, gross: Curve, benefits: Mapping[str, Curve], longest: Fraction
) -> tuple[Cliff, ...]:
    """Return every fall at once within the first `longest` hours, in order."""
    found = []
    for line in net.lines:
        at = line.until
        if at is None or not ZERO <= at <= longest:
            continue
        loss = _fall(net, at)
        if loss <= 0:
            continue
        again = _level_again(net, at)
        falls = {name: _fall(curve, at) for name, curve in benefits.items()}
        found.append(
            Cliff(
                at_gross=exact(gross.at(at)),
                at_hours=exact(at, HUNDREDTH),
                loss=exact(loss),
                level_again_gross=None if again is None else exact(gross.at(again)),
                level_again_hours=_in_a_week(again),
                benefits=tuple(
                    name
                    for name in sorted(falls, key=lambda each: (-falls[each], each))
                    if falls[name] > 0
                ),
            )
        )
    return tuple(found)


def dips(net: Curve, gross: Curve, longest: Fraction) -> tuple[Dip, ...]:
    """Return each stretch, begun within `longest` hours, with less than at its start.

    A fall at once begins one, and so does a loss of more than what is earned.
    """
    found: list[Dip] = []
    level = ZERO
    for start, line in net.pieces():
        begins = max(start, ZERO)
        end = line.until
        if (end is not None and end <= level) or begins > longest:
            continue
        begins = max(begins, level)
        falls = _fall(net, begins) > 0 or line.slope < 0
        if not falls:
            continue
        again = _level_again(net, begins)
        found.append(
            Dip(
                from_hours=exact(begins, HUNDREDTH),
                until_hours=None if again is None else exact(again, HUNDREDTH),
                from_gross=exact(gross.at(begins)),
                until_gross=None if again is None else exact(gross.at(again)),
                deepest=exact(_deepest(net, begins, again)),
            )
        )
        if again is None:
            break
        level = again
    return tuple(found)


def segments(net: Curve, gross: Curve, longest: Fraction) -> tuple[Segment, ...]:
    """Return the share kept of each further 100 of pay, stretch by stretch."""
    pay = gross.lines[0].slope
    if not pay:
        return ()
    return tuple(
        Segment(
            from_hours=exact(max(start, ZERO), HUNDREDTH),
            until_hours=None if line.until is None else exact(line.until, HUNDREDTH),
            from_gross=exact(gross.at(max(start, ZERO))),
            until_gross=None if line.until is None else exact(gross.at(line.until)),
            kept=exact(line.slope / pay * 100, TENTH),
        )
        for start, line in net.pieces()
        if start < longest and (line.until is None or line.until > ZERO)
    )


def _fall(curve: Curve, hours: Fraction) -> Fraction:
    return curve.at(hours) - curve.just_above(hours)


def _level_again(net: Curve, hours: Fraction) -> Fraction | None:
    """Return the least hours above `hours` with at least as much net as at them."""
    wanted = net.at(hours)
    for start, line in net.pieces():
        if line.until is not None and line.until <= hours:
            continue
        begins = max(start, hours)
        if begins > hours and line.at(begins) >= wanted:
            return begins
        crossing = line.crosses(wanted)
        if (
            line.slope > 0
            and crossing is not None
            and crossing > hours
            and (line.until is None or crossing <= line.until)
        ):
            return max(crossing, begins)
    return None


def _deepest(net: Curve, begins: Fraction, ends: Fraction | None) -> Fraction:
    """Return the most that is missing between two hours, against the first.

    Where it never ends, the longest week is looked at.
    """
    bends = [
        line.until
        for line in net.lines
        if line.until is not None
        and begins <= line.until
        and (ends is None or line.until <= ends)
    ]
    heights = [net.just_above(begins), *(net.at(bend) for bend in bends)]
    heights += [net.just_above(bend) for bend in bends if ends is None or bend < ends]
    if ends is None:
        heights.append(net.at(max([Fraction(LONGEST_WEEK), begins, *bends])))
    return net.at(begins) - min(heights)


def _in_a_week(hours: Fraction | None) -> Decimal | None:
    if hours is None or hours > LONGEST_WEEK:
        return None
    return exact(hours, HUNDREDTH)


def dips_between(rows: Sequence[Row]) -> tuple[Dip, ...]:
    """Return the stretches with less, as far as rows in order show them.

    For engines that answer for single hours only: an end is the first row that is level
    again, and what lies between two rows is not seen.
    """
    found: list[Dip] = []
    known = [(row, row.net) for row in rows if row.net is not None]
    number = 0
    while number + 1 < len(known):
        top, net = known[number]
        later = known[number + 1 :]
        if later[0][1] >= net:
            number += 1
            continue
        low: list[Decimal] = []
        for _, each in later:
            if each >= net:
                break
            low.append(each)
        number += len(low) + 1
        level = known[number][0] if number < len(known) else None
        found.append(
            Dip(
                from_hours=top.hours,
                until_hours=level.hours if level else None,
                from_gross=top.gross,
                until_gross=level.gross if level else None,
                deepest=net - min(low),
            )
        )
    return tuple(found)
