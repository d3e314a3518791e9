"""A stored run handed over to other models: as the IAMC's table, as described tables, as one netCDF file."""

from __future__ import annotations

from pathlib import Path

from model.case.read.case import Case, read_case
from model.results.names import own_name
from model.results.run import Run, RunError, check_inputs
from model.results.steadiness import steadiness


def export_iamc(run: Run, out: Path | None) -> Path:
    """The variables of the IAMC's table in one file, whole or not at all. Raises RunError when the file exists, when the run's inputs are not what was solved,
    or when they name no variable of the template.
    """
    from model.report.exchange.iamc import iamc_rows
    from model.report.writers.exchange_csv import write_rows

    case = _case_of(run)
    if not case.tables["iamc"]:
        raise RunError("iamc_not_named", run=run.name, file="iamc.csv")
    with own_name([out or Path.cwd() / f"{run.manifest['case']}-{run.folder.name}-iamc.csv"]) as target:
        write_rows(target, iamc_rows(run.results, run.manifest, case))
    return target


def export_public_tables(run: Run, out: Path | None, *, runs: Path, language: str) -> Path:
    """The tables of the page as CSV files in a folder of their own, names of units and ids left out. Raises RunError when the folder exists, and when the
    run's inputs, which say what the names are, are not what was solved.
    """
    from model.report.pages.plan_page import plan_page
    from model.report.pages.public import names_withheld, public_report, without_ids
    from model.report.writers.tables_csv import write_csv
    from model.results.new_run import new_run

    case = _case_of(run)
    known = steadiness(run.manifest, run.results, runs)
    with own_name([out or Path.cwd() / f"{run.manifest['case']}-{run.folder.name}-csv"]) as target, new_run(target) as folder:
        report = plan_page(run.results, hours=run.hours, manifest=run.manifest, case=case, language=language, known=known)
        write_csv(folder, without_ids(public_report(report, names_withheld(run.results, case, language))))
    return target


def _case_of(run: Run) -> Case:
    check_inputs(run)
    return read_case(run.inputs, overlays=run.overlays)


def export_netcdf(run: Run, out: Path | None, *, language: str) -> Path:
    """All results by the year and by the hour in one file with names and units, whole or not at all. Raises RunError when the file exists."""
    from model.report.exchange.netcdf import described_results
    from model.results.run import store_dataset
    from model.results.whole_file import whole_file

    with own_name([out or Path.cwd() / f"{run.manifest['case']}-{run.folder.name}.nc"]) as target, whole_file(target) as partial:
        store_dataset(described_results(run.results, run.hours, run.manifest, language), partial, {})
    return target
