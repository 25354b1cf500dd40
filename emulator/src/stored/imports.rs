//! Users imported from CSV.
//!
//! Source: [Importing users from a CSV file](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html),
//! and [formatting the file](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-csv-header.html).

use crate::clock::Moment;
use crate::fault::{Answer, Fault, required};
use crate::page::{limit, page};
use crate::pools::{Pool, csv_header};
use crate::quotas::{self, room};
use crate::random;
use crate::users::{Writer, check_required, claim, insert, is_verification, new_user, read_attributes};
use crate::world::World;
use cognito_idp::operation::create_user_import_job::{CreateUserImportJobInput, CreateUserImportJobOutput};
use cognito_idp::operation::describe_user_import_job::{DescribeUserImportJobInput, DescribeUserImportJobOutput};
use cognito_idp::operation::list_user_import_jobs::{ListUserImportJobsInput, ListUserImportJobsOutput};
use cognito_idp::operation::start_user_import_job::{StartUserImportJobInput, StartUserImportJobOutput};
use cognito_idp::operation::stop_user_import_job::{StopUserImportJobInput, StopUserImportJobOutput};
use cognito_idp::types::{AttributeType, UserImportJobStatusType, UserImportJobType, UserPoolMfaType, UserStatusType};
use serde::{Deserialize, Serialize};

/// A job, and the file that was uploaded for it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Import {
    pub(crate) job: UserImportJobType,
    pub(crate) file: Option<String>,
}

impl crate::kept::Part for Import {}

fn import<'a>(pool: &'a mut Pool, id: Option<&str>) -> Answer<&'a mut Import> {
    let id = required(id, "jobId")?;
    let import = pool.stored.imports.get_mut(id);
    import.ok_or_else(|| Fault::resource_not_found(format!("Import job {id} does not exist.")))
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserImportJob.html>
pub(crate) fn create_user_import_job(
    world: &mut World,
    input: CreateUserImportJobInput,
) -> Answer<CreateUserImportJobOutput> {
    let now = world.now();
    let base = world.around.settings.base();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    room(pool.stored.imports.len(), quotas::IMPORTS, "import jobs in a user pool")?;
    let id = format!("import-{}", random::pool_suffix());
    let job = UserImportJobType::builder()
        .job_name(required(input.job_name(), "jobName")?)
        .job_id(&id)
        .user_pool_id(&pool.id)
        .pre_signed_url(format!("{base}/imports/{}/{id}", pool.id))
        .creation_date(now.date())
        .status(UserImportJobStatusType::Created)
        .cloud_watch_logs_role_arn(required(input.cloud_watch_logs_role_arn(), "cloudWatchLogsRoleArn")?)
        .set_password_hashing_algorithm(input.password_hashing_algorithm.clone())
        .build();
    let import = Import {
        job: job.clone(),
        file: None,
    };
    pool.stored.imports.insert(id, import);
    Ok(CreateUserImportJobOutput::builder().user_import_job(job).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DescribeUserImportJob.html>
pub(crate) fn describe_user_import_job(
    world: &mut World,
    input: DescribeUserImportJobInput,
) -> Answer<DescribeUserImportJobOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let job = import(pool, input.job_id())?.job.clone();
    Ok(DescribeUserImportJobOutput::builder().user_import_job(job).build())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUserImportJobs.html>
pub(crate) fn list_user_import_jobs(
    world: &mut World,
    input: ListUserImportJobsInput,
) -> Answer<ListUserImportJobsOutput> {
    let pool = world.state.pool(input.user_pool_id())?;
    required(input.max_results, "maxResults")?;
    let size = limit(input.max_results, 60, "maxResults")?;
    let page = page(&pool.stored.imports, input.pagination_token(), size, |_, import| {
        Some(import.job.clone())
    })?;
    Ok(ListUserImportJobsOutput::builder()
        .set_user_import_jobs(Some(page.items))
        .set_pagination_token(page.next)
        .build())
}

/// Runs the job synchronously: it has ended when the call returns.
///
/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartUserImportJob.html>
pub(crate) fn start_user_import_job(
    world: &mut World,
    input: StartUserImportJobInput,
) -> Answer<StartUserImportJobOutput> {
    let now = world.now();
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let verifies = !pool.description.auto_verified_attributes().is_empty();
    let import = import(pool, input.job_id())?;
    if import.job.status != Some(UserImportJobStatusType::Created) {
        return Err(Fault::precondition(
            "The job can't be started: it has been started before.",
        ));
    }
    if !verifies {
        return Err(Fault::precondition(
            "The user pool verifies no attributes automatically, so imported users couldn't set a password.",
        ));
    }
    let file = import.file.clone();
    let file = file.ok_or_else(|| Fault::precondition("No file has been uploaded to the job's PreSignedUrl."))?;
    let mut answer = import.job.clone();
    answer.status = Some(UserImportJobStatusType::Pending);
    answer.start_date = Some(now.date());
    let result = run(pool, &file, now);
    let import = self::import(pool, input.job_id())?;
    import.job.start_date = Some(now.date());
    import.job.completion_date = Some(now.date());
    match result {
        Ok((imported, failed)) => {
            import.job.status = Some(UserImportJobStatusType::Succeeded);
            import.job.imported_users = imported;
            import.job.failed_users = failed;
            import.job.completion_message = Some("Import Job Completed Successfully.".to_owned());
        }
        Err(why) => {
            import.job.status = Some(UserImportJobStatusType::Failed);
            import.job.completion_message = Some(why);
        }
    }
    Ok(StartUserImportJobOutput::builder().user_import_job(answer).build())
}

/// Creates a user for each row, and returns how many succeeded and failed.
fn run(pool: &mut Pool, file: &str, now: Moment) -> Result<(i64, i64), String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file.as_bytes());
    let header = cells(reader.headers().map_err(|error| error.to_string())?);
    let mut expected = csv_header(pool);
    let mut found = header.clone();
    expected.sort();
    found.sort();
    if found != expected {
        return Err("The header isn't the one of GetCSVHeader.".to_owned());
    }
    let (mut imported, mut failed) = (0, 0);
    for row in reader.records() {
        let made = row.is_ok_and(|row| {
            let row = cells(&row);
            let named = header.iter().zip(&row).filter(|(_, cell)| !cell.is_empty());
            let named: Vec<(&str, &str)> = named.map(|(name, cell)| (name.as_str(), cell.as_str())).collect();
            row.len() == header.len() && user(pool, &named, now).is_ok()
        });
        if made { imported += 1 } else { failed += 1 }
    }
    Ok((imported, failed))
}

