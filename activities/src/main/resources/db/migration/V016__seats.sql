-- Who answers which image, and until when; which answer settles an image; how long people took.

-- A row is a person at an image. Everything about an image's seats and answers happens under the
-- lock of its review_image row.
create table if not exists review_seat (
  campaign text not null,
  round int not null,
  image_id bytea not null,
  -- From 0, below the campaign's overlap.
  seat int not null check (seat >= 0),
  person text not null,
  -- Null once it is answered, or while an answer that was sent back is not taken up again.
  lease uuid,
  until timestamptz,
  answered boolean not null default false,
  -- Who sent the person's answer back, and why.
  returned_by text,
  returned_comment text,
  primary key (campaign, round, image_id, seat),
  unique (campaign, round, image_id, person),
  check ((lease is null) = (until is null)),
  check (not answered or lease is null)
);

create index if not exists review_seat_unanswered
  on review_seat (campaign, person) where not answered;

-- Versions count within a seat; seat -1 is a decision over all seats.
alter table review_answer add column if not exists seat int not null default 0;
alter table review_answer add column if not exists settles boolean not null default false;
alter table review_answer add column if not exists settled_by text
  check (settled_by in ('NEWEST', 'AGREEMENT', 'DECISION', 'CLOSING'));
-- Places of which the answer says neither yes nor no; null is none.
alter table review_answer add column if not exists ignore_regions bytea;
alter table review_answer drop constraint if exists review_answer_pkey;
alter table review_answer add primary key (campaign, round, image_id, seat, version);

update review_answer a set settles = true, settled_by = 'NEWEST'
where not exists (select from review_answer s
    where s.campaign = a.campaign and s.round = a.round and s.image_id = a.image_id
      and (s.settles or s.version > a.version));

-- One at most: what counts and what trains reads this row.
create unique index if not exists review_answer_settles
  on review_answer (campaign, round, image_id) where settles;

-- Places of which the label says neither yes nor no; null is none.
alter table annotation add column if not exists ignore_regions bytea;

-- How long an answer took, in milliseconds; as the client tells, held against its own events.
create table if not exists review_timing (
  campaign text not null,
  round int not null,
  image_id bytea not null,
  seat int not null,
  version int not null,
  opened_at timestamptz not null,
  -- Null where the person did nothing but answer.
  first_action_ms bigint check (first_action_ms >= 0),
  -- Without gaps of more than 30 s, which are idle_ms.
  active_ms bigint not null check (active_ms >= 0),
  idle_ms bigint not null check (idle_ms >= 0),
  -- Of active_ms, spent looking for objects without a box.
  pass_ms bigint not null check (pass_ms >= 0),
  verdicts int not null,
  -- Verdicts less than 300 ms after what the person did before.
  hasty int not null,
  primary key (campaign, round, image_id, seat, version)
);

create table if not exists review_event (
  campaign text not null,
  round int not null,
  image_id bytea not null,
  seat int not null,
  version int not null,
  place int not null,
  -- Since the image was opened.
  at_ms bigint not null,
  kind text not null,
  -- Place among the boxes; null where the event is of none.
  box int,
  primary key (campaign, round, image_id, seat, version, place)
);

-- A row for each answer that settled an image, until its campaign has been told of the batch, or
-- there is nothing to tell.
create table if not exists review_outbox (
  id bigint generated always as identity primary key,
  campaign text not null,
  round int not null,
  batch int not null,
  stored_at timestamptz not null default now()
);
