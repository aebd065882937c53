#!/usr/bin/python3
"""domain/1 against python3-publicsuffix2 on the same list, ICANN section only: every rule of the list and hosts of one,
two and four labels below it. IDNs are given in the form that python3-idna encodes. Names under no rule are left to
public_suffix.txt: publicsuffix2 does not apply the list's default rule "*" to them.

  domain_oracle.py CANONICALIZE

Skipped (exit 77) where a module is missing.
"""
import io
import pathlib
import subprocess
import sys

try:
    import idna
    import publicsuffix2
except ImportError:
    sys.exit(77)

NO_DOT, PUBLIC_SUFFIX = "!9", "!16"


def icann_rules():
    path = pathlib.Path(__file__).parents[2] / "data" / "public_suffix_list.dat"
    text = path.read_text(encoding="utf-8")
    section = text.split("// ===BEGIN ICANN DOMAINS===")[1].split("// ===END ICANN DOMAINS===")[0]
    return [line.strip() for line in section.split("\n") if line.strip() and not line.startswith("//")]


def encode(name):
    return ".".join(label if label.isascii() else idna.encode(label).decode("ascii") for label in name.split("."))


def main():
    rules = [encode(rule) for rule in icann_rules()]
    oracle = publicsuffix2.PublicSuffixList(io.StringIO("\n".join(rules)), idna=False)
    hosts = []
    for rule in rules:
        name = rule.lstrip("!").replace("*.", "star.")
        hosts += [name, "a." + name, "b.a." + name, "www.c.b.a." + name]
    run = subprocess.run([sys.argv[1], "domain/1"], input="".join(host + "\n" for host in hosts), capture_output=True,
                         encoding="utf-8", check=True)
    failures = 0
    for host, got in zip(hosts, run.stdout.split("\n")[:-1], strict=True):
        registrable = oracle.get_sld(host, strict=False)
        suffix = oracle.get_tld(host, strict=False)
        if "." not in host:
            expected = NO_DOT
        elif host == suffix:
            expected = PUBLIC_SUFFIX
        else:
            expected = "=" + registrable
        if got != expected:
            failures += 1
            print(host, "expected", expected, "got", got)
    print(len(hosts), "hosts,", failures, "differ")
    sys.exit(failures != 0)


if __name__ == "__main__":
    main()
