//! Where reports go: standard output, and the files of `--report`.

use std::fs::File;
use std::io::{self, BufWriter, Seek as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use anyhow::Context;

use super::whole_file::WholeFile;
use crate::cli::plan::ReportPlan;
use crate::exit::UsageError;
use crate::report::case::Case;
use crate::report::{Detail, Format, Layout, Report, Totals};

/// The reports of a run.
pub(super) struct Output<'a> {
    report: Box<dyn Report>,
    out: &'a mut dyn Write,
    files: Vec<Filed>,
    totals: Totals,
    began: Instant,
    format: Format,
}

/// A report that goes into a file.
struct Filed {
    report: Box<dyn Report>,
    file: BufWriter<WholeFile>,
    path: PathBuf,
    /// Whether something of it could not be written: then it is not put in its place.
    broken: bool,
}

impl<'a> Output<'a> {
    /// Begins every file, so that one that cannot be written is known before anything is sent.
    ///
    /// # Errors
    /// Names the flag and the file.
    pub(super) fn open(plan: &ReportPlan, out: &'a mut dyn Write) -> Result<Self, UsageError> {
        // `-q` is about standard output.
        let detail = match plan.layout.detail {
            Detail::Quiet => Detail::Normal,
            detail => detail,
        };
        let in_file = Layout {
            colour: false,
            detail,
            whole: true,
            ..plan.layout
        };
        let open = |(format, path): &(Format, PathBuf)| {
            let file =
                WholeFile::open(path).map_err(|error| unwritable("--report", path, &error))?;
            Ok(Filed {
                report: format.report(in_file),
                file: BufWriter::new(file),
                path: path.clone(),
                broken: false,
            })
        };
        Ok(Self {
            report: plan.format.report(plan.layout),
            out,
            files: plan.files.iter().map(open).collect::<Result<_, _>>()?,
            totals: Totals::default(),
            began: Instant::now(),
            format: plan.format,
        })
    }

    /// Whether people read standard output, so that a line beside it is for them.
    pub(super) fn is_for_people(&self) -> bool {
        self.format.is_for_people()
    }

    /// Begins a run over so many URLs.
    pub(super) fn begin(&mut self, urls: usize) -> anyhow::Result<()> {
        let filed = self.in_files(|report, file| report.begin(file, urls));
        self.report.begin(self.out, urls)?;
        filed
    }

    /// Reports one case, at once.
    pub(super) fn case(&mut self, case: &Case) -> anyhow::Result<()> {
        if let Some(view) = case.chain {
            self.totals.add(view);
        }
        let filed = self.in_files(|report, file| report.case(file, case));
        self.report.case(self.out, case)?;
        self.out.flush()?;
        filed
    }

    /// Ends the run; every file that is whole by now is put in its place.
    pub(super) fn end(&mut self) -> anyhow::Result<()> {
        self.totals.wall_ms = self.began.elapsed().as_secs_f64() * 1e3;
        let totals = self.totals;
        let filed = self.in_files(|report, file| {
            report.end(file, &totals)?;
            file.flush()?;
            file.get_mut().finish()
        });
        self.report.end(self.out, &totals)?;
        self.out.flush()?;
        filed
    }

    /// Every file, and before standard output: a file is whole though the reader of standard output had enough.
    fn in_files(
        &mut self,
        write: impl Fn(&mut dyn Report, &mut BufWriter<WholeFile>) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let one = |filed: &mut Filed| {
            let written = write(&mut *filed.report, &mut filed.file);
            filed.broken = written.is_err();
            written.with_context(|| filed.path.display().to_string())
        };
        let whole = self.files.iter_mut().filter(|filed| !filed.broken);
        whole.map(one).fold(Ok(()), Result::and)
    }
}

/// A file that a run writes at its end: found to be writable at its start, emptied only when there is something to put
/// there.
#[derive(Debug, Clone)]
pub(super) struct OutputFile {
    file: Arc<File>,
    begun: Arc<AtomicBool>,
}

impl OutputFile {
    /// Opens or creates the file.
    ///
    /// # Errors
    /// Names the flag and the file.
    pub(super) fn open(flag: &str, path: &Path) -> Result<Self, UsageError> {
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path);
        let file = Arc::new(file.map_err(|error| unwritable(flag, path, &error))?);
        Ok(Self {
            file,
            begun: Arc::default(),
        })
    }

    /// Empties it, the first time; what is no plain file has nothing to be emptied of.
    pub(super) fn begin(&self) -> io::Result<()> {
        if self.begun.swap(true, Ordering::Relaxed) || !self.file.metadata()?.is_file() {
            return Ok(());
        }
        self.file.set_len(0)
    }

    /// The content of another try takes the place of what was written.
    pub(super) fn restart(&self) -> io::Result<()> {
        if self.begun.swap(false, Ordering::Relaxed) && self.file.metadata()?.is_file() {
            (&*self.file).rewind()?;
        }
        Ok(())
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begin()?;
        (&*self.file).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self.file).flush()
    }
}

/// The file of `-o` in a run over so many URLs.
///
/// # Errors
/// Where there are several, or it cannot be written.
pub(super) fn body_sink(
    path: Option<&Path>,
    urls: usize,
) -> Result<Option<OutputFile>, UsageError> {
    if path.is_some() && urls > 1 {
        let says = format!("--output takes the content of one URL; there are {urls}");
        let hint = "inspect them one by one, or leave --output out";
        return Err(UsageError::new(says, hint));
    }
    path.map(|path| OutputFile::open("--output", path))
        .transpose()
}

/// Creates the file that a flag names.
pub(super) fn create(flag: &str, path: &Path) -> Result<File, UsageError> {
    File::create(path).map_err(|error| unwritable(flag, path, &error))
}

fn unwritable(flag: &str, path: &Path, error: &io::Error) -> UsageError {
    let says = format!("{flag}: cannot write {}: {error}", path.display());
    UsageError::new(says, "check the directory and who may write there")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_file_is_emptied_only_when_there_is_something_to_put_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        std::fs::write(&path, "what stood there").unwrap();
        let mut file = OutputFile::open("--output", &path).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"what stood there");
        file.write_all(b"new").unwrap();
        file.clone().write_all(b"er").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"newer");
        assert!(OutputFile::open("--output", &folder.path().join("no/file")).is_err());
    }
}
