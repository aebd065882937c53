"""A CRM export against an ads export, in pandas: how far they overlap, who is missing, and which rows to repair.

Prints:

    64 of the 400 in CRM are also in ads: 16 %
      CRM                   400
      ads                   8000
      in both               64
      in one or both        8336
      share of CRM          0.16
      share of ads          0.008
      share of the smaller  0.16
      Jaccard               0.007678
      Dice                  0.01524
      CRM : ads             0.05

    What was read:
    CRM: 441 rows, 11 blank, 7 invalid, 23 duplicate
    ads: 8335 rows, 60 blank, 35 invalid, 240 duplicate

    Rows of the CRM to repair:
    2 x no @, such as record 51000213
    1 x more than one @, such as record 51000296
    2 x local part is empty, too long or has characters that may not be there, such as record 51000269
    2 x domain has no dot, such as record 51000057

    Not reached, by lifecycle stage:
    Customer                    75
    Lead                        63
    Marketing Qualified Lead    85
    Opportunity                 68
    Sales Qualified Lead        82

    Who is where:
                  region  count
                     CRM    336
                     ads   7936
               CRM & ads     44
                LinkedIn      0
          CRM & LinkedIn      0
          ads & LinkedIn      0
    CRM & ads & LinkedIn     20
"""

import json
import pathlib
import sys

import pandas as pd

import vesica

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"

crm = pd.read_csv(DATA / "crm_contacts.csv")
ads = pd.read_csv(DATA / "marketing_audience.csv")

# Spaces, capitals, repeated people, blank cells and what is no address are dealt with, and counted.
answer = vesica.overlap(crm["Email"], ads["email"], names=("CRM", "ads"))
print(repr(answer))

print("\nWhat was read:")
for one in answer.sets:
    print(f"{one.name}: {one.rows} rows, {one.blank} blank, {one.invalid} invalid, {one.duplicate} duplicate")

print("\nRows of the CRM to repair:")
for wrong in answer.sets[0].invalid_rows:
    print(f"{wrong.rows} x {wrong.reason}, such as record {crm['Record ID'][wrong.first_rows[0]]}")

# An audience is a set that is kept: here to mark who sales talks to and marketing does not reach.
reached = vesica.Audience.from_keys(ads["email"]).contains(crm["Email"])
unreached = crm[~pd.Series(reached, index=crm.index)]
print("\nNot reached, by lifecycle stage:")
print(unreached["Lifecycle Stage"].value_counts().sort_index().to_string(header=False))

# Three lists: every region, as a table that becomes a data frame.
connections = pd.read_csv(DATA / "linkedin_connections.csv", skiprows=3)
regions = vesica.regions({"CRM": crm["Email"], "ads": ads["email"], "LinkedIn": connections["Email Address"]})
print("\nWho is where:")
print(regions.to_pandas()[["region", "count"]].to_string(index=False))

truth = json.loads((DATA / "truth.json").read_text())
sizes = [truth["sets"][name]["count"] for name in ("crm_contacts.csv", "marketing_audience.csv")]
both = truth["intersections"]["crm_contacts.csv & marketing_audience.csv"]
if (answer.a, answer.b, answer.intersection) != (*sizes, both):
    sys.exit("the overlap is not the one that was planted")
if regions.overlap("CRM", "ads").intersection != both or regions["CRM", "ads", "LinkedIn"] != 20:
    sys.exit("the regions are not those that were planted")
