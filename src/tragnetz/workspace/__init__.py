"""The staff site: desk, counselling. Pages and addresses only; access is decided below, in casework."""
