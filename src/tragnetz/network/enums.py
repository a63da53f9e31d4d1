"""Vocabulary of the network."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """What sort of body an organisation is."""

    MUNICIPALITY = "municipality", _("Stadt oder Gemeinde")
    MUNICIPAL_COMPANY = "municipal_company", _("Städtische Gesellschaft")
    WELFARE = "welfare", _("Wohlfahrtsverband")
    CHURCH = "church", _("Kirche")
    AGENCY = "agency", _("Behörde")
    COURT = "court", _("Gericht")
    INSURER = "insurer", _("Versicherung")
    ASSOCIATION = "association", _("Verein")
    OTHER = "other", _("Sonstige")


class Regime(TextChoices):
    """Which data-protection law binds an organisation (facts: each is a controller of its own)."""

    DSGVO = "dsgvo", "DSGVO, BDSG"
    DSGVO_DSG_NRW = "dsgvo_dsg_nrw", "DSGVO, DSG NRW"
    KDG = "kdg", "KDG"
    DSG_EKD = "dsg_ekd", "DSG-EKD"
    SGB_X = "sgb_x", "SGB I, SGB X"


class Role(StrEnum):
    """What a member of staff does for an organisation."""

    INTAKE = "intake"
    COUNSELLOR = "counsellor"
    LEAD = "lead"
    CATALOGUE = "catalogue"
    PROGRAMME = "programme"
    DPO = "dpo"
    ADMIN = "admin"