/// The cells of a row, without white space around them. A comma behind a backslash is a part of its cell.
fn cells(row: &csv::StringRecord) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for cell in row {
        match cells.last_mut().filter(|last| last.ends_with('\\')) {
            Some(last) => {
                last.pop();
                last.push(',');
                last.push_str(cell);
            }
            None => cells.push(cell.to_owned()),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Imports a user. The user must reset the password, and can, because an address is verified.
fn user(pool: &mut Pool, cells: &[(&str, &str)], now: Moment) -> Answer<()> {
    let cell = |name: &str| cells.iter().find(|(column, _)| *column == name).map(|(_, cell)| *cell);
    let username = required(cell("cognito:username"), "username")?;
    let mfa = match cell("cognito:mfa_enabled").map(str::to_ascii_lowercase).as_deref() {
        Some("true") if pool.mfa.is_on() => true,
        Some("false") if pool.mfa.configuration != UserPoolMfaType::On => false,
        _ => {
            return Err(Fault::invalid_parameter(
                "cognito:mfa_enabled must be true or false, as the user pool's MFA allows.",
            ));
        }
    };
    if pool.find(username).is_some() {
        return Err(Fault::username_exists("User already exists"));
    }
    let mut attributes = Vec::new();
    for (name, value) in cells.iter().filter(|(name, _)| !name.starts_with("cognito:")) {
        // Spreadsheets write TRUE.
        let value = match is_verification(name) {
            true => value.to_ascii_lowercase(),
            false => (*value).to_owned(),
        };
        attributes.push(AttributeType::builder().name(*name).value(value).build()?);
    }
    let attributes = read_attributes(pool, &attributes, None, Writer::Administrator)?;
    check_required(pool, &attributes)?;
    let mut user = new_user(username.to_owned(), attributes, now);
    let mut verified = pool.description.auto_verified_attributes().iter();
    if !verified.any(|attribute| user.has_verified(attribute.as_str())) {
        return Err(Fault::invalid_parameter(
            "None of the attributes that the user pool verifies automatically is verified.",
        ));
    }
    user.status = UserStatusType::ResetRequired;
    user.mfa.sms = mfa;
    claim(pool, &pool.key(username), &user, false)?;
    insert(pool, user);
    Ok(())
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StopUserImportJob.html>
pub(crate) fn stop_user_import_job(
    world: &mut World,
    input: StopUserImportJobInput,
) -> Answer<StopUserImportJobOutput> {
    let pool = world.state.pool_mut(input.user_pool_id())?;
    let import = import(pool, input.job_id())?;
    if import.job.status != Some(UserImportJobStatusType::Created) {
        return Err(Fault::precondition("The job has ended."));
    }
    import.job.status = Some(UserImportJobStatusType::Stopped);
    Ok(StopUserImportJobOutput::builder()
        .user_import_job(import.job.clone())
        .build())
}
