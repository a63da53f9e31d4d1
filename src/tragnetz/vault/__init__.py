"""Keys and sealed fields: what people told us is encrypted before it reaches the database.

Two locks. What the desk and the worker need without anybody logged in (names, phone numbers, household facts) is sealed
with the installation's key ring (`sealing`, `SealedTextField`). What a case holds is sealed with a key of its own
(`EnvelopeTextField`), which is wrapped for each holder: a key pair of a member of staff, of a role in an organisation,
of the accompanied person, or of the organisation's recovery. Private keys open by a password or code only; the server
holds none of them. docs/threat-model.md says what that protects against and what not.

Nouns: KeyPair (somebody who can open), DataKey (what a part of a case is sealed with), WrappedKey (a key sealed to a
pair), Keyring (the keys open in one request). Known constructions only: AES-256-GCM with keys derived by HKDF
(RFC 5869), key wrapping by HPKE (RFC 9180), passwords stretched by Argon2id (RFC 9106), codes by scrypt (RFC 7914).
"""
