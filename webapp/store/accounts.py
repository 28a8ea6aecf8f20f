"""Accounts: the e-mail address and password that somebody signs in with, one-time links, and failed attempts."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from webapp.store.database import METADATA, UtcTime

accounts = Table(
    "accounts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, unique=True),
    Column("email", Text, nullable=False, unique=True),
    Column("password_hash", Text),
    Column("password_set_at", UtcTime),
)

account_links = Table(
    "account_links",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("made_by", ForeignKey("people.id")),
    Column("made_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    METADATA,
    Column("name_hash", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
)
