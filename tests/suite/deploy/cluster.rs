//! The manifests, as kustomize renders the example: a Deployment for each role, each as small and as guarded as it can
//! be, with settings that are read, and ports, selectors and paths that fit together.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use redress::{roles::Role, settings::Settings};
use serde_json::{Value, json};

use super::{WITH_DOORS, at, files, readers, root, strings, text, words};

const EXAMPLE: &str = "k8s/overlays/example";
const NAME: &str = "app.kubernetes.io/name";
const COMPONENT: &str = "app.kubernetes.io/component";
/// The roles that need the months' keys; intake makes them.
const WITH_KEYS: [Role; 3] = [Role::ConnectorSql, Role::Export, Role::Intake];

/// Everything that the example brings to a cluster; it keeps to its schemas.
pub(super) struct Cluster(Vec<Value>);

impl Cluster {
    pub(super) fn example() -> Self {
        let rendered = readers::kustomized(&root().join(EXAMPLE)).unwrap();
        Self(readers::manifests(&rendered).unwrap_or_else(|wrong| panic!("{wrong}")))
    }

    pub(super) fn of_kind(&self, kind: &str) -> Vec<&Value> {
        self.0.iter().filter(|manifest| manifest["kind"] == kind).collect()
    }

    #[track_caller]
    pub(super) fn named(&self, kind: &str, name: &str) -> &Value {
        let found = self.of_kind(kind).into_iter().find(|manifest| at(manifest, "/metadata/name") == name);
        found.unwrap_or_else(|| panic!("there is no {kind} {name}"))
    }

    /// Pods that run Redress, by what they are.
    fn pods(&self) -> BTreeMap<&str, &Value> {
        let with_pods = [self.of_kind("Deployment"), self.of_kind("Job")].concat();
        let pod =
            |manifest| (at(manifest, "/metadata/name").as_str().unwrap(), at(manifest, "/spec/template"));
        with_pods.into_iter().map(pod).collect()
    }

    /// The settings as the pods read them, with the secrets that the example asks for.
    pub(super) fn settings(&self) -> (Settings, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        for name in asked_for("redress-secrets") {
            let secret = match name.as_str() {
                "bus_url" => "amqp://redress:password@rabbitmq".to_owned(),
                "store_url" | "orders_url" => "postgres://user:password@host/database".to_owned(),
                "ada_sha256" => "0".repeat(64),
                _ => "A".repeat(43) + "=",
            };
            fs::write(folder.path().join(name), secret).unwrap();
        }
        let [map] = self.of_kind("ConfigMap")[..] else { panic!("one has the settings") };
        for (file, text) in at(map, "/data").as_object().unwrap() {
            let text = text.as_str().unwrap().replace("/run/secrets", folder.path().to_str().unwrap());
            fs::write(folder.path().join(file), text).unwrap();
        }
        (Settings::read(&folder.path().join("redress.toml"), folder.path()).unwrap(), folder)
    }
}

/// The files of a secret, as the example says that it is made.
fn asked_for(secret: &str) -> BTreeSet<String> {
    let text = text(&format!("{EXAMPLE}/kustomization.yaml"));
    let (_, command) = text.split_once(&format!("create secret generic {secret} ")).unwrap();
    let words = command.split("kubectl").next().unwrap().split_whitespace();
    words.filter_map(|word| word.strip_prefix("--from-file=")).map(str::to_owned).collect()
}

fn container(pod: &Value) -> &Value {
    let [container] = &at(pod, "/spec/containers").as_array().unwrap()[..] else {
        panic!("one, not {pod:#}")
    };
    container
}

fn component(name: &str) -> Value {
    json!({ NAME: "redress", COMPONENT: name })
}

