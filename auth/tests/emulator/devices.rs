//! Remembered devices, kept in a file.

use crate::TestResult;
use crate::world::{PASSWORD, POOL, World, all_flows};
use cognito_auth::{Confirmed, Device, DeviceStore, FileDevices, Tokens, UserPool};
use serde_json::json;

async fn signed_in(pool: &UserPool, name: &str) -> TestResult<Tokens> {
    Ok(pool.sign_in(name).password(PASSWORD).await?.into_tokens()?)
}

#[tokio::test]
async fn a_device_outlives_the_process_in_a_file() -> TestResult {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("devices.json");
    let settings = json!({"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false}});
    let world = World::new(settings, all_flows()).await?;
    let pool = world.pool.clone().with_devices(FileDevices::new(&file));
    let first = signed_in(&pool, "alice").await?;
    assert_eq!(pool.confirm_device(&first, None).await?, Confirmed::Remembered);
    // Another process.
    let pool = world.pool.clone().with_devices(FileDevices::new(&file));
    let second = signed_in(&pool, "alice").await?;
    assert_eq!(second.device_key, first.device_key);
    assert_eq!(second.new_device, None);
    Ok(())
}

fn device(key: &str) -> Device {
    Device {
        key: key.to_owned(),
        group_key: "-group".to_owned(),
        password: "marker-password".into(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_holds_each_users_device_and_its_owner_alone_reads_it() -> TestResult {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("devices.json");
    let store = FileDevices::new(&path);
    assert_eq!(store.load(POOL, "alice").await?, None, "there is no file yet");
    store.remove(POOL, "alice").await?;
    let (alice, bob) = (device("a"), device("b"));
    // Changes at the same time: none is lost.
    let changes: Vec<_> = (0..20)
        .map(|number| {
            let store = FileDevices::new(&path);
            tokio::spawn(async move { store.save(POOL, &format!("user-{number}"), device("c")).await })
        })
        .collect();
    store.save(POOL, "alice", alice.clone()).await?;
    store.save(POOL, "bob", bob.clone()).await?;
    for change in changes {
        change.await??;
    }
    for number in 0..20 {
        assert!(
            store.load(POOL, &format!("user-{number}")).await?.is_some(),
            "{number} is lost"
        );
    }
    store.save("eu-west-1_Other", "alice", bob.clone()).await?;
    assert_eq!(store.load(POOL, "alice").await?, Some(alice));
    assert_eq!(store.load(POOL, "bob").await?, Some(bob.clone()));
    store.remove(POOL, "alice").await?;
    assert_eq!(store.load(POOL, "alice").await?, None);
    assert_eq!(store.load("eu-west-1_Other", "alice").await?, Some(bob));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for entry in std::fs::read_dir(folder.path())? {
            assert_eq!(entry?.metadata()?.permissions().mode() & 0o777, 0o600);
        }
    }
    // Half a file, as no write of ours leaves it.
    std::fs::write(&path, "{\"us-east-1_World1234\": {\"alice\": \"marker")?;
    let error = store.load(POOL, "alice").await.err().ok_or("half a file was read")?;
    assert!(!format!("{error} {error:?}").contains("marker"), "{error}");
    Ok(())
}
