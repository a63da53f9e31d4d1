"""Image, compose file and manifests: valid, without rights that nobody needs, and of one piece with the program."""

import json
import re
import subprocess
import tomllib

import pytest
import yaml

from tests.release import ROOT, release_tools
from tragnetz.config.backup.cli import spelled_out
from tragnetz.config.cli import parser
from tragnetz.config.moving.cells import LARGEST_MEGABYTES
from tragnetz.config.operation.database import loud_settings

DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: one for name, one in COMPOSE["services"].items() if name != "database"}
FILES = sorted(file for file in (DEPLOY / "kubernetes").rglob("*.yaml") if file.name != "kustomization.yaml")
MANIFESTS = [one for file in FILES for one in yaml.safe_load_all(file.read_text(encoding="utf-8"))]
UID = 10001
# What is wrong with each manifest. The validator would read all definitions of a version anew for each of them.
VALIDATE = """
import functools, json, sys
import kubernetes_validate
from kubernetes_validate import utils
utils.schema_contents = functools.cache(utils.schema_contents)
def fault(one):
    try:
        kubernetes_validate.validate(one, sys.argv[1], strict=True)
    except kubernetes_validate.ValidationError as error:
        return error.message
    return ""
print(json.dumps([fault(one) for one in json.load(sys.stdin)]))
"""


def kind(name: str) -> list[dict]:
    return [one for one in MANIFESTS if one["kind"] == name]


def pods() -> dict[str, dict]:
    """Return what each manifest runs, by its name."""
    found = {f"{one['kind']} {one['metadata']['name']}": one["spec"] for one in MANIFESTS if "spec" in one}
    found |= {name: one["jobTemplate"]["spec"] for name, one in found.items() if "jobTemplate" in one}
    return {name: one["template"]["spec"] for name, one in found.items() if "template" in one}


def containers() -> dict[str, dict]:
    return {
        f"{name}: {one['name']}": one
        for name, pod in pods().items()
        for one in [*pod.get("initContainers", []), *pod["containers"]]
    }


@pytest.mark.parametrize("version", ["1.31", "1.37"])
def test_manifests_are_valid_by_the_schemas_of_kubernetes(version):
    broken = [one | {"spec": one["spec"] | {"replicas": "two"}} for one in kind("Deployment")]

    done = subprocess.run(
        [release_tools() / "python", "-c", VALIDATE, version], input=json.dumps([*broken, *MANIFESTS]),
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    told = json.loads(done.stdout)
    assert ["'two'" in one for one in told[: len(broken)]] == [True] * len(broken)
    assert told[len(broken) :] == [""] * len(MANIFESTS)


def test_each_file_is_listed():
    for folder in ("base", "example"):
        listed = yaml.safe_load((DEPLOY / "kubernetes" / folder / "kustomization.yaml").read_text())["resources"]
        there = {file.name for file in (DEPLOY / "kubernetes" / folder).glob("*.yaml")} - {"kustomization.yaml"}

        assert {one for one in listed if one.endswith(".yaml")} == there


def test_what_must_be_there_is():
    assert set(pods()) == {"Deployment web", "Deployment worker", "Job migrate-0-1-0", "CronJob backup"}
    assert {one["kind"] for one in MANIFESTS} == {
        "Namespace", "ServiceAccount", "PersistentVolumeClaim", "Deployment", "Job", "CronJob", "Service", "Ingress",
        "NetworkPolicy", "PodDisruptionBudget",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "pod"), pods().items(), ids=str)
def test_a_pod_is_nobody_and_asks_the_cluster_nothing(name, pod):
    assert pod["securityContext"] == {
        "runAsNonRoot": True, "runAsUser": UID, "runAsGroup": UID, "fsGroup": UID,
        "seccompProfile": {"type": "RuntimeDefault"},
    }  # fmt: skip
    assert (pod["automountServiceAccountToken"], pod["enableServiceLinks"]) == (False, False)
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod)
    assert not [volume for volume in pod["volumes"] if "hostPath" in volume]
    assert {"name": "tmp", "emptyDir": {"medium": "Memory", "sizeLimit": "64Mi"}} in pod["volumes"]


