"""Salesforce exports of leads and campaign members as events in pandas: the circles, where they miss each other, what next.

Prints:

    Marketing reaches 16% of the people sales talks to.

    Where sales is and marketing is not:
       values  n_sales  n_missed
       Energy       89        78
    Logistics       87        67
       Pharma       74        65
       France       68        55
      Germany       60        53

    What marketing should add next, and how much it would then reach:
       values  people_added  coverage_after
       Energy            78           0.472
    Logistics            67           0.740
       Pharma            65           1.000

    From two sketches: 17%, between 16% and 18%.
"""

import json
import pathlib
import sys

import pandas as pd

import vesica

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"

leads = pd.read_csv(DATA / "salesforce_leads.csv")
members = pd.read_csv(DATA / "salesforce_campaign_members.csv")

# One row for each time that a team reached somebody, or somebody answered. Only columns of events and of `by` are read.
about = ["Email", "Country", "Industry"]
contacted = leads.loc[leads["FirstCallDateTime"].notna(), [*about, "FirstCallDateTime"]]
responded = members.loc[members["HasResponded"], [*about, "FirstRespondedDate"]]
events = pd.concat([
    members[[*about, "CreatedDate"]].set_axis([*about, "time"], axis=1).assign(event="exposed", team="marketing"),
    contacted.set_axis([*about, "time"], axis=1).assign(event="contacted", team="sales"),
    responded.set_axis([*about, "time"], axis=1).assign(event="responded", team=None),
])
study = vesica.study(events, mapping={"Email": "person"}, by=["Country", "Industry"], zone="UTC")

print(f"Marketing reaches {study.coverage:.0%} of the people sales talks to.")

print("\nWhere sales is and marketing is not:")
gaps = study["gaps"].to_pandas()
print(gaps[["values", "n_sales", "n_missed"]].head(5).to_string(index=False))

print("\nWhat marketing should add next, and how much it would then reach:")
reach = study["reach"].to_pandas()
print(reach[["values", "people_added", "coverage_after"]].round(3).head(3).to_string(index=False))

# All of it is one page with pictures by study.report("alignment.html"); here one of these alone, as SVG.
if "Energy" not in study.svg("gaps"):
    sys.exit("the picture of the gaps does not name the largest")

# Sketches of the circles tell companies apart without their people: no addresses leave the system they are in.
mine = vesica.study(audiences=[
    ({"circle": "marketing"}, vesica.Audience.from_keys(members["Email"], representation="minhash", bytes=4096)),
    ({"circle": "sales"}, vesica.Audience.from_keys(contacted["Email"], representation="minhash", bytes=4096)),
])
print(f"\nFrom two sketches: {mine.coverage:.0%}, between {mine.coverage.lower:.0%} and {mine.coverage.upper:.0%}.")

truth = json.loads((DATA / "truth.json").read_text())["study"]
circles = next(iter(study["circles"]))
planted = tuple(truth[name] for name in ("n_marketing", "n_sales", "n_both"))
if tuple(circles[name] for name in ("n_a", "n_b", "n_both")) != planted:
    sys.exit("the circles are not those that were planted")
if not mine.coverage.lower <= truth["n_both"] / truth["n_sales"] <= mine.coverage.upper:
    sys.exit("the sketches are wide of what was planted")
