#!/usr/bin/env python3
"""The legal forms of company-name/1 against those of cleanco 2.x (PyPI): each of its terms behind a name.

  company_name_oracle.py CANONICALIZE [--all]

Skipped (exit 77) where the module is missing. Fails if a term is kept that is not in KEPT; --all prints those kept.
"""
import subprocess
import sys

try:
    import cleanco
    from cleanco import termdata
except ImportError:
    sys.exit(77)

NAME = "Acme Foobar"

# What company-name/1 leaves in place, and why.
KEPT = {
    "more often a word, a place, a code or an abbreviation at the end of a name": """
        a.e.|ae|aj|at|ay|b.m.|ba|bl|bm|c.a.|cio|coop.|cpt|crl|da|dat|e.c.|e.e.|e.u.|ec|ee|ei|ent.|ep|et|etat|fa|fie|fop|
        gp|gte.|ij|ik|k.s.|k.v.|kf|koop.|ks|kt|kv.|ky|mb|nl|o.d.|o.e.|o.n.g.|oe|ok|p.c.|p.p.|pp|private|ps|pse|psu|pt|
        qk|rt.|s.a.d.|s.c.|s.f.|s.g.r|s.g.r.|s.p.|s.s.|sd|sem|sep|ses.|sf|sgr|sp|stg|teo|tov|ud|uk|vat|xk|xt""",
    "Latin look-alikes of Cyrillic letters": "3ao|3at|aat|oaj|tdv|zat",
    "not forms of companies, or hardly met": """
        c. por a.|cxa|fcp|fkf|mchj|obrt|o.v.e.e.|peec|qmj|s.c.e i.|s.cra|s.cra.|sicav|sm pte ltd.|soc.col.|sogepa|
        suc. de descendants|tapui|xxk|yoaj""",
}


def terms():
    found = set()
    for by in (termdata.terms_by_type, termdata.terms_by_country):
        for values in by.values():
            found.update(values)
    return sorted(term for term in found if term.isprintable())


def main():
    names = ["%s %s" % (NAME, term) for term in terms()]
    run = subprocess.run([sys.argv[1], "company-name/1"], input="".join(name + "\n" for name in names),
                         capture_output=True, encoding="utf-8", check=True)
    kept = {}
    for term, name, got in zip(terms(), names, run.stdout.split("\n")[:-1], strict=True):
        if got != "=" + NAME.lower():
            kept[term] = got
    if "--all" in sys.argv:
        for term, got in kept.items():
            print(repr(term), got)
    print("%d of %d terms are stripped by both" % (len(names) - len(kept), len(names)))
    reasons = {term.strip() for terms in KEPT.values() for term in terms.split("|")}
    unknown = sorted(term for term in kept if term.strip() not in reasons)
    if unknown:
        sys.exit("kept without a reason: %s" % unknown)


if __name__ == "__main__":
    main()
