"""`make bench`, or `make bench args=discord_speed` for one of them: every figure beside its floor in the same run."""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module

BENCHMARKS = ("discord_speed", "holding", "finding", "matrix", "desk_queue", "desk_stress", "news", "charts")


def main() -> None:
    """Run the named benchmarks, or all, one after the other."""
    for name in sys.argv[1:] or BENCHMARKS:
        print("\n".join(asyncio.run(import_module(f"benchmarks.{name}").main())), flush=True)
        print()


if __name__ == "__main__":
    main()
