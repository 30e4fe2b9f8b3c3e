-- People's answers, append-only; a later version of an image's answer stands before an earlier one.

create table if not exists review_answer (
  campaign text not null,
  round int not null,
  image_id bytea not null,
  version int not null check (version > 0),
  submission_id uuid not null,
  outcome text not null check (outcome in ('ACCEPTED', 'CORRECTED', 'SKIPPED')),
  boxes bytea not null,
  reviewer text not null,
  reason text,
  seconds double precision not null check (seconds >= 0),
  kept int not null,
  touched int not null,
  stored_at timestamptz not null default now(),
  primary key (campaign, round, image_id, version),
  unique (campaign, submission_id)
);
