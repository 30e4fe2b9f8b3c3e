create table if not exists initial_model (
  campaign text primary key references campaign,
  model text not null,
  known_classes int not null,
  -- The model's model.json: architecture, classes, provenance.
  description jsonb not null
);

-- Attempts are fenced: only the newest may store the challenger.
create table if not exists training_attempt (
  campaign text not null references campaign,
  round int not null,
  attempt int not null,
  primary key (campaign, round)
);

create table if not exists challenger (
  campaign text not null references campaign,
  round int not null,
  model text not null,
  training_set text not null,
  parent text not null,
  attempt int not null,
  description jsonb not null,
  stored_at timestamptz not null default now(),
  primary key (campaign, round)
);
