create table if not exists training_set (
  campaign text not null references campaign,
  round int not null,
  id text not null,
  -- Canonical JSON lines; their SHA-256 is the id.
  manifest text not null,
  images int not null,
  human_images int not null,
  pseudo_images int not null,
  boxes int not null,
  primary key (campaign, round)
);
