-- What the dashboard reads.

-- How sure a model's mAP on the holdout is; no bounds where the holdout is too small to say.
create table if not exists score_interval (
  campaign text not null,
  model text not null,
  lower double precision,
  upper double precision,
  confidence double precision not null,
  replicates int not null,
  seed bigint not null,
  images int not null,
  clusters int not null,
  primary key (campaign, model),
  foreign key (campaign, model) references holdout_score,
  check ((lower is null) = (upper is null))
);

-- When a label was stored; null of those from before, for nobody knows.
alter table annotation add column if not exists stored_at timestamptz;
alter table annotation alter column stored_at set default now();

-- Throughput: the answers of the last day.
create index if not exists review_answer_stored on review_answer (campaign, stored_at);

-- Classes of packed labels (PackedBoxes, version 2): one row a box.
create or replace function label_classes(boxes bytea) returns setof int
language sql immutable strict as $$
  select get_byte(boxes, 3 + 36 * n) * 256 + get_byte(boxes, 4 + 36 * n)
  from generate_series(0, (length(boxes) - 1) / 36 - 1) n
$$;

-- Classes of packed detections (PackedBoxes, version 1) of at least this confidence, in bytes of
-- float32, which are in the order of the numbers for numbers that are not negative.
create or replace function detection_classes(boxes bytea, confidence bytea) returns setof int
language sql immutable strict as $$
  select get_byte(boxes, 1 + 22 * n) * 256 + get_byte(boxes, 2 + 22 * n)
  from generate_series(0, (length(boxes) - 1) / 22 - 1) n
  where substring(boxes from 4 + 22 * n for 4) >= confidence
$$;
