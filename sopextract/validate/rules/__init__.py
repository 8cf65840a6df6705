"""One file per rule; found by walking this package."""
