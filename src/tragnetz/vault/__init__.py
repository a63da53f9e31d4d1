"""Keys and sealed fields: what people told us is encrypted before it reaches the database.

Known constructions only: AES-256-GCM with keys derived by HKDF (RFC 5869), codes stretched by scrypt (RFC 7914).
"""
