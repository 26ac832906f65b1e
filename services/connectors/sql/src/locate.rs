//! Finds subjects, proposes plans, and seals what came to light.

use std::collections::BTreeSet;

use prost::Message as _;
use redress_contracts::{Contract as _, identifier_id, v1};
use redress_datamap::{
    DataMap, Direction, Reference, System, field_key,
    sql::{FoundIdentifier, Located, Neighbours, Related, SqlError, Subject, locate, related},
};
use redress_domain::IdentifierClass;
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
            let neighbours = self.neighbours(system);
            let sessions = self.sessions(system)?;
            let mut session = sessions.take().await?;
            let located = async {
                let located = locate(&mut session, &layout, &subjects, kind, &neighbours, &mut keep).await?;
                let is_found = located.iter().any(|it| !it.datasets.is_empty());
                let beside =
                    if is_found { related(&mut session, &layout).await? } else { Related::default() };
                Ok((located, beside))
            };
            let located = located.await;
            sessions.done(session, &located).await;
            let (located, related) = located?;
            for (i, located) in these.into_iter().zip(located) {
                outcomes[i] = Some(self.located(system, &jobs[i], located, &related)?);
            }
        }
        Ok(outcomes.into_iter().flatten().collect())
    }

    /// What the other systems of the tenant make of this one's fields.
    fn neighbours(&self, system: &System) -> Neighbours {
        let ours = |dataset: &str| system.maps.iter().any(|map| map.fides_key == dataset);
        let mut neighbours = Neighbours::default();
        let others = self.systems.of(&system.tenant).filter(|other| other.name != system.name);
        for map in others.flat_map(|other| &other.maps) {
            neighbours.naming_people.extend(fields_naming_people(map));
            let references = map.collections.iter().flat_map(|it| &it.fields).flat_map(|it| &it.references);
            let ours = references.filter(|it| it.direction != Direction::To && ours(&it.dataset));
            neighbours.wanted.extend(ours.map(Reference::key));
        }
        neighbours
    }

    fn located(
        &self,
        system: &System,
        job: &Opened<'_>,
        located: Located,
        related: &Related,
    ) -> Result<v1::SystemOutcome, SqlError> {
        let nothing = located.datasets.is_empty() && located.candidates.is_empty();
        let (status, reason) = match located.unsearched.as_slice() {
            [] if nothing => (v1::Status::NotFound, String::new()),
            [] => (v1::Status::Done, String::new()),
            unsearched => (v1::Status::Partial, unsearched.join("; ")),
        };
        let mut left: BTreeSet<String> = located.left.into_iter().collect();
        left.extend(job.subject.rejected.iter().cloned());
        let found: BTreeSet<&str> = located.datasets.iter().map(|plan| plan.dataset.as_str()).collect();
        let related = related.of(&found);
        let proposal = v1::SystemPlan {
            system: system.name.to_string(),
            connector: self.name.to_string(),
            map: Some(system.map()),
            policy: Some(system.policy()),
            datasets: located.datasets,
            soft_delete: v1::SoftDelete::None as i32,
            accepted_candidates: job.subject.accepted.iter().cloned().collect(),
            left_candidates: left.into_iter().collect(),
            related,
        };
        let request = job.owner.request.to_string();
        let preview = Purpose { what: "candidate", whose: &request };
        let mut candidates = Vec::with_capacity(located.candidates.len());
        for seen in located.candidates {
            let identifier = seen.identifier.as_ref().map(|found| self.sealed(job, found)).transpose()?;
            candidates.push(v1::Candidate {
                id: identifier.as_ref().map_or(seen.candidate.id, |it| identifier_id(&it.blind)),
                system: system.name.to_string(),
                preview: Some(seal(&job.owner.key, preview, seen.row.as_bytes(), &*self.random)),
                identifier,
                ..seen.candidate
            });
        }
        let identifiers = located.identifiers.iter().map(|found| self.sealed(job, found));
        Ok(v1::SystemOutcome {
            proposal: Some(proposal),
            findings: located.findings,
            candidates,
            notes: located.notes,
            queries: located.queries,
            identifiers: identifiers.collect::<Result<_, _>>()?,
            ..answer::plain(system.name.as_str(), status, reason)
        })
    }

    fn sealed(&self, job: &Opened<'_>, found: &FoundIdentifier) -> Result<v1::SealedIdentifier, SqlError> {
        let tenant = self.keyring.tenant(&job.owner.tenant).map_err(beside)?;
        let FoundIdentifier { identifier, found_in } = found;
        let kind = identifier.kind().number();
        let field = identifier.field().unwrap_or_default().to_owned();
        let plain = v1::Identifier { kind, value: identifier.value().to_owned(), field: field.clone() };
        let request = job.owner.request.to_string();
        let purpose = Purpose { what: "identifier", whose: &request };
        Ok(v1::SealedIdentifier {
            kind,
            field,
            class: IdentifierClass::Unique.number(),
            blind: blind_index(tenant, identifier).to_vec(),
            identifier: Some(seal(&job.owner.key, purpose, &plain.encode_to_vec(), &*self.random)),
            from_system: job.job.row.system.to_string(),
            from: match job.job.task.identifiers.as_slice() {
                [only] => only.blind.clone(),
                _ => Vec::new(),
            },
            round: job.job.task.round,
            found_in: found_in.clone(),
        })
    }
}

/// The fields of the collections in which people are identified, each as `dataset.collection.field`.
fn fields_naming_people(map: &DataMap) -> impl Iterator<Item = String> {
    let naming =
        map.collections.iter().filter(|it| it.fields.iter().any(|field| !field.identities().is_empty()));
    naming.flat_map(|collection| {
        collection.fields.iter().map(|field| field_key(&map.fides_key, &collection.name, &field.name))
    })
}
