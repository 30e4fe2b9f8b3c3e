-- A file that crashed, twice, the process that was alone with it: it is never opened again, while
-- other files in quarantine may be put back and tried.
alter table quarantine add column if not exists crashing boolean not null default false;
