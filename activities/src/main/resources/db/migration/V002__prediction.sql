-- What models say about images. Rows of a shard are written with its ledger row, or not at all.

create table if not exists prediction_shard (
  campaign text not null references campaign,
  round int not null,
  shard int not null,
  model text not null,
  images int not null,
  boxes int not null,
  quarantined int not null,
  primary key (campaign, round, shard)
);

create table if not exists prediction (
  campaign text not null,
  round int not null,
  image_id bytea not null,
  -- 1 - mean confidence; 1 where nothing was found.
  uncertainty real not null,
  box_count int not null,
  boxes bytea not null,
  embedding bytea not null,
  primary key (campaign, round, image_id)
) partition by list (round);

create table if not exists holdout_prediction_ledger (
  campaign text not null references campaign,
  model text not null,
  images int not null,
  boxes int not null,
  quarantined int not null,
  primary key (campaign, model)
);

create table if not exists holdout_prediction (
  campaign text not null,
  model text not null,
  image_id bytea not null,
  boxes bytea not null,
  primary key (campaign, model, image_id)
);
