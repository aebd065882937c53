"""What the sketches are to reach, and whether they do."""

import dataclasses
import math

import plan

COVERAGE = 0.95


@dataclasses.dataclass(frozen=True)
class Verdict:
    what: str
    measured: str
    target: str
    reached: bool


def rmse_targets():
    """Key of a summary, text, largest RMSE."""
    kib16, kib64 = str(16 * plan.KIB), str(64 * plan.KIB)
    for regime, keys in (("R1", "integers"), ("R4", "integers"), ("1M:20M", "integers"), ("10M:200M", "drawn"),
                         ("50M:1B", "drawn")):
        yield (regime, keys, "minhash", kib16), "", 0.09
    yield ("R1", "integers", "hyperloglog", kib16), "", 0.105
    # 20 % above the best uniform cells that the research notes have for the regime, sections 2.3 and 9.
    for regime, best in (("R2", 0.0380), ("R3", 0.0062), ("R5", 0.0035)):
        yield (regime, "integers", "minhash", kib16), f", 1.2 x {best * 100:.2g} %", 1.2 * best
    yield ("three", "integers", "minhash", kib64), ", in all three", 0.07
    for regime, size, sd in plan.FLOATING_CELLS:
        yield (regime.name, "drawn", "minhash", str(size)), f", 1.08 x {sd * 100:g} %", 1.08 * sd


def percent(value):
    return f"{100 * value:.3g} %"


def rmse_verdicts(summaries, slack=0.0):
    """`slack`: how many standard errors of the RMSE to allow on top."""
    for key, note, bound in rmse_targets():
        found = summaries.get(key)
        if found is not None:
            allowed = bound * (1 + slack * found.rmse_noise)
            drawn = " (drawn)" if found.keys == "drawn" else ""
            yield Verdict(f"{found.regime}{drawn}, {found.method}, {size_text(found.asked)}: RMSE",
                          f"{percent(found.rmse)} (± {percent(found.rmse * found.rmse_noise)})",
                          f"<= {percent(bound)}{note}", found.rmse <= allowed)


def coverage_verdicts(summaries):
    """Of all rows of at least 400 trials: where overlaps are nearly empty an interval that ends at 0 may hold more often."""
    rows = [s for s in summaries.values() if s.trials >= 400 and s.method.startswith(plan.SAMPLERS)]
    for what, highest, group in (
            ("coverage of 95 % intervals, regimes x0 and x50", 1.0, [s for s in rows if s.regime in ("x0", "x50")]),
            ("coverage of 95 % intervals, all others", 0.98, [s for s in rows if s.regime not in ("x0", "x50")])):
        found = [s.coverage for s in group]
        if found:
            yield Verdict(f"{what}: {len(found)} rows of 400 trials or more", f"{min(found):.3f} .. {max(found):.3f}",
                          ">= 0.92" if highest == 1.0 else "0.92 .. 0.98",
                          0.92 <= min(found) and max(found) <= highest)


def peer_verdicts(summaries):
    """Ours against Theta of the same bytes."""
    for regime in ("R1", "R4"):
        for theta in plan.thetas_of(summaries, regime):
            ours = summaries.get((regime, "integers", "minhash", plan.matched_size(theta)))
            if ours is None:
                continue
            bound = 2.3 if theta.method == "theta-compressed" else 2.7
            ratio = theta.rmse / ours.rmse
            yield Verdict(f"{regime}, {theta.method} of lg k {theta.asked} against minhash of its bytes "
                          f"({size_text(ours.asked)}): RMSE over RMSE",
                          f"{ratio:.2f} ({percent(theta.rmse)} / {percent(ours.rmse)})", f">= {bound}", ratio >= bound)


def verdicts(summaries):
    return [*rmse_verdicts(summaries), *coverage_verdicts(summaries), *peer_verdicts(summaries)]


def size_text(asked):
    parts = [int(part) for part in str(asked).split(":")]
    return " : ".join(f"{part // 1024} KiB" if part % 1024 == 0 else f"{part:,} B" for part in parts)


def quick_failures(summaries):
    """What few trials contradict beyond doubt: 4 standard errors."""
    failures = [f"{v.what} {v.measured}, target {v.target}" for v in rmse_verdicts(summaries, slack=4) if not v.reached]
    for found in summaries.values():
        name = f"{found.regime}, {found.method}, {size_text(found.asked)}"
        noise = math.sqrt(COVERAGE * (1 - COVERAGE) / found.trials)
        if not found.coverage >= COVERAGE - 4 * noise:
            failures.append(f"{name}: coverage {found.coverage:.3f} of {found.trials} trials")
        if found.truth and found.sets == 2:
            if found.coverage > COVERAGE + 4 * noise:
                failures.append(f"{name}: coverage {found.coverage:.3f} of {found.trials} trials")
            if not abs(found.rmse / found.predicted - 1) <= 5 * found.rmse_noise:
                failures.append(f"{name}: RMSE {found.rmse:.4f}, design error {found.predicted:.4f}")
        if found.method.startswith("minhash") and max(found.bytes) > int(found.asked):
            failures.append(f"{name}: {max(found.bytes)} bytes")
    return failures
