"""`make bench`: every benchmark in turn, each a table of ratios measured in this run.

A benchmark is a module here with a `main()` that prints Markdown; add its name below. All of them import nothing heavy, since
their parts run in processes of their own whose memory is measured (see `measured`).
"""

from __future__ import annotations

import sys
from importlib import import_module

BENCHMARKS = ("against_highs", "small_cases", "session", "throughput", "against_linopy", "against_pypsa", "growth")


def main(chosen: tuple[str, ...]) -> int:
    """Runs all or the chosen benchmarks; 1 when one of them failed, after the others have run."""
    unknown = set(chosen) - set(BENCHMARKS)
    if unknown:
        print(f"no benchmark is called {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    failed = []
    for name in chosen or BENCHMARKS:
        module = import_module(f"benchmarks.{name}")
        print(f"\n## {(module.__doc__ or name).splitlines()[0]}\n", flush=True)
        try:
            module.main()
        except RuntimeError as error:
            print(f"failed: {error}", flush=True)
            failed.append(name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
