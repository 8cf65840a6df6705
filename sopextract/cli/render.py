"""`sopextract render`: clean standard sheets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import rich_click as click

from sopextract.batch import render_sheets, write_book
from sopextract.cli.options import Common, common_options, examples, finish, say
from sopextract.cli.progress import all_right, follow, show
from sopextract.cli.records import load_and_tell
from sopextract.core.text import how_many
from sopextract.errors import ConfigError
from sopextract.model.outcome import Outcome
from sopextract.settings import with_render
from sopextract.store import make_folder


@click.command(
    epilog=examples(
        "sopextract render parsed -o sheets --to docx,pdf",
        "sopextract render parsed -o sheets --book himpunan.pdf --clean",
    )
)
@click.argument("parsed", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("sheets"), show_default=True,
    help="Folder for the sheets.",
)  # fmt: skip
@click.option(
    "--to", "formats", default=None, show_default="html, or none with --book",
    help="Formats, separated by commas: docx, pdf, html, xlsx, bpmn, md.",
)  # fmt: skip
@click.option("--book", help="All sheets in one file of this name in the folder: .docx or .pdf.")
@click.option("--clean", is_flag=True, help="For signing: no marks for inferred or missing values.")
@click.option("--changes", is_flag=True, help="Add a page of corrections made and findings open.")
@click.option(
    "--wording", type=click.Choice(["benar", "asli"]),
    help="Texts as corrected, or as they stood in the source.  [default: benar]",
)  # fmt: skip
@click.option(
    "--law-order", "dasar_hukum", type=click.Choice(["naskah", "hierarki"]),
    help="Dasar hukum in the order of the source, or by rank.  [default: naskah]",
)  # fmt: skip
@click.option("--attach", is_flag=True, help="Put the record into PDF sheets.")
@click.option("--paper", type=click.Choice(["A4", "F4"]), help="In place of the form's own paper.")
@click.option(
    "--templates", type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder with your own form.toml, logo and templates; see docs/sheets.md.",
)  # fmt: skip
@common_options
def render(
    common: Common,
    parsed: tuple[str, ...],
    output: Path,
    formats: str | None,
    book: str | None,
    clean: bool,
    changes: bool,
    wording: str | None,
    dasar_hukum: str | None,
    attach: bool,
    paper: str | None,
    templates: Path | None,
) -> None:
    """Draw each record as a clean standard sheet with its flow.

    PARSED are records (.json), folders of them or globs.
    """
    options = {
        "clean": clean, "changes": changes, "wording": wording, "dasar_hukum": dasar_hukum,
        "attach": attach, "paper": paper, "templates": templates,
    }  # fmt: skip
    settings = with_render(common.settings, options)
    wanted = _formats(formats if formats is not None else "" if book else "html", book)
    loaded = load_and_tell(parsed)
    records = list(zip(loaded.names, loaded.records, strict=True))
    make_folder(output)
    outcomes: list[Outcome] = []
    for fmt in wanted:
        drawn = render_sheets(records, output, fmt, settings)
        outcomes.extend(follow(drawn, len(records), f"Sheets ({fmt})", common))
    if book:
        bound = write_book(loaded.records, output, book, settings)
        show(bound, common)
        outcomes.append(bound)
    if common.sums_up:
        say(f"{how_many(sum(len(o.records) for o in outcomes), 'sheet')} in {output}")
    finish(all_right(outcomes) and not loaded.failed)


def _formats(text: str, book: str | None) -> Sequence[str]:
    """The formats asked for. Raises ConfigError for one that does not exist and for none at all."""
    from sopextract.render import BOOK_FORMATS, FORMATS

    wanted = [name.strip().lower() for name in text.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not (wanted or book):
        raise ConfigError(
            f"cannot render to {', '.join(unknown) or 'nothing'}: formats are {', '.join(FORMATS)}"
        )
    if book and Path(book).suffix.lower().removeprefix(".") not in BOOK_FORMATS:
        raise ConfigError(f"--book {book}: a book is {' or '.join(f'.{f}' for f in BOOK_FORMATS)}")
    if book and Path(book).name != book:
        raise ConfigError(f"--book {book}: give a name without folders; -o names the folder")
    return wanted
