// Benchmarks/Tau
