"""Signing in with OpenID Connect: another site says who somebody is, a file says what they may do.

The authorization code flow with PKCE, as OpenID Connect Core 1.0 has it. Only `provider.py` loads
authlib, and only where this way in was asked for.

settings.py  the file: which provider, which client, who has which role
provider.py  what the provider is asked: its addresses, its keys, a code's claims
entry.py     a sign-in from its beginning to its claims, kept by nobody in between
"""
