use std::path::PathBuf;

use center::erp::{ImportOptions, ImportProgress, ImportReport, ImportSource};
use center::office::erp::import_from;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, center, database};
use crate::config::{Config, ErpChoice, Sources};

/// Fills the embedded ERP from three files.
pub(crate) async fn import(
    sources: &Sources,
    folder: PathBuf,
    options: ImportOptions,
) -> Result<(), Failure> {
    let config = Config::load(sources)?;
    if config.erp != ErpChoice::Embedded {
        return Err(Failure::Unfit("import fills the embedded ERP; erp is set to another".to_owned()));
    }
    let db = database(&config).await?;
    let center = center(&config, db, "", config.activation_confirm_email, false)?;
    // Drawn only for people: into a file or a pipe it writes nothing.
    let bar = ProgressBar::new(0).with_style(style());
    let draw = |progress: ImportProgress| {
        bar.set_length(progress.total_bytes);
        bar.set_position(progress.bytes);
        bar.set_message(format!("{}: {} rows", progress.file.name(), progress.rows));
    };
    let source = ImportSource::Folder(folder);
    let report = import_from(&center, &source, options, draw).await;
    bar.finish_and_clear();
    center.close().await;
    tell(&report?, options)
}

fn style() -> ProgressStyle {
    // A template that can't be read leaves the library's own bar.
    ProgressStyle::with_template("{bar:40} {percent:>3} %  {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn tell(report: &ImportReport, options: ImportOptions) -> Result<(), Failure> {
    if report.error_count > 0 {
        for error in &report.errors {
            println!("{error}");
        }
        let listed = u64::try_from(report.errors.len()).unwrap_or(u64::MAX);
        if report.error_count > listed {
            println!("… and {} more", report.error_count - listed);
        }
        println!("Nothing was written: {} errors.", report.error_count);
        return Err(Failure::Told);
    }
    for file in &report.files {
        println!(
            "{:<14} {:>8} rows: {} new, {} changed, {} unchanged{}",
            file.file.name(),
            file.rows,
            file.inserted,
            file.changed,
            file.unchanged,
            if options.complete { format!(", {} taken away", file.removed) } else { String::new() }
        );
    }
    println!(
        "{}",
        if options.dry_run { "Nothing was written: this was a dry run." } else { "All rows are written." }
    );
    Ok(())
}
