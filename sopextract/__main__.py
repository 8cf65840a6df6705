"""`python -m sopextract`, where the command `sopextract` is not on the search path."""

from sopextract.cli import main

if __name__ == "__main__":
    main()
