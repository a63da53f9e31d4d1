"""Cells and the front that leads each host to its own: a table in YAML, written out for Caddy or nginx. Pure."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tragnetz.config.backup.errors import BackupError

_HOST = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$"
_WEB = r"^[A-Za-z0-9.-]+:[0-9]{1,5}$|^\[[0-9a-f:]+\]:[0-9]{1,5}$"
_KEY = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Site(BaseModel):
    """One network in a cell: the hosts that lead to it, and where its web processes listen."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    hosts: tuple[str, ...] = Field(min_length=1)
    web: tuple[str, ...] = Field(min_length=1)


class Cells(BaseModel):
    """All cells, by name, with their networks by key."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    cells: dict[str, dict[str, Site]]

    @property
    def sites(self) -> dict[str, Site]:
        """Each network, by key."""
        return {key: site for networks in self.cells.values() for key, site in networks.items()}


def read_cells(path: Path) -> Cells:
    """Return the table of a file. Raises BackupError with all that is wrong in it."""
    try:
        found = Cells.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError) as error:
        message = f"{path}: {error}"
        raise BackupError(message) from error
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        message = f"{path}: {told}"
        raise BackupError(message) from error
    faults = list(_faults(found))
    if faults:
        message = f"{path}: {'; '.join(faults)}"
        raise BackupError(message)
    return found


def _faults(found: Cells) -> list[str]:
    networks = Counter(key for cell in found.cells.values() for key in cell)
    places = [site for cell in found.cells.values() for site in cell.values()]
    hosts = Counter(host for site in places for host in site.hosts)
    web = [one for site in places for one in site.web]
    return [
        *(f"the network {key} stands in {number} cells" for key, number in networks.items() if number > 1),
        *(f"the host {host} stands there {number} times" for host, number in hosts.items() if number > 1),
        *(f"{key!r} is no key of a network" for key in networks if not re.match(_KEY, key)),
        *(f"{host!r} is no host" for host in hosts if not re.match(_HOST, host)),
        *(f"{one!r} is no host:port" for one in web if not re.match(_WEB, one)),
        *(f"{one} serves {number} networks" for one, number in Counter(web).items() if number > 1),
    ]


# What machines ask for, as `SECURE_REDIRECT_EXEMPT`: one that forgets to encrypt is refused, so that somebody mends it.
# Led on, it would send what its address holds in the open each time.
MACHINES = ("api", "hsds", "kalender")
# Five files of TRAGNETZ_UPLOAD_MEGABYTES as it is without one, and what stands around them (docs/files.md).
LARGEST_MEGABYTES = 60
# What a page without files may be sent: more than any form of ours (`DATA_UPLOAD_MAX_MEMORY_SIZE`).
FORM_MEGABYTES = 4
# The pages that take files: at work, and a letter shown on the own page.
FILES = "^/[^/]+/(arbeit/|meine-begleitung/brief/$)"
# All of a request is read before a web process hears of it: who sends slowly holds none of its threads. nginx keeps it
# on its disk, Caddy (from 2.6.3 on) in memory, so there it may not take for ever. Its room is larger than any request
# may be: else it passes on the beginning of one that is too large, and breaks off the answer.
SLOWEST_MINUTES = 10
# While no place answers, as when the only one changes over to a new version: Caddy waits so long for one, then says so.
PATIENCE_SECONDS = 8
RETRY_SECONDS = 10
AWAY = (
    "<!doctype html><html lang='de'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
    "<meta name='color-scheme' content='light dark'><title>Gleich wieder da</title></head>"
    "<body style='font:1.125rem/1.5 sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem'>"
    "<main><h1>Gleich wieder da</h1>"
    "<p>Die Seite antwortet gerade nicht. Bitte versuchen Sie es in einer Minute noch einmal.</p>"
    "<p>Haben Sie etwas geschrieben? Gehen Sie zurück, dort steht es noch. Schicken Sie es dann noch einmal.</p>"
    "<p lang='en'>We will be back in a minute. Please try again.</p></main></body></html>"
)
_HEAD = "# Written by `tragnetz network front`: change the table of cells, not this file.\n"


def caddy(cells: Cells) -> str:
    """Return a Caddyfile: each network's hosts with a certificate of their own, led to its web processes.

    Caddy believes no visitor's X-Forwarded-For, and says whom it sees, without being told.
    """
    hosts = ", ".join(f"http://{host}" for site in cells.sites.values() for host in site.hosts)
    paths = " ".join(f"/{machine}/*" for machine in MACHINES)
    blocks = [_CADDY_IN_THE_OPEN.replace("HOSTS", hosts).replace("PATHS", paths)]
    for name, networks in cells.cells.items():
        for key, site in networks.items():
            blocks.append(
                f"# {key}, cell {name}\n"
                f"{', '.join(site.hosts)} {{\n"
                f"\t@files path_regexp {FILES}\n"
                f"\t@forms not path_regexp {FILES}\n"
                f"\trequest_body @files {{\n\t\tmax_size {LARGEST_MEGABYTES}MB\n\t}}\n"
                f"\trequest_body @forms {{\n\t\tmax_size {FORM_MEGABYTES}MB\n\t}}\n"
                "\t@inside path /-/* /metrics\n"
                "\trespond @inside 404\n"
                f"\treverse_proxy {' '.join(site.web)} {{\n"
                f"\t\trequest_buffers {LARGEST_MEGABYTES + 1}MB\n"
                "\t\thealth_uri /-/ready\n"
                "\t\thealth_interval 2s\n"
                f"\t\tlb_try_duration {PATIENCE_SECONDS}s\n"
                "\t\theader_up X-Request-Id {http.request.uuid}\n"
                "\t\theader_down -Server\n"
                "\t}\n"
                "\thandle_errors {\n"
                "\t\t@away expression {http.error.status_code} in [502, 503, 504]\n"
                "\t\thandle @away {\n"
                f"\t\t\theader Retry-After {RETRY_SECONDS}\n"
                "\t\t\theader Cache-Control no-store\n"
                '\t\t\theader Content-Type "text/html; charset=utf-8"\n'
                f'\t\t\trespond "{AWAY}" 503\n'
                "\t\t}\n"
                "\t}\n"
                "}\n"
            )
    return "\n".join([_HEAD, _OF_CADDY.replace("SLOWEST", str(SLOWEST_MINUTES)), *blocks])


_CADDY_IN_THE_OPEN = """# People who come without encryption are led to it, machines are not.
HOSTS {
	@machines path PATHS
	handle @machines {
		respond 403
	}
	handle {
		redir https://{host}{uri} permanent
	}
}
"""

# What Caddy writes of requests that failed has their address and headers in it.
_OF_CADDY = """{
	log {
		exclude http.log.error
	}
	servers {
		timeouts {
			read_body SLOWESTm
		}
	}
}
"""


def nginx(cells: Cells) -> str:
    """Return what is included in nginx's `http`: a map from host to cell, and one server that asks it.

    Certificates are looked up by the name that the browser asks for, so the user of nginx's workers must read them.
    """
    lines = [_HEAD, "map $host $tragnetz {", '    default "";']
    upstreams = []
    for name, networks in cells.cells.items():
        for key, site in networks.items():
            place = f"tragnetz_{key.replace('-', '_')}"
            lines += [f"    {host} {place};  # cell {name}" for host in site.hosts]
            upstreams += [f"upstream {place} {{", *(f"    server {one};" for one in site.web), "}"]
    hosts = " ".join(host for site in cells.sites.values() for host in site.hosts)
    return "\n".join(
        [
            *lines,
            "}",
            *upstreams,
            _SERVER.replace("HOSTS", hosts)
            .replace("LARGEST", str(LARGEST_MEGABYTES))
            .replace("FORM", str(FORM_MEGABYTES))
            .replace("FILES", FILES)
            .replace("RETRY", str(RETRY_SECONDS))
            .replace("AWAY", AWAY)
            .replace("MACHINES", "|".join(MACHINES)),
        ]
    )


# Versions before 1.25 know `http2` as a word of `listen` alone, and later ones still do.
_SERVER = """# No path, in what is written of errors neither: an address may hold somebody's code.
log_format tragnetz '$remote_addr [$time_local] $host $request_method $status $body_bytes_sent $request_time';
server {
    listen 80;
    server_name HOSTS;
    access_log /var/log/nginx/tragnetz.log tragnetz;
    error_log /var/log/nginx/tragnetz-errors.log crit;
    location ~ ^/(MACHINES)/ { return 403; }  # machines are not led to encryption: they are to begin with it
    location / { return 301 https://$host$request_uri; }
}
server {
    listen 443 ssl http2;
    server_name HOSTS;
    access_log /var/log/nginx/tragnetz.log tragnetz;
    error_log /var/log/nginx/tragnetz-errors.log crit;
    server_tokens off;
    ssl_certificate /etc/tragnetz/certificates/$ssl_server_name.pem;
    ssl_certificate_key /etc/tragnetz/certificates/$ssl_server_name.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    client_max_body_size FORMm;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Proto https;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Request-Id $request_id;
    if ($tragnetz = "") { return 421; }
    location ~ ^/(-/|metrics$) { return 404; }
    location ~ FILES {  # the pages that take files
        client_max_body_size LARGESTm;
        proxy_pass http://$tragnetz;
    }
    location / { proxy_pass http://$tragnetz; }
    error_page 502 503 504 =503 @away;  # of nginx itself: what the program answers is passed on as it is
    location @away {
        default_type text/html;
        charset utf-8;
        add_header Retry-After RETRY always;
        add_header Cache-Control no-store always;
        return 503 "AWAY";
    }
}
"""

FRONTS: dict[str, Callable[[Cells], str]] = {"caddy": caddy, "nginx": nginx}
