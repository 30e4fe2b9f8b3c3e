-- Known answers are held as any other image is: taken, kept on by beats, given up.

alter table probe alter column lease drop not null;
alter table probe add column if not exists until timestamptz;
-- Those that lie before people now.
update probe set until = now() + interval '2 minutes' where until is null and lease is not null;
