//! PostgreSQL: its own programs write and read a copy of one moment (`pg_dump`, `pg_restore`, `psql`, of the server's version or a
//! newer one). A copy is put back in one transaction, which only ends well when all of the copy was read: whoever looks sees the whole
//! database of before, or the new one.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use percent_encoding::percent_decode_str;
use sqlx::{AnyConnection, Connection, Row};
use url::Url;

use super::{io, unsound};
use crate::migrate::Standing;
use crate::{Engine, StoreError};

/// What a program says when it fails is read up to here.
const COMPLAINT_BYTES_MAX: u64 = 1_024 * 1_024;
/// Makes room for the tables of a copy, and keeps those that are there. Its end is not said here: whoever goes before that, or is cut
/// off, has changed nothing.
const SET_ASIDE: &str = "BEGIN; SET LOCAL client_min_messages = warning; DROP SCHEMA IF EXISTS before_restore CASCADE; \
                         ALTER SCHEMA public RENAME TO before_restore; CREATE SCHEMA public;\n";
const COMMIT: &str = "COMMIT;\n";

/// Writes a copy of the moment at which it begins.
pub(super) async fn copy(url: &str, file: &Path) -> Result<(), StoreError> {
    let mut dump = on_database("pg_dump", url)?;
    dump.args([
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        "--schema=public",
    ]);
    dump.arg("--file").arg(file);
    beside(move || {
        let mut dump = start("pg_dump", dump.stdout(Stdio::null()))?;
        end("pg_dump", &mut dump)
    })
    .await
}

/// Reads all of a copy, and checks that its tables are those of this build or of an older one. Returns how many
/// Veranstaltungen and sign-ups it holds.
pub(super) async fn verify(file: &Path) -> Result<(i64, i64), StoreError> {
    let mut restore = as_script(file);
    let held = beside(move || {
        let mut restore = start("pg_restore", &mut restore)?;
        let mut held = Held::default();
        let read = match restore.stdout.take() {
            Some(script) => held.read(BufReader::new(script)),
            None => Ok(()),
        };
        end("pg_restore", &mut restore).map_err(|error| unsound(&error.to_string()))?;
        read.map_err(io)?;
        Ok(held)
    })
    .await?;
    Standing::of(held.migrations, Engine::Postgres).refuse_foreign()?;
    Ok((held.workshops, held.sign_ups))
}

/// Puts a copy in the place of what is there, which is kept in the schema `before_restore`.
pub(super) async fn put_back(url: &str, file: &Path) -> Result<(), StoreError> {
    refuse_in_use(url).await?;
    let mut restore = as_script(file);
    let mut take = on_database("psql", url)?;
    take.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"]);
    beside(move || {
        let mut take = start("psql", take.stdin(Stdio::piped()).stdout(Stdio::null()))?;
        let mut restore = start("pg_restore", &mut restore)?;
        let passed_on = pass_on(restore.stdout.take(), take.stdin.take());
        let read = end("pg_restore", &mut restore);
        let is_said = match (passed_on, &read) {
            (Ok(mut line), Ok(())) => line.write_all(COMMIT.as_bytes()).is_ok(),
            // It read to where the copy ends, and that was too early.
            (Ok(line), Err(error)) => {
                // Nothing was said of an end: psql takes everything back.
                drop(line);
                drop(end("psql", &mut take));
                return Err(unsound(&error.to_string()));
            }
            // It stopped listening, and says why.
            (Err(_), _) => false,
        };
        end("psql", &mut take)?;
        if is_said {
            Ok(())
        } else {
            Err(StoreError::File("psql: it stopped listening".to_owned()))
        }
    })
    .await
}

/// Gives all of a script to a program, in a transaction that is still open, and returns the line to it.
fn pass_on(script: Option<ChildStdout>, line: Option<ChildStdin>) -> std::io::Result<ChildStdin> {
    let (Some(mut script), Some(mut line)) = (script, line) else {
        return Err(std::io::ErrorKind::BrokenPipe.into());
    };
    line.write_all(SET_ASIDE.as_bytes())?;
    std::io::copy(&mut script, &mut line)?;
    line.flush()?;
    Ok(line)
}

/// Whoever has the database open would go on with tables that are gone.
async fn refuse_in_use(url: &str) -> Result<(), StoreError> {
    let mut connection = AnyConnection::connect(url).await?;
    let others = sqlx::query(
        "SELECT COUNT(*) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
    )
    .fetch_one(&mut connection)
    .await?
    .try_get::<i64, _>(0)?;
    connection.close().await?;
    if others > 0 {
        return Err(StoreError::File(
            "the database is in use; stop the server first".to_owned(),
        ));
    }
    Ok(())
}

/// What a copy holds, as far as it is looked at.
#[derive(Default)]
struct Held {
    workshops: i64,
    sign_ups: i64,
    /// Checksums by name.
    migrations: BTreeMap<String, String>,
}

