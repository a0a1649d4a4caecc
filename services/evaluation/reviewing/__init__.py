"""A review at work: taking its next step, making its ratings again, and the documents that tell of it."""
