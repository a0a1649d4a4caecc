"""What membership decides: pure rules over societies, members and organs; day and identifiers come in as arguments."""