#[test]
fn each_role_is_one_deployment_and_the_migration_is_a_job() {
    let cluster = Cluster::example();
    let mut expected: BTreeMap<&str, Vec<&str>> =
        Role::ALL.iter().map(|role| (role.as_str(), vec!["run", role.as_str()])).collect();
    let deployments = cluster.of_kind("Deployment").len();
    assert_eq!(deployments, expected.len());
    expected.insert("migration", vec!["migrate"]);
    let there = cluster.pods().into_iter().map(|(name, pod)| (name, strings(container(pod), "/args")));
    assert_eq!(there.collect::<BTreeMap<_, _>>(), expected);
    cluster.named("Job", "migration");
    for pod in cluster.pods().values() {
        let image = at(container(pod), "/image").as_str().unwrap();
        assert_eq!(image.strip_prefix("redress:"), Some(env!("CARGO_PKG_VERSION")));
        assert!(container(pod).get("command").is_none(), "the image's own");
    }
}

#[test]
fn every_file_is_part_of_it() {
    for folder in ["k8s/base", EXAMPLE] {
        let kustomization = readers::yaml(&text(&format!("{folder}/kustomization.yaml")));
        let patches = kustomization["patches"].as_array().into_iter().flatten();
        let maps = kustomization["configMapGenerator"].as_array().into_iter().flatten();
        let named = strings(&kustomization, "/resources").into_iter();
        let named = named.chain(patches.map(|patch| patch["path"].as_str().unwrap()));
        let named = named.chain(maps.flat_map(|map| strings(map, "/files")));
        let mut expected: BTreeSet<&str> = named.filter(|name| !name.starts_with("..")).collect();
        assert!(expected.insert("kustomization.yaml"));
        let there = files(&root().join(folder));
        assert_eq!(there.iter().map(String::as_str).collect::<BTreeSet<_>>(), expected, "{folder}");
    }
}

#[test]
fn no_pod_may_more_than_it_must() {
    let cluster = Cluster::example();
    for (name, pod) in cluster.pods() {
        let (spec, container) = (&pod["spec"], container(pod));
        let user = json!({
            "runAsNonRoot": true, "runAsUser": 10001, "runAsGroup": 10001, "fsGroup": 10001,
            "fsGroupChangePolicy": "OnRootMismatch", "seccompProfile": { "type": "RuntimeDefault" },
        });
        assert_eq!(spec["securityContext"], user, "{name}");
        let guarded = json!({
            "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "capabilities": { "drop": ["ALL"] },
        });
        assert_eq!(container["securityContext"], guarded, "{name}");
        assert_eq!(spec["automountServiceAccountToken"], false, "{name}");
        let account = cluster.named("ServiceAccount", spec["serviceAccountName"].as_str().unwrap());
        assert_eq!(account["automountServiceAccountToken"], false, "{name}");
        for kind in ["requests", "limits"] {
            for resource in ["cpu", "memory"] {
                assert!(at(container, &format!("/resources/{kind}/{resource}")).is_string(), "{name}");
            }
        }
        let mounts = at(container, "/volumeMounts").as_array().unwrap().iter();
        let writable = mounts.clone().filter(|mount| mount["readOnly"] != true).map(|mount| &mount["name"]);
        let expected = if name == Role::Intake.as_str() { vec!["period-keys"] } else { vec![] };
        assert_eq!(writable.collect::<Vec<_>>(), expected, "{name}");
        let needs_keys = WITH_KEYS.iter().any(|role| role.as_str() == name);
        assert_eq!(mounts.filter(|mount| mount["name"] == "period-keys").count() == 1, needs_keys, "{name}");
    }
}

