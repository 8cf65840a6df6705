"""`python -m sopextract.cli`."""

from sopextract.cli.group import main

if __name__ == "__main__":
    main()
