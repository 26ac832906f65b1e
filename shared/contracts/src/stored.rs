//! The envelope as the store keeps it.

use jiff::Timestamp;

use crate::{ContentType, Envelope, state};

/// A stored envelope that cannot be read back: the row was written by something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored envelope's {field} cannot be read")]
pub struct UnreadableEnvelope {
    field: &'static str,
}

impl From<&Envelope> for state::Envelope {
    fn from(envelope: &Envelope) -> Self {
        Self {
            id: envelope.id.to_string(),
            kind: envelope.kind.clone(),
            source: envelope.source.to_string(),
            time_us: envelope.time.as_microsecond(),
            tenant: envelope.tenant.to_string(),
            request: envelope.request.to_string(),
            state_version: envelope.state_version,
            answers: envelope.answers.map(|id| id.to_string()).unwrap_or_default(),
            traceparent: envelope.traceparent.clone().unwrap_or_default(),
            json: envelope.content_type == ContentType::Json,
        }
    }
}

impl TryFrom<state::Envelope> for Envelope {
    type Error = UnreadableEnvelope;

    fn try_from(stored: state::Envelope) -> Result<Self, UnreadableEnvelope> {
        let bad = |field| UnreadableEnvelope { field };
        let answers = match stored.answers.as_str() {
            "" => None,
            id => Some(id.parse().map_err(|_| bad("answers"))?),
        };
        Ok(Self {
            id: stored.id.parse().map_err(|_| bad("id"))?,
            source: stored.source.parse().map_err(|_| bad("source"))?,
            time: Timestamp::from_microsecond(stored.time_us).map_err(|_| bad("time"))?,
            tenant: stored.tenant.parse().map_err(|_| bad("tenant"))?,
            request: stored.request.parse().map_err(|_| bad("request"))?,
            kind: stored.kind,
            state_version: stored.state_version,
            answers,
            traceparent: Some(stored.traceparent).filter(|text| !text.is_empty()),
            again: false,
            content_type: if stored.json { ContentType::Json } else { ContentType::Protobuf },
        })
    }
}

#[cfg(test)]
mod tests {
    use redress_domain::{MessageId, RequestId};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_envelope_comes_back_as_it_was_stored() {
        let envelope = Envelope {
            id: MessageId(Uuid::from_u128(1)),
            kind: "redress.v1.Discover".to_owned(),
            source: "intake".parse().unwrap(),
            time: "2026-11-22T12:00:00.000001Z".parse().unwrap(),
            tenant: "dublin".parse().unwrap(),
            request: RequestId(Uuid::from_u128(2)),
            state_version: 3,
            answers: Some(MessageId(Uuid::from_u128(4))),
            traceparent: Some("00-1-2-01".to_owned()),
            again: false,
            content_type: ContentType::Json,
        };
        let bare = Envelope {
            answers: None,
            traceparent: None,
            content_type: ContentType::Protobuf,
            ..envelope.clone()
        };
        for envelope in [envelope, bare] {
            assert_eq!(Envelope::try_from(state::Envelope::from(&envelope)), Ok(envelope));
        }
    }
}