#[test]
fn its_settings_are_read_and_every_secret_is_one_that_is_asked_for() {
    let cluster = Cluster::example();
    let (settings, _folder) = cluster.settings();
    assert!(!settings.is_local() && settings.systems.of(&"shop".parse().unwrap()).count() == 1);
    let named = text(&format!("{EXAMPLE}/settings/redress.toml"));
    let named = named.split('"').filter_map(|part| part.strip_prefix("/run/secrets/"));
    assert_eq!(named.map(str::to_owned).collect::<BTreeSet<_>>(), asked_for("redress-secrets"));
    let own = cluster.named("User", "redress");
    let own = at(own, "/spec/importCredentialsSecret/name").as_str().unwrap();
    assert_eq!(asked_for(own), ["password".to_owned()].into());

    let [map] = cluster.of_kind("ConfigMap")[..] else { panic!("one has the settings") };
    for (name, pod) in cluster.pods() {
        let volume = |name: &str| {
            let volumes = at(pod, "/spec/volumes").as_array().unwrap();
            volumes.iter().find(|volume| volume["name"] == name).unwrap().clone()
        };
        assert_eq!(at(&volume("settings"), "/configMap/name"), at(map, "/metadata/name"), "{name}");
        assert_eq!(at(&volume("secrets"), "/secret/secretName"), "redress-secrets", "{name}");
        let mounts = at(container(pod), "/volumeMounts").as_array().unwrap();
        let places: BTreeMap<&str, &str> = mounts
            .iter()
            .map(|it| (it["name"].as_str().unwrap(), it["mountPath"].as_str().unwrap()))
            .collect();
        assert_eq!((places["settings"], places["secrets"]), ("/etc/redress", "/run/secrets"), "{name}");
        if let Some(keys) = places.get("period-keys") {
            assert_eq!(Some(*keys), settings.keys.to_str(), "{name}");
            let claim = volume("period-keys");
            let claim = at(&claim, "/persistentVolumeClaim/claimName").as_str().unwrap();
            let claim = cluster.named("PersistentVolumeClaim", claim);
            assert_eq!(strings(claim, "/spec/accessModes"), ["ReadWriteMany"], "several roles have it");
        }
    }
    // Where the image looks for them.
    assert!(text("Dockerfile").contains("ENV REDRESS_CONFIG=/etc/redress/redress.toml"));
}

#[test]
fn ports_and_probes_are_those_of_the_settings() {
    let cluster = Cluster::example();
    let (settings, _folder) = cluster.settings();
    let (doors, figures) = (settings.http.listen, settings.telemetry.metrics.unwrap());
    assert!(doors.ip().is_unspecified() && figures.ip().is_unspecified());
    let ports = json!([
        { "name": "http", "containerPort": doors.port() }, { "name": "metrics", "containerPort": figures.port() },
    ]);
    assert!(text("Dockerfile").contains(&format!("EXPOSE {} {}\n", doors.port(), figures.port())));
    for role in Role::ALL {
        let pod = cluster.pods()[role.as_str()];
        let container = container(pod);
        assert_eq!(container["ports"], ports, "{role}");
        let annotations = at(pod, "/metadata/annotations");
        assert_eq!(annotations["prometheus.io/scrape"], "true", "{role}");
        assert_eq!(annotations["prometheus.io/port"], figures.port().to_string(), "{role}");
        for (probe, path) in
            [("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")]
        {
            assert_eq!(container[probe]["httpGet"], json!({ "path": path, "port": "http" }), "{role}");
        }
        // The longest that a door waits: two seconds for the database.
        assert!(container["readinessProbe"]["timeoutSeconds"].as_u64().unwrap() > 2, "{role}");
    }
}

/// Compose and the cluster give a role the same time, and the cluster the time in which callers hear of it besides.
#[test]
fn what_was_begun_has_time_to_be_finished() {
    let cluster = Cluster::example();
    let compose = readers::compose(&text("docker-compose.yml")).unwrap();
    for role in Role::ALL {
        let pod = cluster.pods()[role.as_str()];
        let grace = at(pod, "/spec/terminationGracePeriodSeconds").as_u64().unwrap();
        let callers = at(container(pod), "/lifecycle/preStop/sleep/seconds").as_u64().unwrap();
        // The broker is waited for 10 s, the last confirms 5 s, collectors of traces and figures 2 s each.
        assert!(grace >= callers + 10 + 5 + 2 + 2, "{role}: {grace} s");
        let compose = at(&compose, &format!("/services/{role}/stop_grace_period")).as_str().unwrap();
        let minutes = compose.strip_suffix('m').map(|minutes| minutes.parse::<u64>().unwrap() * 60);
        let seconds = minutes.or_else(|| compose.strip_suffix('s')?.parse().ok());
        assert_eq!(seconds, Some(grace), "{role}");
    }
}

