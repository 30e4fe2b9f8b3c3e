create table if not exists holdout_score (
  campaign text not null references campaign,
  model text not null,
  map double precision not null,
  ap50 double precision not null,
  -- Average precision by class, null where the holdout has none of the class.
  class_ap jsonb not null,
  primary key (campaign, model)
);

create table if not exists round_record (
  campaign text not null references campaign,
  round int not null,
  challenger text,
  challenger_map double precision,
  champion text not null,
  map double precision not null,
  ap50 double precision not null,
  promoted boolean not null,
  images_reviewed int not null,
  boxes_touched int not null,
  person_seconds double precision not null,
  pseudo_boxes int not null,
  stored_at timestamptz not null default now(),
  primary key (campaign, round)
);
