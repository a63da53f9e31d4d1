"""What Tragnetz asks of the law: gettsim's own names, as its documentation has them."""

TARGETS = (
    "einkommensteuer__betrag_m_sn",
    "lohnsteuer__betrag_m",
    "lohnsteuer__betrag_soli_m",
    "solidaritätszuschlag__betrag_m_sn",
    "sozialversicherung__beiträge_versicherter_m",
    "sozialversicherung__arbeitslosen__betrag_m",
    "kindergeld__betrag_m",
    "elterngeld__betrag_m",
    "unterhaltsvorschuss__betrag_m",
    "kinderzuschlag__anspruchshöhe_m_bg",
    "kinderzuschlag__betrag_m_bg",
    "kinderzuschlag__bruttoeinkommen_eltern_m_bg",
    "kinderzuschlag__mindestbruttoeinkommen_m_bg",
    "wohngeld__anspruchshöhe_m_wthh",
    "wohngeld__betrag_m_wthh",
    "wohngeld__einkommen_m_wthh",
    "wohngeld__miete_m_wthh",
    "wohngeld__mindesteinkommen_erreicht_wthh",
    "wohngeld__vermögensgrenze_unterschritten_wthh",
    "bürgergeld__regelbedarf_m_bg",
    "bürgergeld__kosten_der_unterkunft_m_bg",
    "bürgergeld__anzurechnendes_einkommen_m_bg",
    "bürgergeld__vermögensfreibetrag_bg",
    "bürgergeld__anspruchshöhe_m_bg",
    "bürgergeld__betrag_m_bg",
    "grundsicherung__im_alter__betrag_m_eg",
    "vorrangprüfungen__wohngeld_kinderzuschlag_vorrangig_oder_günstiger",
    "bg_id",
    "wthh_id",
    "eg_id",
    "sn_id",
)
# A pension comes from its notice. Computing it would want a whole working life of points.
GIVEN = (
    "sozialversicherung__rente__altersrente__betrag_m",
    "sozialversicherung__rente__erwerbsminderung__betrag_m",
)
# What a person may have a notice of: where it is known, it stands instead of the computed amount.
OVERRIDES = (
    "sozialversicherung__arbeitslosen__betrag_m",
    "elterngeld__betrag_m",
    "bürgergeld__vermögensfreibetrag_bg",
    "bürgergeld__kosten_der_unterkunft_m",
    "fg_id",  # who belongs together, where somebody was set apart
)
