// Tau
