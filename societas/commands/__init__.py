"""The commands, a module each; each imports what it needs when it runs, so that `societas --help` is quick."""
