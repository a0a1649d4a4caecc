"""The rules of federations of societies: pure, without clock, store or network."""
