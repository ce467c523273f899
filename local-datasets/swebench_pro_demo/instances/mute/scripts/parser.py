"""A parser that is broken: the benchmark is at fault, not the agent."""
raise SystemExit("this parser reads nothing")
