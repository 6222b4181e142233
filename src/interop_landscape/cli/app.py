"""The commands, in the order in which `landscape --help` lists them."""

from __future__ import annotations

from typing import Annotated

import typer

from interop_landscape.cli import (
    agenda,
    brief,
    build,
    check,
    conformance,
    diff,
    export,
    fixes,
    fmt,
    gaps,
    importing,
    init,
    listing,
    new,
    path,
    plan,
    report,
    risks,
    schema,
    score,
    serve,
    show,
    verify,
)
from interop_landscape.cli.shared import DirOption, say

app = typer.Typer(
    name="landscape",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    epilog="Examples:\n\nlandscape gaps --side southbound --top 10\n\nlandscape path FROM TO\n\nlandscape check",
    context_settings={"help_option_names": ["-h", "--help"]},
)

ORIENTATION = """\
landscape maps who interoperates with whom, and computes the gaps.

  landscape gaps               what is missing, ranked by its best fix
  landscape fixes              what would close them, and who would build it
  landscape plan               what to build next, step by step
  landscape risks              what might break
  landscape path FROM TO       the routes from one entry to another
  landscape show ID            one entry, record or milestone
  landscape list [KIND]        the entries; `list statements`, `list records`, `list milestones` …
  landscape score              how much of what is expected is there
  landscape conformance [KIND] how far entries meet the interop specification
  landscape diff               what changed since the main branch, in terms of the map
  landscape brief RECORD       one gap written up for a discussion
  landscape report             the committee's report
  landscape agenda             what the next meeting has to decide
  landscape build              the site, as static files; `serve` shows it live
  landscape check              every problem in the files; --fix corrects what needs no judgement
  landscape new KIND ID        begin the file of a new entry
  landscape fmt                canonical form; comments stay in place
  landscape verify PROBE       run a probe for real, and record what it saw
  landscape export FORMAT      GraphML, node-link JSON, CSV, SQLite, landscape2, issues
  landscape import landscape2  entries from another landscape's data file
  landscape init DIR           a landscape of another field

Each takes --help, and most take -f json, csv or markdown.
"""


def _print_version(wanted: bool) -> None:
    if wanted:
        from interop_landscape import __version__

        say(f"landscape {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def landscape(
    context: typer.Context,
    dir: DirOption = None,  # noqa: A002 - the option's name
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave."),
    ] = False,
) -> None:
    """Map which frameworks interoperate with what, and compute the gaps."""
    if context.invoked_subcommand is None:
        say(ORIENTATION, nl=False)


app.command("gaps", epilog=gaps.EXAMPLES)(gaps.gaps)
app.command("fixes", epilog=fixes.EXAMPLES)(fixes.fixes)
app.command("plan", epilog=plan.EXAMPLES)(plan.plan)
app.command("risks", epilog=risks.EXAMPLES)(risks.risks)
app.command("brief", epilog=brief.EXAMPLES)(brief.brief)
app.command("report", epilog=report.EXAMPLES)(report.report)
app.command("agenda", epilog=agenda.EXAMPLES)(agenda.agenda)
app.command("path", epilog=path.EXAMPLES)(path.path)
app.command("show", epilog=show.EXAMPLES)(show.show)
app.command("list", epilog=listing.EXAMPLES)(listing.list_entries)
app.command("score", epilog=score.EXAMPLES)(score.score)
app.command("conformance", epilog=conformance.EXAMPLES)(conformance.conformance)
app.command("diff", epilog=diff.EXAMPLES)(diff.diff)
app.command("build", epilog=build.EXAMPLES)(build.build)
app.command("serve", epilog=serve.EXAMPLES)(serve.serve)
app.command("verify", epilog=verify.EXAMPLES)(verify.verify)
app.command("check", epilog=check.EXAMPLES)(check.check)
app.command("new", epilog=new.EXAMPLES)(new.new)
app.command("fmt", epilog=fmt.EXAMPLES)(fmt.fmt)
app.command("schema", epilog=schema.EXAMPLES)(schema.schema)
app.command("export", epilog=export.EXAMPLES)(export.export)
app.command("import", epilog=importing.EXAMPLES)(importing.import_)
app.command("init", epilog=init.EXAMPLES)(init.init)
