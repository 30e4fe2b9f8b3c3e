-- Who may use a server, how they get in, and what each has changed.

create table if not exists account (
  name text primary key,
  display text not null,
  role text not null check (role in ('VIEWER', 'REVIEWER', 'OPERATOR', 'ADMIN')),
  -- Bcrypt; null where nobody gets in by password.
  password text,
  active boolean not null default true,
  made_at timestamptz not null default now()
);

-- Of secrets the SHA-256 alone is kept: who reads these tables gets in nowhere.
create table if not exists account_session (
  hash bytea primary key,
  account text not null references account,
  begun_by text not null check (begun_by in ('PASSWORD', 'LINK', 'PROVIDER')),
  begun_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
create index if not exists account_session_account on account_session (account);

-- Links that let in once; a row is gone when it was used.
create table if not exists account_link (
  hash bytea primary key,
  account text not null references account,
  made_at timestamptz not null default now()
);

create table if not exists account_token (
  id bigint generated always as identity primary key,
  hash bytea not null unique,
  account text not null references account,
  label text not null,
  made_at timestamptz not null default now(),
  used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index if not exists account_token_account on account_token (account);

-- Who a provider of identities says that an account is.
create table if not exists account_identity (
  issuer text not null,
  subject text not null,
  account text not null references account,
  primary key (issuer, subject)
);

-- Every change that a person or a script made, append-only.
create table if not exists audit_entry (
  id bigint generated always as identity primary key,
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null,
  at timestamptz not null default now()
);

create or replace function audit_stands() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end $$;

create or replace trigger audit_stands before update or delete or truncate on audit_entry
  for each statement execute function audit_stands();
