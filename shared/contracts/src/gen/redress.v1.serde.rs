impl serde::Serialize for AcceptRemains {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.AcceptRemains", len)?;
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for AcceptRemains {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = AcceptRemains;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.AcceptRemains")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<AcceptRemains, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                    }
                }
                Ok(AcceptRemains {
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.AcceptRemains", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Action {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "ACTION_UNSPECIFIED",
            Self::Locate => "ACTION_LOCATE",
            Self::Collect => "ACTION_COLLECT",
            Self::Rectify => "ACTION_RECTIFY",
            Self::Restrict => "ACTION_RESTRICT",
            Self::Lift => "ACTION_LIFT",
            Self::Withdraw => "ACTION_WITHDRAW",
            Self::Restore => "ACTION_RESTORE",
            Self::Purge => "ACTION_PURGE",
            Self::Poll => "ACTION_POLL",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Action {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "ACTION_UNSPECIFIED",
            "ACTION_LOCATE",
            "ACTION_COLLECT",
            "ACTION_RECTIFY",
            "ACTION_RESTRICT",
            "ACTION_LIFT",
            "ACTION_WITHDRAW",
            "ACTION_RESTORE",
            "ACTION_PURGE",
            "ACTION_POLL",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Action;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "ACTION_UNSPECIFIED" => Ok(Action::Unspecified),
                    "ACTION_LOCATE" => Ok(Action::Locate),
                    "ACTION_COLLECT" => Ok(Action::Collect),
                    "ACTION_RECTIFY" => Ok(Action::Rectify),
                    "ACTION_RESTRICT" => Ok(Action::Restrict),
                    "ACTION_LIFT" => Ok(Action::Lift),
                    "ACTION_WITHDRAW" => Ok(Action::Withdraw),
                    "ACTION_RESTORE" => Ok(Action::Restore),
                    "ACTION_PURGE" => Ok(Action::Purge),
                    "ACTION_POLL" => Ok(Action::Poll),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Actor {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.role != 0 {
            len += 1;
        }
        if !self.name.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Actor", len)?;
        if self.role != 0 {
            let v = Role::try_from(self.role)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.role)))?;
            struct_ser.serialize_field("role", &v)?;
        }
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Actor {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "role",
            "name",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Role,
            Name,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "role" => Ok(GeneratedField::Role),
                            "name" => Ok(GeneratedField::Name),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Actor;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Actor")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Actor, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut role__ = None;
                let mut name__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Role => {
                            if role__.is_some() {
                                return Err(serde::de::Error::duplicate_field("role"));
                            }
                            role__ = Some(map_.next_value::<Role>()? as i32);
                        }
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Actor {
                    role: role__.unwrap_or_default(),
                    name: name__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Actor", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Admission {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind != 0 {
            len += 1;
        }
        if self.subject_kind != 0 {
            len += 1;
        }
        if !self.identifiers.is_empty() {
            len += 1;
        }
        if !self.regimes.is_empty() {
            len += 1;
        }
        if self.received_at.is_some() {
            len += 1;
        }
        if self.due_at.is_some() {
            len += 1;
        }
        if self.requester.is_some() {
            len += 1;
        }
        if self.verification.is_some() {
            len += 1;
        }
        if self.trigger != 0 {
            len += 1;
        }
        if !self.scopes.is_empty() {
            len += 1;
        }
        if self.destination.is_some() {
            len += 1;
        }
        if !self.systems.is_empty() {
            len += 1;
        }
        if !self.subject_commitment.is_empty() {
            len += 1;
        }
        if self.opening.is_some() {
            len += 1;
        }
        if self.verified {
            len += 1;
        }
        if !self.earlier.is_empty() {
            len += 1;
        }
        if !self.idempotency.is_empty() {
            len += 1;
        }
        if !self.content.is_empty() {
            len += 1;
        }
        if self.actor.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Admission", len)?;
        if self.kind != 0 {
            let v = Kind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if self.subject_kind != 0 {
            let v = SubjectKind::try_from(self.subject_kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.subject_kind)))?;
            struct_ser.serialize_field("subjectKind", &v)?;
        }
        if !self.identifiers.is_empty() {
            struct_ser.serialize_field("identifiers", &self.identifiers)?;
        }
        if !self.regimes.is_empty() {
            let v = self.regimes.iter().cloned().map(|v| {
                Regime::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("regimes", &v)?;
        }
        if let Some(v) = self.received_at.as_ref() {
            struct_ser.serialize_field("receivedAt", v)?;
        }
        if let Some(v) = self.due_at.as_ref() {
            struct_ser.serialize_field("dueAt", v)?;
        }
        if let Some(v) = self.requester.as_ref() {
            struct_ser.serialize_field("requester", v)?;
        }
        if let Some(v) = self.verification.as_ref() {
            struct_ser.serialize_field("verification", v)?;
        }
        if self.trigger != 0 {
            let v = Trigger::try_from(self.trigger)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.trigger)))?;
            struct_ser.serialize_field("trigger", &v)?;
        }
        if !self.scopes.is_empty() {
            let v = self.scopes.iter().cloned().map(|v| {
                Scope::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("scopes", &v)?;
        }
        if let Some(v) = self.destination.as_ref() {
            struct_ser.serialize_field("destination", v)?;
        }
        if !self.systems.is_empty() {
            struct_ser.serialize_field("systems", &self.systems)?;
        }
        if !self.subject_commitment.is_empty() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("subjectCommitment", pbjson::private::base64::encode(&self.subject_commitment).as_str())?;
        }
        if let Some(v) = self.opening.as_ref() {
            struct_ser.serialize_field("opening", v)?;
        }
        if self.verified {
            struct_ser.serialize_field("verified", &self.verified)?;
        }
        if !self.earlier.is_empty() {
            struct_ser.serialize_field("earlier", &self.earlier)?;
        }
        if !self.idempotency.is_empty() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("idempotency", pbjson::private::base64::encode(&self.idempotency).as_str())?;
        }
        if !self.content.is_empty() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("content", pbjson::private::base64::encode(&self.content).as_str())?;
        }
        if let Some(v) = self.actor.as_ref() {
            struct_ser.serialize_field("actor", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Admission {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "subject_kind",
            "subjectKind",
            "identifiers",
            "regimes",
            "received_at",
            "receivedAt",
            "due_at",
            "dueAt",
            "requester",
            "verification",
            "trigger",
            "scopes",
            "destination",
            "systems",
            "subject_commitment",
            "subjectCommitment",
            "opening",
            "verified",
            "earlier",
            "idempotency",
            "content",
            "actor",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            SubjectKind,
            Identifiers,
            Regimes,
            ReceivedAt,
            DueAt,
            Requester,
            Verification,
            Trigger,
            Scopes,
            Destination,
            Systems,
            SubjectCommitment,
            Opening,
            Verified,
            Earlier,
            Idempotency,
            Content,
            Actor,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "subjectKind" | "subject_kind" => Ok(GeneratedField::SubjectKind),
                            "identifiers" => Ok(GeneratedField::Identifiers),
                            "regimes" => Ok(GeneratedField::Regimes),
                            "receivedAt" | "received_at" => Ok(GeneratedField::ReceivedAt),
                            "dueAt" | "due_at" => Ok(GeneratedField::DueAt),
                            "requester" => Ok(GeneratedField::Requester),
                            "verification" => Ok(GeneratedField::Verification),
                            "trigger" => Ok(GeneratedField::Trigger),
                            "scopes" => Ok(GeneratedField::Scopes),
                            "destination" => Ok(GeneratedField::Destination),
                            "systems" => Ok(GeneratedField::Systems),
                            "subjectCommitment" | "subject_commitment" => Ok(GeneratedField::SubjectCommitment),
                            "opening" => Ok(GeneratedField::Opening),
                            "verified" => Ok(GeneratedField::Verified),
                            "earlier" => Ok(GeneratedField::Earlier),
                            "idempotency" => Ok(GeneratedField::Idempotency),
                            "content" => Ok(GeneratedField::Content),
                            "actor" => Ok(GeneratedField::Actor),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Admission;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Admission")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Admission, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut subject_kind__ = None;
                let mut identifiers__ = None;
                let mut regimes__ = None;
                let mut received_at__ = None;
                let mut due_at__ = None;
                let mut requester__ = None;
                let mut verification__ = None;
                let mut trigger__ = None;
                let mut scopes__ = None;
                let mut destination__ = None;
                let mut systems__ = None;
                let mut subject_commitment__ = None;
                let mut opening__ = None;
                let mut verified__ = None;
                let mut earlier__ = None;
                let mut idempotency__ = None;
                let mut content__ = None;
                let mut actor__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<Kind>()? as i32);
                        }
                        GeneratedField::SubjectKind => {
                            if subject_kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subjectKind"));
                            }
                            subject_kind__ = Some(map_.next_value::<SubjectKind>()? as i32);
                        }
                        GeneratedField::Identifiers => {
                            if identifiers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("identifiers"));
                            }
                            identifiers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Regimes => {
                            if regimes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("regimes"));
                            }
                            regimes__ = Some(map_.next_value::<Vec<Regime>>()?.into_iter().map(|x| x as i32).collect());
                        }
                        GeneratedField::ReceivedAt => {
                            if received_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receivedAt"));
                            }
                            received_at__ = map_.next_value()?;
                        }
                        GeneratedField::DueAt => {
                            if due_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dueAt"));
                            }
                            due_at__ = map_.next_value()?;
                        }
                        GeneratedField::Requester => {
                            if requester__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requester"));
                            }
                            requester__ = map_.next_value()?;
                        }
                        GeneratedField::Verification => {
                            if verification__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verification"));
                            }
                            verification__ = map_.next_value()?;
                        }
                        GeneratedField::Trigger => {
                            if trigger__.is_some() {
                                return Err(serde::de::Error::duplicate_field("trigger"));
                            }
                            trigger__ = Some(map_.next_value::<Trigger>()? as i32);
                        }
                        GeneratedField::Scopes => {
                            if scopes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("scopes"));
                            }
                            scopes__ = Some(map_.next_value::<Vec<Scope>>()?.into_iter().map(|x| x as i32).collect());
                        }
                        GeneratedField::Destination => {
                            if destination__.is_some() {
                                return Err(serde::de::Error::duplicate_field("destination"));
                            }
                            destination__ = map_.next_value()?;
                        }
                        GeneratedField::Systems => {
                            if systems__.is_some() {
                                return Err(serde::de::Error::duplicate_field("systems"));
                            }
                            systems__ = Some(map_.next_value()?);
                        }
                        GeneratedField::SubjectCommitment => {
                            if subject_commitment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subjectCommitment"));
                            }
                            subject_commitment__ = 
                                Some(map_.next_value::<::pbjson::private::BytesDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Opening => {
                            if opening__.is_some() {
                                return Err(serde::de::Error::duplicate_field("opening"));
                            }
                            opening__ = map_.next_value()?;
                        }
                        GeneratedField::Verified => {
                            if verified__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verified"));
                            }
                            verified__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Earlier => {
                            if earlier__.is_some() {
                                return Err(serde::de::Error::duplicate_field("earlier"));
                            }
                            earlier__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Idempotency => {
                            if idempotency__.is_some() {
                                return Err(serde::de::Error::duplicate_field("idempotency"));
                            }
                            idempotency__ = 
                                Some(map_.next_value::<::pbjson::private::BytesDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Content => {
                            if content__.is_some() {
                                return Err(serde::de::Error::duplicate_field("content"));
                            }
                            content__ = 
                                Some(map_.next_value::<::pbjson::private::BytesDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Actor => {
                            if actor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("actor"));
                            }
                            actor__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Admission {
                    kind: kind__.unwrap_or_default(),
                    subject_kind: subject_kind__.unwrap_or_default(),
                    identifiers: identifiers__.unwrap_or_default(),
                    regimes: regimes__.unwrap_or_default(),
                    received_at: received_at__,
                    due_at: due_at__,
                    requester: requester__,
                    verification: verification__,
                    trigger: trigger__.unwrap_or_default(),
                    scopes: scopes__.unwrap_or_default(),
                    destination: destination__,
                    systems: systems__.unwrap_or_default(),
                    subject_commitment: subject_commitment__.unwrap_or_default(),
                    opening: opening__,
                    verified: verified__.unwrap_or_default(),
                    earlier: earlier__.unwrap_or_default(),
                    idempotency: idempotency__.unwrap_or_default(),
                    content: content__.unwrap_or_default(),
                    actor: actor__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Admission", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Approve {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.plan_digest.is_some() {
            len += 1;
        }
        if self.leave_undecided {
            len += 1;
        }
        if self.leave_undecided_identifiers {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Approve", len)?;
        if let Some(v) = self.plan_digest.as_ref() {
            struct_ser.serialize_field("planDigest", v)?;
        }
        if self.leave_undecided {
            struct_ser.serialize_field("leaveUndecided", &self.leave_undecided)?;
        }
        if self.leave_undecided_identifiers {
            struct_ser.serialize_field("leaveUndecidedIdentifiers", &self.leave_undecided_identifiers)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Approve {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "plan_digest",
            "planDigest",
            "leave_undecided",
            "leaveUndecided",
            "leave_undecided_identifiers",
            "leaveUndecidedIdentifiers",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            PlanDigest,
            LeaveUndecided,
            LeaveUndecidedIdentifiers,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "planDigest" | "plan_digest" => Ok(GeneratedField::PlanDigest),
                            "leaveUndecided" | "leave_undecided" => Ok(GeneratedField::LeaveUndecided),
                            "leaveUndecidedIdentifiers" | "leave_undecided_identifiers" => Ok(GeneratedField::LeaveUndecidedIdentifiers),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Approve;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Approve")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Approve, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut plan_digest__ = None;
                let mut leave_undecided__ = None;
                let mut leave_undecided_identifiers__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::PlanDigest => {
                            if plan_digest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("planDigest"));
                            }
                            plan_digest__ = map_.next_value()?;
                        }
                        GeneratedField::LeaveUndecided => {
                            if leave_undecided__.is_some() {
                                return Err(serde::de::Error::duplicate_field("leaveUndecided"));
                            }
                            leave_undecided__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LeaveUndecidedIdentifiers => {
                            if leave_undecided_identifiers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("leaveUndecidedIdentifiers"));
                            }
                            leave_undecided_identifiers__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Approve {
                    plan_digest: plan_digest__,
                    leave_undecided: leave_undecided__.unwrap_or_default(),
                    leave_undecided_identifiers: leave_undecided_identifiers__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Approve", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Cancel {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Cancel", len)?;
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Cancel {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Cancel;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Cancel")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Cancel, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Cancel {
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Cancel", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Candidate {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.id.is_empty() {
            len += 1;
        }
        if !self.system.is_empty() {
            len += 1;
        }
        if !self.dataset.is_empty() {
            len += 1;
        }
        if !self.by.is_empty() {
            len += 1;
        }
        if self.count != 0 {
            len += 1;
        }
        if self.preview.is_some() {
            len += 1;
        }
        if self.identifier.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Candidate", len)?;
        if !self.id.is_empty() {
            struct_ser.serialize_field("id", &self.id)?;
        }
        if !self.system.is_empty() {
            struct_ser.serialize_field("system", &self.system)?;
        }
        if !self.dataset.is_empty() {
            struct_ser.serialize_field("dataset", &self.dataset)?;
        }
        if !self.by.is_empty() {
            struct_ser.serialize_field("by", &self.by)?;
        }
        if self.count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("count", ToString::to_string(&self.count).as_str())?;
        }
        if let Some(v) = self.preview.as_ref() {
            struct_ser.serialize_field("preview", v)?;
        }
        if let Some(v) = self.identifier.as_ref() {
            struct_ser.serialize_field("identifier", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Candidate {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "id",
            "system",
            "dataset",
            "by",
            "count",
            "preview",
            "identifier",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Id,
            System,
            Dataset,
            By,
            Count,
            Preview,
            Identifier,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "id" => Ok(GeneratedField::Id),
                            "system" => Ok(GeneratedField::System),
                            "dataset" => Ok(GeneratedField::Dataset),
                            "by" => Ok(GeneratedField::By),
                            "count" => Ok(GeneratedField::Count),
                            "preview" => Ok(GeneratedField::Preview),
                            "identifier" => Ok(GeneratedField::Identifier),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Candidate;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Candidate")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Candidate, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut id__ = None;
                let mut system__ = None;
                let mut dataset__ = None;
                let mut by__ = None;
                let mut count__ = None;
                let mut preview__ = None;
                let mut identifier__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Id => {
                            if id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("id"));
                            }
                            id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::System => {
                            if system__.is_some() {
                                return Err(serde::de::Error::duplicate_field("system"));
                            }
                            system__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Dataset => {
                            if dataset__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dataset"));
                            }
                            dataset__ = Some(map_.next_value()?);
                        }
                        GeneratedField::By => {
                            if by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("by"));
                            }
                            by__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Count => {
                            if count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("count"));
                            }
                            count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Preview => {
                            if preview__.is_some() {
                                return Err(serde::de::Error::duplicate_field("preview"));
                            }
                            preview__ = map_.next_value()?;
                        }
                        GeneratedField::Identifier => {
                            if identifier__.is_some() {
                                return Err(serde::de::Error::duplicate_field("identifier"));
                            }
                            identifier__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Candidate {
                    id: id__.unwrap_or_default(),
                    system: system__.unwrap_or_default(),
                    dataset: dataset__.unwrap_or_default(),
                    by: by__.unwrap_or_default(),
                    count: count__.unwrap_or_default(),
                    preview: preview__,
                    identifier: identifier__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Candidate", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Cascade {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.dataset.is_empty() {
            len += 1;
        }
        if self.count != 0 {
            len += 1;
        }
        if self.sets_null {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Cascade", len)?;
        if !self.dataset.is_empty() {
            struct_ser.serialize_field("dataset", &self.dataset)?;
        }
        if self.count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("count", ToString::to_string(&self.count).as_str())?;
        }
        if self.sets_null {
            struct_ser.serialize_field("setsNull", &self.sets_null)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Cascade {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "dataset",
            "count",
            "sets_null",
            "setsNull",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Dataset,
            Count,
            SetsNull,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "dataset" => Ok(GeneratedField::Dataset),
                            "count" => Ok(GeneratedField::Count),
                            "setsNull" | "sets_null" => Ok(GeneratedField::SetsNull),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Cascade;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Cascade")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Cascade, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut dataset__ = None;
                let mut count__ = None;
                let mut sets_null__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Dataset => {
                            if dataset__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dataset"));
                            }
                            dataset__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Count => {
                            if count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("count"));
                            }
                            count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::SetsNull => {
                            if sets_null__.is_some() {
                                return Err(serde::de::Error::duplicate_field("setsNull"));
                            }
                            sets_null__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Cascade {
                    dataset: dataset__.unwrap_or_default(),
                    count: count__.unwrap_or_default(),
                    sets_null: sets_null__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Cascade", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Closing {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "CLOSING_UNSPECIFIED",
            Self::Completed => "CLOSING_COMPLETED",
            Self::CompletedRetained => "CLOSING_COMPLETED_RETAINED",
            Self::CompletedRemains => "CLOSING_COMPLETED_REMAINS",
            Self::NoDataFound => "CLOSING_NO_DATA_FOUND",
            Self::Declined => "CLOSING_DECLINED",
            Self::Cancelled => "CLOSING_CANCELLED",
            Self::Failed => "CLOSING_FAILED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Closing {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "CLOSING_UNSPECIFIED",
            "CLOSING_COMPLETED",
            "CLOSING_COMPLETED_RETAINED",
            "CLOSING_COMPLETED_REMAINS",
            "CLOSING_NO_DATA_FOUND",
            "CLOSING_DECLINED",
            "CLOSING_CANCELLED",
            "CLOSING_FAILED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Closing;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "CLOSING_UNSPECIFIED" => Ok(Closing::Unspecified),
                    "CLOSING_COMPLETED" => Ok(Closing::Completed),
                    "CLOSING_COMPLETED_RETAINED" => Ok(Closing::CompletedRetained),
                    "CLOSING_COMPLETED_REMAINS" => Ok(Closing::CompletedRemains),
                    "CLOSING_NO_DATA_FOUND" => Ok(Closing::NoDataFound),
                    "CLOSING_DECLINED" => Ok(Closing::Declined),
                    "CLOSING_CANCELLED" => Ok(Closing::Cancelled),
                    "CLOSING_FAILED" => Ok(Closing::Failed),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Collect {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request.is_empty() {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        if self.plan.is_some() {
            len += 1;
        }
        if self.plan_digest.is_some() {
            len += 1;
        }
        if !self.identifiers.is_empty() {
            len += 1;
        }
        if self.due_at.is_some() {
            len += 1;
        }
        if !self.searched.is_empty() {
            len += 1;
        }
        if !self.left_undecided.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Collect", len)?;
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if self.kind != 0 {
            let v = Kind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if let Some(v) = self.plan.as_ref() {
            struct_ser.serialize_field("plan", v)?;
        }
        if let Some(v) = self.plan_digest.as_ref() {
            struct_ser.serialize_field("planDigest", v)?;
        }
        if !self.identifiers.is_empty() {
            struct_ser.serialize_field("identifiers", &self.identifiers)?;
        }
        if let Some(v) = self.due_at.as_ref() {
            struct_ser.serialize_field("dueAt", v)?;
        }
        if !self.searched.is_empty() {
            struct_ser.serialize_field("searched", &self.searched)?;
        }
        if !self.left_undecided.is_empty() {
            let v: std::collections::HashMap<_, _> = self.left_undecided.iter()
                .map(|(k, v)| (k, v.to_string())).collect();
            struct_ser.serialize_field("leftUndecided", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Collect {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request",
            "kind",
            "plan",
            "plan_digest",
            "planDigest",
            "identifiers",
            "due_at",
            "dueAt",
            "searched",
            "left_undecided",
            "leftUndecided",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Request,
            Kind,
            Plan,
            PlanDigest,
            Identifiers,
            DueAt,
            Searched,
            LeftUndecided,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "request" => Ok(GeneratedField::Request),
                            "kind" => Ok(GeneratedField::Kind),
                            "plan" => Ok(GeneratedField::Plan),
                            "planDigest" | "plan_digest" => Ok(GeneratedField::PlanDigest),
                            "identifiers" => Ok(GeneratedField::Identifiers),
                            "dueAt" | "due_at" => Ok(GeneratedField::DueAt),
                            "searched" => Ok(GeneratedField::Searched),
                            "leftUndecided" | "left_undecided" => Ok(GeneratedField::LeftUndecided),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Collect;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Collect")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Collect, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request__ = None;
                let mut kind__ = None;
                let mut plan__ = None;
                let mut plan_digest__ = None;
                let mut identifiers__ = None;
                let mut due_at__ = None;
                let mut searched__ = None;
                let mut left_undecided__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<Kind>()? as i32);
                        }
                        GeneratedField::Plan => {
                            if plan__.is_some() {
                                return Err(serde::de::Error::duplicate_field("plan"));
                            }
                            plan__ = map_.next_value()?;
                        }
                        GeneratedField::PlanDigest => {
                            if plan_digest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("planDigest"));
                            }
                            plan_digest__ = map_.next_value()?;
                        }
                        GeneratedField::Identifiers => {
                            if identifiers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("identifiers"));
                            }
                            identifiers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::DueAt => {
                            if due_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dueAt"));
                            }
                            due_at__ = map_.next_value()?;
                        }
                        GeneratedField::Searched => {
                            if searched__.is_some() {
                                return Err(serde::de::Error::duplicate_field("searched"));
                            }
                            searched__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LeftUndecided => {
                            if left_undecided__.is_some() {
                                return Err(serde::de::Error::duplicate_field("leftUndecided"));
                            }
                            left_undecided__ = Some(
                                map_.next_value::<std::collections::BTreeMap<_, ::pbjson::private::NumberDeserialize<u64>>>()?
                                    .into_iter().map(|(k,v)| (k, v.0)).collect()
                            );
                        }
                    }
                }
                Ok(Collect {
                    request: request__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                    plan: plan__,
                    plan_digest: plan_digest__,
                    identifiers: identifiers__.unwrap_or_default(),
                    due_at: due_at__,
                    searched: searched__.unwrap_or_default(),
                    left_undecided: left_undecided__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Collect", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Collected {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request.is_empty() {
            len += 1;
        }
        if !self.answers.is_empty() {
            len += 1;
        }
        if !self.outcomes.is_empty() {
            len += 1;
        }
        if self.draft.is_some() {
            len += 1;
        }
        if !self.failure.is_empty() {
            len += 1;
        }
        if self.last_sequence != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Collected", len)?;
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if !self.answers.is_empty() {
            struct_ser.serialize_field("answers", &self.answers)?;
        }
        if !self.outcomes.is_empty() {
            struct_ser.serialize_field("outcomes", &self.outcomes)?;
        }
        if let Some(v) = self.draft.as_ref() {
            struct_ser.serialize_field("draft", v)?;
        }
        if !self.failure.is_empty() {
            struct_ser.serialize_field("failure", &self.failure)?;
        }
        if self.last_sequence != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lastSequence", ToString::to_string(&self.last_sequence).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Collected {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request",
            "answers",
            "outcomes",
            "draft",
            "failure",
            "last_sequence",
            "lastSequence",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Request,
            Answers,
            Outcomes,
            Draft,
            Failure,
            LastSequence,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "request" => Ok(GeneratedField::Request),
                            "answers" => Ok(GeneratedField::Answers),
                            "outcomes" => Ok(GeneratedField::Outcomes),
                            "draft" => Ok(GeneratedField::Draft),
                            "failure" => Ok(GeneratedField::Failure),
                            "lastSequence" | "last_sequence" => Ok(GeneratedField::LastSequence),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Collected;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Collected")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Collected, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request__ = None;
                let mut answers__ = None;
                let mut outcomes__ = None;
                let mut draft__ = None;
                let mut failure__ = None;
                let mut last_sequence__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Answers => {
                            if answers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("answers"));
                            }
                            answers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Outcomes => {
                            if outcomes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcomes"));
                            }
                            outcomes__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Draft => {
                            if draft__.is_some() {
                                return Err(serde::de::Error::duplicate_field("draft"));
                            }
                            draft__ = map_.next_value()?;
                        }
                        GeneratedField::Failure => {
                            if failure__.is_some() {
                                return Err(serde::de::Error::duplicate_field("failure"));
                            }
                            failure__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LastSequence => {
                            if last_sequence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastSequence"));
                            }
                            last_sequence__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Collected {
                    request: request__.unwrap_or_default(),
                    answers: answers__.unwrap_or_default(),
                    outcomes: outcomes__.unwrap_or_default(),
                    draft: draft__,
                    failure: failure__.unwrap_or_default(),
                    last_sequence: last_sequence__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Collected", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for CollectionCompleted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.outcomes.is_empty() {
            len += 1;
        }
        if self.draft.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.CollectionCompleted", len)?;
        if !self.outcomes.is_empty() {
            struct_ser.serialize_field("outcomes", &self.outcomes)?;
        }
        if let Some(v) = self.draft.as_ref() {
            struct_ser.serialize_field("draft", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for CollectionCompleted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "outcomes",
            "draft",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Outcomes,
            Draft,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "outcomes" => Ok(GeneratedField::Outcomes),
                            "draft" => Ok(GeneratedField::Draft),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = CollectionCompleted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.CollectionCompleted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<CollectionCompleted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut outcomes__ = None;
                let mut draft__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Outcomes => {
                            if outcomes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcomes"));
                            }
                            outcomes__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Draft => {
                            if draft__.is_some() {
                                return Err(serde::de::Error::duplicate_field("draft"));
                            }
                            draft__ = map_.next_value()?;
                        }
                    }
                }
                Ok(CollectionCompleted {
                    outcomes: outcomes__.unwrap_or_default(),
                    draft: draft__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.CollectionCompleted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Correction {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.system.is_empty() {
            len += 1;
        }
        if !self.field.is_empty() {
            len += 1;
        }
        if self.treatment != 0 {
            len += 1;
        }
        if !self.value.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Correction", len)?;
        if !self.system.is_empty() {
            struct_ser.serialize_field("system", &self.system)?;
        }
        if !self.field.is_empty() {
            struct_ser.serialize_field("field", &self.field)?;
        }
        if self.treatment != 0 {
            let v = Treatment::try_from(self.treatment)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.treatment)))?;
            struct_ser.serialize_field("treatment", &v)?;
        }
        if !self.value.is_empty() {
            struct_ser.serialize_field("value", &self.value)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Correction {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "system",
            "field",
            "treatment",
            "value",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            System,
            Field,
            Treatment,
            Value,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "system" => Ok(GeneratedField::System),
                            "field" => Ok(GeneratedField::Field),
                            "treatment" => Ok(GeneratedField::Treatment),
                            "value" => Ok(GeneratedField::Value),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Correction;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Correction")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Correction, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut system__ = None;
                let mut field__ = None;
                let mut treatment__ = None;
                let mut value__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::System => {
                            if system__.is_some() {
                                return Err(serde::de::Error::duplicate_field("system"));
                            }
                            system__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Field => {
                            if field__.is_some() {
                                return Err(serde::de::Error::duplicate_field("field"));
                            }
                            field__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Treatment => {
                            if treatment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("treatment"));
                            }
                            treatment__ = Some(map_.next_value::<Treatment>()? as i32);
                        }
                        GeneratedField::Value => {
                            if value__.is_some() {
                                return Err(serde::de::Error::duplicate_field("value"));
                            }
                            value__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Correction {
                    system: system__.unwrap_or_default(),
                    field: field__.unwrap_or_default(),
                    treatment: treatment__.unwrap_or_default(),
                    value: value__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Correction", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DatasetClass {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "DATASET_CLASS_UNSPECIFIED",
            Self::Content => "DATASET_CLASS_CONTENT",
            Self::Log => "DATASET_CLASS_LOG",
            Self::Audit => "DATASET_CLASS_AUDIT",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for DatasetClass {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "DATASET_CLASS_UNSPECIFIED",
            "DATASET_CLASS_CONTENT",
            "DATASET_CLASS_LOG",
            "DATASET_CLASS_AUDIT",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = DatasetClass;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "DATASET_CLASS_UNSPECIFIED" => Ok(DatasetClass::Unspecified),
                    "DATASET_CLASS_CONTENT" => Ok(DatasetClass::Content),
                    "DATASET_CLASS_LOG" => Ok(DatasetClass::Log),
                    "DATASET_CLASS_AUDIT" => Ok(DatasetClass::Audit),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for DatasetOutcome {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.dataset.is_empty() {
            len += 1;
        }
        if self.planned != 0 {
            len += 1;
        }
        if self.done != 0 {
            len += 1;
        }
        if self.kept != 0 {
            len += 1;
        }
        if self.remains != 0 {
            len += 1;
        }
        if self.evidence != 0 {
            len += 1;
        }
        if self.expected_by.is_some() {
            len += 1;
        }
        if self.ground != 0 {
            len += 1;
        }
        if !self.reference.is_empty() {
            len += 1;
        }
        if self.content.is_some() {
            len += 1;
        }
        if self.bytes != 0 {
            len += 1;
        }
        if !self.retained.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.DatasetOutcome", len)?;
        if !self.dataset.is_empty() {
            struct_ser.serialize_field("dataset", &self.dataset)?;
        }
        if self.planned != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("planned", ToString::to_string(&self.planned).as_str())?;
        }
        if self.done != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("done", ToString::to_string(&self.done).as_str())?;
        }
        if self.kept != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("kept", ToString::to_string(&self.kept).as_str())?;
        }
        if self.remains != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("remains", ToString::to_string(&self.remains).as_str())?;
        }
        if self.evidence != 0 {
            let v = Evidence::try_from(self.evidence)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.evidence)))?;
            struct_ser.serialize_field("evidence", &v)?;
        }
        if let Some(v) = self.expected_by.as_ref() {
            struct_ser.serialize_field("expectedBy", v)?;
        }
        if self.ground != 0 {
            let v = Ground::try_from(self.ground)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.ground)))?;
            struct_ser.serialize_field("ground", &v)?;
        }
        if !self.reference.is_empty() {
            struct_ser.serialize_field("reference", &self.reference)?;
        }
        if let Some(v) = self.content.as_ref() {
            struct_ser.serialize_field("content", v)?;
        }
        if self.bytes != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("bytes", ToString::to_string(&self.bytes).as_str())?;
        }
        if !self.retained.is_empty() {
            struct_ser.serialize_field("retained", &self.retained)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DatasetOutcome {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "dataset",
            "planned",
            "done",
            "kept",
            "remains",
            "evidence",
            "expected_by",
            "expectedBy",
            "ground",
            "reference",
            "content",
            "bytes",
            "retained",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Dataset,
            Planned,
            Done,
            Kept,
            Remains,
            Evidence,
            ExpectedBy,
            Ground,
            Reference,
            Content,
            Bytes,
            Retained,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "dataset" => Ok(GeneratedField::Dataset),
                            "planned" => Ok(GeneratedField::Planned),
                            "done" => Ok(GeneratedField::Done),
                            "kept" => Ok(GeneratedField::Kept),
                            "remains" => Ok(GeneratedField::Remains),
                            "evidence" => Ok(GeneratedField::Evidence),
                            "expectedBy" | "expected_by" => Ok(GeneratedField::ExpectedBy),
                            "ground" => Ok(GeneratedField::Ground),
                            "reference" => Ok(GeneratedField::Reference),
                            "content" => Ok(GeneratedField::Content),
                            "bytes" => Ok(GeneratedField::Bytes),
                            "retained" => Ok(GeneratedField::Retained),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DatasetOutcome;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.DatasetOutcome")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DatasetOutcome, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut dataset__ = None;
                let mut planned__ = None;
                let mut done__ = None;
                let mut kept__ = None;
                let mut remains__ = None;
                let mut evidence__ = None;
                let mut expected_by__ = None;
                let mut ground__ = None;
                let mut reference__ = None;
                let mut content__ = None;
                let mut bytes__ = None;
                let mut retained__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Dataset => {
                            if dataset__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dataset"));
                            }
                            dataset__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Planned => {
                            if planned__.is_some() {
                                return Err(serde::de::Error::duplicate_field("planned"));
                            }
                            planned__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Done => {
                            if done__.is_some() {
                                return Err(serde::de::Error::duplicate_field("done"));
                            }
                            done__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Kept => {
                            if kept__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kept"));
                            }
                            kept__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Remains => {
                            if remains__.is_some() {
                                return Err(serde::de::Error::duplicate_field("remains"));
                            }
                            remains__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Evidence => {
                            if evidence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("evidence"));
                            }
                            evidence__ = Some(map_.next_value::<Evidence>()? as i32);
                        }
                        GeneratedField::ExpectedBy => {
                            if expected_by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("expectedBy"));
                            }
                            expected_by__ = map_.next_value()?;
                        }
                        GeneratedField::Ground => {
                            if ground__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ground"));
                            }
                            ground__ = Some(map_.next_value::<Ground>()? as i32);
                        }
                        GeneratedField::Reference => {
                            if reference__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reference"));
                            }
                            reference__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Content => {
                            if content__.is_some() {
                                return Err(serde::de::Error::duplicate_field("content"));
                            }
                            content__ = map_.next_value()?;
                        }
                        GeneratedField::Bytes => {
                            if bytes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bytes"));
                            }
                            bytes__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Retained => {
                            if retained__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retained"));
                            }
                            retained__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(DatasetOutcome {
                    dataset: dataset__.unwrap_or_default(),
                    planned: planned__.unwrap_or_default(),
                    done: done__.unwrap_or_default(),
                    kept: kept__.unwrap_or_default(),
                    remains: remains__.unwrap_or_default(),
                    evidence: evidence__.unwrap_or_default(),
                    expected_by: expected_by__,
                    ground: ground__.unwrap_or_default(),
                    reference: reference__.unwrap_or_default(),
                    content: content__,
                    bytes: bytes__.unwrap_or_default(),
                    retained: retained__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.DatasetOutcome", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DatasetPlan {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.dataset.is_empty() {
            len += 1;
        }
        if self.class != 0 {
            len += 1;
        }
        if self.count != 0 {
            len += 1;
        }
        if self.keys.is_some() {
            len += 1;
        }
        if self.treatment != 0 {
            len += 1;
        }
        if self.ground != 0 {
            len += 1;
        }
        if !self.ground_text.is_empty() {
            len += 1;
        }
        if !self.fields.is_empty() {
            len += 1;
        }
        if !self.unmapped_columns.is_empty() {
            len += 1;
        }
        if !self.cascades.is_empty() {
            len += 1;
        }
        if !self.keys_reference.is_empty() {
            len += 1;
        }
        if !self.special_categories.is_empty() {
            len += 1;
        }
        if self.kept_keys.is_some() {
            len += 1;
        }
        if !self.refusals.is_empty() {
            len += 1;
        }
        if !self.roles.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.DatasetPlan", len)?;
        if !self.dataset.is_empty() {
            struct_ser.serialize_field("dataset", &self.dataset)?;
        }
        if self.class != 0 {
            let v = DatasetClass::try_from(self.class)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.class)))?;
            struct_ser.serialize_field("class", &v)?;
        }
        if self.count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("count", ToString::to_string(&self.count).as_str())?;
        }
        if let Some(v) = self.keys.as_ref() {
            struct_ser.serialize_field("keys", v)?;
        }
        if self.treatment != 0 {
            let v = Treatment::try_from(self.treatment)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.treatment)))?;
            struct_ser.serialize_field("treatment", &v)?;
        }
        if self.ground != 0 {
            let v = Ground::try_from(self.ground)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.ground)))?;
            struct_ser.serialize_field("ground", &v)?;
        }
        if !self.ground_text.is_empty() {
            struct_ser.serialize_field("groundText", &self.ground_text)?;
        }
        if !self.fields.is_empty() {
            struct_ser.serialize_field("fields", &self.fields)?;
        }
        if !self.unmapped_columns.is_empty() {
            struct_ser.serialize_field("unmappedColumns", &self.unmapped_columns)?;
        }
        if !self.cascades.is_empty() {
            struct_ser.serialize_field("cascades", &self.cascades)?;
        }
        if !self.keys_reference.is_empty() {
            struct_ser.serialize_field("keysReference", &self.keys_reference)?;
        }
        if !self.special_categories.is_empty() {
            struct_ser.serialize_field("specialCategories", &self.special_categories)?;
        }
        if let Some(v) = self.kept_keys.as_ref() {
            struct_ser.serialize_field("keptKeys", v)?;
        }
        if !self.refusals.is_empty() {
            struct_ser.serialize_field("refusals", &self.refusals)?;
        }
        if !self.roles.is_empty() {
            struct_ser.serialize_field("roles", &self.roles)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DatasetPlan {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "dataset",
            "class",
            "count",
            "keys",
            "treatment",
            "ground",
            "ground_text",
            "groundText",
            "fields",
            "unmapped_columns",
            "unmappedColumns",
            "cascades",
            "keys_reference",
            "keysReference",
            "special_categories",
            "specialCategories",
            "kept_keys",
            "keptKeys",
            "refusals",
            "roles",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Dataset,
            Class,
            Count,
            Keys,
            Treatment,
            Ground,
            GroundText,
            Fields,
            UnmappedColumns,
            Cascades,
            KeysReference,
            SpecialCategories,
            KeptKeys,
            Refusals,
            Roles,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "dataset" => Ok(GeneratedField::Dataset),
                            "class" => Ok(GeneratedField::Class),
                            "count" => Ok(GeneratedField::Count),
                            "keys" => Ok(GeneratedField::Keys),
                            "treatment" => Ok(GeneratedField::Treatment),
                            "ground" => Ok(GeneratedField::Ground),
                            "groundText" | "ground_text" => Ok(GeneratedField::GroundText),
                            "fields" => Ok(GeneratedField::Fields),
                            "unmappedColumns" | "unmapped_columns" => Ok(GeneratedField::UnmappedColumns),
                            "cascades" => Ok(GeneratedField::Cascades),
                            "keysReference" | "keys_reference" => Ok(GeneratedField::KeysReference),
                            "specialCategories" | "special_categories" => Ok(GeneratedField::SpecialCategories),
                            "keptKeys" | "kept_keys" => Ok(GeneratedField::KeptKeys),
                            "refusals" => Ok(GeneratedField::Refusals),
                            "roles" => Ok(GeneratedField::Roles),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DatasetPlan;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.DatasetPlan")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DatasetPlan, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut dataset__ = None;
                let mut class__ = None;
                let mut count__ = None;
                let mut keys__ = None;
                let mut treatment__ = None;
                let mut ground__ = None;
                let mut ground_text__ = None;
                let mut fields__ = None;
                let mut unmapped_columns__ = None;
                let mut cascades__ = None;
                let mut keys_reference__ = None;
                let mut special_categories__ = None;
                let mut kept_keys__ = None;
                let mut refusals__ = None;
                let mut roles__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Dataset => {
                            if dataset__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dataset"));
                            }
                            dataset__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Class => {
                            if class__.is_some() {
                                return Err(serde::de::Error::duplicate_field("class"));
                            }
                            class__ = Some(map_.next_value::<DatasetClass>()? as i32);
                        }
                        GeneratedField::Count => {
                            if count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("count"));
                            }
                            count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Keys => {
                            if keys__.is_some() {
                                return Err(serde::de::Error::duplicate_field("keys"));
                            }
                            keys__ = map_.next_value()?;
                        }
                        GeneratedField::Treatment => {
                            if treatment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("treatment"));
                            }
                            treatment__ = Some(map_.next_value::<Treatment>()? as i32);
                        }
                        GeneratedField::Ground => {
                            if ground__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ground"));
                            }
                            ground__ = Some(map_.next_value::<Ground>()? as i32);
                        }
                        GeneratedField::GroundText => {
                            if ground_text__.is_some() {
                                return Err(serde::de::Error::duplicate_field("groundText"));
                            }
                            ground_text__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Fields => {
                            if fields__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fields"));
                            }
                            fields__ = Some(map_.next_value()?);
                        }
                        GeneratedField::UnmappedColumns => {
                            if unmapped_columns__.is_some() {
                                return Err(serde::de::Error::duplicate_field("unmappedColumns"));
                            }
                            unmapped_columns__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Cascades => {
                            if cascades__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cascades"));
                            }
                            cascades__ = Some(map_.next_value()?);
                        }
                        GeneratedField::KeysReference => {
                            if keys_reference__.is_some() {
                                return Err(serde::de::Error::duplicate_field("keysReference"));
                            }
                            keys_reference__ = Some(map_.next_value()?);
                        }
                        GeneratedField::SpecialCategories => {
                            if special_categories__.is_some() {
                                return Err(serde::de::Error::duplicate_field("specialCategories"));
                            }
                            special_categories__ = Some(map_.next_value()?);
                        }
                        GeneratedField::KeptKeys => {
                            if kept_keys__.is_some() {
                                return Err(serde::de::Error::duplicate_field("keptKeys"));
                            }
                            kept_keys__ = map_.next_value()?;
                        }
                        GeneratedField::Refusals => {
                            if refusals__.is_some() {
                                return Err(serde::de::Error::duplicate_field("refusals"));
                            }
                            refusals__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Roles => {
                            if roles__.is_some() {
                                return Err(serde::de::Error::duplicate_field("roles"));
                            }
                            roles__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(DatasetPlan {
                    dataset: dataset__.unwrap_or_default(),
                    class: class__.unwrap_or_default(),
                    count: count__.unwrap_or_default(),
                    keys: keys__,
                    treatment: treatment__.unwrap_or_default(),
                    ground: ground__.unwrap_or_default(),
                    ground_text: ground_text__.unwrap_or_default(),
                    fields: fields__.unwrap_or_default(),
                    unmapped_columns: unmapped_columns__.unwrap_or_default(),
                    cascades: cascades__.unwrap_or_default(),
                    keys_reference: keys_reference__.unwrap_or_default(),
                    special_categories: special_categories__.unwrap_or_default(),
                    kept_keys: kept_keys__,
                    refusals: refusals__.unwrap_or_default(),
                    roles: roles__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.DatasetPlan", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DecideCandidates {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.accepted.is_empty() {
            len += 1;
        }
        if !self.rejected.is_empty() {
            len += 1;
        }
        if !self.rejected_rows.is_empty() {
            len += 1;
        }
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.DecideCandidates", len)?;
        if !self.accepted.is_empty() {
            struct_ser.serialize_field("accepted", &self.accepted)?;
        }
        if !self.rejected.is_empty() {
            struct_ser.serialize_field("rejected", &self.rejected)?;
        }
        if !self.rejected_rows.is_empty() {
            struct_ser.serialize_field("rejectedRows", &self.rejected_rows)?;
        }
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DecideCandidates {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "accepted",
            "rejected",
            "rejected_rows",
            "rejectedRows",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Accepted,
            Rejected,
            RejectedRows,
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "accepted" => Ok(GeneratedField::Accepted),
                            "rejected" => Ok(GeneratedField::Rejected),
                            "rejectedRows" | "rejected_rows" => Ok(GeneratedField::RejectedRows),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DecideCandidates;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.DecideCandidates")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DecideCandidates, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut accepted__ = None;
                let mut rejected__ = None;
                let mut rejected_rows__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Accepted => {
                            if accepted__.is_some() {
                                return Err(serde::de::Error::duplicate_field("accepted"));
                            }
                            accepted__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Rejected => {
                            if rejected__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rejected"));
                            }
                            rejected__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RejectedRows => {
                            if rejected_rows__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rejectedRows"));
                            }
                            rejected_rows__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                    }
                }
                Ok(DecideCandidates {
                    accepted: accepted__.unwrap_or_default(),
                    rejected: rejected__.unwrap_or_default(),
                    rejected_rows: rejected_rows__.unwrap_or_default(),
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.DecideCandidates", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Decline {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Decline", len)?;
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Decline {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Decline;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Decline")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Decline, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Decline {
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Decline", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Deed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.actor.is_some() {
            len += 1;
        }
        if self.what.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Deed", len)?;
        if let Some(v) = self.actor.as_ref() {
            struct_ser.serialize_field("actor", v)?;
        }
        if let Some(v) = self.what.as_ref() {
            match v {
                deed::What::Verified(v) => {
                    struct_ser.serialize_field("verified", v)?;
                }
                deed::What::Approve(v) => {
                    struct_ser.serialize_field("approve", v)?;
                }
                deed::What::Decline(v) => {
                    struct_ser.serialize_field("decline", v)?;
                }
                deed::What::Cancel(v) => {
                    struct_ser.serialize_field("cancel", v)?;
                }
                deed::What::Candidates(v) => {
                    struct_ser.serialize_field("candidates", v)?;
                }
                deed::What::AcceptRemains(v) => {
                    struct_ser.serialize_field("acceptRemains", v)?;
                }
                deed::What::Retry(v) => {
                    struct_ser.serialize_field("retry", v)?;
                }
                deed::What::GiveUp(v) => {
                    struct_ser.serialize_field("giveUp", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Deed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "actor",
            "verified",
            "approve",
            "decline",
            "cancel",
            "candidates",
            "accept_remains",
            "acceptRemains",
            "retry",
            "give_up",
            "giveUp",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Actor,
            Verified,
            Approve,
            Decline,
            Cancel,
            Candidates,
            AcceptRemains,
            Retry,
            GiveUp,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "actor" => Ok(GeneratedField::Actor),
                            "verified" => Ok(GeneratedField::Verified),
                            "approve" => Ok(GeneratedField::Approve),
                            "decline" => Ok(GeneratedField::Decline),
                            "cancel" => Ok(GeneratedField::Cancel),
                            "candidates" => Ok(GeneratedField::Candidates),
                            "acceptRemains" | "accept_remains" => Ok(GeneratedField::AcceptRemains),
                            "retry" => Ok(GeneratedField::Retry),
                            "giveUp" | "give_up" => Ok(GeneratedField::GiveUp),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Deed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Deed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Deed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut actor__ = None;
                let mut what__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Actor => {
                            if actor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("actor"));
                            }
                            actor__ = map_.next_value()?;
                        }
                        GeneratedField::Verified => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verified"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(deed::What::Verified)
;
                        }
                        GeneratedField::Approve => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("approve"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(deed::What::Approve)
;
                        }
                        GeneratedField::Decline => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("decline"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(deed::What::Decline)
;
                        }
                        GeneratedField::Cancel => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("cancel"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(deed::What::Cancel)
;
                        }
                        GeneratedField::Candidates => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("candidates"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(deed::What::Candidates)
;
                        }
                        GeneratedField::AcceptRemains => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("acceptRemains"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(deed::What::AcceptRemains)
;
                        }
                        GeneratedField::Retry => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retry"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(deed::What::Retry)
;
                        }
                        GeneratedField::GiveUp => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("giveUp"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(deed::What::GiveUp)
;
                        }
                    }
                }
                Ok(Deed {
                    actor: actor__,
                    what: what__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Deed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DeletionPurged {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.outcomes.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.DeletionPurged", len)?;
        if !self.outcomes.is_empty() {
            struct_ser.serialize_field("outcomes", &self.outcomes)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DeletionPurged {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "outcomes",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Outcomes,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "outcomes" => Ok(GeneratedField::Outcomes),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DeletionPurged;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.DeletionPurged")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DeletionPurged, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut outcomes__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Outcomes => {
                            if outcomes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcomes"));
                            }
                            outcomes__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(DeletionPurged {
                    outcomes: outcomes__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.DeletionPurged", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DeletionWithdrawn {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.outcomes.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.DeletionWithdrawn", len)?;
        if !self.outcomes.is_empty() {
            struct_ser.serialize_field("outcomes", &self.outcomes)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DeletionWithdrawn {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "outcomes",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Outcomes,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "outcomes" => Ok(GeneratedField::Outcomes),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DeletionWithdrawn;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.DeletionWithdrawn")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DeletionWithdrawn, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut outcomes__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Outcomes => {
                            if outcomes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcomes"));
                            }
                            outcomes__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(DeletionWithdrawn {
                    outcomes: outcomes__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.DeletionWithdrawn", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Destination {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.to.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Destination", len)?;
        if let Some(v) = self.to.as_ref() {
            match v {
                destination::To::ContainerUrl(v) => {
                    struct_ser.serialize_field("containerUrl", v)?;
                }
                destination::To::Controller(v) => {
                    struct_ser.serialize_field("controller", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Destination {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "container_url",
            "containerUrl",
            "controller",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            ContainerUrl,
            Controller,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "containerUrl" | "container_url" => Ok(GeneratedField::ContainerUrl),
                            "controller" => Ok(GeneratedField::Controller),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Destination;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Destination")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Destination, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut to__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::ContainerUrl => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("containerUrl"));
                            }
                            to__ = map_.next_value::<::std::option::Option<_>>()?.map(destination::To::ContainerUrl);
                        }
                        GeneratedField::Controller => {
                            if to__.is_some() {
                                return Err(serde::de::Error::duplicate_field("controller"));
                            }
                            to__ = map_.next_value::<::std::option::Option<_>>()?.map(destination::To::Controller);
                        }
                    }
                }
                Ok(Destination {
                    to: to__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Destination", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Digest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.sha256.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Digest", len)?;
        if !self.sha256.is_empty() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("sha256", pbjson::private::base64::encode(&self.sha256).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Digest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "sha256",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Sha256,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "sha256" => Ok(GeneratedField::Sha256),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Digest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Digest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Digest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut sha256__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Sha256 => {
                            if sha256__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sha256"));
                            }
                            sha256__ = 
                                Some(map_.next_value::<::pbjson::private::BytesDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Digest {
                    sha256: sha256__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Digest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Discover {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request.is_empty() {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        if self.subject_kind != 0 {
            len += 1;
        }
        if !self.identifiers.is_empty() {
            len += 1;
        }
        if !self.scopes.is_empty() {
            len += 1;
        }
        if !self.systems.is_empty() {
            len += 1;
        }
        if self.due_at.is_some() {
            len += 1;
        }
        if !self.accepted_candidates.is_empty() {
            len += 1;
        }
        if !self.rejected_candidates.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Discover", len)?;
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if self.kind != 0 {
            let v = Kind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if self.subject_kind != 0 {
            let v = SubjectKind::try_from(self.subject_kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.subject_kind)))?;
            struct_ser.serialize_field("subjectKind", &v)?;
        }
        if !self.identifiers.is_empty() {
            struct_ser.serialize_field("identifiers", &self.identifiers)?;
        }
        if !self.scopes.is_empty() {
            let v = self.scopes.iter().cloned().map(|v| {
                Scope::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("scopes", &v)?;
        }
        if !self.systems.is_empty() {
            struct_ser.serialize_field("systems", &self.systems)?;
        }
        if let Some(v) = self.due_at.as_ref() {
            struct_ser.serialize_field("dueAt", v)?;
        }
        if !self.accepted_candidates.is_empty() {
            struct_ser.serialize_field("acceptedCandidates", &self.accepted_candidates)?;
        }
        if !self.rejected_candidates.is_empty() {
            struct_ser.serialize_field("rejectedCandidates", &self.rejected_candidates)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Discover {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request",
            "kind",
            "subject_kind",
            "subjectKind",
            "identifiers",
            "scopes",
            "systems",
            "due_at",
            "dueAt",
            "accepted_candidates",
            "acceptedCandidates",
            "rejected_candidates",
            "rejectedCandidates",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Request,
            Kind,
            SubjectKind,
            Identifiers,
            Scopes,
            Systems,
            DueAt,
            AcceptedCandidates,
            RejectedCandidates,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "request" => Ok(GeneratedField::Request),
                            "kind" => Ok(GeneratedField::Kind),
                            "subjectKind" | "subject_kind" => Ok(GeneratedField::SubjectKind),
                            "identifiers" => Ok(GeneratedField::Identifiers),
                            "scopes" => Ok(GeneratedField::Scopes),
                            "systems" => Ok(GeneratedField::Systems),
                            "dueAt" | "due_at" => Ok(GeneratedField::DueAt),
                            "acceptedCandidates" | "accepted_candidates" => Ok(GeneratedField::AcceptedCandidates),
                            "rejectedCandidates" | "rejected_candidates" => Ok(GeneratedField::RejectedCandidates),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Discover;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Discover")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Discover, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request__ = None;
                let mut kind__ = None;
                let mut subject_kind__ = None;
                let mut identifiers__ = None;
                let mut scopes__ = None;
                let mut systems__ = None;
                let mut due_at__ = None;
                let mut accepted_candidates__ = None;
                let mut rejected_candidates__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<Kind>()? as i32);
                        }
                        GeneratedField::SubjectKind => {
                            if subject_kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subjectKind"));
                            }
                            subject_kind__ = Some(map_.next_value::<SubjectKind>()? as i32);
                        }
                        GeneratedField::Identifiers => {
                            if identifiers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("identifiers"));
                            }
                            identifiers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Scopes => {
                            if scopes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("scopes"));
                            }
                            scopes__ = Some(map_.next_value::<Vec<Scope>>()?.into_iter().map(|x| x as i32).collect());
                        }
                        GeneratedField::Systems => {
                            if systems__.is_some() {
                                return Err(serde::de::Error::duplicate_field("systems"));
                            }
                            systems__ = Some(map_.next_value()?);
                        }
                        GeneratedField::DueAt => {
                            if due_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dueAt"));
                            }
                            due_at__ = map_.next_value()?;
                        }
                        GeneratedField::AcceptedCandidates => {
                            if accepted_candidates__.is_some() {
                                return Err(serde::de::Error::duplicate_field("acceptedCandidates"));
                            }
                            accepted_candidates__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RejectedCandidates => {
                            if rejected_candidates__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rejectedCandidates"));
                            }
                            rejected_candidates__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Discover {
                    request: request__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                    subject_kind: subject_kind__.unwrap_or_default(),
                    identifiers: identifiers__.unwrap_or_default(),
                    scopes: scopes__.unwrap_or_default(),
                    systems: systems__.unwrap_or_default(),
                    due_at: due_at__,
                    accepted_candidates: accepted_candidates__.unwrap_or_default(),
                    rejected_candidates: rejected_candidates__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Discover", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Discovered {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request.is_empty() {
            len += 1;
        }
        if !self.answers.is_empty() {
            len += 1;
        }
        if self.inventory.is_some() {
            len += 1;
        }
        if self.plan.is_some() {
            len += 1;
        }
        if self.plan_digest.is_some() {
            len += 1;
        }
        if !self.identifiers.is_empty() {
            len += 1;
        }
        if self.ambiguous_identity {
            len += 1;
        }
        if !self.failure.is_empty() {
            len += 1;
        }
        if self.last_sequence != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Discovered", len)?;
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if !self.answers.is_empty() {
            struct_ser.serialize_field("answers", &self.answers)?;
        }
        if let Some(v) = self.inventory.as_ref() {
            struct_ser.serialize_field("inventory", v)?;
        }
        if let Some(v) = self.plan.as_ref() {
            struct_ser.serialize_field("plan", v)?;
        }
        if let Some(v) = self.plan_digest.as_ref() {
            struct_ser.serialize_field("planDigest", v)?;
        }
        if !self.identifiers.is_empty() {
            struct_ser.serialize_field("identifiers", &self.identifiers)?;
        }
        if self.ambiguous_identity {
            struct_ser.serialize_field("ambiguousIdentity", &self.ambiguous_identity)?;
        }
        if !self.failure.is_empty() {
            struct_ser.serialize_field("failure", &self.failure)?;
        }
        if self.last_sequence != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lastSequence", ToString::to_string(&self.last_sequence).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Discovered {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request",
            "answers",
            "inventory",
            "plan",
            "plan_digest",
            "planDigest",
            "identifiers",
            "ambiguous_identity",
            "ambiguousIdentity",
            "failure",
            "last_sequence",
            "lastSequence",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Request,
            Answers,
            Inventory,
            Plan,
            PlanDigest,
            Identifiers,
            AmbiguousIdentity,
            Failure,
            LastSequence,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "request" => Ok(GeneratedField::Request),
                            "answers" => Ok(GeneratedField::Answers),
                            "inventory" => Ok(GeneratedField::Inventory),
                            "plan" => Ok(GeneratedField::Plan),
                            "planDigest" | "plan_digest" => Ok(GeneratedField::PlanDigest),
                            "identifiers" => Ok(GeneratedField::Identifiers),
                            "ambiguousIdentity" | "ambiguous_identity" => Ok(GeneratedField::AmbiguousIdentity),
                            "failure" => Ok(GeneratedField::Failure),
                            "lastSequence" | "last_sequence" => Ok(GeneratedField::LastSequence),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Discovered;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Discovered")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Discovered, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request__ = None;
                let mut answers__ = None;
                let mut inventory__ = None;
                let mut plan__ = None;
                let mut plan_digest__ = None;
                let mut identifiers__ = None;
                let mut ambiguous_identity__ = None;
                let mut failure__ = None;
                let mut last_sequence__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Answers => {
                            if answers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("answers"));
                            }
                            answers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Inventory => {
                            if inventory__.is_some() {
                                return Err(serde::de::Error::duplicate_field("inventory"));
                            }
                            inventory__ = map_.next_value()?;
                        }
                        GeneratedField::Plan => {
                            if plan__.is_some() {
                                return Err(serde::de::Error::duplicate_field("plan"));
                            }
                            plan__ = map_.next_value()?;
                        }
                        GeneratedField::PlanDigest => {
                            if plan_digest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("planDigest"));
                            }
                            plan_digest__ = map_.next_value()?;
                        }
                        GeneratedField::Identifiers => {
                            if identifiers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("identifiers"));
                            }
                            identifiers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::AmbiguousIdentity => {
                            if ambiguous_identity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ambiguousIdentity"));
                            }
                            ambiguous_identity__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Failure => {
                            if failure__.is_some() {
                                return Err(serde::de::Error::duplicate_field("failure"));
                            }
                            failure__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LastSequence => {
                            if last_sequence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastSequence"));
                            }
                            last_sequence__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Discovered {
                    request: request__.unwrap_or_default(),
                    answers: answers__.unwrap_or_default(),
                    inventory: inventory__,
                    plan: plan__,
                    plan_digest: plan_digest__,
                    identifiers: identifiers__.unwrap_or_default(),
                    ambiguous_identity: ambiguous_identity__.unwrap_or_default(),
                    failure: failure__.unwrap_or_default(),
                    last_sequence: last_sequence__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Discovered", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DiscoveryCompleted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.inventory.is_some() {
            len += 1;
        }
        if self.plan_digest.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.DiscoveryCompleted", len)?;
        if let Some(v) = self.inventory.as_ref() {
            struct_ser.serialize_field("inventory", v)?;
        }
        if let Some(v) = self.plan_digest.as_ref() {
            struct_ser.serialize_field("planDigest", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DiscoveryCompleted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "inventory",
            "plan_digest",
            "planDigest",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Inventory,
            PlanDigest,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "inventory" => Ok(GeneratedField::Inventory),
                            "planDigest" | "plan_digest" => Ok(GeneratedField::PlanDigest),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DiscoveryCompleted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.DiscoveryCompleted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DiscoveryCompleted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut inventory__ = None;
                let mut plan_digest__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Inventory => {
                            if inventory__.is_some() {
                                return Err(serde::de::Error::duplicate_field("inventory"));
                            }
                            inventory__ = map_.next_value()?;
                        }
                        GeneratedField::PlanDigest => {
                            if plan_digest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("planDigest"));
                            }
                            plan_digest__ = map_.next_value()?;
                        }
                    }
                }
                Ok(DiscoveryCompleted {
                    inventory: inventory__,
                    plan_digest: plan_digest__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.DiscoveryCompleted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for DraftSummary {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.records != 0 {
            len += 1;
        }
        if self.bytes != 0 {
            len += 1;
        }
        if self.manifest.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.DraftSummary", len)?;
        if self.records != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("records", ToString::to_string(&self.records).as_str())?;
        }
        if self.bytes != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("bytes", ToString::to_string(&self.bytes).as_str())?;
        }
        if let Some(v) = self.manifest.as_ref() {
            struct_ser.serialize_field("manifest", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for DraftSummary {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "records",
            "bytes",
            "manifest",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Records,
            Bytes,
            Manifest,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "records" => Ok(GeneratedField::Records),
                            "bytes" => Ok(GeneratedField::Bytes),
                            "manifest" => Ok(GeneratedField::Manifest),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = DraftSummary;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.DraftSummary")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<DraftSummary, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut records__ = None;
                let mut bytes__ = None;
                let mut manifest__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Records => {
                            if records__.is_some() {
                                return Err(serde::de::Error::duplicate_field("records"));
                            }
                            records__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Bytes => {
                            if bytes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bytes"));
                            }
                            bytes__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Manifest => {
                            if manifest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("manifest"));
                            }
                            manifest__ = map_.next_value()?;
                        }
                    }
                }
                Ok(DraftSummary {
                    records: records__.unwrap_or_default(),
                    bytes: bytes__.unwrap_or_default(),
                    manifest: manifest__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.DraftSummary", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Event {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request.is_empty() {
            len += 1;
        }
        if self.sequence != 0 {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        if self.actor.is_some() {
            len += 1;
        }
        if self.what.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Event", len)?;
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if self.sequence != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("sequence", ToString::to_string(&self.sequence).as_str())?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        if let Some(v) = self.actor.as_ref() {
            struct_ser.serialize_field("actor", v)?;
        }
        if let Some(v) = self.what.as_ref() {
            match v {
                event::What::RequestReceived(v) => {
                    struct_ser.serialize_field("requestReceived", v)?;
                }
                event::What::RequestRejected(v) => {
                    struct_ser.serialize_field("requestRejected", v)?;
                }
                event::What::RequestLinked(v) => {
                    struct_ser.serialize_field("requestLinked", v)?;
                }
                event::What::RequestVerified(v) => {
                    struct_ser.serialize_field("requestVerified", v)?;
                }
                event::What::RequestApproved(v) => {
                    struct_ser.serialize_field("requestApproved", v)?;
                }
                event::What::RequestDeclined(v) => {
                    struct_ser.serialize_field("requestDeclined", v)?;
                }
                event::What::RequestPaused(v) => {
                    struct_ser.serialize_field("requestPaused", v)?;
                }
                event::What::RequestResumed(v) => {
                    struct_ser.serialize_field("requestResumed", v)?;
                }
                event::What::RequestExtended(v) => {
                    struct_ser.serialize_field("requestExtended", v)?;
                }
                event::What::RequestOverdue(v) => {
                    struct_ser.serialize_field("requestOverdue", v)?;
                }
                event::What::RequestHeld(v) => {
                    struct_ser.serialize_field("requestHeld", v)?;
                }
                event::What::RequestRestored(v) => {
                    struct_ser.serialize_field("requestRestored", v)?;
                }
                event::What::RequestStuck(v) => {
                    struct_ser.serialize_field("requestStuck", v)?;
                }
                event::What::RequestClosed(v) => {
                    struct_ser.serialize_field("requestClosed", v)?;
                }
                event::What::DiscoveryCompleted(v) => {
                    struct_ser.serialize_field("discoveryCompleted", v)?;
                }
                event::What::CollectionCompleted(v) => {
                    struct_ser.serialize_field("collectionCompleted", v)?;
                }
                event::What::PackageReleased(v) => {
                    struct_ser.serialize_field("packageReleased", v)?;
                }
                event::What::PackageDelivered(v) => {
                    struct_ser.serialize_field("packageDelivered", v)?;
                }
                event::What::PackageExpired(v) => {
                    struct_ser.serialize_field("packageExpired", v)?;
                }
                event::What::DeletionWithdrawn(v) => {
                    struct_ser.serialize_field("deletionWithdrawn", v)?;
                }
                event::What::DeletionPurged(v) => {
                    struct_ser.serialize_field("deletionPurged", v)?;
                }
                event::What::RectificationApplied(v) => {
                    struct_ser.serialize_field("rectificationApplied", v)?;
                }
                event::What::RestrictionApplied(v) => {
                    struct_ser.serialize_field("restrictionApplied", v)?;
                }
                event::What::RestrictionLifted(v) => {
                    struct_ser.serialize_field("restrictionLifted", v)?;
                }
                event::What::RemainsFound(v) => {
                    struct_ser.serialize_field("remainsFound", v)?;
                }
                event::What::RemainsAccepted(v) => {
                    struct_ser.serialize_field("remainsAccepted", v)?;
                }
                event::What::ReceiptIssued(v) => {
                    struct_ser.serialize_field("receiptIssued", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Event {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request",
            "sequence",
            "at",
            "actor",
            "request_received",
            "requestReceived",
            "request_rejected",
            "requestRejected",
            "request_linked",
            "requestLinked",
            "request_verified",
            "requestVerified",
            "request_approved",
            "requestApproved",
            "request_declined",
            "requestDeclined",
            "request_paused",
            "requestPaused",
            "request_resumed",
            "requestResumed",
            "request_extended",
            "requestExtended",
            "request_overdue",
            "requestOverdue",
            "request_held",
            "requestHeld",
            "request_restored",
            "requestRestored",
            "request_stuck",
            "requestStuck",
            "request_closed",
            "requestClosed",
            "discovery_completed",
            "discoveryCompleted",
            "collection_completed",
            "collectionCompleted",
            "package_released",
            "packageReleased",
            "package_delivered",
            "packageDelivered",
            "package_expired",
            "packageExpired",
            "deletion_withdrawn",
            "deletionWithdrawn",
            "deletion_purged",
            "deletionPurged",
            "rectification_applied",
            "rectificationApplied",
            "restriction_applied",
            "restrictionApplied",
            "restriction_lifted",
            "restrictionLifted",
            "remains_found",
            "remainsFound",
            "remains_accepted",
            "remainsAccepted",
            "receipt_issued",
            "receiptIssued",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Request,
            Sequence,
            At,
            Actor,
            RequestReceived,
            RequestRejected,
            RequestLinked,
            RequestVerified,
            RequestApproved,
            RequestDeclined,
            RequestPaused,
            RequestResumed,
            RequestExtended,
            RequestOverdue,
            RequestHeld,
            RequestRestored,
            RequestStuck,
            RequestClosed,
            DiscoveryCompleted,
            CollectionCompleted,
            PackageReleased,
            PackageDelivered,
            PackageExpired,
            DeletionWithdrawn,
            DeletionPurged,
            RectificationApplied,
            RestrictionApplied,
            RestrictionLifted,
            RemainsFound,
            RemainsAccepted,
            ReceiptIssued,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "request" => Ok(GeneratedField::Request),
                            "sequence" => Ok(GeneratedField::Sequence),
                            "at" => Ok(GeneratedField::At),
                            "actor" => Ok(GeneratedField::Actor),
                            "requestReceived" | "request_received" => Ok(GeneratedField::RequestReceived),
                            "requestRejected" | "request_rejected" => Ok(GeneratedField::RequestRejected),
                            "requestLinked" | "request_linked" => Ok(GeneratedField::RequestLinked),
                            "requestVerified" | "request_verified" => Ok(GeneratedField::RequestVerified),
                            "requestApproved" | "request_approved" => Ok(GeneratedField::RequestApproved),
                            "requestDeclined" | "request_declined" => Ok(GeneratedField::RequestDeclined),
                            "requestPaused" | "request_paused" => Ok(GeneratedField::RequestPaused),
                            "requestResumed" | "request_resumed" => Ok(GeneratedField::RequestResumed),
                            "requestExtended" | "request_extended" => Ok(GeneratedField::RequestExtended),
                            "requestOverdue" | "request_overdue" => Ok(GeneratedField::RequestOverdue),
                            "requestHeld" | "request_held" => Ok(GeneratedField::RequestHeld),
                            "requestRestored" | "request_restored" => Ok(GeneratedField::RequestRestored),
                            "requestStuck" | "request_stuck" => Ok(GeneratedField::RequestStuck),
                            "requestClosed" | "request_closed" => Ok(GeneratedField::RequestClosed),
                            "discoveryCompleted" | "discovery_completed" => Ok(GeneratedField::DiscoveryCompleted),
                            "collectionCompleted" | "collection_completed" => Ok(GeneratedField::CollectionCompleted),
                            "packageReleased" | "package_released" => Ok(GeneratedField::PackageReleased),
                            "packageDelivered" | "package_delivered" => Ok(GeneratedField::PackageDelivered),
                            "packageExpired" | "package_expired" => Ok(GeneratedField::PackageExpired),
                            "deletionWithdrawn" | "deletion_withdrawn" => Ok(GeneratedField::DeletionWithdrawn),
                            "deletionPurged" | "deletion_purged" => Ok(GeneratedField::DeletionPurged),
                            "rectificationApplied" | "rectification_applied" => Ok(GeneratedField::RectificationApplied),
                            "restrictionApplied" | "restriction_applied" => Ok(GeneratedField::RestrictionApplied),
                            "restrictionLifted" | "restriction_lifted" => Ok(GeneratedField::RestrictionLifted),
                            "remainsFound" | "remains_found" => Ok(GeneratedField::RemainsFound),
                            "remainsAccepted" | "remains_accepted" => Ok(GeneratedField::RemainsAccepted),
                            "receiptIssued" | "receipt_issued" => Ok(GeneratedField::ReceiptIssued),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Event;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Event")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Event, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request__ = None;
                let mut sequence__ = None;
                let mut at__ = None;
                let mut actor__ = None;
                let mut what__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sequence => {
                            if sequence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sequence"));
                            }
                            sequence__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::Actor => {
                            if actor__.is_some() {
                                return Err(serde::de::Error::duplicate_field("actor"));
                            }
                            actor__ = map_.next_value()?;
                        }
                        GeneratedField::RequestReceived => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestReceived"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestReceived)
;
                        }
                        GeneratedField::RequestRejected => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestRejected"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestRejected)
;
                        }
                        GeneratedField::RequestLinked => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestLinked"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestLinked)
;
                        }
                        GeneratedField::RequestVerified => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestVerified"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestVerified)
;
                        }
                        GeneratedField::RequestApproved => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestApproved"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestApproved)
;
                        }
                        GeneratedField::RequestDeclined => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestDeclined"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestDeclined)
;
                        }
                        GeneratedField::RequestPaused => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestPaused"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestPaused)
;
                        }
                        GeneratedField::RequestResumed => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestResumed"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestResumed)
;
                        }
                        GeneratedField::RequestExtended => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestExtended"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestExtended)
;
                        }
                        GeneratedField::RequestOverdue => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestOverdue"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestOverdue)
;
                        }
                        GeneratedField::RequestHeld => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestHeld"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestHeld)
;
                        }
                        GeneratedField::RequestRestored => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestRestored"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestRestored)
;
                        }
                        GeneratedField::RequestStuck => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestStuck"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestStuck)
;
                        }
                        GeneratedField::RequestClosed => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requestClosed"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RequestClosed)
;
                        }
                        GeneratedField::DiscoveryCompleted => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("discoveryCompleted"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::DiscoveryCompleted)
;
                        }
                        GeneratedField::CollectionCompleted => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("collectionCompleted"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::CollectionCompleted)
;
                        }
                        GeneratedField::PackageReleased => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("packageReleased"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::PackageReleased)
