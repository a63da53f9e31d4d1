"""The style sheet of the design system is cut to what our pages use, and nothing that they use is cut."""

import re

import trim_kern
from trim_kern import SHORT, WHOLE, Used, texts, trimmed

SHEET = """
@charset "UTF-8";
:root{--a:1px;--b:var(--c);--c:2px;--d:3px;--gone:4px}
p{margin:0}
.kern-a,.kern-b{color:red;width:var(--b)}
.kern-b .kern-a{color:blue}
p:not(.kern-b){color:green}
.kern-icon--delete{mask:url("data:image/svg+xml;utf8,<svg a='.kern-a,b{}'/>")}
.kern-icon--info{height:1px}
@media (min-width: 576px){.kern-a{color:pink!important}.kern-b{color:pink}}
@media print{.kern-b{color:pink}}
@keyframes turn{to{rotate:1turn}}
@keyframes fade{to{opacity:0}}
.kern-c{animation:fade 1s linear}
"""


def test_the_short_sheet_is_what_the_tool_makes_of_the_whole_one():
    made = trimmed(WHOLE.read_text(encoding="utf-8"), Used(texts()))

    assert SHORT.read_text(encoding="utf-8") == made, "a page uses another class now: python tools/trim_kern.py"


def test_each_class_and_variable_that_we_name_stands_in_the_short_sheet():
    whole, short = (path.read_text(encoding="utf-8") for path in (WHOLE, SHORT))
    named = {name for text in texts() for name in re.findall(r"kern-[a-z0-9_-]+", text)}
    of_system = {name for name in named if re.search(rf"[,}}]\.{name}(?=[{{,:])", whole)}  # with a rule of its own
    read = set(re.findall(r"var\((--kern-[\w-]+)", short)) | {
        name for text in texts() for name in re.findall(r"var\((--kern-[\w-]+)", text)
    }

    assert len(of_system) > 50
    assert not {name for name in of_system if not re.search(rf"[,}}]\.{name}(?=[{{,:])", short)}
    assert not {name for name in read if f"{name}:" in whole and f"{name}:" not in short}
    assert len(short) < len(whole) / 3


def test_a_rule_stays_only_if_all_its_classes_are_used():
    made = trimmed(SHEET, Used(['<p class="kern-a kern-c" style="top:var(--d)">']))

    assert made.removeprefix(trim_kern.HEAD) == (
        ":root{--b:var(--c);--c:2px;--d:3px}p{margin:0}.kern-a{color:red;width:var(--b)}p:not(.kern-b){color:green}"
        "@media (min-width: 576px){.kern-a{color:pink!important}}@keyframes fade{to{opacity:0}}"
        ".kern-c{animation:fade 1s linear}\n"
    )


def test_a_name_that_is_put_together_keeps_its_endings():
    together = 'class="kern-icon--{% if a %}delete{% endif %}"'

    assert ".kern-icon--delete" in trimmed(SHEET, Used([together]))
    assert ".kern-icon--delete" not in trimmed(SHEET, Used(['class="kern-icon--{{ a }}"', "delete"]))
    assert ".kern-icon--info" in trimmed(SHEET, Used(['class="kern-icon--{{ message.tags }}"']))
