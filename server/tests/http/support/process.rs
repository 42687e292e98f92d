//! The binary as a process of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A line of the log comes sooner, or not at all.
const WAITS_AT_MOST: Duration = Duration::from_secs(30);

use super::site;
use super::turn::Turn;

/// Runs a command as an operator types it, with these settings and no others.
pub fn lafast(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let _turn = Turn::together();
    let mut command = Command::new(env!("CARGO_BIN_EXE_lafast"));
    command.args(arguments).env_clear().envs(settings.iter().copied());
    command.output().unwrap()
}

/// What a command said.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// `lafast serve` with a free port, a database and a site of its own.
pub struct Process {
    pub child: Child,
    pub origin: String,
    /// URL of its database.
    pub database: String,
    log: Receiver<String>,
    _folder: tempfile::TempDir,
    _turn: Turn,
}

impl Process {
    /// Starts it and waits until it serves.
    pub fn start() -> Self {
        Self::start_logging("text")
    }

    /// As [`Process::start`], with lines of this format in its log.
    pub fn start_logging(format: &str) -> Self {
        let turn = Turn::together();
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite:{}", folder.path().join("lafast.db").display());
        site::write(folder.path());
        let mut child = Command::new(env!("CARGO_BIN_EXE_lafast"))
            .arg("serve")
            .env("DATABASE_URL", &database)
            .env("LAFAST_SITE_ROOT", folder.path())
            .env("LAFAST_ADDR", "127.0.0.1:0")
            .env("LAFAST_LOG", "info")
            .env("LAFAST_LOG_FORMAT", format)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap())
            .lines()
            .map(Result::unwrap);
        let serving = log.find(|line| line.contains("serving")).unwrap();
        let origin = serving
            .split('"')
            .find(|part| part.starts_with("http://"))
            .unwrap()
            .to_owned();
        let (sender, lines) = channel();
        // Whether or not somebody reads them.
        std::thread::spawn(move || log.for_each(|line| drop(sender.send(line))));
        Self {
            child,
            origin,
            database,
            log: lines,
            _folder: folder,
            _turn: turn,
        }
    }

    /// What is logged from now on, up to the line with these words.
    pub fn log_until(&self, words: &str) -> Vec<String> {
        let mut lines = Vec::new();
        while lines.last().is_none_or(|line: &String| !line.contains(words)) {
            let line = self.log.recv_timeout(WAITS_AT_MOST);
            lines.push(line.unwrap_or_else(|_| panic!("no line with {words} after {lines:?}")));
        }
        lines
    }

    /// Memory in bytes; nothing where the system does not say.
    pub fn resident_bytes(&self) -> Option<u64> {
        resident_bytes(self.child.id())
    }
}

/// Memory of a process in bytes; nothing where the system does not say.
pub fn resident_bytes(id: u32) -> Option<u64> {
    const PAGE_BYTES: u64 = 4_096;
    let text = std::fs::read_to_string(format!("/proc/{id}/statm")).ok()?;
    Some(text.split(' ').nth(1)?.parse::<u64>().ok()? * PAGE_BYTES)
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
