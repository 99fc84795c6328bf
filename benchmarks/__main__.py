"""`make bench`, or `make bench args=discord_speed` for one of them: every figure beside its floor in the same run."""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module

BENCHMARKS = ("discord_speed", "holding", "finding", "matrix", "desk_queue", "desk_stress", "news", "charts")


def main() -> None:
    """Run the named benchmarks, or all, one after the other."""
    names = sys.argv[1:] or BENCHMARKS
    if unknown := set(names).difference(BENCHMARKS):
        sys.exit(f"No benchmark is called {', '.join(sorted(unknown))}. There are: {', '.join(BENCHMARKS)}.")
    for name in names:
        print("\n".join(asyncio.run(import_module(f"benchmarks.{name}").main())), flush=True)
        print()


if __name__ == "__main__":
    main()
