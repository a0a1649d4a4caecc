"""The rules of activities and journals: pure, without clock, store or network."""
