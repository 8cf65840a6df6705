"""The flow: who does each step, with which symbol, and what follows what."""