impl Held {
    /// Reads a script: rows stand between `COPY public.name (…) FROM stdin;` and `\\.`, one in each line.
    fn read(&mut self, mut script: impl BufRead) -> std::io::Result<()> {
        let (mut table, mut line) = (String::new(), Vec::new());
        while {
            line.clear();
            script.read_until(b'\n', &mut line)? > 0
        } {
            let words = String::from_utf8_lossy(&line);
            let words = words.trim_end_matches('\n');
            if table.is_empty() {
                let begins = words
                    .strip_prefix("COPY public.")
                    .filter(|_| words.ends_with(" FROM stdin;"));
                if let Some((name, _)) = begins.and_then(|begins| begins.split_once(' ')) {
                    name.clone_into(&mut table);
                }
            } else if words == "\\." {
                table.clear();
            } else {
                self.take(&table, words);
            }
        }
        Ok(())
    }

    fn take(&mut self, table: &str, row: &str) {
        match table {
            "workshop" => self.workshops += 1,
            "sign_up" => self.sign_ups += 1,
            "migration" => {
                if let Some((name, checksum)) = row.split_once('\t') {
                    self.migrations.insert(name.to_owned(), checksum.to_owned());
                }
            }
            _ => {}
        }
    }
}

/// Reads a copy as a script. What is not in the schema of the platform is left out, and the schema itself is there.
fn as_script(file: &Path) -> Command {
    let mut restore = Command::new("pg_restore");
    restore.args([
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        "--schema=public",
        "--file=-",
    ]);
    restore.arg(file).stdout(Stdio::piped());
    restore
}

/// One of PostgreSQL's programs, on the database of this URL. The password goes by its environment: what a program is called with
/// can be read by everybody on the machine.
fn on_database(name: &str, url: &str) -> Result<Command, StoreError> {
    let unreadable = || StoreError::File("DATABASE_URL is not the address of a database".to_owned());
    let mut address = Url::parse(url).map_err(|_| unreadable())?;
    let mut program = Command::new(name);
    if let Some(password) = address.password() {
        let password = percent_decode_str(password)
            .decode_utf8()
            .map_err(|_| unreadable())?;
        program.env("PGPASSWORD", password.as_ref());
        address.set_password(None).map_err(|()| unreadable())?;
    }
    program.arg("--no-password").arg("--dbname").arg(address.as_str());
    Ok(program)
}

/// Starts a program whose complaints are read at its end: they are short.
fn start(name: &str, program: &mut Command) -> Result<Child, StoreError> {
    program.stderr(Stdio::piped()).spawn().map_err(|error| {
        StoreError::File(format!(
            "{name} cannot be started ({error}): PostgreSQL's client programs are needed"
        ))
    })
}

/// Waits for the end of a program. Its last line says what was wrong.
fn end(name: &str, program: &mut Child) -> Result<(), StoreError> {
    let mut complaint = String::new();
    if let Some(said) = program.stderr.take() {
        // A word that is cut in two is no reason not to say the others.
        drop(said.take(COMPLAINT_BYTES_MAX).read_to_string(&mut complaint));
    }
    if program.wait().map_err(io)?.success() {
        return Ok(());
    }
    let line = complaint.trim_end().lines().find(|line| line.contains("ERROR"));
    let line = line.or_else(|| complaint.trim_end().lines().last());
    let line = line.unwrap_or("no reason given");
    Err(StoreError::File(format!("{name}: {line}")))
}

/// Programs are waited for where nobody else waits.
async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(StoreError::File(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_script_are_counted_and_nothing_else() {
        let script = "COPY public.workshop (id, title) FROM stdin;\n1\tCOPY public.sign_up (id) FROM stdin;\n2\tzwei\n\\.\n\n\
                      COPY public.sign_up (id) FROM stdin;\n\\.\n\
                      COPY public.migration (name, checksum) FROM stdin;\n0001_accounts\tabc\n\\.\n";
        let mut held = Held::default();
        held.read(script.as_bytes()).unwrap();
        assert_eq!((held.workshops, held.sign_ups), (2, 0));
        assert_eq!(held.migrations["0001_accounts"], "abc");
    }

    #[test]
    fn the_password_is_not_among_what_a_program_is_called_with() {
        let program = on_database("psql", "postgres://anna:ge%20heim@127.0.0.1:5433/lafast").unwrap();
        let said: Vec<_> = program.get_args().map(|one| one.to_string_lossy()).collect();
        assert_eq!(
            said,
            [
                "--no-password",
                "--dbname",
                "postgres://anna@127.0.0.1:5433/lafast"
            ]
        );
        let kept: Vec<_> = program.get_envs().collect();
        assert_eq!(kept, [("PGPASSWORD".as_ref(), Some("ge heim".as_ref()))]);
    }
}
