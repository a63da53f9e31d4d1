"""The directory in the form of HSDS 3.1 (Human Services Data Specification of Open Referral), out and in."""