/// The broker stands in the same namespace: what selects more than Redress would cut it off.
#[test]
fn what_selects_pods_selects_those_of_redress() {
    let cluster = Cluster::example();
    for role in Role::ALL {
        let deployment = cluster.named("Deployment", role.as_str());
        assert_eq!(at(deployment, "/spec/selector/matchLabels"), &component(role.as_str()));
        assert_eq!(at(deployment, "/spec/template/metadata/labels"), &component(role.as_str()));
        let spread = at(deployment, "/spec/template/spec/topologySpreadConstraints/0");
        assert_eq!(at(spread, "/labelSelector/matchLabels"), &json!({ NAME: "redress" }));
        assert_eq!(strings(spread, "/matchLabelKeys")[0], COMPONENT);
    }
    let with_doors: Vec<&str> = WITH_DOORS.iter().map(|role| role.as_str()).collect();
    let of_redress = json!({ NAME: "redress" });
    let doors = json!({
        "matchLabels": of_redress,
        "matchExpressions": [{ "key": COMPONENT, "operator": "In", "values": with_doors }],
    });
    // A Job's pods have nobody who could say how many there should be: a budget over them lets nothing go.
    let roles = json!({
        "matchLabels": of_redress,
        "matchExpressions": [{ "key": COMPONENT, "operator": "NotIn", "values": ["migration"] }],
    });
    assert_eq!(at(cluster.named("NetworkPolicy", "doors"), "/spec/podSelector"), &doors);
    let figures = cluster.named("NetworkPolicy", "figures");
    assert_eq!(at(figures, "/spec/podSelector"), &json!({ "matchLabels": of_redress }));
    assert_eq!(at(cluster.named("PodDisruptionBudget", "redress"), "/spec/selector"), &roles);
    assert_eq!(at(cluster.pods()["migration"], "/metadata/labels"), &component("migration"));
}

#[tokio::test]
async fn every_door_of_the_tenant_is_open_and_leads_to_its_role() {
    let cluster = Cluster::example();
    let (settings, _folder) = cluster.settings();
    assert_eq!(cluster.of_kind("Service").len(), WITH_DOORS.len());
    let mut expected = BTreeSet::new();
    for role in WITH_DOORS {
        let service = cluster.named("Service", role.as_str());
        assert_eq!(at(service, "/spec/selector"), &component(role.as_str()));
        assert_eq!(
            at(service, "/spec/ports/0"),
            &json!({ "name": "http", "port": 80, "targetPort": "http" })
        );
        let tenant = &settings.tenants[0].name;
        let paths = words(role).await.into_iter().map(|word| format!("/v1/tenants/{tenant}/{word}"));
        expected.extend(paths.map(|path| (path, role.as_str().to_owned())));
    }
    expected.insert(("/packages".to_owned(), "export".to_owned()));
    let paths = at(cluster.named("Ingress", "doors"), "/spec/rules/0/http/paths").as_array().unwrap();
    let leads = paths.iter().map(|path| {
        assert_eq!(path["pathType"], "Prefix");
        assert_eq!(at(path, "/backend/service/port/name"), "http");
        (own(path, "/path"), own(path, "/backend/service/name"))
    });
    assert_eq!(leads.collect::<BTreeSet<_>>(), expected);
}

fn own(value: &Value, pointer: &str) -> String {
    at(value, pointer).as_str().unwrap().to_owned()
}
