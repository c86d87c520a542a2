"""The `probes` command."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from guard.judges import JUDGES
from probes.abstentions import abstentions_command
from probes.collect_command import collect_command
from probes.console import AsJson, emit, extra, told
from probes.grade_command import grade_command
from probes.importing import import_command
from probes.judge_fit import judge_fit_command
from probes.judging import judge_command
from probes.premises import premises_command
from probes.premises_fit import premises_fit_command
from probes.record import record_command
from probes.samples import read_rows, read_samples
from probes.tax_command import tax_command

RECORDINGS = Path(__file__).parent / "recordings"

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Measure and calibrate, offline.")

Samples = Annotated[list[Path] | None, typer.Option("--samples", help="Recorded samples; may be repeated.")]
SecondModels = Annotated[
    list[str] | None,
    typer.Option("--second-model", help="A second model: its row of the same question and file is a look; repeatable."),
]


@app.callback()
def _main() -> None:
    """Measure and calibrate, offline."""


@app.command("list")
def list_command(as_json: AsJson = False) -> None:
    """The probe sets that ship."""
    from probes.sets import SETS

    rows = []
    for name, questions in SETS.items():
        asked = list(questions())
        rows.append({"set": name, "n": len(asked), "should_abstain": sum(q.should_abstain for q in asked)})
    if as_json:
        emit({"sets": rows})
        return
    for row in rows:
        typer.echo(f"{row['set']:14} {row['n']:5} questions, {row['should_abstain']} without an answer")


@app.command("serve-recorded")
def serve_recorded_command(
    samples: Samples = None,
    responses: Annotated[list[Path] | None, typer.Option("--responses", help="Recorded responses.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8090,
) -> None:
    """Recorded answers behind an OpenAI-compatible endpoint; without files, the recordings that ship."""
    import uvicorn

    from probes.recorded import RecordedResponse, Shelf, create_app

    with told():
        named = samples or (() if responses else sorted(RECORDINGS.glob("*.jsonl.gz")))
        shelf = Shelf.of(read_samples(list(named)), read_rows(list(responses or ()), RecordedResponse))
    typer.echo(f"{len(shelf.models)} models on http://{host}:{port}/v1: {', '.join(shelf.models)}", err=True)
    uvicorn.run(create_app(shelf), host=host, port=port, log_level="warning", access_log=False)


app.command("record")(record_command)
app.command("collect")(collect_command)
app.command("import")(import_command)
app.command("grade")(grade_command)
app.command("abstentions")(abstentions_command)
app.command("judge")(judge_command)
app.command("tax")(tax_command)
app.command("judge-fit")(judge_fit_command)
app.command("premises")(premises_command)
app.command("premises-fit")(premises_fit_command)


@app.command("evaluate")
def evaluate_command(
    samples: Annotated[list[Path], typer.Option("--samples", help="Recorded samples or graded Evidence.")],
    fit: Annotated[list[Path] | None, typer.Option("--fit", help="Fit on these instead of cross-fitting.")] = None,
    judge: Annotated[str, typer.Option("--judge", help="How two answers are compared.")] = "lexical",
    second_model: SecondModels = None,
    as_json: AsJson = False,
) -> None:
    """How well each signal and the fused confidence tell right from wrong. Needs the extra `probes`."""
    if judge not in JUDGES:
        raise typer.BadParameter(f"'{judge}' is none of {', '.join(sorted(JUDGES))}", param_hint="--judge")
    with told(), extra("probes"):
        from probes.cases import read_cases
        from probes.evaluate import as_text, evaluate

        seconds = second_model or ()
        fitted_on = [case.row for path in fit or () for case in read_cases(path, seconds, judge)]
        files = [evaluate(path, read_cases(path, seconds, judge), fitted_on) for path in samples]
    if as_json:
        emit({"files": files})
    else:
        typer.echo("\n".join(map(as_text, files)))


@app.command("prior")
def prior_command(
    samples: Annotated[list[Path], typer.Option("--samples", help="Recorded samples or graded Evidence.")],
    second_model: SecondModels = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the prior.")] = None,
    as_json: AsJson = False,
) -> None:
    """Fit the prior that ships, and report it on every source when fitted on the others. Needs the extra `probes`."""
    with told(), extra("probes"):
        from probes.prior import as_markdown, figures_of, fit_prior, labelled_rows

        rows = labelled_rows(samples, second_model or ())
        figures = figures_of(rows)
        if out is not None:
            out.write_text(fit_prior(rows).model_dump_json(by_alias=True, indent=2, exclude_defaults=True) + "\n")
    if as_json:
        emit({"figures": [asdict(row) for row in figures]})
    else:
        typer.echo(as_markdown(figures))


def main() -> None:
    """Entry point of the console script."""
    app()
