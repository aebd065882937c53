"""The same sets laid out by others: @upsetjs/venn.js and matplotlib-venn."""

import json
import pathlib
import subprocess
import warnings

import counting

HERE = pathlib.Path(__file__).resolve().parent


def venn_js(cases):
    """name -> circles; None if node or the package is not installed."""
    sets = {name: _unions(regions) for name, regions in cases.items()}
    done = subprocess.run([HERE.parent / "browser" / "run.sh", HERE / "venn_js.mjs"], input=json.dumps(sets),
                          capture_output=True, text=True, check=False)
    if done.returncode == 77:
        return None
    done.check_returncode()
    return {name: [counting.circle(*one) for one in circles] for name, circles in json.loads(done.stdout).items()}


def _unions(regions):
    """Sizes of whole sets and whole intersections, which is what venn.js takes."""
    count, members = (len(regions) + 1).bit_length() - 1, range(1, len(regions) + 1)
    return [[[i for i in range(count) if m >> i & 1], sum(regions[other - 1] for other in members if other & m == m)]
            for m in members]


def matplotlib_venn(cases):
    """name -> circles; None if it is not installed."""
    try:
        import matplotlib

        matplotlib.use("Agg")
        import matplotlib.pyplot
        import matplotlib_venn as venn
    except ImportError:
        return None
    _, axes = matplotlib.pyplot.subplots()
    found = {}
    for name, regions in cases.items():
        draw = {3: venn.venn2_circles, 7: venn.venn3_circles}.get(len(regions))
        if draw is None:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sets that are empty or that it cannot draw
            circles = draw(subsets=regions, ax=axes)
        found[name] = [counting.circle(*(one.center if one else (0, 0)), one.radius if one else 0) for one in circles]
        axes.clear()
    return found
