"""`signpost build`, `demo`, `serve`, `doctor` and `eval`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress, TaskID

from bot.services import Services, build, load_services
from bot.settings import Settings
from bot.usage import UsageError

if TYPE_CHECKING:
    from bot.evaluation import Asked


def run_build(arguments: argparse.Namespace, settings: Settings) -> int:
    """Build the index, showing how far it is."""
    with Progress(console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done)

        mark = build(settings, progress, fresh=arguments.fresh)
    print(f"The index is built in {settings.data / 'index'} ({mark[:12]}).")
    return 0


def run_demo(arguments: argparse.Namespace, settings: Settings) -> int:
    """Start the local workspace with an invented team; runs until it is stopped."""
    from bot.local.demo import main

    main(settings, arguments.port)
    return 0


def run_serve(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run in a real Slack workspace; runs until it is stopped."""
    from bot.slack.run import serve

    serve(Settings.from_env(need=("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")))
    return 0


def run_doctor(arguments: argparse.Namespace, settings: Settings) -> int:
    """Say what is missing, in order, with the fix; exit 1 if anything is."""
    from bot.doctor import findings

    found = findings(settings)
    for finding in found:
        print(f"{'ok ' if finding.good else 'FIX'}  {finding.text}")
    return 0 if all(finding.good for finding in found) else 1


def _fit(questions: Sequence[Asked], files: Sequence[Path], services: Services) -> Services:
    """Fit the refusal on *questions*, keep it in the package, and say how it does on those it had not seen."""
    from bot.fitting import fitted

    found = fitted(questions, services, ", ".join(path.name for path in files))
    found.calibration.save()
    print(
        f"Fitted on {len(questions)} questions. Each judged by a model fitted without its part: AUROC"
        f" {found.auroc:.3f}, refused {found.unanswerable_refused:.1%} of the unanswerable and"
        f" {found.answerable_refused:.1%} of the answerable.",
        file=sys.stderr,
    )
    return replace(services, calibration=found.calibration)


def run_eval(arguments: argparse.Namespace, settings: Settings) -> int:
    """Measure on the files given (JSON or JSON lines of questions with their gold lines)."""
    from bot import figures
    from bot.evaluation import measure, read_questions

    files: list[Path] = arguments.files
    if not files:
        raise UsageError("give one or more files of questions, e.g. tests/golden/york-development.jsonl.")
    for path in files:
        if not path.is_file():
            raise UsageError(f"there is no file {path}.")
    services = load_services(settings, fitting=arguments.fit)
    asked = {str(path): read_questions(path) for path in files}
    if arguments.fit:
        services = _fit([one for questions in asked.values() for one in questions], files, services)
    report = {name: measure(questions, services) for name, questions in asked.items()}
    if arguments.keep:
        figures.keep(arguments.keep, {Path(name).name: one for name, one in report.items()}, services)
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False))
        return 0
    console = Console()
    for name, found in report.items():
        console.rule(Path(name).name)
        for key, value in found.items():
            if isinstance(value, dict):
                console.print(f"[bold]{key}[/bold]")
                for kind, row in value.items():
                    console.print(f"  {kind:<12}" + "  ".join(f"{k} {v:.4g}" for k, v in row.items()))
            else:
                console.print(f"{key}: {value}")
    return 0
