"""The rival of the benchmarks: the newest HiGHS in an environment of its own, which holds nothing of the program."""
