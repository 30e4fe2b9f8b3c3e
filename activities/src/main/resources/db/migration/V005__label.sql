-- Labels, append-only. Annotations are people's; pseudo-labels are a model's. Never mixed.

create table if not exists annotation (
  campaign text not null references campaign,
  image_id bytea not null,
  version int not null check (version > 0),
  round int not null,
  maker text not null,
  -- Null takes the label back: the person skips the image after all.
  boxes bytea,
  box_count int not null,
  primary key (campaign, image_id, version)
);

create or replace view current_annotation as
  select campaign, image_id, version, round, maker, boxes, box_count
  from annotation a
  where boxes is not null
    and not exists (select from annotation later
      where later.campaign = a.campaign and later.image_id = a.image_id
        and later.version > a.version);

create table if not exists pseudo_label (
  campaign text not null references campaign,
  round int not null,
  image_id bytea not null,
  model text not null,
  boxes bytea not null,
  box_count int not null,
  ignore_regions bytea not null,
  primary key (campaign, round, image_id)
);

-- The ledger of a round's acceptance.
create table if not exists label_result (
  campaign text not null references campaign,
  round int not null,
  pseudo_images int not null,
  pseudo_boxes int not null,
  ignore_regions int not null,
  verified int not null,
  precision double precision,
  accepted boolean not null,
  reason text not null,
  primary key (campaign, round)
);
