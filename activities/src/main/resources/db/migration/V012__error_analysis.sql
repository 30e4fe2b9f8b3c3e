-- Why a model fails on the holdout; written with its score, or not at all.
create table if not exists error_analysis (
  campaign text not null,
  model text not null,
  -- Error types, calibration, confusion and the worst pictures; docs/errors.md.
  analysis jsonb not null,
  primary key (campaign, model),
  foreign key (campaign, model) references holdout_score
);
