//! Finds subjects, proposes plans, and seals what came to light.

use std::collections::BTreeSet;

use prost::Message as _;
use redress_contracts::{Contract as _, v1};
use redress_datamap::{
    Direction, System,
    sql::{FoundIdentifier, Located, SqlError, Subject, locate},
};
use redress_vault::{Purpose, blind_index, seal};

use crate::{
    Sql, answer,
    keep::{Keep, Owner, beside},
    opened::Opened,
};

impl Sql {
    /// Looks for the subjects of these jobs, all at once.
    pub(crate) async fn locate(
        &self,
        system: &System,
        jobs: &[Opened<'_>],
    ) -> Result<Vec<v1::SystemOutcome>, SqlError> {
        let layout = self.layout(system, None).await?;
        let mut outcomes: Vec<Option<v1::SystemOutcome>> = vec![None; jobs.len()];
        // What is planned depends on the kind.
        for deletes in [false, true] {
            let is = |job: &Opened<'_>| (job.job.task.kind() == v1::Kind::Delete) == deletes;
            let these: Vec<usize> = (0..jobs.len()).filter(|i| is(&jobs[*i])).collect();
            if these.is_empty() {
                continue;
            }
            let kind = if deletes { v1::Kind::Delete } else { v1::Kind::Access };
            let subjects: Vec<Subject> = these.iter().map(|i| jobs[*i].subject.clone()).collect();
            let owners: Vec<Owner> = these.iter().map(|i| jobs[*i].owner.clone()).collect();
            let mut keep = Keep::new(&self.objects, &self.random, &system.name, &owners);
            let wanted = self.wanted(system);
            let sessions = self.sessions(system)?;
            let mut session = sessions.take().await?;
            let located = locate(&mut session, &layout, &subjects, kind, &wanted, &mut keep).await;
            sessions.done(session, &located).await;
            for (i, located) in these.into_iter().zip(located?) {
                outcomes[i] = Some(self.located(system, &jobs[i], located)?);
            }
        }
        Ok(outcomes.into_iter().flatten().collect())
    }

    /// The fields of this system whose values other systems of the tenant can use.
    fn wanted(&self, system: &System) -> BTreeSet<String> {
        let ours = |dataset: &str| system.maps.iter().any(|map| map.fides_key == dataset);
        let others = self.systems.of(&system.tenant).filter(|other| other.name != system.name);
        let fields =
            others.flat_map(|other| &other.maps).flat_map(|map| &map.collections).flat_map(|c| &c.fields);
        fields
            .flat_map(|field| &field.references)
            .filter(|reference| reference.direction != Direction::To && ours(&reference.dataset))
            .map(|reference| format!("{}.{}.{}", reference.dataset, reference.collection, reference.field))
            .collect()
    }

    fn located(
        &self,
        system: &System,
        job: &Opened<'_>,
        located: Located,
    ) -> Result<v1::SystemOutcome, SqlError> {
        let nothing = located.datasets.is_empty() && located.candidates.is_empty();
        let status = if nothing { v1::Status::NotFound } else { v1::Status::Done };
        let proposal = v1::SystemPlan {
            system: system.name.to_string(),
            connector: self.name.to_string(),
            map: Some(system.map()),
            policy: Some(system.policy()),
            datasets: located.datasets,
            soft_delete: v1::SoftDelete::None as i32,
            accepted_candidates: job.subject.accepted.iter().cloned().collect(),
        };
        let request = job.owner.request.to_string();
        let preview = Purpose { what: "candidate", whose: &request };
        let candidates = located.candidates.into_iter().map(|seen| v1::Candidate {
            preview: Some(seal(&job.owner.key, preview, seen.row.as_bytes(), &*self.random)),
            ..seen.candidate
        });
        let identifiers = located.identifiers.iter().map(|found| self.sealed(job, found));
        Ok(v1::SystemOutcome {
            proposal: Some(proposal),
            findings: located.findings,
            candidates: candidates.collect(),
            queries: located.queries,
            identifiers: identifiers.collect::<Result<_, _>>()?,
            ..answer::plain(system.name.as_str(), status, "")
        })
    }

    fn sealed(&self, job: &Opened<'_>, found: &FoundIdentifier) -> Result<v1::SealedIdentifier, SqlError> {
        let tenant = self.keyring.tenant(&job.owner.tenant).map_err(beside)?;
        let FoundIdentifier { identifier, class } = found;
        let kind = identifier.kind().number();
        let field = identifier.field().unwrap_or_default().to_owned();
        let plain = v1::Identifier { kind, value: identifier.value().to_owned(), field: field.clone() };
        let request = job.owner.request.to_string();
        let purpose = Purpose { what: "identifier", whose: &request };
        Ok(v1::SealedIdentifier {
            kind,
            field,
            class: class.number(),
            blind: blind_index(tenant, identifier).to_vec(),
            identifier: Some(seal(&job.owner.key, purpose, &plain.encode_to_vec(), &*self.random)),
            from_system: job.job.row.system.to_string(),
            from: match job.job.task.identifiers.as_slice() {
                [only] => only.blind.clone(),
                _ => Vec::new(),
            },
            round: job.job.task.round,
        })
    }
}