@pytest.mark.parametrize(("name", "container"), containers().items(), ids=str)
def test_a_container_has_no_right_that_it_does_not_need(name, container):
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
    }  # fmt: skip
    assert {"cpu", "memory"} == set(container["resources"]["requests"])
    assert set(container["resources"]["limits"]) == {"memory"}  # a limit of CPU makes pages wait for nothing
    assert {mount["mountPath"] for mount in container["volumeMounts"]} >= {"/tmp", "/var/lib/tragnetz"}
    assert "env" not in container  # secrets come from a Secret, never from a manifest


def test_the_pages_are_probed_by_an_address_that_is_there(db, client):
    (web,) = pods()["Deployment web"]["containers"]
    asked = {probe: web[probe]["httpGet"] for probe in ("startupProbe", "readinessProbe", "livenessProbe")}

    assert asked == {
        "startupProbe": {"path": "/-/ready", "port": "http"},
        "readinessProbe": {"path": "/-/ready", "port": "http"},
        "livenessProbe": {"path": "/-/health", "port": "http"},  # a database that is away is no reason to start anew
    }
    for one in asked.values():
        assert client.get(one["path"], headers={"host": "10.1.2.3"}).status_code == 200


def test_pages_and_work_wait_for_the_migration():
    for name in ("Deployment web", "Deployment worker"):
        (waiting,) = pods()[name]["initContainers"]
        assert waiting["args"] == ["migrate", "--check", "--wait", "600"]
    for name in ("web", "worker"):
        assert OURS[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    (worker,) = (one for one in kind("Deployment") if one["metadata"]["name"] == "worker")
    assert (worker["spec"]["replicas"], worker["spec"]["strategy"]) == (1, {"type": "Recreate"})
    (web,) = (one for one in kind("Deployment") if one["metadata"]["name"] == "web")
    assert web["spec"]["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    assert (web["spec"]["replicas"], kind("PodDisruptionBudget")[0]["spec"]["minAvailable"]) == (2, 1)


def test_selectors_find_the_pods_they_are_meant_for():
    labels = {
        name: template["metadata"]["labels"]["app.kubernetes.io/component"]
        for name, template in (
            (one["metadata"]["name"], one["spec"].get("jobTemplate", one)["spec"]["template"])
            for one in MANIFESTS
            if one["kind"] in {"Deployment", "Job", "CronJob"}
        )
    }
    assert labels == {"web": "web", "worker": "worker", "migrate-0-1-0": "migrate", "backup": "backup"}
    assert kind("Service")[0]["spec"]["selector"] == {"app.kubernetes.io/component": "web"}
    assert kind("PodDisruptionBudget")[0]["spec"]["selector"]["matchLabels"] == {"app.kubernetes.io/component": "web"}


def test_files_come_through_the_ingress_as_through_the_fronts_that_we_write():
    (ingress,) = kind("Ingress")

    assert ingress["metadata"]["annotations"] == {
        "nginx.ingress.kubernetes.io/proxy-body-size": f"{LARGEST_MEGABYTES}m",
        "nginx.ingress.kubernetes.io/ssl-redirect": "false",  # machines would be led on with the people
    }


def test_nobody_may_talk_but_who_must():
    policies = {one["metadata"]["name"]: one["spec"] for one in kind("NetworkPolicy")}

    assert policies["nobody"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    assert [rule["ports"] for one in policies.values() for rule in one.get("ingress", [])] == [
        [{"protocol": "TCP", "port": 8000}]
    ]
    assert all(rule["from"] for one in policies.values() for rule in one.get("ingress", []))
    assert all(rule["to"] for one in policies.values() for rule in one.get("egress", []))


@pytest.mark.parametrize(("name", "service"), OURS.items(), ids=str)
def test_a_service_of_the_compose_file_has_no_right_that_it_does_not_need(name, service):
    assert (service["user"], service["read_only"], service["cap_drop"]) == (f"{UID}:{UID}", True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "network_mode", "pid"} & set(service)
    assert not [one for one in service["volumes"] if "docker.sock" in one]


def test_only_the_pages_of_the_compose_file_are_reached_and_only_from_the_machine_itself():
    published = {name: one["ports"] for name, one in COMPOSE["services"].items() if "ports" in one}

    assert published == {"web": ["127.0.0.1:8000:8000"]}
    assert COMPOSE["services"]["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert re.fullmatch(r"postgres:18(-\w+)?", COMPOSE["services"]["database"]["image"])


def test_the_database_of_the_compose_file_writes_no_words_of_people_into_its_log():
    """As it comes PostgreSQL would; what it is asked to log stands in its command."""
    as_it_comes = {
        "log_statement": "none", "log_min_duration_statement": "-1", "log_min_error_statement": "error",
        "log_error_verbosity": "default",
    }  # fmt: skip
    given = dict(one.split("=", 1) for one in COMPOSE["services"]["database"]["command"] if one != "-c")

    assert loud_settings(as_it_comes) == ["log_min_error_statement", "log_error_verbosity"]
    assert loud_settings(as_it_comes | given) == []


def test_each_command_is_one_of_the_program():
    entry, command, health = (
        json.loads(re.search(rf"{word} (\[.*\])$", CONTAINERFILE, flags=re.MULTILINE)[1])
        for word in ("^ENTRYPOINT", "^CMD", "^HEALTHCHECK .* CMD")
    )
    asked = [
        command,
        health[1:],
        *(one["args"] for one in containers().values()),
        *(one["command"] for one in OURS.values()),
    ]

    assert (entry, health[0]) == (["tragnetz"], "tragnetz")
    for words in asked:
        assert callable(parser().parse_args(spelled_out(words)).run), words


def test_variables_are_those_of_the_documentation():
    known = set(re.findall(r"`((?:TRAGNETZ|DATABASE)_\w+)", (ROOT / "docs" / "operations.md").read_text()))
    known |= set(re.findall(r"`((?:TRAGNETZ|DATABASE)_\w+)", (ROOT / "docs" / "deployment.md").read_text()))
    texts = [file.read_text(encoding="utf-8") for file in DEPLOY.rglob("*") if file.is_file()]
    used = {name for text in texts for name in re.findall(r"\b(TRAGNETZ_[A-Z_]+|DATABASE_URL)\b", text)}

    assert used - known - {"TRAGNETZ_IMAGE"} == set()


def test_the_number_of_the_version_is_the_same_everywhere():
    number = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    example = yaml.safe_load((DEPLOY / "kubernetes" / "example" / "kustomization.yaml").read_text())

    assert {one["image"] for one in containers().values()} == {f"localhost/tragnetz:{number}"}
    assert [one["newTag"] for one in example["images"]] == [number]
    assert {one["image"] for one in OURS.values()} == {f"${{TRAGNETZ_IMAGE:-localhost/tragnetz:{number}}}"}
    assert [one["metadata"]["name"] for one in kind("Job")] == [f"migrate-{number.replace('.', '-')}"]
    assert yaml.safe_load((ROOT / "publiccode.yml").read_text())["softwareVersion"] == number


def test_the_image_runs_as_nobody_and_holds_no_tool_of_the_build():
    build, final = CONTAINERFILE.split("\nFROM ")[1:]

    assert re.search(r"^ARG BASE=python:3\.13-slim-trixie$", CONTAINERFILE, flags=re.MULTILINE)
    assert re.search(rf"^USER {UID}:{UID}$", final, flags=re.MULTILINE)
    assert "COPY --from=build /opt/tragnetz /opt/tragnetz" in final
    assert final.count("COPY") == 1
    assert not re.search(r"apt-get|apt |curl|wget|gcc", CONTAINERFILE)
    assert not re.search(r"(?i)^(ENV|ARG).*(password|secret|_keys?\b)", CONTAINERFILE, flags=re.MULTILINE)
    assert "--require-hashes" in build
    assert re.search(
        r'^RUN echo "\$BASE" > /opt/tragnetz/share/base', build, flags=re.MULTILINE
    )  # what the doctor reads


def test_nothing_but_what_the_image_needs_is_sent_to_the_build():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()

    assert lines[0] == "*"
    assert {line for line in lines if line.startswith("!") and not (ROOT / line[1:]).exists()} == set()
