-- Images of the pool that look like one of the holdout; written with the data set, or not at all.
create table if not exists near_duplicate (
  campaign text not null references campaign,
  -- Of the pool.
  image_id bytea not null,
  -- The image of the holdout that it looks most like.
  holdout_id bytea not null,
  -- Bits in which their perceptual hashes differ.
  hash_distance int not null,
  -- Cosine distance of their embeddings; null until one model has predicted both.
  embedding_distance double precision,
  -- Whether it stays out of review and training.
  kept_out boolean not null,
  primary key (campaign, image_id),
  foreign key (campaign, image_id) references image,
  foreign key (campaign, holdout_id) references image
);

-- As a pool's; null in predictions from before.
alter table holdout_prediction add column if not exists embedding bytea;

-- Labelled images that were left out because they look like one of the holdout.
alter table training_set add column if not exists kept_out int not null default 0;
