"""Step tables whose cells stand one after another as lines."""
