"""The step table: found, its columns settled, its parts joined, its rows made steps."""
