//! An object store of each kind, and a way past the vault to what lies in it.

use std::fs;

use redress_domain::{RequestId, TenantId};
use redress_tests::{
    ambient::Dice,
    servers::{self, Bucket, Emulator},
};
use redress_vault::{Key, Objects, Place, Prefix, VaultError, Written};
use reqwest::{Client, RequestBuilder};
use tempfile::TempDir;

pub(crate) const MIB: usize = 1024 * 1024;
/// What stands in every object, again and again.
pub(crate) const KNOWN: &str = "Anna Byrne, allergic to hazelnuts. ";

pub(crate) struct World {
    pub(crate) name: &'static str,
    pub(crate) objects: Objects,
    beside: Beside,
}

/// The way past the vault.
enum Beside {
    Folder(TempDir),
    Memory,
    Bucket(Bucket, Client),
}

impl World {
    /// One of each kind, empty.
    pub(crate) async fn all() -> Vec<Self> {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("file://{}", folder.path().display());
        let memory = Objects::open("memory:///", []).unwrap();
        let mut worlds = vec![
            Self {
                name: "folder",
                objects: Objects::open(&url, []).unwrap(),
                beside: Beside::Folder(folder),
            },
            Self { name: "memory", objects: memory, beside: Beside::Memory },
        ];
        worlds.extend(Self::clouds().await);
        worlds
    }

    /// Those that are reached over the network.
    pub(crate) async fn clouds() -> [Self; 2] {
        let [azurite, moto] = servers::shared_clouds().await.unwrap();
        [Self::on("azure", azurite).await, Self::on("s3", moto).await]
    }

    pub(crate) async fn on(name: &'static str, emulator: &Emulator) -> Self {
        let bucket = emulator.create_bucket().await.unwrap();
        let objects = Objects::open(&bucket.url, bucket.options.clone()).unwrap();
        Self { name, objects, beside: Beside::Bucket(bucket, Client::new()) }
    }

    pub(crate) async fn write(&self, place: &Place, plain: &[u8]) -> Written {
        self.try_write(place, plain).await.unwrap_or_else(|error| panic!("{}: {place}: {error}", self.name))
    }

    pub(crate) async fn try_write(&self, place: &Place, plain: &[u8]) -> Result<Written, VaultError> {
        let mut writer = self.objects.writer(place, &key(), &Dice::new(plain.len() as u64));
        for piece in plain.chunks(700_001) {
            writer.push(piece).await?;
        }
        writer.finish().await
    }

    pub(crate) async fn read(&self, place: &Place) -> Result<Vec<u8>, VaultError> {
        self.read_with(place, &key()).await
    }

    pub(crate) async fn read_with(&self, place: &Place, key: &Key) -> Result<Vec<u8>, VaultError> {
        self.objects.reader(place, key).await?.whole(64 * MIB).await
    }

    /// The places of all objects of request 1.
    pub(crate) async fn listed(&self) -> Vec<Place> {
        let listed = self.objects.list(&Prefix::work(&dublin(), request(1))).await.unwrap();
        listed.into_iter().map(|(place, _)| place).collect()
    }

    /// What lies at a place, sealed as it is; none where one cannot look.
    pub(crate) async fn sealed(&self, place: &Place) -> Option<Vec<u8>> {
        match &self.beside {
            Beside::Folder(folder) => Some(fs::read(folder.path().join(place.as_str())).unwrap()),
            Beside::Memory => None,
            Beside::Bucket(bucket, http) => {
                let answer = send(bucket, http.get(bucket.object(place.as_str()))).await;
                Some(answer.bytes().await.unwrap().into())
            }
        }
    }

    /// Puts bytes at a place, past the vault.
    pub(crate) async fn replace(&self, place: &Place, sealed: Vec<u8>) {
        match &self.beside {
            Beside::Folder(folder) => fs::write(folder.path().join(place.as_str()), sealed).unwrap(),
            Beside::Memory => panic!("memory cannot be reached"),
            Beside::Bucket(bucket, http) => {
                let put = http.put(bucket.object(place.as_str())).header("content-length", sealed.len());
                send(bucket, put.body(sealed)).await;
            }
        }
    }

    /// What the store says when it is asked about an object in its own words.
    pub(crate) async fn asked(&self, name: &str, query: &str) -> String {
        let Beside::Bucket(bucket, http) = &self.beside else { panic!("{} cannot be asked", self.name) };
        let answer = send(bucket, http.get(format!("{}{query}", bucket.object(name)))).await;
        answer.text().await.unwrap()
    }

    /// The same, opened with other settings.
    pub(crate) fn opened_with(self, change: impl FnOnce(&mut Bucket)) -> Self {
        let Beside::Bucket(bucket, _) = &self.beside else { panic!("{} has no settings", self.name) };
        let mut bucket = bucket.clone();
        change(&mut bucket);
        Self { objects: Objects::open(&bucket.url, bucket.options).unwrap(), ..self }
    }
}

async fn send(bucket: &Bucket, request: RequestBuilder) -> reqwest::Response {
    let (name, value) = bucket.header;
    request.header(name, value).send().await.unwrap().error_for_status().unwrap()
}

pub(crate) fn key() -> Key {
    Key::new([7; 32])
}

pub(crate) fn dublin() -> TenantId {
    "dublin".parse().unwrap()
}

pub(crate) fn request(number: u8) -> RequestId {
    format!("00000000-0000-0000-0000-0000000000{number:02}").parse().unwrap()
}

/// A place of request 1.
pub(crate) fn place(name: &str) -> Place {
    Place::work(&dublin(), request(1), name).unwrap()
}

pub(crate) fn plain(size: usize) -> Vec<u8> {
    KNOWN.bytes().cycle().take(size).collect()
}
