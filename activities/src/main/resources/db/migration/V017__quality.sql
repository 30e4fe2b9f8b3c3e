-- What is known of people's work: known answers mixed in, second looks, who may not answer now.

create index if not exists review_answer_reviewer on review_answer (campaign, reviewer);

-- A known answer that a person is asked for, in place of an image of a batch. Never a label.
create table if not exists probe (
  campaign text not null references campaign,
  person text not null,
  image_id bytea not null,
  -- Images of batches that the person had got before it: one draw for each of them.
  place int not null,
  -- The open batch among whose images it is shown.
  round int not null,
  batch int not null,
  lease uuid not null,
  -- Whether the proposals are hidden.
  blind boolean not null,
  truth bytea not null,
  -- What a model proposes, shown or hidden.
  proposals bytea not null,
  drawn_at timestamptz not null default now(),
  primary key (campaign, person, image_id),
  unique (campaign, person, place)
);

create table if not exists probe_answer (
  campaign text not null,
  person text not null,
  image_id bytea not null,
  version int not null check (version > 0),
  -- Of the batch among whose images it was shown.
  round int not null,
  submission_id uuid not null,
  outcome text not null check (outcome in ('ACCEPTED', 'CORRECTED', 'SKIPPED')),
  boxes bytea not null,
  reason text,
  seconds double precision not null check (seconds >= 0),
  kept int not null,
  touched int not null,
  verdicts int not null,
  hasty int not null,
  -- Against the truth; null where the person skipped the image.
  f1 double precision check (f1 between 0 and 1),
  -- Proposals shown that are no object of the truth, and those of them that the answer holds.
  wrong int not null,
  wrong_accepted int not null,
  stored_at timestamptz not null default now(),
  primary key (campaign, person, image_id, version),
  unique (campaign, submission_id),
  foreign key (campaign, person, image_id) references probe
);

-- Who may not answer, and since when they may again; append-only, the newest row of a person stands.
create table if not exists standing (
  campaign text not null references campaign,
  person text not null,
  number int not null check (number > 0),
  paused boolean not null,
  reason text not null,
  -- Null where the person's probes decided.
  set_by text,
  stored_at timestamptz not null default now(),
  primary key (campaign, person, number)
);

-- Answers at which an operator wants another person to look.
create table if not exists check_request (
  campaign text not null references campaign,
  round int not null,
  image_id bytea not null,
  requested_by text not null,
  stored_at timestamptz not null default now(),
  primary key (campaign, round, image_id)
);

-- Another person's look at an answer that stands.
create table if not exists review_check (
  campaign text not null references campaign,
  round int not null,
  image_id bytea not null,
  -- Of the answer.
  seat int not null,
  version int not null,
  checker text not null,
  -- Drawn at random; else because somebody asked for it.
  random boolean not null,
  -- The checker has it until then; without a verdict by then, somebody else may.
  claimed_at timestamptz not null,
  until timestamptz not null,
  verdict text check (verdict in ('ACCEPTED', 'RETURNED')),
  submission_id uuid,
  comment text,
  -- Places in the answer of the boxes that are wrong.
  wrong int[],
  seconds double precision check (seconds >= 0),
  decided_at timestamptz,
  -- Whether the image went back to its reviewer; if not, the next round's re-check asks about it.
  reopened boolean,
  primary key (campaign, round, image_id, seat, version),
  unique (campaign, submission_id),
  check ((verdict is null) = (submission_id is null))
);

create index if not exists review_check_returned
  on review_check (campaign, image_id) where verdict = 'RETURNED';

-- Seconds that people worked. Versions that a page timed are work each; of others, whose times may
-- hold the earlier ones', the newest of a seat counts.
create or replace view people_time as
  select a.campaign, a.round, a.reviewer as person,
    case when a.seat < 0 then 'ADJUDICATION' when a.seat > 0 then 'OVERLAP' else i.purpose end
      as purpose,
    a.seconds
  from review_answer a join review_image i using (campaign, round, image_id)
  where exists (select from review_timing t where t.campaign = a.campaign and t.round = a.round
      and t.image_id = a.image_id and t.seat = a.seat and t.version = a.version)
    or not exists (select from review_answer later where later.campaign = a.campaign
      and later.round = a.round and later.image_id = a.image_id and later.seat = a.seat
      and later.version > a.version)
  union all
  select campaign, round, person, 'PROBE', seconds from probe_answer
  union all
  select campaign, round, checker, 'CHECK', seconds from review_check where verdict is not null;
