-- What people changed of a running campaign, append-only; the newest word on a key stands. The
-- campaign's own specification stays as it was stored.
create table if not exists amendment (
  campaign text not null references campaign,
  number int not null check (number > 0),
  -- A request that is carried out again is stored once.
  request text not null,
  -- Only the keys that change: budget, deadline, target, rounds.
  what jsonb not null,
  stored_at timestamptz not null default now(),
  primary key (campaign, number),
  unique (campaign, request)
);
