"""The identity sheet: labels with their values, agency, title, signature."""
