package dev.labelloop.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final String COUNT = "select count(*) from thing";
  private static final String THINGS = "thing (name, n, weight, good, bytes, more)";

  private final Database database = POSTGRES.database();

  @BeforeEach
  void emptyTable() {
    database.useTransaction(
        handle ->
            handle.execute(
                """
                drop table if exists thing;
                create table thing (name text, n int, weight real, good boolean, bytes bytea,
                  more int)
                """));
  }

  /** A process that is killed in between has run a script and not recorded it. */
  @Test
  void aScriptThatWasRunAndNotRecordedRunsAgain() {
    int all = recorded();
    for (int left = all - 1; left >= 0; left--) {
      int kept = left;
      database.useTransaction(
          handle ->
              handle.execute("delete from flyway_schema_history where installed_rank > ?", kept));

      new Database(POSTGRES.url()).close();

      assertThat(recorded()).isEqualTo(all);
    }
  }

  private int recorded() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("select count(*) from flyway_schema_history where success")
                .mapTo(Integer.class)
                .one());
  }

  @Test
  void copiesEveryKindOfValue() {
    database.useTransaction(
        handle ->
            Database.copy(
                handle,
                THINGS,
                rows ->
                    rows.row(
                        CopyRows.text("Größe"),
                        CopyRows.int4(-7),
                        CopyRows.float4(0.1f),
                        CopyRows.bool(true),
                        CopyRows.bytes(new byte[] {0, -1}),
                        CopyRows.none())));

    assertThat(things())
        .containsExactly(
            Map.of("name", "Größe", "n", -7, "weight", 0.1f, "good", true, "bytes", "\\x00ff"));
  }

  @Test
  void copiesNoRowAtAll() {
    database.useTransaction(handle -> Database.copy(handle, THINGS, rows -> {}));

    assertThat(things()).isEmpty();
  }

  @Test
  void keepsNothingOfACopyThatBreaksOff() {
    assertThatThrownBy(
            () ->
                database.useTransaction(
                    handle -> {
                      handle.execute("insert into thing (n) values (1)");
                      Database.copy(
                          handle,
                          THINGS,
                          rows -> {
                            row(rows, 2);
                            throw new IllegalStateException("the disk is full");
                          });
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the disk is full");

    assertThat(things()).isEmpty();
  }

  @Test
  void namesTheTableThatACopyFailsOn() {
    assertThatThrownBy(
            () ->
                database.useTransaction(
                    handle ->
                        Database.copy(handle, "thing (n)", rows -> rows.row(CopyRows.text("no")))))
        .hasMessage("copy into thing (n) failed");
    assertThat(things()).isEmpty();
  }

  @Test
  void findsItsTablesWhenItStartsAgain() {
    database.useTransaction(handle -> Database.copy(handle, THINGS, rows -> row(rows, 3)));

    try (Database again = new Database(POSTGRES.url())) {
      assertThat(
              again.<List<Integer>>inTransaction(
                  handle -> handle.createQuery("select n from thing").mapTo(Integer.class).list()))
          .containsExactly(3);
    }
  }

  @Test
  void aSnapshotStaysAsItBegan() {
    int[] seen = new int[2];
    try (Database other = new Database(POSTGRES.url())) {
      database.inSnapshot(
          handle -> {
            seen[0] = handle.createQuery(COUNT).mapTo(Integer.class).one();
            other.useTransaction(writer -> writer.execute("insert into thing (n) values (1)"));
            seen[1] = handle.createQuery(COUNT).mapTo(Integer.class).one();
            return seen;
          });
    }

    assertThat(seen).containsExactly(0, 0);
  }

  private static void row(CopyRows rows, int n) {
    rows.row(
        CopyRows.text(""),
        CopyRows.int4(n),
        CopyRows.float4(0),
        CopyRows.bool(false),
        CopyRows.bytes(new byte[0]),
        CopyRows.none());
  }

  /** Without the nulls. */
  private List<Map<String, Object>> things() {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("select name, n, weight, good, bytes::text, more from thing")
                .mapToMap()
                .map(
                    row -> {
                      row.values().removeIf(Objects::isNull);
                      return row;
                    })
                .list());
  }
}