;
                        }
                        GeneratedField::PackageDelivered => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("packageDelivered"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::PackageDelivered)
;
                        }
                        GeneratedField::PackageExpired => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("packageExpired"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::PackageExpired)
;
                        }
                        GeneratedField::DeletionWithdrawn => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deletionWithdrawn"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::DeletionWithdrawn)
;
                        }
                        GeneratedField::DeletionPurged => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deletionPurged"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::DeletionPurged)
;
                        }
                        GeneratedField::RectificationApplied => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rectificationApplied"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RectificationApplied)
;
                        }
                        GeneratedField::RestrictionApplied => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("restrictionApplied"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RestrictionApplied)
;
                        }
                        GeneratedField::RestrictionLifted => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("restrictionLifted"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RestrictionLifted)
;
                        }
                        GeneratedField::RemainsFound => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("remainsFound"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RemainsFound)
;
                        }
                        GeneratedField::RemainsAccepted => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("remainsAccepted"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::RemainsAccepted)
;
                        }
                        GeneratedField::ReceiptIssued => {
                            if what__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receiptIssued"));
                            }
                            what__ = map_.next_value::<::std::option::Option<_>>()?.map(event::What::ReceiptIssued)
;
                        }
                    }
                }
                Ok(Event {
                    request: request__.unwrap_or_default(),
                    sequence: sequence__.unwrap_or_default(),
                    at: at__,
                    actor: actor__,
                    what: what__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Event", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Evidence {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "EVIDENCE_UNSPECIFIED",
            Self::Verified => "EVIDENCE_VERIFIED",
            Self::Confirmed => "EVIDENCE_CONFIRMED",
            Self::ExpectedBy => "EVIDENCE_EXPECTED_BY",
            Self::Retained => "EVIDENCE_RETAINED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Evidence {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "EVIDENCE_UNSPECIFIED",
            "EVIDENCE_VERIFIED",
            "EVIDENCE_CONFIRMED",
            "EVIDENCE_EXPECTED_BY",
            "EVIDENCE_RETAINED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Evidence;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "EVIDENCE_UNSPECIFIED" => Ok(Evidence::Unspecified),
                    "EVIDENCE_VERIFIED" => Ok(Evidence::Verified),
                    "EVIDENCE_CONFIRMED" => Ok(Evidence::Confirmed),
                    "EVIDENCE_EXPECTED_BY" => Ok(Evidence::ExpectedBy),
                    "EVIDENCE_RETAINED" => Ok(Evidence::Retained),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Execute {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request.is_empty() {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        if self.plan.is_some() {
            len += 1;
        }
        if self.plan_digest.is_some() {
            len += 1;
        }
        if !self.identifiers.is_empty() {
            len += 1;
        }
        if self.phase != 0 {
            len += 1;
        }
        if self.due_at.is_some() {
            len += 1;
        }
        if self.corrections.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Execute", len)?;
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if self.kind != 0 {
            let v = Kind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if let Some(v) = self.plan.as_ref() {
            struct_ser.serialize_field("plan", v)?;
        }
        if let Some(v) = self.plan_digest.as_ref() {
            struct_ser.serialize_field("planDigest", v)?;
        }
        if !self.identifiers.is_empty() {
            struct_ser.serialize_field("identifiers", &self.identifiers)?;
        }
        if self.phase != 0 {
            let v = Phase::try_from(self.phase)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.phase)))?;
            struct_ser.serialize_field("phase", &v)?;
        }
        if let Some(v) = self.due_at.as_ref() {
            struct_ser.serialize_field("dueAt", v)?;
        }
        if let Some(v) = self.corrections.as_ref() {
            struct_ser.serialize_field("corrections", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Execute {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request",
            "kind",
            "plan",
            "plan_digest",
            "planDigest",
            "identifiers",
            "phase",
            "due_at",
            "dueAt",
            "corrections",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Request,
            Kind,
            Plan,
            PlanDigest,
            Identifiers,
            Phase,
            DueAt,
            Corrections,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "request" => Ok(GeneratedField::Request),
                            "kind" => Ok(GeneratedField::Kind),
                            "plan" => Ok(GeneratedField::Plan),
                            "planDigest" | "plan_digest" => Ok(GeneratedField::PlanDigest),
                            "identifiers" => Ok(GeneratedField::Identifiers),
                            "phase" => Ok(GeneratedField::Phase),
                            "dueAt" | "due_at" => Ok(GeneratedField::DueAt),
                            "corrections" => Ok(GeneratedField::Corrections),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Execute;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Execute")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Execute, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request__ = None;
                let mut kind__ = None;
                let mut plan__ = None;
                let mut plan_digest__ = None;
                let mut identifiers__ = None;
                let mut phase__ = None;
                let mut due_at__ = None;
                let mut corrections__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<Kind>()? as i32);
                        }
                        GeneratedField::Plan => {
                            if plan__.is_some() {
                                return Err(serde::de::Error::duplicate_field("plan"));
                            }
                            plan__ = map_.next_value()?;
                        }
                        GeneratedField::PlanDigest => {
                            if plan_digest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("planDigest"));
                            }
                            plan_digest__ = map_.next_value()?;
                        }
                        GeneratedField::Identifiers => {
                            if identifiers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("identifiers"));
                            }
                            identifiers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Phase => {
                            if phase__.is_some() {
                                return Err(serde::de::Error::duplicate_field("phase"));
                            }
                            phase__ = Some(map_.next_value::<Phase>()? as i32);
                        }
                        GeneratedField::DueAt => {
                            if due_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dueAt"));
                            }
                            due_at__ = map_.next_value()?;
                        }
                        GeneratedField::Corrections => {
                            if corrections__.is_some() {
                                return Err(serde::de::Error::duplicate_field("corrections"));
                            }
                            corrections__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Execute {
                    request: request__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                    plan: plan__,
                    plan_digest: plan_digest__,
                    identifiers: identifiers__.unwrap_or_default(),
                    phase: phase__.unwrap_or_default(),
                    due_at: due_at__,
                    corrections: corrections__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Execute", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Executed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request.is_empty() {
            len += 1;
        }
        if !self.answers.is_empty() {
            len += 1;
        }
        if self.phase != 0 {
            len += 1;
        }
        if !self.outcomes.is_empty() {
            len += 1;
        }
        if self.plan_changed {
            len += 1;
        }
        if !self.failure.is_empty() {
            len += 1;
        }
        if self.last_sequence != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Executed", len)?;
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if !self.answers.is_empty() {
            struct_ser.serialize_field("answers", &self.answers)?;
        }
        if self.phase != 0 {
            let v = Phase::try_from(self.phase)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.phase)))?;
            struct_ser.serialize_field("phase", &v)?;
        }
        if !self.outcomes.is_empty() {
            struct_ser.serialize_field("outcomes", &self.outcomes)?;
        }
        if self.plan_changed {
            struct_ser.serialize_field("planChanged", &self.plan_changed)?;
        }
        if !self.failure.is_empty() {
            struct_ser.serialize_field("failure", &self.failure)?;
        }
        if self.last_sequence != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lastSequence", ToString::to_string(&self.last_sequence).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Executed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request",
            "answers",
            "phase",
            "outcomes",
            "plan_changed",
            "planChanged",
            "failure",
            "last_sequence",
            "lastSequence",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Request,
            Answers,
            Phase,
            Outcomes,
            PlanChanged,
            Failure,
            LastSequence,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "request" => Ok(GeneratedField::Request),
                            "answers" => Ok(GeneratedField::Answers),
                            "phase" => Ok(GeneratedField::Phase),
                            "outcomes" => Ok(GeneratedField::Outcomes),
                            "planChanged" | "plan_changed" => Ok(GeneratedField::PlanChanged),
                            "failure" => Ok(GeneratedField::Failure),
                            "lastSequence" | "last_sequence" => Ok(GeneratedField::LastSequence),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Executed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Executed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Executed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request__ = None;
                let mut answers__ = None;
                let mut phase__ = None;
                let mut outcomes__ = None;
                let mut plan_changed__ = None;
                let mut failure__ = None;
                let mut last_sequence__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Answers => {
                            if answers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("answers"));
                            }
                            answers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Phase => {
                            if phase__.is_some() {
                                return Err(serde::de::Error::duplicate_field("phase"));
                            }
                            phase__ = Some(map_.next_value::<Phase>()? as i32);
                        }
                        GeneratedField::Outcomes => {
                            if outcomes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcomes"));
                            }
                            outcomes__ = Some(map_.next_value()?);
                        }
                        GeneratedField::PlanChanged => {
                            if plan_changed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("planChanged"));
                            }
                            plan_changed__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Failure => {
                            if failure__.is_some() {
                                return Err(serde::de::Error::duplicate_field("failure"));
                            }
                            failure__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LastSequence => {
                            if last_sequence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastSequence"));
                            }
                            last_sequence__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Executed {
                    request: request__.unwrap_or_default(),
                    answers: answers__.unwrap_or_default(),
                    phase: phase__.unwrap_or_default(),
                    outcomes: outcomes__.unwrap_or_default(),
                    plan_changed: plan_changed__.unwrap_or_default(),
                    failure: failure__.unwrap_or_default(),
                    last_sequence: last_sequence__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Executed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Failure {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.r#final {
            len += 1;
        }
        if self.retry_at.is_some() {
            len += 1;
        }
        if !self.code.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Failure", len)?;
        if self.r#final {
            struct_ser.serialize_field("final", &self.r#final)?;
        }
        if let Some(v) = self.retry_at.as_ref() {
            struct_ser.serialize_field("retryAt", v)?;
        }
        if !self.code.is_empty() {
            struct_ser.serialize_field("code", &self.code)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Failure {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "final",
            "retry_at",
            "retryAt",
            "code",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Final,
            RetryAt,
            Code,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "final" => Ok(GeneratedField::Final),
                            "retryAt" | "retry_at" => Ok(GeneratedField::RetryAt),
                            "code" => Ok(GeneratedField::Code),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Failure;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Failure")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Failure, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut r#final__ = None;
                let mut retry_at__ = None;
                let mut code__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Final => {
                            if r#final__.is_some() {
                                return Err(serde::de::Error::duplicate_field("final"));
                            }
                            r#final__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RetryAt => {
                            if retry_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retryAt"));
                            }
                            retry_at__ = map_.next_value()?;
                        }
                        GeneratedField::Code => {
                            if code__.is_some() {
                                return Err(serde::de::Error::duplicate_field("code"));
                            }
                            code__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Failure {
                    r#final: r#final__.unwrap_or_default(),
                    retry_at: retry_at__,
                    code: code__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Failure", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for FieldPlan {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.field.is_empty() {
            len += 1;
        }
        if self.treatment != 0 {
            len += 1;
        }
        if !self.value.is_empty() {
            len += 1;
        }
        if !self.ground_text.is_empty() {
            len += 1;
        }
        if !self.category.is_empty() {
            len += 1;
        }
        if !self.rule.is_empty() {
            len += 1;
        }
        if self.retained {
            len += 1;
        }
        if self.kept_by_rule {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.FieldPlan", len)?;
        if !self.field.is_empty() {
            struct_ser.serialize_field("field", &self.field)?;
        }
        if self.treatment != 0 {
            let v = Treatment::try_from(self.treatment)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.treatment)))?;
            struct_ser.serialize_field("treatment", &v)?;
        }
        if !self.value.is_empty() {
            struct_ser.serialize_field("value", &self.value)?;
        }
        if !self.ground_text.is_empty() {
            struct_ser.serialize_field("groundText", &self.ground_text)?;
        }
        if !self.category.is_empty() {
            struct_ser.serialize_field("category", &self.category)?;
        }
        if !self.rule.is_empty() {
            struct_ser.serialize_field("rule", &self.rule)?;
        }
        if self.retained {
            struct_ser.serialize_field("retained", &self.retained)?;
        }
        if self.kept_by_rule {
            struct_ser.serialize_field("keptByRule", &self.kept_by_rule)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for FieldPlan {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "field",
            "treatment",
            "value",
            "ground_text",
            "groundText",
            "category",
            "rule",
            "retained",
            "kept_by_rule",
            "keptByRule",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Field,
            Treatment,
            Value,
            GroundText,
            Category,
            Rule,
            Retained,
            KeptByRule,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "field" => Ok(GeneratedField::Field),
                            "treatment" => Ok(GeneratedField::Treatment),
                            "value" => Ok(GeneratedField::Value),
                            "groundText" | "ground_text" => Ok(GeneratedField::GroundText),
                            "category" => Ok(GeneratedField::Category),
                            "rule" => Ok(GeneratedField::Rule),
                            "retained" => Ok(GeneratedField::Retained),
                            "keptByRule" | "kept_by_rule" => Ok(GeneratedField::KeptByRule),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = FieldPlan;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.FieldPlan")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<FieldPlan, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut field__ = None;
                let mut treatment__ = None;
                let mut value__ = None;
                let mut ground_text__ = None;
                let mut category__ = None;
                let mut rule__ = None;
                let mut retained__ = None;
                let mut kept_by_rule__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Field => {
                            if field__.is_some() {
                                return Err(serde::de::Error::duplicate_field("field"));
                            }
                            field__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Treatment => {
                            if treatment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("treatment"));
                            }
                            treatment__ = Some(map_.next_value::<Treatment>()? as i32);
                        }
                        GeneratedField::Value => {
                            if value__.is_some() {
                                return Err(serde::de::Error::duplicate_field("value"));
                            }
                            value__ = Some(map_.next_value()?);
                        }
                        GeneratedField::GroundText => {
                            if ground_text__.is_some() {
                                return Err(serde::de::Error::duplicate_field("groundText"));
                            }
                            ground_text__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Category => {
                            if category__.is_some() {
                                return Err(serde::de::Error::duplicate_field("category"));
                            }
                            category__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Rule => {
                            if rule__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rule"));
                            }
                            rule__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Retained => {
                            if retained__.is_some() {
                                return Err(serde::de::Error::duplicate_field("retained"));
                            }
                            retained__ = Some(map_.next_value()?);
                        }
                        GeneratedField::KeptByRule => {
                            if kept_by_rule__.is_some() {
                                return Err(serde::de::Error::duplicate_field("keptByRule"));
                            }
                            kept_by_rule__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(FieldPlan {
                    field: field__.unwrap_or_default(),
                    treatment: treatment__.unwrap_or_default(),
                    value: value__.unwrap_or_default(),
                    ground_text: ground_text__.unwrap_or_default(),
                    category: category__.unwrap_or_default(),
                    rule: rule__.unwrap_or_default(),
                    retained: retained__.unwrap_or_default(),
                    kept_by_rule: kept_by_rule__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.FieldPlan", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Finding {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.dataset.is_empty() {
            len += 1;
        }
        if self.count != 0 {
            len += 1;
        }
        if self.keys.is_some() {
            len += 1;
        }
        if !self.by.is_empty() {
            len += 1;
        }
        if self.round != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Finding", len)?;
        if !self.dataset.is_empty() {
            struct_ser.serialize_field("dataset", &self.dataset)?;
        }
        if self.count != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("count", ToString::to_string(&self.count).as_str())?;
        }
        if let Some(v) = self.keys.as_ref() {
            struct_ser.serialize_field("keys", v)?;
        }
        if !self.by.is_empty() {
            struct_ser.serialize_field("by", &self.by)?;
        }
        if self.round != 0 {
            struct_ser.serialize_field("round", &self.round)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Finding {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "dataset",
            "count",
            "keys",
            "by",
            "round",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Dataset,
            Count,
            Keys,
            By,
            Round,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "dataset" => Ok(GeneratedField::Dataset),
                            "count" => Ok(GeneratedField::Count),
                            "keys" => Ok(GeneratedField::Keys),
                            "by" => Ok(GeneratedField::By),
                            "round" => Ok(GeneratedField::Round),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Finding;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Finding")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Finding, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut dataset__ = None;
                let mut count__ = None;
                let mut keys__ = None;
                let mut by__ = None;
                let mut round__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Dataset => {
                            if dataset__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dataset"));
                            }
                            dataset__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Count => {
                            if count__.is_some() {
                                return Err(serde::de::Error::duplicate_field("count"));
                            }
                            count__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Keys => {
                            if keys__.is_some() {
                                return Err(serde::de::Error::duplicate_field("keys"));
                            }
                            keys__ = map_.next_value()?;
                        }
                        GeneratedField::By => {
                            if by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("by"));
                            }
                            by__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Round => {
                            if round__.is_some() {
                                return Err(serde::de::Error::duplicate_field("round"));
                            }
                            round__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Finding {
                    dataset: dataset__.unwrap_or_default(),
                    count: count__.unwrap_or_default(),
                    keys: keys__,
                    by: by__.unwrap_or_default(),
                    round: round__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Finding", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for GiveUp {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.reason.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.GiveUp", len)?;
        if let Some(v) = self.reason.as_ref() {
            struct_ser.serialize_field("reason", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for GiveUp {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = GiveUp;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.GiveUp")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<GiveUp, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = map_.next_value()?;
                        }
                    }
                }
                Ok(GiveUp {
                    reason: reason__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.GiveUp", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Ground {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "GROUND_UNSPECIFIED",
            Self::Policy => "GROUND_POLICY",
            Self::Shared => "GROUND_SHARED",
            Self::LegalHold => "GROUND_LEGAL_HOLD",
            Self::Immutable => "GROUND_IMMUTABLE",
            Self::Audit => "GROUND_AUDIT",
            Self::NoRule => "GROUND_NO_RULE",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Ground {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "GROUND_UNSPECIFIED",
            "GROUND_POLICY",
            "GROUND_SHARED",
            "GROUND_LEGAL_HOLD",
            "GROUND_IMMUTABLE",
            "GROUND_AUDIT",
            "GROUND_NO_RULE",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Ground;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "GROUND_UNSPECIFIED" => Ok(Ground::Unspecified),
                    "GROUND_POLICY" => Ok(Ground::Policy),
                    "GROUND_SHARED" => Ok(Ground::Shared),
                    "GROUND_LEGAL_HOLD" => Ok(Ground::LegalHold),
                    "GROUND_IMMUTABLE" => Ok(Ground::Immutable),
                    "GROUND_AUDIT" => Ok(Ground::Audit),
                    "GROUND_NO_RULE" => Ok(Ground::NoRule),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Identifier {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind != 0 {
            len += 1;
        }
        if !self.value.is_empty() {
            len += 1;
        }
        if !self.field.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Identifier", len)?;
        if self.kind != 0 {
            let v = IdentifierKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.value.is_empty() {
            struct_ser.serialize_field("value", &self.value)?;
        }
        if !self.field.is_empty() {
            struct_ser.serialize_field("field", &self.field)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Identifier {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "value",
            "field",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            Value,
            Field,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "value" => Ok(GeneratedField::Value),
                            "field" => Ok(GeneratedField::Field),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Identifier;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Identifier")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Identifier, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut value__ = None;
                let mut field__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<IdentifierKind>()? as i32);
                        }
                        GeneratedField::Value => {
                            if value__.is_some() {
                                return Err(serde::de::Error::duplicate_field("value"));
                            }
                            value__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Field => {
                            if field__.is_some() {
                                return Err(serde::de::Error::duplicate_field("field"));
                            }
                            field__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Identifier {
                    kind: kind__.unwrap_or_default(),
                    value: value__.unwrap_or_default(),
                    field: field__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Identifier", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for IdentifierClass {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "IDENTIFIER_CLASS_UNSPECIFIED",
            Self::Unique => "IDENTIFIER_CLASS_UNIQUE",
            Self::Shared => "IDENTIFIER_CLASS_SHARED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for IdentifierClass {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "IDENTIFIER_CLASS_UNSPECIFIED",
            "IDENTIFIER_CLASS_UNIQUE",
            "IDENTIFIER_CLASS_SHARED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = IdentifierClass;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "IDENTIFIER_CLASS_UNSPECIFIED" => Ok(IdentifierClass::Unspecified),
                    "IDENTIFIER_CLASS_UNIQUE" => Ok(IdentifierClass::Unique),
                    "IDENTIFIER_CLASS_SHARED" => Ok(IdentifierClass::Shared),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for IdentifierKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "IDENTIFIER_KIND_UNSPECIFIED",
            Self::Email => "IDENTIFIER_KIND_EMAIL",
            Self::ObjectId => "IDENTIFIER_KIND_OBJECT_ID",
            Self::Upn => "IDENTIFIER_KIND_UPN",
            Self::Phone => "IDENTIFIER_KIND_PHONE",
            Self::CustomerId => "IDENTIFIER_KIND_CUSTOMER_ID",
            Self::EmailSha256 => "IDENTIFIER_KIND_EMAIL_SHA256",
            Self::PhoneSha256 => "IDENTIFIER_KIND_PHONE_SHA256",
            Self::Field => "IDENTIFIER_KIND_FIELD",
            Self::Name => "IDENTIFIER_KIND_NAME",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for IdentifierKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "IDENTIFIER_KIND_UNSPECIFIED",
            "IDENTIFIER_KIND_EMAIL",
            "IDENTIFIER_KIND_OBJECT_ID",
            "IDENTIFIER_KIND_UPN",
            "IDENTIFIER_KIND_PHONE",
            "IDENTIFIER_KIND_CUSTOMER_ID",
            "IDENTIFIER_KIND_EMAIL_SHA256",
            "IDENTIFIER_KIND_PHONE_SHA256",
            "IDENTIFIER_KIND_FIELD",
            "IDENTIFIER_KIND_NAME",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = IdentifierKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "IDENTIFIER_KIND_UNSPECIFIED" => Ok(IdentifierKind::Unspecified),
                    "IDENTIFIER_KIND_EMAIL" => Ok(IdentifierKind::Email),
                    "IDENTIFIER_KIND_OBJECT_ID" => Ok(IdentifierKind::ObjectId),
                    "IDENTIFIER_KIND_UPN" => Ok(IdentifierKind::Upn),
                    "IDENTIFIER_KIND_PHONE" => Ok(IdentifierKind::Phone),
                    "IDENTIFIER_KIND_CUSTOMER_ID" => Ok(IdentifierKind::CustomerId),
                    "IDENTIFIER_KIND_EMAIL_SHA256" => Ok(IdentifierKind::EmailSha256),
                    "IDENTIFIER_KIND_PHONE_SHA256" => Ok(IdentifierKind::PhoneSha256),
                    "IDENTIFIER_KIND_FIELD" => Ok(IdentifierKind::Field),
                    "IDENTIFIER_KIND_NAME" => Ok(IdentifierKind::Name),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for IdentityNote {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.dataset.is_empty() {
            len += 1;
        }
        if !self.field.is_empty() {
            len += 1;
        }
        if self.reason != 0 {
            len += 1;
        }
        if self.rows != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.IdentityNote", len)?;
        if !self.dataset.is_empty() {
            struct_ser.serialize_field("dataset", &self.dataset)?;
        }
        if !self.field.is_empty() {
            struct_ser.serialize_field("field", &self.field)?;
        }
        if self.reason != 0 {
            let v = identity_note::Reason::try_from(self.reason)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.reason)))?;
            struct_ser.serialize_field("reason", &v)?;
        }
        if self.rows != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("rows", ToString::to_string(&self.rows).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for IdentityNote {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "dataset",
            "field",
            "reason",
            "rows",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Dataset,
            Field,
            Reason,
            Rows,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "dataset" => Ok(GeneratedField::Dataset),
                            "field" => Ok(GeneratedField::Field),
                            "reason" => Ok(GeneratedField::Reason),
                            "rows" => Ok(GeneratedField::Rows),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = IdentityNote;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.IdentityNote")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<IdentityNote, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut dataset__ = None;
                let mut field__ = None;
                let mut reason__ = None;
                let mut rows__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Dataset => {
                            if dataset__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dataset"));
                            }
                            dataset__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Field => {
                            if field__.is_some() {
                                return Err(serde::de::Error::duplicate_field("field"));
                            }
                            field__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value::<identity_note::Reason>()? as i32);
                        }
                        GeneratedField::Rows => {
                            if rows__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rows"));
                            }
                            rows__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(IdentityNote {
                    dataset: dataset__.unwrap_or_default(),
                    field: field__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                    rows: rows__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.IdentityNote", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for identity_note::Reason {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "REASON_UNSPECIFIED",
            Self::Placeholder => "REASON_PLACEHOLDER",
            Self::Shared => "REASON_SHARED",
            Self::Mask => "REASON_MASK",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for identity_note::Reason {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "REASON_UNSPECIFIED",
            "REASON_PLACEHOLDER",
            "REASON_SHARED",
            "REASON_MASK",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = identity_note::Reason;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "REASON_UNSPECIFIED" => Ok(identity_note::Reason::Unspecified),
                    "REASON_PLACEHOLDER" => Ok(identity_note::Reason::Placeholder),
                    "REASON_SHARED" => Ok(identity_note::Reason::Shared),
                    "REASON_MASK" => Ok(identity_note::Reason::Mask),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Inventory {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.systems.is_empty() {
            len += 1;
        }
        if !self.candidates.is_empty() {
            len += 1;
        }
        if self.rounds != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Inventory", len)?;
        if !self.systems.is_empty() {
            struct_ser.serialize_field("systems", &self.systems)?;
        }
        if !self.candidates.is_empty() {
            struct_ser.serialize_field("candidates", &self.candidates)?;
        }
        if self.rounds != 0 {
            struct_ser.serialize_field("rounds", &self.rounds)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Inventory {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "systems",
            "candidates",
            "rounds",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Systems,
            Candidates,
            Rounds,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "systems" => Ok(GeneratedField::Systems),
                            "candidates" => Ok(GeneratedField::Candidates),
                            "rounds" => Ok(GeneratedField::Rounds),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Inventory;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Inventory")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Inventory, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut systems__ = None;
                let mut candidates__ = None;
                let mut rounds__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Systems => {
                            if systems__.is_some() {
                                return Err(serde::de::Error::duplicate_field("systems"));
                            }
                            systems__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Candidates => {
                            if candidates__.is_some() {
                                return Err(serde::de::Error::duplicate_field("candidates"));
                            }
                            candidates__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Rounds => {
                            if rounds__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rounds"));
                            }
                            rounds__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Inventory {
                    systems: systems__.unwrap_or_default(),
                    candidates: candidates__.unwrap_or_default(),
                    rounds: rounds__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Inventory", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Kind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "KIND_UNSPECIFIED",
            Self::Access => "KIND_ACCESS",
            Self::Export => "KIND_EXPORT",
            Self::Rectify => "KIND_RECTIFY",
            Self::Restrict => "KIND_RESTRICT",
            Self::Delete => "KIND_DELETE",
            Self::SetPreference => "KIND_SET_PREFERENCE",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Kind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "KIND_UNSPECIFIED",
            "KIND_ACCESS",
            "KIND_EXPORT",
            "KIND_RECTIFY",
            "KIND_RESTRICT",
            "KIND_DELETE",
            "KIND_SET_PREFERENCE",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Kind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "KIND_UNSPECIFIED" => Ok(Kind::Unspecified),
                    "KIND_ACCESS" => Ok(Kind::Access),
                    "KIND_EXPORT" => Ok(Kind::Export),
                    "KIND_RECTIFY" => Ok(Kind::Rectify),
                    "KIND_RESTRICT" => Ok(Kind::Restrict),
                    "KIND_DELETE" => Ok(Kind::Delete),
                    "KIND_SET_PREFERENCE" => Ok(Kind::SetPreference),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for LedgerEntry {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.index != 0 {
            len += 1;
        }
        if !self.tenant.is_empty() {
            len += 1;
        }
        if !self.request.is_empty() {
            len += 1;
        }
        if !self.sender.is_empty() {
            len += 1;
        }
        if self.sequence != 0 {
            len += 1;
        }
        if !self.event.is_empty() {
            len += 1;
        }
        if self.at_us != 0 {
            len += 1;
        }
        if !self.body.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.LedgerEntry", len)?;
        if self.index != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("index", ToString::to_string(&self.index).as_str())?;
        }
        if !self.tenant.is_empty() {
            struct_ser.serialize_field("tenant", &self.tenant)?;
        }
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if !self.sender.is_empty() {
            struct_ser.serialize_field("sender", &self.sender)?;
        }
        if self.sequence != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("sequence", ToString::to_string(&self.sequence).as_str())?;
        }
        if !self.event.is_empty() {
            struct_ser.serialize_field("event", &self.event)?;
        }
        if self.at_us != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("atUs", ToString::to_string(&self.at_us).as_str())?;
        }
        if !self.body.is_empty() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("body", pbjson::private::base64::encode(&self.body).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for LedgerEntry {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "index",
            "tenant",
            "request",
            "sender",
            "sequence",
            "event",
            "at_us",
            "atUs",
            "body",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Index,
            Tenant,
            Request,
            Sender,
            Sequence,
            Event,
            AtUs,
            Body,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "index" => Ok(GeneratedField::Index),
                            "tenant" => Ok(GeneratedField::Tenant),
                            "request" => Ok(GeneratedField::Request),
                            "sender" => Ok(GeneratedField::Sender),
                            "sequence" => Ok(GeneratedField::Sequence),
                            "event" => Ok(GeneratedField::Event),
                            "atUs" | "at_us" => Ok(GeneratedField::AtUs),
                            "body" => Ok(GeneratedField::Body),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = LedgerEntry;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.LedgerEntry")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<LedgerEntry, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut index__ = None;
                let mut tenant__ = None;
                let mut request__ = None;
                let mut sender__ = None;
                let mut sequence__ = None;
                let mut event__ = None;
                let mut at_us__ = None;
                let mut body__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Index => {
                            if index__.is_some() {
                                return Err(serde::de::Error::duplicate_field("index"));
                            }
                            index__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Tenant => {
                            if tenant__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tenant"));
                            }
                            tenant__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sender => {
                            if sender__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sender"));
                            }
                            sender__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sequence => {
                            if sequence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sequence"));
                            }
                            sequence__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Event => {
                            if event__.is_some() {
                                return Err(serde::de::Error::duplicate_field("event"));
                            }
                            event__ = Some(map_.next_value()?);
                        }
                        GeneratedField::AtUs => {
                            if at_us__.is_some() {
                                return Err(serde::de::Error::duplicate_field("atUs"));
                            }
                            at_us__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Body => {
                            if body__.is_some() {
                                return Err(serde::de::Error::duplicate_field("body"));
                            }
                            body__ = 
                                Some(map_.next_value::<::pbjson::private::BytesDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(LedgerEntry {
                    index: index__.unwrap_or_default(),
                    tenant: tenant__.unwrap_or_default(),
                    request: request__.unwrap_or_default(),
                    sender: sender__.unwrap_or_default(),
                    sequence: sequence__.unwrap_or_default(),
                    event: event__.unwrap_or_default(),
                    at_us: at_us__.unwrap_or_default(),
                    body: body__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.LedgerEntry", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PackageDelivered {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.package.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.PackageDelivered", len)?;
        if let Some(v) = self.package.as_ref() {
            struct_ser.serialize_field("package", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PackageDelivered {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "package",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Package,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "package" => Ok(GeneratedField::Package),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PackageDelivered;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.PackageDelivered")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PackageDelivered, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut package__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Package => {
                            if package__.is_some() {
                                return Err(serde::de::Error::duplicate_field("package"));
                            }
                            package__ = map_.next_value()?;
                        }
                    }
                }
                Ok(PackageDelivered {
                    package: package__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.PackageDelivered", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PackageExpired {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.package.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.PackageExpired", len)?;
        if !self.package.is_empty() {
            struct_ser.serialize_field("package", &self.package)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PackageExpired {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "package",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Package,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "package" => Ok(GeneratedField::Package),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PackageExpired;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.PackageExpired")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PackageExpired, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut package__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Package => {
                            if package__.is_some() {
                                return Err(serde::de::Error::duplicate_field("package"));
                            }
                            package__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(PackageExpired {
                    package: package__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.PackageExpired", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PackageReleased {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.package.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.PackageReleased", len)?;
        if let Some(v) = self.package.as_ref() {
            struct_ser.serialize_field("package", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PackageReleased {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "package",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Package,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "package" => Ok(GeneratedField::Package),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PackageReleased;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.PackageReleased")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PackageReleased, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut package__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Package => {
                            if package__.is_some() {
                                return Err(serde::de::Error::duplicate_field("package"));
                            }
                            package__ = map_.next_value()?;
                        }
                    }
                }
                Ok(PackageReleased {
                    package: package__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.PackageReleased", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PackageSummary {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.package.is_empty() {
            len += 1;
        }
        if self.records != 0 {
            len += 1;
        }
        if self.bytes != 0 {
            len += 1;
        }
        if self.manifest.is_some() {
            len += 1;
        }
        if self.delivered_at.is_some() {
            len += 1;
        }
        if self.expires_at.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.PackageSummary", len)?;
        if !self.package.is_empty() {
            struct_ser.serialize_field("package", &self.package)?;
        }
        if self.records != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("records", ToString::to_string(&self.records).as_str())?;
        }
        if self.bytes != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("bytes", ToString::to_string(&self.bytes).as_str())?;
        }
        if let Some(v) = self.manifest.as_ref() {
            struct_ser.serialize_field("manifest", v)?;
        }
        if let Some(v) = self.delivered_at.as_ref() {
            struct_ser.serialize_field("deliveredAt", v)?;
        }
        if let Some(v) = self.expires_at.as_ref() {
            struct_ser.serialize_field("expiresAt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for PackageSummary {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "package",
            "records",
            "bytes",
            "manifest",
            "delivered_at",
            "deliveredAt",
            "expires_at",
            "expiresAt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Package,
            Records,
            Bytes,
            Manifest,
            DeliveredAt,
            ExpiresAt,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "package" => Ok(GeneratedField::Package),
                            "records" => Ok(GeneratedField::Records),
                            "bytes" => Ok(GeneratedField::Bytes),
                            "manifest" => Ok(GeneratedField::Manifest),
                            "deliveredAt" | "delivered_at" => Ok(GeneratedField::DeliveredAt),
                            "expiresAt" | "expires_at" => Ok(GeneratedField::ExpiresAt),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = PackageSummary;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.PackageSummary")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<PackageSummary, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut package__ = None;
                let mut records__ = None;
                let mut bytes__ = None;
                let mut manifest__ = None;
                let mut delivered_at__ = None;
                let mut expires_at__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Package => {
                            if package__.is_some() {
                                return Err(serde::de::Error::duplicate_field("package"));
                            }
                            package__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Records => {
                            if records__.is_some() {
                                return Err(serde::de::Error::duplicate_field("records"));
                            }
                            records__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Bytes => {
                            if bytes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("bytes"));
                            }
                            bytes__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Manifest => {
                            if manifest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("manifest"));
                            }
                            manifest__ = map_.next_value()?;
                        }
                        GeneratedField::DeliveredAt => {
                            if delivered_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("deliveredAt"));
                            }
                            delivered_at__ = map_.next_value()?;
                        }
                        GeneratedField::ExpiresAt => {
                            if expires_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("expiresAt"));
                            }
                            expires_at__ = map_.next_value()?;
                        }
                    }
                }
                Ok(PackageSummary {
                    package: package__.unwrap_or_default(),
                    records: records__.unwrap_or_default(),
                    bytes: bytes__.unwrap_or_default(),
                    manifest: manifest__,
                    delivered_at: delivered_at__,
                    expires_at: expires_at__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.PackageSummary", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Pending {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.operation.is_empty() {
            len += 1;
        }
        if self.expected_by.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Pending", len)?;
        if !self.operation.is_empty() {
            struct_ser.serialize_field("operation", &self.operation)?;
        }
        if let Some(v) = self.expected_by.as_ref() {
            struct_ser.serialize_field("expectedBy", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Pending {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "operation",
            "expected_by",
            "expectedBy",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Operation,
            ExpectedBy,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "operation" => Ok(GeneratedField::Operation),
                            "expectedBy" | "expected_by" => Ok(GeneratedField::ExpectedBy),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Pending;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Pending")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Pending, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut operation__ = None;
                let mut expected_by__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Operation => {
                            if operation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("operation"));
                            }
                            operation__ = Some(map_.next_value()?);
                        }
                        GeneratedField::ExpectedBy => {
                            if expected_by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("expectedBy"));
                            }
                            expected_by__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Pending {
                    operation: operation__.unwrap_or_default(),
                    expected_by: expected_by__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Pending", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Phase {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "PHASE_UNSPECIFIED",
            Self::Withdraw => "PHASE_WITHDRAW",
            Self::Restore => "PHASE_RESTORE",
            Self::Purge => "PHASE_PURGE",
            Self::Apply => "PHASE_APPLY",
            Self::Lift => "PHASE_LIFT",
            Self::Check => "PHASE_CHECK",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Phase {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "PHASE_UNSPECIFIED",
            "PHASE_WITHDRAW",
            "PHASE_RESTORE",
            "PHASE_PURGE",
            "PHASE_APPLY",
            "PHASE_LIFT",
            "PHASE_CHECK",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Phase;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "PHASE_UNSPECIFIED" => Ok(Phase::Unspecified),
                    "PHASE_WITHDRAW" => Ok(Phase::Withdraw),
                    "PHASE_RESTORE" => Ok(Phase::Restore),
                    "PHASE_PURGE" => Ok(Phase::Purge),
                    "PHASE_APPLY" => Ok(Phase::Apply),
                    "PHASE_LIFT" => Ok(Phase::Lift),
                    "PHASE_CHECK" => Ok(Phase::Check),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Plan {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.format != 0 {
            len += 1;
        }
        if !self.request.is_empty() {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        if !self.systems.is_empty() {
            len += 1;
        }
        if self.hold_days != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Plan", len)?;
        if self.format != 0 {
            struct_ser.serialize_field("format", &self.format)?;
        }
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if self.kind != 0 {
            let v = Kind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.systems.is_empty() {
            struct_ser.serialize_field("systems", &self.systems)?;
        }
        if self.hold_days != 0 {
            struct_ser.serialize_field("holdDays", &self.hold_days)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Plan {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "format",
            "request",
            "kind",
            "systems",
            "hold_days",
            "holdDays",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Format,
            Request,
            Kind,
            Systems,
            HoldDays,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "format" => Ok(GeneratedField::Format),
                            "request" => Ok(GeneratedField::Request),
                            "kind" => Ok(GeneratedField::Kind),
                            "systems" => Ok(GeneratedField::Systems),
                            "holdDays" | "hold_days" => Ok(GeneratedField::HoldDays),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Plan;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Plan")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Plan, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut format__ = None;
                let mut request__ = None;
                let mut kind__ = None;
                let mut systems__ = None;
                let mut hold_days__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Format => {
                            if format__.is_some() {
                                return Err(serde::de::Error::duplicate_field("format"));
                            }
                            format__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<Kind>()? as i32);
                        }
                        GeneratedField::Systems => {
                            if systems__.is_some() {
                                return Err(serde::de::Error::duplicate_field("systems"));
                            }
                            systems__ = Some(map_.next_value()?);
                        }
                        GeneratedField::HoldDays => {
                            if hold_days__.is_some() {
                                return Err(serde::de::Error::duplicate_field("holdDays"));
                            }
                            hold_days__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Plan {
                    format: format__.unwrap_or_default(),
                    request: request__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                    systems: systems__.unwrap_or_default(),
                    hold_days: hold_days__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Plan", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Preference {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.name.is_empty() {
            len += 1;
        }
        if self.opted_out {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Preference", len)?;
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if self.opted_out {
            struct_ser.serialize_field("optedOut", &self.opted_out)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Preference {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "name",
            "opted_out",
            "optedOut",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Name,
            OptedOut,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "name" => Ok(GeneratedField::Name),
                            "optedOut" | "opted_out" => Ok(GeneratedField::OptedOut),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Preference;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Preference")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Preference, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut name__ = None;
                let mut opted_out__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::OptedOut => {
                            if opted_out__.is_some() {
                                return Err(serde::de::Error::duplicate_field("optedOut"));
                            }
                            opted_out__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Preference {
                    name: name__.unwrap_or_default(),
                    opted_out: opted_out__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Preference", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for PublicState {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "PUBLIC_STATE_UNSPECIFIED",
            Self::Pending => "PUBLIC_STATE_PENDING",
            Self::Completed => "PUBLIC_STATE_COMPLETED",
            Self::Failed => "PUBLIC_STATE_FAILED",
            Self::Declined => "PUBLIC_STATE_DECLINED",
            Self::Cancelled => "PUBLIC_STATE_CANCELLED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for PublicState {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "PUBLIC_STATE_UNSPECIFIED",
            "PUBLIC_STATE_PENDING",
            "PUBLIC_STATE_COMPLETED",
            "PUBLIC_STATE_FAILED",
            "PUBLIC_STATE_DECLINED",
            "PUBLIC_STATE_CANCELLED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = PublicState;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "PUBLIC_STATE_UNSPECIFIED" => Ok(PublicState::Unspecified),
                    "PUBLIC_STATE_PENDING" => Ok(PublicState::Pending),
                    "PUBLIC_STATE_COMPLETED" => Ok(PublicState::Completed),
                    "PUBLIC_STATE_FAILED" => Ok(PublicState::Failed),
                    "PUBLIC_STATE_DECLINED" => Ok(PublicState::Declined),
                    "PUBLIC_STATE_CANCELLED" => Ok(PublicState::Cancelled),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Receipt {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.format != 0 {
            len += 1;
        }
        if !self.tenant.is_empty() {
            len += 1;
        }
        if !self.request.is_empty() {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        if self.closing != 0 {
            len += 1;
        }
        if self.received_at.is_some() {
            len += 1;
        }
        if self.closed_at.is_some() {
            len += 1;
        }
        if !self.outcomes.is_empty() {
            len += 1;
        }
        if !self.subject_commitment.is_empty() {
            len += 1;
        }
        if self.ledger_index != 0 {
            len += 1;
        }
        if self.ledger_root.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Receipt", len)?;
        if self.format != 0 {
            struct_ser.serialize_field("format", &self.format)?;
        }
        if !self.tenant.is_empty() {
            struct_ser.serialize_field("tenant", &self.tenant)?;
        }
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if self.kind != 0 {
            let v = Kind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if self.closing != 0 {
            let v = Closing::try_from(self.closing)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.closing)))?;
            struct_ser.serialize_field("closing", &v)?;
        }
        if let Some(v) = self.received_at.as_ref() {
            struct_ser.serialize_field("receivedAt", v)?;
        }
        if let Some(v) = self.closed_at.as_ref() {
            struct_ser.serialize_field("closedAt", v)?;
        }
        if !self.outcomes.is_empty() {
            struct_ser.serialize_field("outcomes", &self.outcomes)?;
        }
        if !self.subject_commitment.is_empty() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("subjectCommitment", pbjson::private::base64::encode(&self.subject_commitment).as_str())?;
        }
        if self.ledger_index != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("ledgerIndex", ToString::to_string(&self.ledger_index).as_str())?;
        }
        if let Some(v) = self.ledger_root.as_ref() {
            struct_ser.serialize_field("ledgerRoot", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Receipt {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "format",
            "tenant",
            "request",
            "kind",
            "closing",
            "received_at",
            "receivedAt",
            "closed_at",
            "closedAt",
            "outcomes",
            "subject_commitment",
            "subjectCommitment",
            "ledger_index",
            "ledgerIndex",
            "ledger_root",
            "ledgerRoot",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Format,
            Tenant,
            Request,
            Kind,
            Closing,
            ReceivedAt,
            ClosedAt,
            Outcomes,
            SubjectCommitment,
            LedgerIndex,
            LedgerRoot,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "format" => Ok(GeneratedField::Format),
                            "tenant" => Ok(GeneratedField::Tenant),
                            "request" => Ok(GeneratedField::Request),
                            "kind" => Ok(GeneratedField::Kind),
                            "closing" => Ok(GeneratedField::Closing),
                            "receivedAt" | "received_at" => Ok(GeneratedField::ReceivedAt),
                            "closedAt" | "closed_at" => Ok(GeneratedField::ClosedAt),
                            "outcomes" => Ok(GeneratedField::Outcomes),
                            "subjectCommitment" | "subject_commitment" => Ok(GeneratedField::SubjectCommitment),
                            "ledgerIndex" | "ledger_index" => Ok(GeneratedField::LedgerIndex),
                            "ledgerRoot" | "ledger_root" => Ok(GeneratedField::LedgerRoot),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Receipt;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Receipt")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Receipt, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut format__ = None;
                let mut tenant__ = None;
                let mut request__ = None;
                let mut kind__ = None;
                let mut closing__ = None;
                let mut received_at__ = None;
                let mut closed_at__ = None;
                let mut outcomes__ = None;
                let mut subject_commitment__ = None;
                let mut ledger_index__ = None;
                let mut ledger_root__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Format => {
                            if format__.is_some() {
                                return Err(serde::de::Error::duplicate_field("format"));
                            }
                            format__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Tenant => {
                            if tenant__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tenant"));
                            }
                            tenant__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<Kind>()? as i32);
                        }
                        GeneratedField::Closing => {
                            if closing__.is_some() {
                                return Err(serde::de::Error::duplicate_field("closing"));
                            }
                            closing__ = Some(map_.next_value::<Closing>()? as i32);
                        }
                        GeneratedField::ReceivedAt => {
                            if received_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receivedAt"));
                            }
                            received_at__ = map_.next_value()?;
                        }
                        GeneratedField::ClosedAt => {
                            if closed_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("closedAt"));
                            }
                            closed_at__ = map_.next_value()?;
                        }
                        GeneratedField::Outcomes => {
                            if outcomes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcomes"));
                            }
                            outcomes__ = Some(map_.next_value()?);
                        }
                        GeneratedField::SubjectCommitment => {
                            if subject_commitment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subjectCommitment"));
                            }
                            subject_commitment__ = 
                                Some(map_.next_value::<::pbjson::private::BytesDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::LedgerIndex => {
                            if ledger_index__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ledgerIndex"));
                            }
                            ledger_index__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::LedgerRoot => {
                            if ledger_root__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ledgerRoot"));
                            }
                            ledger_root__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Receipt {
                    format: format__.unwrap_or_default(),
                    tenant: tenant__.unwrap_or_default(),
                    request: request__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                    closing: closing__.unwrap_or_default(),
                    received_at: received_at__,
                    closed_at: closed_at__,
                    outcomes: outcomes__.unwrap_or_default(),
                    subject_commitment: subject_commitment__.unwrap_or_default(),
                    ledger_index: ledger_index__.unwrap_or_default(),
                    ledger_root: ledger_root__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Receipt", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReceiptIssued {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.receipt.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.ReceiptIssued", len)?;
        if let Some(v) = self.receipt.as_ref() {
            struct_ser.serialize_field("receipt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReceiptIssued {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "receipt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Receipt,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "receipt" => Ok(GeneratedField::Receipt),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReceiptIssued;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.ReceiptIssued")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReceiptIssued, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut receipt__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Receipt => {
                            if receipt__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receipt"));
                            }
                            receipt__ = map_.next_value()?;
                        }
                    }
                }
                Ok(ReceiptIssued {
                    receipt: receipt__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.ReceiptIssued", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RectificationApplied {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.outcomes.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RectificationApplied", len)?;
        if !self.outcomes.is_empty() {
            struct_ser.serialize_field("outcomes", &self.outcomes)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RectificationApplied {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "outcomes",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Outcomes,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "outcomes" => Ok(GeneratedField::Outcomes),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RectificationApplied;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RectificationApplied")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RectificationApplied, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut outcomes__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Outcomes => {
                            if outcomes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcomes"));
                            }
                            outcomes__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RectificationApplied {
                    outcomes: outcomes__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RectificationApplied", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Refusal {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.field.is_empty() {
            len += 1;
        }
        if !self.code.is_empty() {
            len += 1;
        }
        if !self.place.is_empty() {
            len += 1;
        }
        if !self.remedy.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Refusal", len)?;
        if !self.field.is_empty() {
            struct_ser.serialize_field("field", &self.field)?;
        }
        if !self.code.is_empty() {
            struct_ser.serialize_field("code", &self.code)?;
        }
        if !self.place.is_empty() {
            struct_ser.serialize_field("place", &self.place)?;
        }
        if !self.remedy.is_empty() {
            struct_ser.serialize_field("remedy", &self.remedy)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Refusal {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "field",
            "code",
            "place",
            "remedy",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Field,
            Code,
            Place,
            Remedy,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "field" => Ok(GeneratedField::Field),
                            "code" => Ok(GeneratedField::Code),
                            "place" => Ok(GeneratedField::Place),
                            "remedy" => Ok(GeneratedField::Remedy),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Refusal;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Refusal")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Refusal, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut field__ = None;
                let mut code__ = None;
                let mut place__ = None;
                let mut remedy__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Field => {
                            if field__.is_some() {
                                return Err(serde::de::Error::duplicate_field("field"));
                            }
                            field__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Code => {
                            if code__.is_some() {
                                return Err(serde::de::Error::duplicate_field("code"));
                            }
                            code__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Place => {
                            if place__.is_some() {
                                return Err(serde::de::Error::duplicate_field("place"));
                            }
                            place__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Remedy => {
                            if remedy__.is_some() {
                                return Err(serde::de::Error::duplicate_field("remedy"));
                            }
                            remedy__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Refusal {
                    field: field__.unwrap_or_default(),
                    code: code__.unwrap_or_default(),
                    place: place__.unwrap_or_default(),
                    remedy: remedy__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Refusal", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Regime {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "REGIME_UNSPECIFIED",
            Self::Gdpr => "REGIME_GDPR",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Regime {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "REGIME_UNSPECIFIED",
            "REGIME_GDPR",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Regime;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "REGIME_UNSPECIFIED" => Ok(Regime::Unspecified),
                    "REGIME_GDPR" => Ok(Regime::Gdpr),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for RelatedObject {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind != 0 {
            len += 1;
        }
        if !self.name.is_empty() {
            len += 1;
        }
        if !self.dataset.is_empty() {
            len += 1;
        }
        if self.covered {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RelatedObject", len)?;
        if self.kind != 0 {
            let v = related_object::ObjectKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if !self.dataset.is_empty() {
            struct_ser.serialize_field("dataset", &self.dataset)?;
        }
        if self.covered {
            struct_ser.serialize_field("covered", &self.covered)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RelatedObject {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "name",
            "dataset",
            "covered",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            Name,
            Dataset,
            Covered,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "name" => Ok(GeneratedField::Name),
                            "dataset" => Ok(GeneratedField::Dataset),
                            "covered" => Ok(GeneratedField::Covered),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RelatedObject;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RelatedObject")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RelatedObject, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut name__ = None;
                let mut dataset__ = None;
                let mut covered__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<related_object::ObjectKind>()? as i32);
                        }
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Dataset => {
                            if dataset__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dataset"));
                            }
                            dataset__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Covered => {
                            if covered__.is_some() {
                                return Err(serde::de::Error::duplicate_field("covered"));
                            }
                            covered__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RelatedObject {
                    kind: kind__.unwrap_or_default(),
                    name: name__.unwrap_or_default(),
                    dataset: dataset__.unwrap_or_default(),
                    covered: covered__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RelatedObject", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for related_object::ObjectKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "OBJECT_KIND_UNSPECIFIED",
            Self::Table => "OBJECT_KIND_TABLE",
            Self::MaterializedView => "OBJECT_KIND_MATERIALIZED_VIEW",
            Self::Trigger => "OBJECT_KIND_TRIGGER",
            Self::Rule => "OBJECT_KIND_RULE",
            Self::Publication => "OBJECT_KIND_PUBLICATION",
            Self::ChildTable => "OBJECT_KIND_CHILD_TABLE",
            Self::ForeignTable => "OBJECT_KIND_FOREIGN_TABLE",
            Self::SearchIndex => "OBJECT_KIND_SEARCH_INDEX",
            Self::LargeObject => "OBJECT_KIND_LARGE_OBJECT",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for related_object::ObjectKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "OBJECT_KIND_UNSPECIFIED",
            "OBJECT_KIND_TABLE",
            "OBJECT_KIND_MATERIALIZED_VIEW",
            "OBJECT_KIND_TRIGGER",
            "OBJECT_KIND_RULE",
            "OBJECT_KIND_PUBLICATION",
            "OBJECT_KIND_CHILD_TABLE",
            "OBJECT_KIND_FOREIGN_TABLE",
            "OBJECT_KIND_SEARCH_INDEX",
            "OBJECT_KIND_LARGE_OBJECT",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = related_object::ObjectKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "OBJECT_KIND_UNSPECIFIED" => Ok(related_object::ObjectKind::Unspecified),
                    "OBJECT_KIND_TABLE" => Ok(related_object::ObjectKind::Table),
                    "OBJECT_KIND_MATERIALIZED_VIEW" => Ok(related_object::ObjectKind::MaterializedView),
                    "OBJECT_KIND_TRIGGER" => Ok(related_object::ObjectKind::Trigger),
                    "OBJECT_KIND_RULE" => Ok(related_object::ObjectKind::Rule),
                    "OBJECT_KIND_PUBLICATION" => Ok(related_object::ObjectKind::Publication),
                    "OBJECT_KIND_CHILD_TABLE" => Ok(related_object::ObjectKind::ChildTable),
                    "OBJECT_KIND_FOREIGN_TABLE" => Ok(related_object::ObjectKind::ForeignTable),
                    "OBJECT_KIND_SEARCH_INDEX" => Ok(related_object::ObjectKind::SearchIndex),
                    "OBJECT_KIND_LARGE_OBJECT" => Ok(related_object::ObjectKind::LargeObject),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Release {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request.is_empty() {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        if !self.decisions.is_empty() {
            len += 1;
        }
        if self.destination.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Release", len)?;
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if self.kind != 0 {
            let v = Kind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.decisions.is_empty() {
            struct_ser.serialize_field("decisions", &self.decisions)?;
        }
        if let Some(v) = self.destination.as_ref() {
            struct_ser.serialize_field("destination", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Release {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request",
            "kind",
            "decisions",
            "destination",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Request,
            Kind,
            Decisions,
            Destination,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "request" => Ok(GeneratedField::Request),
                            "kind" => Ok(GeneratedField::Kind),
                            "decisions" => Ok(GeneratedField::Decisions),
                            "destination" => Ok(GeneratedField::Destination),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Release;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Release")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Release, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request__ = None;
                let mut kind__ = None;
                let mut decisions__ = None;
                let mut destination__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<Kind>()? as i32);
                        }
                        GeneratedField::Decisions => {
                            if decisions__.is_some() {
                                return Err(serde::de::Error::duplicate_field("decisions"));
                            }
                            decisions__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Destination => {
                            if destination__.is_some() {
                                return Err(serde::de::Error::duplicate_field("destination"));
                            }
                            destination__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Release {
                    request: request__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                    decisions: decisions__.unwrap_or_default(),
                    destination: destination__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Release", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Released {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request.is_empty() {
            len += 1;
        }
        if !self.answers.is_empty() {
            len += 1;
        }
        if self.package.is_some() {
            len += 1;
        }
        if !self.failure.is_empty() {
            len += 1;
        }
        if self.last_sequence != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Released", len)?;
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if !self.answers.is_empty() {
            struct_ser.serialize_field("answers", &self.answers)?;
        }
        if let Some(v) = self.package.as_ref() {
            struct_ser.serialize_field("package", v)?;
        }
        if !self.failure.is_empty() {
            struct_ser.serialize_field("failure", &self.failure)?;
        }
        if self.last_sequence != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lastSequence", ToString::to_string(&self.last_sequence).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Released {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request",
            "answers",
            "package",
            "failure",
            "last_sequence",
            "lastSequence",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Request,
            Answers,
            Package,
            Failure,
            LastSequence,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "request" => Ok(GeneratedField::Request),
                            "answers" => Ok(GeneratedField::Answers),
                            "package" => Ok(GeneratedField::Package),
                            "failure" => Ok(GeneratedField::Failure),
                            "lastSequence" | "last_sequence" => Ok(GeneratedField::LastSequence),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Released;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Released")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Released, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request__ = None;
                let mut answers__ = None;
                let mut package__ = None;
                let mut failure__ = None;
                let mut last_sequence__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Answers => {
                            if answers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("answers"));
                            }
                            answers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Package => {
                            if package__.is_some() {
                                return Err(serde::de::Error::duplicate_field("package"));
                            }
                            package__ = map_.next_value()?;
                        }
                        GeneratedField::Failure => {
                            if failure__.is_some() {
                                return Err(serde::de::Error::duplicate_field("failure"));
                            }
                            failure__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LastSequence => {
                            if last_sequence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastSequence"));
                            }
                            last_sequence__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Released {
                    request: request__.unwrap_or_default(),
                    answers: answers__.unwrap_or_default(),
                    package: package__,
                    failure: failure__.unwrap_or_default(),
                    last_sequence: last_sequence__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Released", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RemainsAccepted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.reason.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RemainsAccepted", len)?;
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RemainsAccepted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RemainsAccepted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RemainsAccepted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RemainsAccepted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RemainsAccepted {
                    reason: reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RemainsAccepted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RemainsFound {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.outcomes.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RemainsFound", len)?;
        if !self.outcomes.is_empty() {
            struct_ser.serialize_field("outcomes", &self.outcomes)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RemainsFound {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "outcomes",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Outcomes,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "outcomes" => Ok(GeneratedField::Outcomes),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RemainsFound;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RemainsFound")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RemainsFound, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut outcomes__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Outcomes => {
                            if outcomes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcomes"));
                            }
                            outcomes__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RemainsFound {
                    outcomes: outcomes__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RemainsFound", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestApproved {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.plan_digest.is_some() {
            len += 1;
        }
        if !self.standing_approval.is_empty() {
            len += 1;
        }
        if self.left_undecided != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestApproved", len)?;
        if let Some(v) = self.plan_digest.as_ref() {
            struct_ser.serialize_field("planDigest", v)?;
        }
        if !self.standing_approval.is_empty() {
            struct_ser.serialize_field("standingApproval", &self.standing_approval)?;
        }
        if self.left_undecided != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("leftUndecided", ToString::to_string(&self.left_undecided).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestApproved {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "plan_digest",
            "planDigest",
            "standing_approval",
            "standingApproval",
            "left_undecided",
            "leftUndecided",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            PlanDigest,
            StandingApproval,
            LeftUndecided,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "planDigest" | "plan_digest" => Ok(GeneratedField::PlanDigest),
                            "standingApproval" | "standing_approval" => Ok(GeneratedField::StandingApproval),
                            "leftUndecided" | "left_undecided" => Ok(GeneratedField::LeftUndecided),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestApproved;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestApproved")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestApproved, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut plan_digest__ = None;
                let mut standing_approval__ = None;
                let mut left_undecided__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::PlanDigest => {
                            if plan_digest__.is_some() {
                                return Err(serde::de::Error::duplicate_field("planDigest"));
                            }
                            plan_digest__ = map_.next_value()?;
                        }
                        GeneratedField::StandingApproval => {
                            if standing_approval__.is_some() {
                                return Err(serde::de::Error::duplicate_field("standingApproval"));
                            }
                            standing_approval__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LeftUndecided => {
                            if left_undecided__.is_some() {
                                return Err(serde::de::Error::duplicate_field("leftUndecided"));
                            }
                            left_undecided__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(RequestApproved {
                    plan_digest: plan_digest__,
                    standing_approval: standing_approval__.unwrap_or_default(),
                    left_undecided: left_undecided__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestApproved", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestClosed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.closing != 0 {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        if !self.last_sequences.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestClosed", len)?;
        if self.closing != 0 {
            let v = Closing::try_from(self.closing)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.closing)))?;
            struct_ser.serialize_field("closing", &v)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        if !self.last_sequences.is_empty() {
            let v: std::collections::HashMap<_, _> = self.last_sequences.iter()
                .map(|(k, v)| (k, v.to_string())).collect();
            struct_ser.serialize_field("lastSequences", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestClosed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "closing",
            "reason",
            "last_sequences",
            "lastSequences",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Closing,
            Reason,
            LastSequences,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "closing" => Ok(GeneratedField::Closing),
                            "reason" => Ok(GeneratedField::Reason),
                            "lastSequences" | "last_sequences" => Ok(GeneratedField::LastSequences),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestClosed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestClosed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestClosed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut closing__ = None;
                let mut reason__ = None;
                let mut last_sequences__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Closing => {
                            if closing__.is_some() {
                                return Err(serde::de::Error::duplicate_field("closing"));
                            }
                            closing__ = Some(map_.next_value::<Closing>()? as i32);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LastSequences => {
                            if last_sequences__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastSequences"));
                            }
                            last_sequences__ = Some(
                                map_.next_value::<std::collections::BTreeMap<_, ::pbjson::private::NumberDeserialize<u64>>>()?
                                    .into_iter().map(|(k,v)| (k, v.0)).collect()
                            );
                        }
                    }
                }
                Ok(RequestClosed {
                    closing: closing__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                    last_sequences: last_sequences__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestClosed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestDeclined {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.reason.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestDeclined", len)?;
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestDeclined {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestDeclined;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestDeclined")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestDeclined, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RequestDeclined {
                    reason: reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestDeclined", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestExtended {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.due_at.is_some() {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestExtended", len)?;
        if let Some(v) = self.due_at.as_ref() {
            struct_ser.serialize_field("dueAt", v)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestExtended {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "due_at",
            "dueAt",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            DueAt,
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "dueAt" | "due_at" => Ok(GeneratedField::DueAt),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestExtended;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestExtended")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestExtended, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut due_at__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::DueAt => {
                            if due_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dueAt"));
                            }
                            due_at__ = map_.next_value()?;
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RequestExtended {
                    due_at: due_at__,
                    reason: reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestExtended", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestHeld {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.until.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestHeld", len)?;
        if let Some(v) = self.until.as_ref() {
            struct_ser.serialize_field("until", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestHeld {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "until",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Until,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "until" => Ok(GeneratedField::Until),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestHeld;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestHeld")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestHeld, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut until__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Until => {
                            if until__.is_some() {
                                return Err(serde::de::Error::duplicate_field("until"));
                            }
                            until__ = map_.next_value()?;
                        }
                    }
                }
                Ok(RequestHeld {
                    until: until__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestHeld", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestLinked {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.earlier.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestLinked", len)?;
        if !self.earlier.is_empty() {
            struct_ser.serialize_field("earlier", &self.earlier)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestLinked {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "earlier",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Earlier,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "earlier" => Ok(GeneratedField::Earlier),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestLinked;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestLinked")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestLinked, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut earlier__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Earlier => {
                            if earlier__.is_some() {
                                return Err(serde::de::Error::duplicate_field("earlier"));
                            }
                            earlier__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RequestLinked {
                    earlier: earlier__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestLinked", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestOverdue {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.due_at.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestOverdue", len)?;
        if let Some(v) = self.due_at.as_ref() {
            struct_ser.serialize_field("dueAt", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestOverdue {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "due_at",
            "dueAt",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            DueAt,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "dueAt" | "due_at" => Ok(GeneratedField::DueAt),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestOverdue;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestOverdue")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestOverdue, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut due_at__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::DueAt => {
                            if due_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dueAt"));
                            }
                            due_at__ = map_.next_value()?;
                        }
                    }
                }
                Ok(RequestOverdue {
                    due_at: due_at__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestOverdue", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestPaused {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.why.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestPaused", len)?;
        if !self.why.is_empty() {
            struct_ser.serialize_field("why", &self.why)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestPaused {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "why",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Why,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "why" => Ok(GeneratedField::Why),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestPaused;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestPaused")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestPaused, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut why__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Why => {
                            if why__.is_some() {
                                return Err(serde::de::Error::duplicate_field("why"));
                            }
                            why__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RequestPaused {
                    why: why__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestPaused", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestReceived {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind != 0 {
            len += 1;
        }
        if self.subject_kind != 0 {
            len += 1;
        }
        if !self.subject_commitment.is_empty() {
            len += 1;
        }
        if !self.regimes.is_empty() {
            len += 1;
        }
        if self.received_at.is_some() {
            len += 1;
        }
        if self.due_at.is_some() {
            len += 1;
        }
        if self.trigger != 0 {
            len += 1;
        }
        if self.requester.is_some() {
            len += 1;
        }
        if self.verification.is_some() {
            len += 1;
        }
        if !self.scopes.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestReceived", len)?;
        if self.kind != 0 {
            let v = Kind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if self.subject_kind != 0 {
            let v = SubjectKind::try_from(self.subject_kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.subject_kind)))?;
            struct_ser.serialize_field("subjectKind", &v)?;
        }
        if !self.subject_commitment.is_empty() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("subjectCommitment", pbjson::private::base64::encode(&self.subject_commitment).as_str())?;
        }
        if !self.regimes.is_empty() {
            let v = self.regimes.iter().cloned().map(|v| {
                Regime::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("regimes", &v)?;
        }
        if let Some(v) = self.received_at.as_ref() {
            struct_ser.serialize_field("receivedAt", v)?;
        }
        if let Some(v) = self.due_at.as_ref() {
            struct_ser.serialize_field("dueAt", v)?;
        }
        if self.trigger != 0 {
            let v = Trigger::try_from(self.trigger)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.trigger)))?;
            struct_ser.serialize_field("trigger", &v)?;
        }
        if let Some(v) = self.requester.as_ref() {
            struct_ser.serialize_field("requester", v)?;
        }
        if let Some(v) = self.verification.as_ref() {
            struct_ser.serialize_field("verification", v)?;
        }
        if !self.scopes.is_empty() {
            let v = self.scopes.iter().cloned().map(|v| {
                Scope::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("scopes", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestReceived {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "subject_kind",
            "subjectKind",
            "subject_commitment",
            "subjectCommitment",
            "regimes",
            "received_at",
            "receivedAt",
            "due_at",
            "dueAt",
            "trigger",
            "requester",
            "verification",
            "scopes",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            SubjectKind,
            SubjectCommitment,
            Regimes,
            ReceivedAt,
            DueAt,
            Trigger,
            Requester,
            Verification,
            Scopes,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "subjectKind" | "subject_kind" => Ok(GeneratedField::SubjectKind),
                            "subjectCommitment" | "subject_commitment" => Ok(GeneratedField::SubjectCommitment),
                            "regimes" => Ok(GeneratedField::Regimes),
                            "receivedAt" | "received_at" => Ok(GeneratedField::ReceivedAt),
                            "dueAt" | "due_at" => Ok(GeneratedField::DueAt),
                            "trigger" => Ok(GeneratedField::Trigger),
                            "requester" => Ok(GeneratedField::Requester),
                            "verification" => Ok(GeneratedField::Verification),
                            "scopes" => Ok(GeneratedField::Scopes),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestReceived;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestReceived")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestReceived, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut subject_kind__ = None;
                let mut subject_commitment__ = None;
                let mut regimes__ = None;
                let mut received_at__ = None;
                let mut due_at__ = None;
                let mut trigger__ = None;
                let mut requester__ = None;
                let mut verification__ = None;
                let mut scopes__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<Kind>()? as i32);
                        }
                        GeneratedField::SubjectKind => {
                            if subject_kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subjectKind"));
                            }
                            subject_kind__ = Some(map_.next_value::<SubjectKind>()? as i32);
                        }
                        GeneratedField::SubjectCommitment => {
                            if subject_commitment__.is_some() {
                                return Err(serde::de::Error::duplicate_field("subjectCommitment"));
                            }
                            subject_commitment__ = 
                                Some(map_.next_value::<::pbjson::private::BytesDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Regimes => {
                            if regimes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("regimes"));
                            }
                            regimes__ = Some(map_.next_value::<Vec<Regime>>()?.into_iter().map(|x| x as i32).collect());
                        }
                        GeneratedField::ReceivedAt => {
                            if received_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receivedAt"));
                            }
                            received_at__ = map_.next_value()?;
                        }
                        GeneratedField::DueAt => {
                            if due_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dueAt"));
                            }
                            due_at__ = map_.next_value()?;
                        }
                        GeneratedField::Trigger => {
                            if trigger__.is_some() {
                                return Err(serde::de::Error::duplicate_field("trigger"));
                            }
                            trigger__ = Some(map_.next_value::<Trigger>()? as i32);
                        }
                        GeneratedField::Requester => {
                            if requester__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requester"));
                            }
                            requester__ = map_.next_value()?;
                        }
                        GeneratedField::Verification => {
                            if verification__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verification"));
                            }
                            verification__ = map_.next_value()?;
                        }
                        GeneratedField::Scopes => {
                            if scopes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("scopes"));
                            }
                            scopes__ = Some(map_.next_value::<Vec<Scope>>()?.into_iter().map(|x| x as i32).collect());
                        }
                    }
                }
                Ok(RequestReceived {
                    kind: kind__.unwrap_or_default(),
                    subject_kind: subject_kind__.unwrap_or_default(),
                    subject_commitment: subject_commitment__.unwrap_or_default(),
                    regimes: regimes__.unwrap_or_default(),
                    received_at: received_at__,
                    due_at: due_at__,
                    trigger: trigger__.unwrap_or_default(),
                    requester: requester__,
                    verification: verification__,
                    scopes: scopes__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestReceived", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestRejected {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.message_id.is_empty() {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        if !self.detail.is_empty() {
            len += 1;
        }
        if !self.idempotency.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestRejected", len)?;
        if !self.message_id.is_empty() {
            struct_ser.serialize_field("messageId", &self.message_id)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        if !self.detail.is_empty() {
            struct_ser.serialize_field("detail", &self.detail)?;
        }
        if !self.idempotency.is_empty() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("idempotency", pbjson::private::base64::encode(&self.idempotency).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestRejected {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "message_id",
            "messageId",
            "reason",
            "detail",
            "idempotency",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            MessageId,
            Reason,
            Detail,
            Idempotency,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "messageId" | "message_id" => Ok(GeneratedField::MessageId),
                            "reason" => Ok(GeneratedField::Reason),
                            "detail" => Ok(GeneratedField::Detail),
                            "idempotency" => Ok(GeneratedField::Idempotency),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestRejected;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestRejected")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestRejected, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut message_id__ = None;
                let mut reason__ = None;
                let mut detail__ = None;
                let mut idempotency__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::MessageId => {
                            if message_id__.is_some() {
                                return Err(serde::de::Error::duplicate_field("messageId"));
                            }
                            message_id__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Detail => {
                            if detail__.is_some() {
                                return Err(serde::de::Error::duplicate_field("detail"));
                            }
                            detail__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Idempotency => {
                            if idempotency__.is_some() {
                                return Err(serde::de::Error::duplicate_field("idempotency"));
                            }
                            idempotency__ = 
                                Some(map_.next_value::<::pbjson::private::BytesDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(RequestRejected {
                    message_id: message_id__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                    detail: detail__.unwrap_or_default(),
                    idempotency: idempotency__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestRejected", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestRestored {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("redress.v1.RequestRestored", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestRestored {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestRestored;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestRestored")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestRestored, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(RequestRestored {
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestRestored", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestResumed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("redress.v1.RequestResumed", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestResumed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestResumed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestResumed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestResumed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(RequestResumed {
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestResumed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestStuck {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.step.is_empty() {
            len += 1;
        }
        if self.since.is_some() {
            len += 1;
        }
        if self.next_try.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestStuck", len)?;
        if !self.step.is_empty() {
            struct_ser.serialize_field("step", &self.step)?;
        }
        if let Some(v) = self.since.as_ref() {
            struct_ser.serialize_field("since", v)?;
        }
        if let Some(v) = self.next_try.as_ref() {
            struct_ser.serialize_field("nextTry", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestStuck {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "step",
            "since",
            "next_try",
            "nextTry",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Step,
            Since,
            NextTry,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "step" => Ok(GeneratedField::Step),
                            "since" => Ok(GeneratedField::Since),
                            "nextTry" | "next_try" => Ok(GeneratedField::NextTry),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestStuck;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestStuck")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestStuck, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut step__ = None;
                let mut since__ = None;
                let mut next_try__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Step => {
                            if step__.is_some() {
                                return Err(serde::de::Error::duplicate_field("step"));
                            }
                            step__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Since => {
                            if since__.is_some() {
                                return Err(serde::de::Error::duplicate_field("since"));
                            }
                            since__ = map_.next_value()?;
                        }
                        GeneratedField::NextTry => {
                            if next_try__.is_some() {
                                return Err(serde::de::Error::duplicate_field("nextTry"));
                            }
                            next_try__ = map_.next_value()?;
                        }
                    }
                }
                Ok(RequestStuck {
                    step: step__.unwrap_or_default(),
                    since: since__,
                    next_try: next_try__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestStuck", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequestVerified {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.verification.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RequestVerified", len)?;
        if let Some(v) = self.verification.as_ref() {
            struct_ser.serialize_field("verification", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RequestVerified {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "verification",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Verification,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "verification" => Ok(GeneratedField::Verification),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RequestVerified;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RequestVerified")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RequestVerified, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut verification__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Verification => {
                            if verification__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verification"));
                            }
                            verification__ = map_.next_value()?;
                        }
                    }
                }
                Ok(RequestVerified {
                    verification: verification__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RequestVerified", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Requester {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind != 0 {
            len += 1;
        }
        if !self.name.is_empty() {
            len += 1;
        }
        if !self.authority.is_empty() {
            len += 1;
        }
        if self.words.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Requester", len)?;
        if self.kind != 0 {
            let v = RequesterKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.name.is_empty() {
            struct_ser.serialize_field("name", &self.name)?;
        }
        if !self.authority.is_empty() {
            struct_ser.serialize_field("authority", &self.authority)?;
        }
        if let Some(v) = self.words.as_ref() {
            struct_ser.serialize_field("words", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Requester {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "name",
            "authority",
            "words",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            Name,
            Authority,
            Words,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "name" => Ok(GeneratedField::Name),
                            "authority" => Ok(GeneratedField::Authority),
                            "words" => Ok(GeneratedField::Words),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Requester;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Requester")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Requester, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut name__ = None;
                let mut authority__ = None;
                let mut words__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<RequesterKind>()? as i32);
                        }
                        GeneratedField::Name => {
                            if name__.is_some() {
                                return Err(serde::de::Error::duplicate_field("name"));
                            }
                            name__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Authority => {
                            if authority__.is_some() {
                                return Err(serde::de::Error::duplicate_field("authority"));
                            }
                            authority__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Words => {
                            if words__.is_some() {
                                return Err(serde::de::Error::duplicate_field("words"));
                            }
                            words__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Requester {
                    kind: kind__.unwrap_or_default(),
                    name: name__.unwrap_or_default(),
                    authority: authority__.unwrap_or_default(),
                    words: words__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Requester", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RequesterKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "REQUESTER_KIND_UNSPECIFIED",
            Self::Subject => "REQUESTER_KIND_SUBJECT",
            Self::Agent => "REQUESTER_KIND_AGENT",
            Self::Guardian => "REQUESTER_KIND_GUARDIAN",
            Self::Administrator => "REQUESTER_KIND_ADMINISTRATOR",
            Self::Upstream => "REQUESTER_KIND_UPSTREAM",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for RequesterKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "REQUESTER_KIND_UNSPECIFIED",
            "REQUESTER_KIND_SUBJECT",
            "REQUESTER_KIND_AGENT",
            "REQUESTER_KIND_GUARDIAN",
            "REQUESTER_KIND_ADMINISTRATOR",
            "REQUESTER_KIND_UPSTREAM",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = RequesterKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "REQUESTER_KIND_UNSPECIFIED" => Ok(RequesterKind::Unspecified),
                    "REQUESTER_KIND_SUBJECT" => Ok(RequesterKind::Subject),
                    "REQUESTER_KIND_AGENT" => Ok(RequesterKind::Agent),
                    "REQUESTER_KIND_GUARDIAN" => Ok(RequesterKind::Guardian),
                    "REQUESTER_KIND_ADMINISTRATOR" => Ok(RequesterKind::Administrator),
                    "REQUESTER_KIND_UPSTREAM" => Ok(RequesterKind::Upstream),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for RestrictionApplied {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.outcomes.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RestrictionApplied", len)?;
        if !self.outcomes.is_empty() {
            struct_ser.serialize_field("outcomes", &self.outcomes)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RestrictionApplied {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "outcomes",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Outcomes,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "outcomes" => Ok(GeneratedField::Outcomes),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RestrictionApplied;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RestrictionApplied")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RestrictionApplied, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut outcomes__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Outcomes => {
                            if outcomes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcomes"));
                            }
                            outcomes__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RestrictionApplied {
                    outcomes: outcomes__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RestrictionApplied", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RestrictionLifted {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.outcomes.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RestrictionLifted", len)?;
        if !self.outcomes.is_empty() {
            struct_ser.serialize_field("outcomes", &self.outcomes)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RestrictionLifted {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "outcomes",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Outcomes,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "outcomes" => Ok(GeneratedField::Outcomes),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RestrictionLifted;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RestrictionLifted")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RestrictionLifted, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut outcomes__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Outcomes => {
                            if outcomes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcomes"));
                            }
                            outcomes__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RestrictionLifted {
                    outcomes: outcomes__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RestrictionLifted", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for RetainedField {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.field.is_empty() {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RetainedField", len)?;
        if !self.field.is_empty() {
            struct_ser.serialize_field("field", &self.field)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RetainedField {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "field",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Field,
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "field" => Ok(GeneratedField::Field),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RetainedField;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RetainedField")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RetainedField, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut field__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Field => {
                            if field__.is_some() {
                                return Err(serde::de::Error::duplicate_field("field"));
                            }
                            field__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RetainedField {
                    field: field__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RetainedField", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Retry {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let len = 0;
        let struct_ser = serializer.serialize_struct("redress.v1.Retry", len)?;
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Retry {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                            Err(serde::de::Error::unknown_field(value, FIELDS))
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Retry;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Retry")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Retry, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                while map_.next_key::<GeneratedField>()?.is_some() {
                    let _ = map_.next_value::<serde::de::IgnoredAny>()?;
                }
                Ok(Retry {
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Retry", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for ReviewDecision {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.system.is_empty() {
            len += 1;
        }
        if !self.dataset.is_empty() {
            len += 1;
        }
        if !self.record.is_empty() {
            len += 1;
        }
        if !self.field.is_empty() {
            len += 1;
        }
        if self.choice != 0 {
            len += 1;
        }
        if self.ground != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.ReviewDecision", len)?;
        if !self.system.is_empty() {
            struct_ser.serialize_field("system", &self.system)?;
        }
        if !self.dataset.is_empty() {
            struct_ser.serialize_field("dataset", &self.dataset)?;
        }
        if !self.record.is_empty() {
            struct_ser.serialize_field("record", &self.record)?;
        }
        if !self.field.is_empty() {
            struct_ser.serialize_field("field", &self.field)?;
        }
        if self.choice != 0 {
            let v = review_decision::Choice::try_from(self.choice)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.choice)))?;
            struct_ser.serialize_field("choice", &v)?;
        }
        if self.ground != 0 {
            let v = review_decision::ReviewGround::try_from(self.ground)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.ground)))?;
            struct_ser.serialize_field("ground", &v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for ReviewDecision {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "system",
            "dataset",
            "record",
            "field",
            "choice",
            "ground",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            System,
            Dataset,
            Record,
            Field,
            Choice,
            Ground,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "system" => Ok(GeneratedField::System),
                            "dataset" => Ok(GeneratedField::Dataset),
                            "record" => Ok(GeneratedField::Record),
                            "field" => Ok(GeneratedField::Field),
                            "choice" => Ok(GeneratedField::Choice),
                            "ground" => Ok(GeneratedField::Ground),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = ReviewDecision;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.ReviewDecision")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<ReviewDecision, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut system__ = None;
                let mut dataset__ = None;
                let mut record__ = None;
                let mut field__ = None;
                let mut choice__ = None;
                let mut ground__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::System => {
                            if system__.is_some() {
                                return Err(serde::de::Error::duplicate_field("system"));
                            }
                            system__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Dataset => {
                            if dataset__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dataset"));
                            }
                            dataset__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Record => {
                            if record__.is_some() {
                                return Err(serde::de::Error::duplicate_field("record"));
                            }
                            record__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Field => {
                            if field__.is_some() {
                                return Err(serde::de::Error::duplicate_field("field"));
                            }
                            field__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Choice => {
                            if choice__.is_some() {
                                return Err(serde::de::Error::duplicate_field("choice"));
                            }
                            choice__ = Some(map_.next_value::<review_decision::Choice>()? as i32);
                        }
                        GeneratedField::Ground => {
                            if ground__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ground"));
                            }
                            ground__ = Some(map_.next_value::<review_decision::ReviewGround>()? as i32);
                        }
                    }
                }
                Ok(ReviewDecision {
                    system: system__.unwrap_or_default(),
                    dataset: dataset__.unwrap_or_default(),
                    record: record__.unwrap_or_default(),
                    field: field__.unwrap_or_default(),
                    choice: choice__.unwrap_or_default(),
                    ground: ground__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.ReviewDecision", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for review_decision::Choice {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "CHOICE_UNSPECIFIED",
            Self::Include => "CHOICE_INCLUDE",
            Self::Exclude => "CHOICE_EXCLUDE",
            Self::Redact => "CHOICE_REDACT",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for review_decision::Choice {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "CHOICE_UNSPECIFIED",
            "CHOICE_INCLUDE",
            "CHOICE_EXCLUDE",
            "CHOICE_REDACT",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = review_decision::Choice;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "CHOICE_UNSPECIFIED" => Ok(review_decision::Choice::Unspecified),
                    "CHOICE_INCLUDE" => Ok(review_decision::Choice::Include),
                    "CHOICE_EXCLUDE" => Ok(review_decision::Choice::Exclude),
                    "CHOICE_REDACT" => Ok(review_decision::Choice::Redact),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for review_decision::ReviewGround {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "REVIEW_GROUND_UNSPECIFIED",
            Self::OthersData => "REVIEW_GROUND_OTHERS_DATA",
            Self::Confidential => "REVIEW_GROUND_CONFIDENTIAL",
            Self::Security => "REVIEW_GROUND_SECURITY",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for review_decision::ReviewGround {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "REVIEW_GROUND_UNSPECIFIED",
            "REVIEW_GROUND_OTHERS_DATA",
            "REVIEW_GROUND_CONFIDENTIAL",
            "REVIEW_GROUND_SECURITY",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = review_decision::ReviewGround;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "REVIEW_GROUND_UNSPECIFIED" => Ok(review_decision::ReviewGround::Unspecified),
                    "REVIEW_GROUND_OTHERS_DATA" => Ok(review_decision::ReviewGround::OthersData),
                    "REVIEW_GROUND_CONFIDENTIAL" => Ok(review_decision::ReviewGround::Confidential),
                    "REVIEW_GROUND_SECURITY" => Ok(review_decision::ReviewGround::Security),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Role {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "ROLE_UNSPECIFIED",
            Self::TenantAdmin => "ROLE_TENANT_ADMIN",
            Self::Reviewer => "ROLE_REVIEWER",
            Self::Operator => "ROLE_OPERATOR",
            Self::Auditor => "ROLE_AUDITOR",
            Self::Upstream => "ROLE_UPSTREAM",
            Self::Subject => "ROLE_SUBJECT",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Role {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "ROLE_UNSPECIFIED",
            "ROLE_TENANT_ADMIN",
            "ROLE_REVIEWER",
            "ROLE_OPERATOR",
            "ROLE_AUDITOR",
            "ROLE_UPSTREAM",
            "ROLE_SUBJECT",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Role;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "ROLE_UNSPECIFIED" => Ok(Role::Unspecified),
                    "ROLE_TENANT_ADMIN" => Ok(Role::TenantAdmin),
                    "ROLE_REVIEWER" => Ok(Role::Reviewer),
                    "ROLE_OPERATOR" => Ok(Role::Operator),
                    "ROLE_AUDITOR" => Ok(Role::Auditor),
                    "ROLE_UPSTREAM" => Ok(Role::Upstream),
                    "ROLE_SUBJECT" => Ok(Role::Subject),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for RowRole {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.relation != 0 {
            len += 1;
        }
        if !self.field.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.RowRole", len)?;
        if self.relation != 0 {
            let v = row_role::Relation::try_from(self.relation)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.relation)))?;
            struct_ser.serialize_field("relation", &v)?;
        }
        if !self.field.is_empty() {
            struct_ser.serialize_field("field", &self.field)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for RowRole {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "relation",
            "field",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Relation,
            Field,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "relation" => Ok(GeneratedField::Relation),
                            "field" => Ok(GeneratedField::Field),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = RowRole;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.RowRole")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<RowRole, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut relation__ = None;
                let mut field__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Relation => {
                            if relation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("relation"));
                            }
                            relation__ = Some(map_.next_value::<row_role::Relation>()? as i32);
                        }
                        GeneratedField::Field => {
                            if field__.is_some() {
                                return Err(serde::de::Error::duplicate_field("field"));
                            }
                            field__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(RowRole {
                    relation: relation__.unwrap_or_default(),
                    field: field__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.RowRole", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for row_role::Relation {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "RELATION_UNSPECIFIED",
            Self::Joint => "RELATION_JOINT",
            Self::Mention => "RELATION_MENTION",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for row_role::Relation {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "RELATION_UNSPECIFIED",
            "RELATION_JOINT",
            "RELATION_MENTION",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = row_role::Relation;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "RELATION_UNSPECIFIED" => Ok(row_role::Relation::Unspecified),
                    "RELATION_JOINT" => Ok(row_role::Relation::Joint),
                    "RELATION_MENTION" => Ok(row_role::Relation::Mention),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Scope {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "SCOPE_UNSPECIFIED",
            Self::CustomerData => "SCOPE_CUSTOMER_DATA",
            Self::SystemLogs => "SCOPE_SYSTEM_LOGS",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Scope {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "SCOPE_UNSPECIFIED",
            "SCOPE_CUSTOMER_DATA",
            "SCOPE_SYSTEM_LOGS",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Scope;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "SCOPE_UNSPECIFIED" => Ok(Scope::Unspecified),
                    "SCOPE_CUSTOMER_DATA" => Ok(Scope::CustomerData),
                    "SCOPE_SYSTEM_LOGS" => Ok(Scope::SystemLogs),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Sealed {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.format != 0 {
            len += 1;
        }
        if !self.body.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Sealed", len)?;
        if self.format != 0 {
            struct_ser.serialize_field("format", &self.format)?;
        }
        if !self.body.is_empty() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("body", pbjson::private::base64::encode(&self.body).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Sealed {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "format",
            "body",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Format,
            Body,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "format" => Ok(GeneratedField::Format),
                            "body" => Ok(GeneratedField::Body),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Sealed;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Sealed")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Sealed, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut format__ = None;
                let mut body__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Format => {
                            if format__.is_some() {
                                return Err(serde::de::Error::duplicate_field("format"));
                            }
                            format__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Body => {
                            if body__.is_some() {
                                return Err(serde::de::Error::duplicate_field("body"));
                            }
                            body__ = 
                                Some(map_.next_value::<::pbjson::private::BytesDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Sealed {
                    format: format__.unwrap_or_default(),
                    body: body__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Sealed", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SealedIdentifier {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind != 0 {
            len += 1;
        }
        if !self.field.is_empty() {
            len += 1;
        }
        if self.class != 0 {
            len += 1;
        }
        if !self.blind.is_empty() {
            len += 1;
        }
        if self.identifier.is_some() {
            len += 1;
        }
        if !self.from_system.is_empty() {
            len += 1;
        }
        if !self.from.is_empty() {
            len += 1;
        }
        if self.round != 0 {
            len += 1;
        }
        if !self.found_in.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.SealedIdentifier", len)?;
        if self.kind != 0 {
            let v = IdentifierKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.field.is_empty() {
            struct_ser.serialize_field("field", &self.field)?;
        }
        if self.class != 0 {
            let v = IdentifierClass::try_from(self.class)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.class)))?;
            struct_ser.serialize_field("class", &v)?;
        }
        if !self.blind.is_empty() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("blind", pbjson::private::base64::encode(&self.blind).as_str())?;
        }
        if let Some(v) = self.identifier.as_ref() {
            struct_ser.serialize_field("identifier", v)?;
        }
        if !self.from_system.is_empty() {
            struct_ser.serialize_field("fromSystem", &self.from_system)?;
        }
        if !self.from.is_empty() {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("from", pbjson::private::base64::encode(&self.from).as_str())?;
        }
        if self.round != 0 {
            struct_ser.serialize_field("round", &self.round)?;
        }
        if !self.found_in.is_empty() {
            struct_ser.serialize_field("foundIn", &self.found_in)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SealedIdentifier {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "field",
            "class",
            "blind",
            "identifier",
            "from_system",
            "fromSystem",
            "from",
            "round",
            "found_in",
            "foundIn",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            Field,
            Class,
            Blind,
            Identifier,
            FromSystem,
            From,
            Round,
            FoundIn,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "field" => Ok(GeneratedField::Field),
                            "class" => Ok(GeneratedField::Class),
                            "blind" => Ok(GeneratedField::Blind),
                            "identifier" => Ok(GeneratedField::Identifier),
                            "fromSystem" | "from_system" => Ok(GeneratedField::FromSystem),
                            "from" => Ok(GeneratedField::From),
                            "round" => Ok(GeneratedField::Round),
                            "foundIn" | "found_in" => Ok(GeneratedField::FoundIn),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SealedIdentifier;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.SealedIdentifier")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SealedIdentifier, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut field__ = None;
                let mut class__ = None;
                let mut blind__ = None;
                let mut identifier__ = None;
                let mut from_system__ = None;
                let mut from__ = None;
                let mut round__ = None;
                let mut found_in__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<IdentifierKind>()? as i32);
                        }
                        GeneratedField::Field => {
                            if field__.is_some() {
                                return Err(serde::de::Error::duplicate_field("field"));
                            }
                            field__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Class => {
                            if class__.is_some() {
                                return Err(serde::de::Error::duplicate_field("class"));
                            }
                            class__ = Some(map_.next_value::<IdentifierClass>()? as i32);
                        }
                        GeneratedField::Blind => {
                            if blind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("blind"));
                            }
                            blind__ = 
                                Some(map_.next_value::<::pbjson::private::BytesDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Identifier => {
                            if identifier__.is_some() {
                                return Err(serde::de::Error::duplicate_field("identifier"));
                            }
                            identifier__ = map_.next_value()?;
                        }
                        GeneratedField::FromSystem => {
                            if from_system__.is_some() {
                                return Err(serde::de::Error::duplicate_field("fromSystem"));
                            }
                            from_system__ = Some(map_.next_value()?);
                        }
                        GeneratedField::From => {
                            if from__.is_some() {
                                return Err(serde::de::Error::duplicate_field("from"));
                            }
                            from__ = 
                                Some(map_.next_value::<::pbjson::private::BytesDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Round => {
                            if round__.is_some() {
                                return Err(serde::de::Error::duplicate_field("round"));
                            }
                            round__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::FoundIn => {
                            if found_in__.is_some() {
                                return Err(serde::de::Error::duplicate_field("foundIn"));
                            }
                            found_in__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(SealedIdentifier {
                    kind: kind__.unwrap_or_default(),
                    field: field__.unwrap_or_default(),
                    class: class__.unwrap_or_default(),
                    blind: blind__.unwrap_or_default(),
                    identifier: identifier__,
                    from_system: from_system__.unwrap_or_default(),
                    from: from__.unwrap_or_default(),
                    round: round__.unwrap_or_default(),
                    found_in: found_in__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.SealedIdentifier", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SealedSubmission {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind != 0 {
            len += 1;
        }
        if !self.identifiers.is_empty() {
            len += 1;
        }
        if self.requester.is_some() {
            len += 1;
        }
        if self.verification.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.SealedSubmission", len)?;
        if self.kind != 0 {
            let v = SubjectKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.identifiers.is_empty() {
            struct_ser.serialize_field("identifiers", &self.identifiers)?;
        }
        if let Some(v) = self.requester.as_ref() {
            struct_ser.serialize_field("requester", v)?;
        }
        if let Some(v) = self.verification.as_ref() {
            struct_ser.serialize_field("verification", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SealedSubmission {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "identifiers",
            "requester",
            "verification",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            Identifiers,
            Requester,
            Verification,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "identifiers" => Ok(GeneratedField::Identifiers),
                            "requester" => Ok(GeneratedField::Requester),
                            "verification" => Ok(GeneratedField::Verification),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SealedSubmission;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.SealedSubmission")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SealedSubmission, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut identifiers__ = None;
                let mut requester__ = None;
                let mut verification__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<SubjectKind>()? as i32);
                        }
                        GeneratedField::Identifiers => {
                            if identifiers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("identifiers"));
                            }
                            identifiers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Requester => {
                            if requester__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requester"));
                            }
                            requester__ = map_.next_value()?;
                        }
                        GeneratedField::Verification => {
                            if verification__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verification"));
                            }
                            verification__ = map_.next_value()?;
                        }
                    }
                }
                Ok(SealedSubmission {
                    kind: kind__.unwrap_or_default(),
                    identifiers: identifiers__.unwrap_or_default(),
                    requester: requester__,
                    verification: verification__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.SealedSubmission", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SoftDelete {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "SOFT_DELETE_UNSPECIFIED",
            Self::Native => "SOFT_DELETE_NATIVE",
            Self::Shadow => "SOFT_DELETE_SHADOW",
            Self::None => "SOFT_DELETE_NONE",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for SoftDelete {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "SOFT_DELETE_UNSPECIFIED",
            "SOFT_DELETE_NATIVE",
            "SOFT_DELETE_SHADOW",
            "SOFT_DELETE_NONE",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = SoftDelete;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "SOFT_DELETE_UNSPECIFIED" => Ok(SoftDelete::Unspecified),
                    "SOFT_DELETE_NATIVE" => Ok(SoftDelete::Native),
                    "SOFT_DELETE_SHADOW" => Ok(SoftDelete::Shadow),
                    "SOFT_DELETE_NONE" => Ok(SoftDelete::None),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for State {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "STATE_UNSPECIFIED",
            Self::Received => "STATE_RECEIVED",
            Self::Verifying => "STATE_VERIFYING",
            Self::Discovering => "STATE_DISCOVERING",
            Self::InReview => "STATE_IN_REVIEW",
            Self::Collecting => "STATE_COLLECTING",
            Self::ContentReview => "STATE_CONTENT_REVIEW",
            Self::Releasing => "STATE_RELEASING",
            Self::Executing => "STATE_EXECUTING",
            Self::Held => "STATE_HELD",
            Self::Purging => "STATE_PURGING",
            Self::Expunging => "STATE_EXPUNGING",
            Self::Checking => "STATE_CHECKING",
            Self::Closed => "STATE_CLOSED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for State {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "STATE_UNSPECIFIED",
            "STATE_RECEIVED",
            "STATE_VERIFYING",
            "STATE_DISCOVERING",
            "STATE_IN_REVIEW",
            "STATE_COLLECTING",
            "STATE_CONTENT_REVIEW",
            "STATE_RELEASING",
            "STATE_EXECUTING",
            "STATE_HELD",
            "STATE_PURGING",
            "STATE_EXPUNGING",
            "STATE_CHECKING",
            "STATE_CLOSED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = State;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "STATE_UNSPECIFIED" => Ok(State::Unspecified),
                    "STATE_RECEIVED" => Ok(State::Received),
                    "STATE_VERIFYING" => Ok(State::Verifying),
                    "STATE_DISCOVERING" => Ok(State::Discovering),
                    "STATE_IN_REVIEW" => Ok(State::InReview),
                    "STATE_COLLECTING" => Ok(State::Collecting),
                    "STATE_CONTENT_REVIEW" => Ok(State::ContentReview),
                    "STATE_RELEASING" => Ok(State::Releasing),
                    "STATE_EXECUTING" => Ok(State::Executing),
                    "STATE_HELD" => Ok(State::Held),
                    "STATE_PURGING" => Ok(State::Purging),
                    "STATE_EXPUNGING" => Ok(State::Expunging),
                    "STATE_CHECKING" => Ok(State::Checking),
                    "STATE_CLOSED" => Ok(State::Closed),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Status {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "STATUS_UNSPECIFIED",
            Self::Done => "STATUS_DONE",
            Self::NotFound => "STATUS_NOT_FOUND",
            Self::Partial => "STATUS_PARTIAL",
            Self::Pending => "STATUS_PENDING",
            Self::Kept => "STATUS_KEPT",
            Self::Elsewhere => "STATUS_ELSEWHERE",
            Self::Refused => "STATUS_REFUSED",
            Self::Failed => "STATUS_FAILED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Status {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "STATUS_UNSPECIFIED",
            "STATUS_DONE",
            "STATUS_NOT_FOUND",
            "STATUS_PARTIAL",
            "STATUS_PENDING",
            "STATUS_KEPT",
            "STATUS_ELSEWHERE",
            "STATUS_REFUSED",
            "STATUS_FAILED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Status;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "STATUS_UNSPECIFIED" => Ok(Status::Unspecified),
                    "STATUS_DONE" => Ok(Status::Done),
                    "STATUS_NOT_FOUND" => Ok(Status::NotFound),
                    "STATUS_PARTIAL" => Ok(Status::Partial),
                    "STATUS_PENDING" => Ok(Status::Pending),
                    "STATUS_KEPT" => Ok(Status::Kept),
                    "STATUS_ELSEWHERE" => Ok(Status::Elsewhere),
                    "STATUS_REFUSED" => Ok(Status::Refused),
                    "STATUS_FAILED" => Ok(Status::Failed),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Stop {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request.is_empty() {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Stop", len)?;
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Stop {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request",
            "reason",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Request,
            Reason,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "request" => Ok(GeneratedField::Request),
                            "reason" => Ok(GeneratedField::Reason),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Stop;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Stop")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Stop, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request__ = None;
                let mut reason__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Stop {
                    request: request__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Stop", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Stopped {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.request.is_empty() {
            len += 1;
        }
        if !self.answers.is_empty() {
            len += 1;
        }
        if self.too_late {
            len += 1;
        }
        if !self.outcomes.is_empty() {
            len += 1;
        }
        if self.last_sequence != 0 {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Stopped", len)?;
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if !self.answers.is_empty() {
            struct_ser.serialize_field("answers", &self.answers)?;
        }
        if self.too_late {
            struct_ser.serialize_field("tooLate", &self.too_late)?;
        }
        if !self.outcomes.is_empty() {
            struct_ser.serialize_field("outcomes", &self.outcomes)?;
        }
        if self.last_sequence != 0 {
            #[allow(clippy::needless_borrow)]
            #[allow(clippy::needless_borrows_for_generic_args)]
            struct_ser.serialize_field("lastSequence", ToString::to_string(&self.last_sequence).as_str())?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Stopped {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "request",
            "answers",
            "too_late",
            "tooLate",
            "outcomes",
            "last_sequence",
            "lastSequence",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Request,
            Answers,
            TooLate,
            Outcomes,
            LastSequence,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "request" => Ok(GeneratedField::Request),
                            "answers" => Ok(GeneratedField::Answers),
                            "tooLate" | "too_late" => Ok(GeneratedField::TooLate),
                            "outcomes" => Ok(GeneratedField::Outcomes),
                            "lastSequence" | "last_sequence" => Ok(GeneratedField::LastSequence),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Stopped;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Stopped")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Stopped, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut request__ = None;
                let mut answers__ = None;
                let mut too_late__ = None;
                let mut outcomes__ = None;
                let mut last_sequence__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Answers => {
                            if answers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("answers"));
                            }
                            answers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::TooLate => {
                            if too_late__.is_some() {
                                return Err(serde::de::Error::duplicate_field("tooLate"));
                            }
                            too_late__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Outcomes => {
                            if outcomes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("outcomes"));
                            }
                            outcomes__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LastSequence => {
                            if last_sequence__.is_some() {
                                return Err(serde::de::Error::duplicate_field("lastSequence"));
                            }
                            last_sequence__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                    }
                }
                Ok(Stopped {
                    request: request__.unwrap_or_default(),
                    answers: answers__.unwrap_or_default(),
                    too_late: too_late__.unwrap_or_default(),
                    outcomes: outcomes__.unwrap_or_default(),
                    last_sequence: last_sequence__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Stopped", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Subject {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if self.kind != 0 {
            len += 1;
        }
        if !self.identifiers.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Subject", len)?;
        if self.kind != 0 {
            let v = SubjectKind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.identifiers.is_empty() {
            struct_ser.serialize_field("identifiers", &self.identifiers)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Subject {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "kind",
            "identifiers",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Kind,
            Identifiers,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "kind" => Ok(GeneratedField::Kind),
                            "identifiers" => Ok(GeneratedField::Identifiers),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Subject;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Subject")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Subject, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut kind__ = None;
                let mut identifiers__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<SubjectKind>()? as i32);
                        }
                        GeneratedField::Identifiers => {
                            if identifiers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("identifiers"));
                            }
                            identifiers__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Subject {
                    kind: kind__.unwrap_or_default(),
                    identifiers: identifiers__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Subject", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SubjectKind {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "SUBJECT_KIND_UNSPECIFIED",
            Self::Member => "SUBJECT_KIND_MEMBER",
            Self::Guest => "SUBJECT_KIND_GUEST",
            Self::DirectConnect => "SUBJECT_KIND_DIRECT_CONNECT",
            Self::Customer => "SUBJECT_KIND_CUSTOMER",
            Self::External => "SUBJECT_KIND_EXTERNAL",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for SubjectKind {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "SUBJECT_KIND_UNSPECIFIED",
            "SUBJECT_KIND_MEMBER",
            "SUBJECT_KIND_GUEST",
            "SUBJECT_KIND_DIRECT_CONNECT",
            "SUBJECT_KIND_CUSTOMER",
            "SUBJECT_KIND_EXTERNAL",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = SubjectKind;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "SUBJECT_KIND_UNSPECIFIED" => Ok(SubjectKind::Unspecified),
                    "SUBJECT_KIND_MEMBER" => Ok(SubjectKind::Member),
                    "SUBJECT_KIND_GUEST" => Ok(SubjectKind::Guest),
                    "SUBJECT_KIND_DIRECT_CONNECT" => Ok(SubjectKind::DirectConnect),
                    "SUBJECT_KIND_CUSTOMER" => Ok(SubjectKind::Customer),
                    "SUBJECT_KIND_EXTERNAL" => Ok(SubjectKind::External),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for SubmitRequest {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.idempotency_key.is_empty() {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        if !self.regimes.is_empty() {
            len += 1;
        }
        if self.received_at.is_some() {
            len += 1;
        }
        if self.requester.is_some() {
            len += 1;
        }
        if self.verification.is_some() {
            len += 1;
        }
        if self.trigger != 0 {
            len += 1;
        }
        if !self.scopes.is_empty() {
            len += 1;
        }
        if self.destination.is_some() {
            len += 1;
        }
        if !self.corrections.is_empty() {
            len += 1;
        }
        if self.preference.is_some() {
            len += 1;
        }
        if !self.systems.is_empty() {
            len += 1;
        }
        if self.subject.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.SubmitRequest", len)?;
        if !self.idempotency_key.is_empty() {
            struct_ser.serialize_field("idempotencyKey", &self.idempotency_key)?;
        }
        if self.kind != 0 {
            let v = Kind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.regimes.is_empty() {
            let v = self.regimes.iter().cloned().map(|v| {
                Regime::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("regimes", &v)?;
        }
        if let Some(v) = self.received_at.as_ref() {
            struct_ser.serialize_field("receivedAt", v)?;
        }
        if let Some(v) = self.requester.as_ref() {
            struct_ser.serialize_field("requester", v)?;
        }
        if let Some(v) = self.verification.as_ref() {
            struct_ser.serialize_field("verification", v)?;
        }
        if self.trigger != 0 {
            let v = Trigger::try_from(self.trigger)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.trigger)))?;
            struct_ser.serialize_field("trigger", &v)?;
        }
        if !self.scopes.is_empty() {
            let v = self.scopes.iter().cloned().map(|v| {
                Scope::try_from(v)
                    .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", v)))
                }).collect::<std::result::Result<Vec<_>, _>>()?;
            struct_ser.serialize_field("scopes", &v)?;
        }
        if let Some(v) = self.destination.as_ref() {
            struct_ser.serialize_field("destination", v)?;
        }
        if !self.corrections.is_empty() {
            struct_ser.serialize_field("corrections", &self.corrections)?;
        }
        if let Some(v) = self.preference.as_ref() {
            struct_ser.serialize_field("preference", v)?;
        }
        if !self.systems.is_empty() {
            struct_ser.serialize_field("systems", &self.systems)?;
        }
        if let Some(v) = self.subject.as_ref() {
            match v {
                submit_request::Subject::Sealed(v) => {
                    #[allow(clippy::needless_borrow)]
                    #[allow(clippy::needless_borrows_for_generic_args)]
                    struct_ser.serialize_field("sealed", pbjson::private::base64::encode(&v).as_str())?;
                }
                submit_request::Subject::Clear(v) => {
                    struct_ser.serialize_field("clear", v)?;
                }
            }
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SubmitRequest {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "idempotency_key",
            "idempotencyKey",
            "kind",
            "regimes",
            "received_at",
            "receivedAt",
            "requester",
            "verification",
            "trigger",
            "scopes",
            "destination",
            "corrections",
            "preference",
            "systems",
            "sealed",
            "clear",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            IdempotencyKey,
            Kind,
            Regimes,
            ReceivedAt,
            Requester,
            Verification,
            Trigger,
            Scopes,
            Destination,
            Corrections,
            Preference,
            Systems,
            Sealed,
            Clear,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "idempotencyKey" | "idempotency_key" => Ok(GeneratedField::IdempotencyKey),
                            "kind" => Ok(GeneratedField::Kind),
                            "regimes" => Ok(GeneratedField::Regimes),
                            "receivedAt" | "received_at" => Ok(GeneratedField::ReceivedAt),
                            "requester" => Ok(GeneratedField::Requester),
                            "verification" => Ok(GeneratedField::Verification),
                            "trigger" => Ok(GeneratedField::Trigger),
                            "scopes" => Ok(GeneratedField::Scopes),
                            "destination" => Ok(GeneratedField::Destination),
                            "corrections" => Ok(GeneratedField::Corrections),
                            "preference" => Ok(GeneratedField::Preference),
                            "systems" => Ok(GeneratedField::Systems),
                            "sealed" => Ok(GeneratedField::Sealed),
                            "clear" => Ok(GeneratedField::Clear),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SubmitRequest;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.SubmitRequest")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SubmitRequest, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut idempotency_key__ = None;
                let mut kind__ = None;
                let mut regimes__ = None;
                let mut received_at__ = None;
                let mut requester__ = None;
                let mut verification__ = None;
                let mut trigger__ = None;
                let mut scopes__ = None;
                let mut destination__ = None;
                let mut corrections__ = None;
                let mut preference__ = None;
                let mut systems__ = None;
                let mut subject__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::IdempotencyKey => {
                            if idempotency_key__.is_some() {
                                return Err(serde::de::Error::duplicate_field("idempotencyKey"));
                            }
                            idempotency_key__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<Kind>()? as i32);
                        }
                        GeneratedField::Regimes => {
                            if regimes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("regimes"));
                            }
                            regimes__ = Some(map_.next_value::<Vec<Regime>>()?.into_iter().map(|x| x as i32).collect());
                        }
                        GeneratedField::ReceivedAt => {
                            if received_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("receivedAt"));
                            }
                            received_at__ = map_.next_value()?;
                        }
                        GeneratedField::Requester => {
                            if requester__.is_some() {
                                return Err(serde::de::Error::duplicate_field("requester"));
                            }
                            requester__ = map_.next_value()?;
                        }
                        GeneratedField::Verification => {
                            if verification__.is_some() {
                                return Err(serde::de::Error::duplicate_field("verification"));
                            }
                            verification__ = map_.next_value()?;
                        }
                        GeneratedField::Trigger => {
                            if trigger__.is_some() {
                                return Err(serde::de::Error::duplicate_field("trigger"));
                            }
                            trigger__ = Some(map_.next_value::<Trigger>()? as i32);
                        }
                        GeneratedField::Scopes => {
                            if scopes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("scopes"));
                            }
                            scopes__ = Some(map_.next_value::<Vec<Scope>>()?.into_iter().map(|x| x as i32).collect());
                        }
                        GeneratedField::Destination => {
                            if destination__.is_some() {
                                return Err(serde::de::Error::duplicate_field("destination"));
                            }
                            destination__ = map_.next_value()?;
                        }
                        GeneratedField::Corrections => {
                            if corrections__.is_some() {
                                return Err(serde::de::Error::duplicate_field("corrections"));
                            }
                            corrections__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Preference => {
                            if preference__.is_some() {
                                return Err(serde::de::Error::duplicate_field("preference"));
                            }
                            preference__ = map_.next_value()?;
                        }
                        GeneratedField::Systems => {
                            if systems__.is_some() {
                                return Err(serde::de::Error::duplicate_field("systems"));
                            }
                            systems__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Sealed => {
                            if subject__.is_some() {
                                return Err(serde::de::Error::duplicate_field("sealed"));
                            }
                            subject__ = map_.next_value::<::std::option::Option<::pbjson::private::BytesDeserialize<_>>>()?.map(|x| submit_request::Subject::Sealed(x.0));
                        }
                        GeneratedField::Clear => {
                            if subject__.is_some() {
                                return Err(serde::de::Error::duplicate_field("clear"));
                            }
                            subject__ = map_.next_value::<::std::option::Option<_>>()?.map(submit_request::Subject::Clear)
;
                        }
                    }
                }
                Ok(SubmitRequest {
                    idempotency_key: idempotency_key__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                    regimes: regimes__.unwrap_or_default(),
                    received_at: received_at__,
                    requester: requester__,
                    verification: verification__,
                    trigger: trigger__.unwrap_or_default(),
                    scopes: scopes__.unwrap_or_default(),
                    destination: destination__,
                    corrections: corrections__.unwrap_or_default(),
                    preference: preference__,
                    systems: systems__.unwrap_or_default(),
                    subject: subject__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.SubmitRequest", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SystemInventory {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.system.is_empty() {
            len += 1;
        }
        if !self.connector.is_empty() {
            len += 1;
        }
        if self.asked {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        if self.status != 0 {
            len += 1;
        }
        if !self.findings.is_empty() {
            len += 1;
        }
        if self.queries != 0 {
            len += 1;
        }
        if !self.notes.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.SystemInventory", len)?;
        if !self.system.is_empty() {
            struct_ser.serialize_field("system", &self.system)?;
        }
        if !self.connector.is_empty() {
            struct_ser.serialize_field("connector", &self.connector)?;
        }
        if self.asked {
            struct_ser.serialize_field("asked", &self.asked)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        if self.status != 0 {
            let v = Status::try_from(self.status)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.status)))?;
            struct_ser.serialize_field("status", &v)?;
        }
        if !self.findings.is_empty() {
            struct_ser.serialize_field("findings", &self.findings)?;
        }
        if self.queries != 0 {
            struct_ser.serialize_field("queries", &self.queries)?;
        }
        if !self.notes.is_empty() {
            struct_ser.serialize_field("notes", &self.notes)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SystemInventory {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "system",
            "connector",
            "asked",
            "reason",
            "status",
            "findings",
            "queries",
            "notes",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            System,
            Connector,
            Asked,
            Reason,
            Status,
            Findings,
            Queries,
            Notes,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "system" => Ok(GeneratedField::System),
                            "connector" => Ok(GeneratedField::Connector),
                            "asked" => Ok(GeneratedField::Asked),
                            "reason" => Ok(GeneratedField::Reason),
                            "status" => Ok(GeneratedField::Status),
                            "findings" => Ok(GeneratedField::Findings),
                            "queries" => Ok(GeneratedField::Queries),
                            "notes" => Ok(GeneratedField::Notes),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SystemInventory;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.SystemInventory")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SystemInventory, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut system__ = None;
                let mut connector__ = None;
                let mut asked__ = None;
                let mut reason__ = None;
                let mut status__ = None;
                let mut findings__ = None;
                let mut queries__ = None;
                let mut notes__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::System => {
                            if system__.is_some() {
                                return Err(serde::de::Error::duplicate_field("system"));
                            }
                            system__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Connector => {
                            if connector__.is_some() {
                                return Err(serde::de::Error::duplicate_field("connector"));
                            }
                            connector__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Asked => {
                            if asked__.is_some() {
                                return Err(serde::de::Error::duplicate_field("asked"));
                            }
                            asked__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Status => {
                            if status__.is_some() {
                                return Err(serde::de::Error::duplicate_field("status"));
                            }
                            status__ = Some(map_.next_value::<Status>()? as i32);
                        }
                        GeneratedField::Findings => {
                            if findings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("findings"));
                            }
                            findings__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Queries => {
                            if queries__.is_some() {
                                return Err(serde::de::Error::duplicate_field("queries"));
                            }
                            queries__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Notes => {
                            if notes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("notes"));
                            }
                            notes__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(SystemInventory {
                    system: system__.unwrap_or_default(),
                    connector: connector__.unwrap_or_default(),
                    asked: asked__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                    status: status__.unwrap_or_default(),
                    findings: findings__.unwrap_or_default(),
                    queries: queries__.unwrap_or_default(),
                    notes: notes__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.SystemInventory", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SystemOutcome {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.system.is_empty() {
            len += 1;
        }
        if self.status != 0 {
            len += 1;
        }
        if !self.reason.is_empty() {
            len += 1;
        }
        if !self.datasets.is_empty() {
            len += 1;
        }
        if self.pending.is_some() {
            len += 1;
        }
        if self.ground != 0 {
            len += 1;
        }
        if !self.who.is_empty() {
            len += 1;
        }
        if self.failure.is_some() {
            len += 1;
        }
        if self.proposal.is_some() {
            len += 1;
        }
        if !self.findings.is_empty() {
            len += 1;
        }
        if !self.candidates.is_empty() {
            len += 1;
        }
        if self.queries != 0 {
            len += 1;
        }
        if !self.identifiers.is_empty() {
            len += 1;
        }
        if self.ambiguous_identity {
            len += 1;
        }
        if self.plan_changed {
            len += 1;
        }
        if !self.notes.is_empty() {
            len += 1;
        }
        if !self.related.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.SystemOutcome", len)?;
        if !self.system.is_empty() {
            struct_ser.serialize_field("system", &self.system)?;
        }
        if self.status != 0 {
            let v = Status::try_from(self.status)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.status)))?;
            struct_ser.serialize_field("status", &v)?;
        }
        if !self.reason.is_empty() {
            struct_ser.serialize_field("reason", &self.reason)?;
        }
        if !self.datasets.is_empty() {
            struct_ser.serialize_field("datasets", &self.datasets)?;
        }
        if let Some(v) = self.pending.as_ref() {
            struct_ser.serialize_field("pending", v)?;
        }
        if self.ground != 0 {
            let v = Ground::try_from(self.ground)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.ground)))?;
            struct_ser.serialize_field("ground", &v)?;
        }
        if !self.who.is_empty() {
            struct_ser.serialize_field("who", &self.who)?;
        }
        if let Some(v) = self.failure.as_ref() {
            struct_ser.serialize_field("failure", v)?;
        }
        if let Some(v) = self.proposal.as_ref() {
            struct_ser.serialize_field("proposal", v)?;
        }
        if !self.findings.is_empty() {
            struct_ser.serialize_field("findings", &self.findings)?;
        }
        if !self.candidates.is_empty() {
            struct_ser.serialize_field("candidates", &self.candidates)?;
        }
        if self.queries != 0 {
            struct_ser.serialize_field("queries", &self.queries)?;
        }
        if !self.identifiers.is_empty() {
            struct_ser.serialize_field("identifiers", &self.identifiers)?;
        }
        if self.ambiguous_identity {
            struct_ser.serialize_field("ambiguousIdentity", &self.ambiguous_identity)?;
        }
        if self.plan_changed {
            struct_ser.serialize_field("planChanged", &self.plan_changed)?;
        }
        if !self.notes.is_empty() {
            struct_ser.serialize_field("notes", &self.notes)?;
        }
        if !self.related.is_empty() {
            struct_ser.serialize_field("related", &self.related)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SystemOutcome {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "system",
            "status",
            "reason",
            "datasets",
            "pending",
            "ground",
            "who",
            "failure",
            "proposal",
            "findings",
            "candidates",
            "queries",
            "identifiers",
            "ambiguous_identity",
            "ambiguousIdentity",
            "plan_changed",
            "planChanged",
            "notes",
            "related",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            System,
            Status,
            Reason,
            Datasets,
            Pending,
            Ground,
            Who,
            Failure,
            Proposal,
            Findings,
            Candidates,
            Queries,
            Identifiers,
            AmbiguousIdentity,
            PlanChanged,
            Notes,
            Related,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "system" => Ok(GeneratedField::System),
                            "status" => Ok(GeneratedField::Status),
                            "reason" => Ok(GeneratedField::Reason),
                            "datasets" => Ok(GeneratedField::Datasets),
                            "pending" => Ok(GeneratedField::Pending),
                            "ground" => Ok(GeneratedField::Ground),
                            "who" => Ok(GeneratedField::Who),
                            "failure" => Ok(GeneratedField::Failure),
                            "proposal" => Ok(GeneratedField::Proposal),
                            "findings" => Ok(GeneratedField::Findings),
                            "candidates" => Ok(GeneratedField::Candidates),
                            "queries" => Ok(GeneratedField::Queries),
                            "identifiers" => Ok(GeneratedField::Identifiers),
                            "ambiguousIdentity" | "ambiguous_identity" => Ok(GeneratedField::AmbiguousIdentity),
                            "planChanged" | "plan_changed" => Ok(GeneratedField::PlanChanged),
                            "notes" => Ok(GeneratedField::Notes),
                            "related" => Ok(GeneratedField::Related),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SystemOutcome;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.SystemOutcome")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SystemOutcome, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut system__ = None;
                let mut status__ = None;
                let mut reason__ = None;
                let mut datasets__ = None;
                let mut pending__ = None;
                let mut ground__ = None;
                let mut who__ = None;
                let mut failure__ = None;
                let mut proposal__ = None;
                let mut findings__ = None;
                let mut candidates__ = None;
                let mut queries__ = None;
                let mut identifiers__ = None;
                let mut ambiguous_identity__ = None;
                let mut plan_changed__ = None;
                let mut notes__ = None;
                let mut related__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::System => {
                            if system__.is_some() {
                                return Err(serde::de::Error::duplicate_field("system"));
                            }
                            system__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Status => {
                            if status__.is_some() {
                                return Err(serde::de::Error::duplicate_field("status"));
                            }
                            status__ = Some(map_.next_value::<Status>()? as i32);
                        }
                        GeneratedField::Reason => {
                            if reason__.is_some() {
                                return Err(serde::de::Error::duplicate_field("reason"));
                            }
                            reason__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Datasets => {
                            if datasets__.is_some() {
                                return Err(serde::de::Error::duplicate_field("datasets"));
                            }
                            datasets__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Pending => {
                            if pending__.is_some() {
                                return Err(serde::de::Error::duplicate_field("pending"));
                            }
                            pending__ = map_.next_value()?;
                        }
                        GeneratedField::Ground => {
                            if ground__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ground"));
                            }
                            ground__ = Some(map_.next_value::<Ground>()? as i32);
                        }
                        GeneratedField::Who => {
                            if who__.is_some() {
                                return Err(serde::de::Error::duplicate_field("who"));
                            }
                            who__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Failure => {
                            if failure__.is_some() {
                                return Err(serde::de::Error::duplicate_field("failure"));
                            }
                            failure__ = map_.next_value()?;
                        }
                        GeneratedField::Proposal => {
                            if proposal__.is_some() {
                                return Err(serde::de::Error::duplicate_field("proposal"));
                            }
                            proposal__ = map_.next_value()?;
                        }
                        GeneratedField::Findings => {
                            if findings__.is_some() {
                                return Err(serde::de::Error::duplicate_field("findings"));
                            }
                            findings__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Candidates => {
                            if candidates__.is_some() {
                                return Err(serde::de::Error::duplicate_field("candidates"));
                            }
                            candidates__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Queries => {
                            if queries__.is_some() {
                                return Err(serde::de::Error::duplicate_field("queries"));
                            }
                            queries__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::Identifiers => {
                            if identifiers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("identifiers"));
                            }
                            identifiers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::AmbiguousIdentity => {
                            if ambiguous_identity__.is_some() {
                                return Err(serde::de::Error::duplicate_field("ambiguousIdentity"));
                            }
                            ambiguous_identity__ = Some(map_.next_value()?);
                        }
                        GeneratedField::PlanChanged => {
                            if plan_changed__.is_some() {
                                return Err(serde::de::Error::duplicate_field("planChanged"));
                            }
                            plan_changed__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Notes => {
                            if notes__.is_some() {
                                return Err(serde::de::Error::duplicate_field("notes"));
                            }
                            notes__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Related => {
                            if related__.is_some() {
                                return Err(serde::de::Error::duplicate_field("related"));
                            }
                            related__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(SystemOutcome {
                    system: system__.unwrap_or_default(),
                    status: status__.unwrap_or_default(),
                    reason: reason__.unwrap_or_default(),
                    datasets: datasets__.unwrap_or_default(),
                    pending: pending__,
                    ground: ground__.unwrap_or_default(),
                    who: who__.unwrap_or_default(),
                    failure: failure__,
                    proposal: proposal__,
                    findings: findings__.unwrap_or_default(),
                    candidates: candidates__.unwrap_or_default(),
                    queries: queries__.unwrap_or_default(),
                    identifiers: identifiers__.unwrap_or_default(),
                    ambiguous_identity: ambiguous_identity__.unwrap_or_default(),
                    plan_changed: plan_changed__.unwrap_or_default(),
                    notes: notes__.unwrap_or_default(),
                    related: related__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.SystemOutcome", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for SystemPlan {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.system.is_empty() {
            len += 1;
        }
        if !self.connector.is_empty() {
            len += 1;
        }
        if self.map.is_some() {
            len += 1;
        }
        if self.policy.is_some() {
            len += 1;
        }
        if !self.datasets.is_empty() {
            len += 1;
        }
        if self.soft_delete != 0 {
            len += 1;
        }
        if !self.accepted_candidates.is_empty() {
            len += 1;
        }
        if !self.left_candidates.is_empty() {
            len += 1;
        }
        if !self.related.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.SystemPlan", len)?;
        if !self.system.is_empty() {
            struct_ser.serialize_field("system", &self.system)?;
        }
        if !self.connector.is_empty() {
            struct_ser.serialize_field("connector", &self.connector)?;
        }
        if let Some(v) = self.map.as_ref() {
            struct_ser.serialize_field("map", v)?;
        }
        if let Some(v) = self.policy.as_ref() {
            struct_ser.serialize_field("policy", v)?;
        }
        if !self.datasets.is_empty() {
            struct_ser.serialize_field("datasets", &self.datasets)?;
        }
        if self.soft_delete != 0 {
            let v = SoftDelete::try_from(self.soft_delete)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.soft_delete)))?;
            struct_ser.serialize_field("softDelete", &v)?;
        }
        if !self.accepted_candidates.is_empty() {
            struct_ser.serialize_field("acceptedCandidates", &self.accepted_candidates)?;
        }
        if !self.left_candidates.is_empty() {
            struct_ser.serialize_field("leftCandidates", &self.left_candidates)?;
        }
        if !self.related.is_empty() {
            struct_ser.serialize_field("related", &self.related)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for SystemPlan {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "system",
            "connector",
            "map",
            "policy",
            "datasets",
            "soft_delete",
            "softDelete",
            "accepted_candidates",
            "acceptedCandidates",
            "left_candidates",
            "leftCandidates",
            "related",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            System,
            Connector,
            Map,
            Policy,
            Datasets,
            SoftDelete,
            AcceptedCandidates,
            LeftCandidates,
            Related,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "system" => Ok(GeneratedField::System),
                            "connector" => Ok(GeneratedField::Connector),
                            "map" => Ok(GeneratedField::Map),
                            "policy" => Ok(GeneratedField::Policy),
                            "datasets" => Ok(GeneratedField::Datasets),
                            "softDelete" | "soft_delete" => Ok(GeneratedField::SoftDelete),
                            "acceptedCandidates" | "accepted_candidates" => Ok(GeneratedField::AcceptedCandidates),
                            "leftCandidates" | "left_candidates" => Ok(GeneratedField::LeftCandidates),
                            "related" => Ok(GeneratedField::Related),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = SystemPlan;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.SystemPlan")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<SystemPlan, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut system__ = None;
                let mut connector__ = None;
                let mut map__ = None;
                let mut policy__ = None;
                let mut datasets__ = None;
                let mut soft_delete__ = None;
                let mut accepted_candidates__ = None;
                let mut left_candidates__ = None;
                let mut related__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::System => {
                            if system__.is_some() {
                                return Err(serde::de::Error::duplicate_field("system"));
                            }
                            system__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Connector => {
                            if connector__.is_some() {
                                return Err(serde::de::Error::duplicate_field("connector"));
                            }
                            connector__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Map => {
                            if map__.is_some() {
                                return Err(serde::de::Error::duplicate_field("map"));
                            }
                            map__ = map_.next_value()?;
                        }
                        GeneratedField::Policy => {
                            if policy__.is_some() {
                                return Err(serde::de::Error::duplicate_field("policy"));
                            }
                            policy__ = map_.next_value()?;
                        }
                        GeneratedField::Datasets => {
                            if datasets__.is_some() {
                                return Err(serde::de::Error::duplicate_field("datasets"));
                            }
                            datasets__ = Some(map_.next_value()?);
                        }
                        GeneratedField::SoftDelete => {
                            if soft_delete__.is_some() {
                                return Err(serde::de::Error::duplicate_field("softDelete"));
                            }
                            soft_delete__ = Some(map_.next_value::<SoftDelete>()? as i32);
                        }
                        GeneratedField::AcceptedCandidates => {
                            if accepted_candidates__.is_some() {
                                return Err(serde::de::Error::duplicate_field("acceptedCandidates"));
                            }
                            accepted_candidates__ = Some(map_.next_value()?);
                        }
                        GeneratedField::LeftCandidates => {
                            if left_candidates__.is_some() {
                                return Err(serde::de::Error::duplicate_field("leftCandidates"));
                            }
                            left_candidates__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Related => {
                            if related__.is_some() {
                                return Err(serde::de::Error::duplicate_field("related"));
                            }
                            related__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(SystemPlan {
                    system: system__.unwrap_or_default(),
                    connector: connector__.unwrap_or_default(),
                    map: map__,
                    policy: policy__,
                    datasets: datasets__.unwrap_or_default(),
                    soft_delete: soft_delete__.unwrap_or_default(),
                    accepted_candidates: accepted_candidates__.unwrap_or_default(),
                    left_candidates: left_candidates__.unwrap_or_default(),
                    related: related__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.SystemPlan", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Task {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.task.is_empty() {
            len += 1;
        }
        if !self.request.is_empty() {
            len += 1;
        }
        if !self.connector.is_empty() {
            len += 1;
        }
        if self.action != 0 {
            len += 1;
        }
        if self.kind != 0 {
            len += 1;
        }
        if !self.systems.is_empty() {
            len += 1;
        }
        if !self.identifiers.is_empty() {
            len += 1;
        }
        if self.due_at.is_some() {
            len += 1;
        }
        if self.round != 0 {
            len += 1;
        }
        if !self.accepted_candidates.is_empty() {
            len += 1;
        }
        if !self.rejected_candidates.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Task", len)?;
        if !self.task.is_empty() {
            struct_ser.serialize_field("task", &self.task)?;
        }
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if !self.connector.is_empty() {
            struct_ser.serialize_field("connector", &self.connector)?;
        }
        if self.action != 0 {
            let v = Action::try_from(self.action)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.action)))?;
            struct_ser.serialize_field("action", &v)?;
        }
        if self.kind != 0 {
            let v = Kind::try_from(self.kind)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.kind)))?;
            struct_ser.serialize_field("kind", &v)?;
        }
        if !self.systems.is_empty() {
            struct_ser.serialize_field("systems", &self.systems)?;
        }
        if !self.identifiers.is_empty() {
            struct_ser.serialize_field("identifiers", &self.identifiers)?;
        }
        if let Some(v) = self.due_at.as_ref() {
            struct_ser.serialize_field("dueAt", v)?;
        }
        if self.round != 0 {
            struct_ser.serialize_field("round", &self.round)?;
        }
        if !self.accepted_candidates.is_empty() {
            struct_ser.serialize_field("acceptedCandidates", &self.accepted_candidates)?;
        }
        if !self.rejected_candidates.is_empty() {
            struct_ser.serialize_field("rejectedCandidates", &self.rejected_candidates)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Task {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "task",
            "request",
            "connector",
            "action",
            "kind",
            "systems",
            "identifiers",
            "due_at",
            "dueAt",
            "round",
            "accepted_candidates",
            "acceptedCandidates",
            "rejected_candidates",
            "rejectedCandidates",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Task,
            Request,
            Connector,
            Action,
            Kind,
            Systems,
            Identifiers,
            DueAt,
            Round,
            AcceptedCandidates,
            RejectedCandidates,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "task" => Ok(GeneratedField::Task),
                            "request" => Ok(GeneratedField::Request),
                            "connector" => Ok(GeneratedField::Connector),
                            "action" => Ok(GeneratedField::Action),
                            "kind" => Ok(GeneratedField::Kind),
                            "systems" => Ok(GeneratedField::Systems),
                            "identifiers" => Ok(GeneratedField::Identifiers),
                            "dueAt" | "due_at" => Ok(GeneratedField::DueAt),
                            "round" => Ok(GeneratedField::Round),
                            "acceptedCandidates" | "accepted_candidates" => Ok(GeneratedField::AcceptedCandidates),
                            "rejectedCandidates" | "rejected_candidates" => Ok(GeneratedField::RejectedCandidates),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Task;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Task")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Task, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut task__ = None;
                let mut request__ = None;
                let mut connector__ = None;
                let mut action__ = None;
                let mut kind__ = None;
                let mut systems__ = None;
                let mut identifiers__ = None;
                let mut due_at__ = None;
                let mut round__ = None;
                let mut accepted_candidates__ = None;
                let mut rejected_candidates__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Task => {
                            if task__.is_some() {
                                return Err(serde::de::Error::duplicate_field("task"));
                            }
                            task__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Connector => {
                            if connector__.is_some() {
                                return Err(serde::de::Error::duplicate_field("connector"));
                            }
                            connector__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Action => {
                            if action__.is_some() {
                                return Err(serde::de::Error::duplicate_field("action"));
                            }
                            action__ = Some(map_.next_value::<Action>()? as i32);
                        }
                        GeneratedField::Kind => {
                            if kind__.is_some() {
                                return Err(serde::de::Error::duplicate_field("kind"));
                            }
                            kind__ = Some(map_.next_value::<Kind>()? as i32);
                        }
                        GeneratedField::Systems => {
                            if systems__.is_some() {
                                return Err(serde::de::Error::duplicate_field("systems"));
                            }
                            systems__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Identifiers => {
                            if identifiers__.is_some() {
                                return Err(serde::de::Error::duplicate_field("identifiers"));
                            }
                            identifiers__ = Some(map_.next_value()?);
                        }
                        GeneratedField::DueAt => {
                            if due_at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("dueAt"));
                            }
                            due_at__ = map_.next_value()?;
                        }
                        GeneratedField::Round => {
                            if round__.is_some() {
                                return Err(serde::de::Error::duplicate_field("round"));
                            }
                            round__ = 
                                Some(map_.next_value::<::pbjson::private::NumberDeserialize<_>>()?.0)
                            ;
                        }
                        GeneratedField::AcceptedCandidates => {
                            if accepted_candidates__.is_some() {
                                return Err(serde::de::Error::duplicate_field("acceptedCandidates"));
                            }
                            accepted_candidates__ = Some(map_.next_value()?);
                        }
                        GeneratedField::RejectedCandidates => {
                            if rejected_candidates__.is_some() {
                                return Err(serde::de::Error::duplicate_field("rejectedCandidates"));
                            }
                            rejected_candidates__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(Task {
                    task: task__.unwrap_or_default(),
                    request: request__.unwrap_or_default(),
                    connector: connector__.unwrap_or_default(),
                    action: action__.unwrap_or_default(),
                    kind: kind__.unwrap_or_default(),
                    systems: systems__.unwrap_or_default(),
                    identifiers: identifiers__.unwrap_or_default(),
                    due_at: due_at__,
                    round: round__.unwrap_or_default(),
                    accepted_candidates: accepted_candidates__.unwrap_or_default(),
                    rejected_candidates: rejected_candidates__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Task", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for TaskOutcome {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.task.is_empty() {
            len += 1;
        }
        if !self.request.is_empty() {
            len += 1;
        }
        if !self.connector.is_empty() {
            len += 1;
        }
        if self.action != 0 {
            len += 1;
        }
        if !self.systems.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.TaskOutcome", len)?;
        if !self.task.is_empty() {
            struct_ser.serialize_field("task", &self.task)?;
        }
        if !self.request.is_empty() {
            struct_ser.serialize_field("request", &self.request)?;
        }
        if !self.connector.is_empty() {
            struct_ser.serialize_field("connector", &self.connector)?;
        }
        if self.action != 0 {
            let v = Action::try_from(self.action)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.action)))?;
            struct_ser.serialize_field("action", &v)?;
        }
        if !self.systems.is_empty() {
            struct_ser.serialize_field("systems", &self.systems)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for TaskOutcome {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "task",
            "request",
            "connector",
            "action",
            "systems",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Task,
            Request,
            Connector,
            Action,
            Systems,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "task" => Ok(GeneratedField::Task),
                            "request" => Ok(GeneratedField::Request),
                            "connector" => Ok(GeneratedField::Connector),
                            "action" => Ok(GeneratedField::Action),
                            "systems" => Ok(GeneratedField::Systems),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = TaskOutcome;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.TaskOutcome")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<TaskOutcome, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut task__ = None;
                let mut request__ = None;
                let mut connector__ = None;
                let mut action__ = None;
                let mut systems__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Task => {
                            if task__.is_some() {
                                return Err(serde::de::Error::duplicate_field("task"));
                            }
                            task__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Request => {
                            if request__.is_some() {
                                return Err(serde::de::Error::duplicate_field("request"));
                            }
                            request__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Connector => {
                            if connector__.is_some() {
                                return Err(serde::de::Error::duplicate_field("connector"));
                            }
                            connector__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Action => {
                            if action__.is_some() {
                                return Err(serde::de::Error::duplicate_field("action"));
                            }
                            action__ = Some(map_.next_value::<Action>()? as i32);
                        }
                        GeneratedField::Systems => {
                            if systems__.is_some() {
                                return Err(serde::de::Error::duplicate_field("systems"));
                            }
                            systems__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(TaskOutcome {
                    task: task__.unwrap_or_default(),
                    request: request__.unwrap_or_default(),
                    connector: connector__.unwrap_or_default(),
                    action: action__.unwrap_or_default(),
                    systems: systems__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.TaskOutcome", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for TaskSystem {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.system.is_empty() {
            len += 1;
        }
        if self.map.is_some() {
            len += 1;
        }
        if self.policy.is_some() {
            len += 1;
        }
        if self.plan.is_some() {
            len += 1;
        }
        if !self.operation.is_empty() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.TaskSystem", len)?;
        if !self.system.is_empty() {
            struct_ser.serialize_field("system", &self.system)?;
        }
        if let Some(v) = self.map.as_ref() {
            struct_ser.serialize_field("map", v)?;
        }
        if let Some(v) = self.policy.as_ref() {
            struct_ser.serialize_field("policy", v)?;
        }
        if let Some(v) = self.plan.as_ref() {
            struct_ser.serialize_field("plan", v)?;
        }
        if !self.operation.is_empty() {
            struct_ser.serialize_field("operation", &self.operation)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for TaskSystem {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "system",
            "map",
            "policy",
            "plan",
            "operation",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            System,
            Map,
            Policy,
            Plan,
            Operation,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "system" => Ok(GeneratedField::System),
                            "map" => Ok(GeneratedField::Map),
                            "policy" => Ok(GeneratedField::Policy),
                            "plan" => Ok(GeneratedField::Plan),
                            "operation" => Ok(GeneratedField::Operation),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = TaskSystem;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.TaskSystem")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<TaskSystem, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut system__ = None;
                let mut map__ = None;
                let mut policy__ = None;
                let mut plan__ = None;
                let mut operation__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::System => {
                            if system__.is_some() {
                                return Err(serde::de::Error::duplicate_field("system"));
                            }
                            system__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Map => {
                            if map__.is_some() {
                                return Err(serde::de::Error::duplicate_field("map"));
                            }
                            map__ = map_.next_value()?;
                        }
                        GeneratedField::Policy => {
                            if policy__.is_some() {
                                return Err(serde::de::Error::duplicate_field("policy"));
                            }
                            policy__ = map_.next_value()?;
                        }
                        GeneratedField::Plan => {
                            if plan__.is_some() {
                                return Err(serde::de::Error::duplicate_field("plan"));
                            }
                            plan__ = map_.next_value()?;
                        }
                        GeneratedField::Operation => {
                            if operation__.is_some() {
                                return Err(serde::de::Error::duplicate_field("operation"));
                            }
                            operation__ = Some(map_.next_value()?);
                        }
                    }
                }
                Ok(TaskSystem {
                    system: system__.unwrap_or_default(),
                    map: map__,
                    policy: policy__,
                    plan: plan__,
                    operation: operation__.unwrap_or_default(),
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.TaskSystem", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for Treatment {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "TREATMENT_UNSPECIFIED",
            Self::Keep => "TREATMENT_KEEP",
            Self::Delete => "TREATMENT_DELETE",
            Self::Null => "TREATMENT_NULL",
            Self::String => "TREATMENT_STRING",
            Self::Hash => "TREATMENT_HASH",
            Self::Hmac => "TREATMENT_HMAC",
            Self::Random => "TREATMENT_RANDOM",
            Self::Set => "TREATMENT_SET",
            Self::Annotate => "TREATMENT_ANNOTATE",
            Self::Mark => "TREATMENT_MARK",
            Self::Rebuild => "TREATMENT_REBUILD",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Treatment {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "TREATMENT_UNSPECIFIED",
            "TREATMENT_KEEP",
            "TREATMENT_DELETE",
            "TREATMENT_NULL",
            "TREATMENT_STRING",
            "TREATMENT_HASH",
            "TREATMENT_HMAC",
            "TREATMENT_RANDOM",
            "TREATMENT_SET",
            "TREATMENT_ANNOTATE",
            "TREATMENT_MARK",
            "TREATMENT_REBUILD",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Treatment;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "TREATMENT_UNSPECIFIED" => Ok(Treatment::Unspecified),
                    "TREATMENT_KEEP" => Ok(Treatment::Keep),
                    "TREATMENT_DELETE" => Ok(Treatment::Delete),
                    "TREATMENT_NULL" => Ok(Treatment::Null),
                    "TREATMENT_STRING" => Ok(Treatment::String),
                    "TREATMENT_HASH" => Ok(Treatment::Hash),
                    "TREATMENT_HMAC" => Ok(Treatment::Hmac),
                    "TREATMENT_RANDOM" => Ok(Treatment::Random),
                    "TREATMENT_SET" => Ok(Treatment::Set),
                    "TREATMENT_ANNOTATE" => Ok(Treatment::Annotate),
                    "TREATMENT_MARK" => Ok(Treatment::Mark),
                    "TREATMENT_REBUILD" => Ok(Treatment::Rebuild),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Trigger {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "TRIGGER_UNSPECIFIED",
            Self::SubjectRequest => "TRIGGER_SUBJECT_REQUEST",
            Self::Leaver => "TRIGGER_LEAVER",
            Self::AccountDeleted => "TRIGGER_ACCOUNT_DELETED",
            Self::Retention => "TRIGGER_RETENTION",
            Self::Resweep => "TRIGGER_RESWEEP",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for Trigger {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "TRIGGER_UNSPECIFIED",
            "TRIGGER_SUBJECT_REQUEST",
            "TRIGGER_LEAVER",
            "TRIGGER_ACCOUNT_DELETED",
            "TRIGGER_RETENTION",
            "TRIGGER_RESWEEP",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = Trigger;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "TRIGGER_UNSPECIFIED" => Ok(Trigger::Unspecified),
                    "TRIGGER_SUBJECT_REQUEST" => Ok(Trigger::SubjectRequest),
                    "TRIGGER_LEAVER" => Ok(Trigger::Leaver),
                    "TRIGGER_ACCOUNT_DELETED" => Ok(Trigger::AccountDeleted),
                    "TRIGGER_RETENTION" => Ok(Trigger::Retention),
                    "TRIGGER_RESWEEP" => Ok(Trigger::Resweep),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
impl serde::Serialize for Verification {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        use serde::ser::SerializeStruct;
        let mut len = 0;
        if !self.method.is_empty() {
            len += 1;
        }
        if self.level != 0 {
            len += 1;
        }
        if !self.by.is_empty() {
            len += 1;
        }
        if self.at.is_some() {
            len += 1;
        }
        if self.words.is_some() {
            len += 1;
        }
        let mut struct_ser = serializer.serialize_struct("redress.v1.Verification", len)?;
        if !self.method.is_empty() {
            struct_ser.serialize_field("method", &self.method)?;
        }
        if self.level != 0 {
            let v = VerificationLevel::try_from(self.level)
                .map_err(|_| serde::ser::Error::custom(format!("Invalid variant {}", self.level)))?;
            struct_ser.serialize_field("level", &v)?;
        }
        if !self.by.is_empty() {
            struct_ser.serialize_field("by", &self.by)?;
        }
        if let Some(v) = self.at.as_ref() {
            struct_ser.serialize_field("at", v)?;
        }
        if let Some(v) = self.words.as_ref() {
            struct_ser.serialize_field("words", v)?;
        }
        struct_ser.end()
    }
}
impl<'de> serde::Deserialize<'de> for Verification {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "method",
            "level",
            "by",
            "at",
            "words",
        ];

        #[allow(clippy::enum_variant_names)]
        enum GeneratedField {
            Method,
            Level,
            By,
            At,
            Words,
        }
        impl<'de> serde::Deserialize<'de> for GeneratedField {
            fn deserialize<D>(deserializer: D) -> std::result::Result<GeneratedField, D::Error>
            where
                D: serde::Deserializer<'de>,
            {
                struct GeneratedVisitor;

                impl serde::de::Visitor<'_> for GeneratedVisitor {
                    type Value = GeneratedField;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(formatter, "expected one of: {:?}", &FIELDS)
                    }

                    #[allow(unused_variables)]
                    fn visit_str<E>(self, value: &str) -> std::result::Result<GeneratedField, E>
                    where
                        E: serde::de::Error,
                    {
                        match value {
                            "method" => Ok(GeneratedField::Method),
                            "level" => Ok(GeneratedField::Level),
                            "by" => Ok(GeneratedField::By),
                            "at" => Ok(GeneratedField::At),
                            "words" => Ok(GeneratedField::Words),
                            _ => Err(serde::de::Error::unknown_field(value, FIELDS)),
                        }
                    }
                }
                deserializer.deserialize_identifier(GeneratedVisitor)
            }
        }
        struct GeneratedVisitor;
        impl<'de> serde::de::Visitor<'de> for GeneratedVisitor {
            type Value = Verification;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("struct redress.v1.Verification")
            }

            fn visit_map<V>(self, mut map_: V) -> std::result::Result<Verification, V::Error>
                where
                    V: serde::de::MapAccess<'de>,
            {
                let mut method__ = None;
                let mut level__ = None;
                let mut by__ = None;
                let mut at__ = None;
                let mut words__ = None;
                while let Some(k) = map_.next_key()? {
                    match k {
                        GeneratedField::Method => {
                            if method__.is_some() {
                                return Err(serde::de::Error::duplicate_field("method"));
                            }
                            method__ = Some(map_.next_value()?);
                        }
                        GeneratedField::Level => {
                            if level__.is_some() {
                                return Err(serde::de::Error::duplicate_field("level"));
                            }
                            level__ = Some(map_.next_value::<VerificationLevel>()? as i32);
                        }
                        GeneratedField::By => {
                            if by__.is_some() {
                                return Err(serde::de::Error::duplicate_field("by"));
                            }
                            by__ = Some(map_.next_value()?);
                        }
                        GeneratedField::At => {
                            if at__.is_some() {
                                return Err(serde::de::Error::duplicate_field("at"));
                            }
                            at__ = map_.next_value()?;
                        }
                        GeneratedField::Words => {
                            if words__.is_some() {
                                return Err(serde::de::Error::duplicate_field("words"));
                            }
                            words__ = map_.next_value()?;
                        }
                    }
                }
                Ok(Verification {
                    method: method__.unwrap_or_default(),
                    level: level__.unwrap_or_default(),
                    by: by__.unwrap_or_default(),
                    at: at__,
                    words: words__,
                })
            }
        }
        deserializer.deserialize_struct("redress.v1.Verification", FIELDS, GeneratedVisitor)
    }
}
impl serde::Serialize for VerificationLevel {
    #[allow(deprecated)]
    fn serialize<S>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error>
    where
        S: serde::Serializer,
    {
        let variant = match self {
            Self::Unspecified => "VERIFICATION_LEVEL_UNSPECIFIED",
            Self::Asserted => "VERIFICATION_LEVEL_ASSERTED",
            Self::Matched => "VERIFICATION_LEVEL_MATCHED",
            Self::Authenticated => "VERIFICATION_LEVEL_AUTHENTICATED",
            Self::Documented => "VERIFICATION_LEVEL_DOCUMENTED",
        };
        serializer.serialize_str(variant)
    }
}
impl<'de> serde::Deserialize<'de> for VerificationLevel {
    #[allow(deprecated)]
    fn deserialize<D>(deserializer: D) -> std::result::Result<Self, D::Error>
    where
        D: serde::Deserializer<'de>,
    {
        const FIELDS: &[&str] = &[
            "VERIFICATION_LEVEL_UNSPECIFIED",
            "VERIFICATION_LEVEL_ASSERTED",
            "VERIFICATION_LEVEL_MATCHED",
            "VERIFICATION_LEVEL_AUTHENTICATED",
            "VERIFICATION_LEVEL_DOCUMENTED",
        ];

        struct GeneratedVisitor;

        impl serde::de::Visitor<'_> for GeneratedVisitor {
            type Value = VerificationLevel;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "expected one of: {:?}", &FIELDS)
            }

            fn visit_i64<E>(self, v: i64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Signed(v), &self)
                    })
            }

            fn visit_u64<E>(self, v: u64) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                i32::try_from(v)
                    .ok()
                    .and_then(|x| x.try_into().ok())
                    .ok_or_else(|| {
                        serde::de::Error::invalid_value(serde::de::Unexpected::Unsigned(v), &self)
                    })
            }

            fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E>
            where
                E: serde::de::Error,
            {
                match value {
                    "VERIFICATION_LEVEL_UNSPECIFIED" => Ok(VerificationLevel::Unspecified),
                    "VERIFICATION_LEVEL_ASSERTED" => Ok(VerificationLevel::Asserted),
                    "VERIFICATION_LEVEL_MATCHED" => Ok(VerificationLevel::Matched),
                    "VERIFICATION_LEVEL_AUTHENTICATED" => Ok(VerificationLevel::Authenticated),
                    "VERIFICATION_LEVEL_DOCUMENTED" => Ok(VerificationLevel::Documented),
                    _ => Err(serde::de::Error::unknown_variant(value, FIELDS)),
                }
            }
        }
        deserializer.deserialize_any(GeneratedVisitor)
    }
}
