// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.store.api.StatementMessages.ArrayStatement;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.jdbc.DataSourceFactory;

class PostgresMessagesTest {

    private static final String UPDATE = "UPDATE word SET text = ?, version = ? WHERE id = ? AND version = ?";
    private static final List<JDBCType> TYPES =
            List.of(JDBCType.VARCHAR, JDBCType.INTEGER, JDBCType.VARBINARY, JDBCType.INTEGER);

    private final PostgresServer server = PostgresServer.shared();
    private final PostgresMessages messages = new PostgresMessages();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        PostgresDialect dialect = new PostgresDialect();
        Properties properties = new Properties();
        properties.putAll(Map.of(
                DataSourceFactory.JDBC_URL,
                server.newSchema(),
                DataSourceFactory.JDBC_USER,
                PostgresServer.USER,
                DataSourceFactory.JDBC_PASSWORD,
                server.password()));
        connection = dialect.sources().createDataSource(properties).getConnection();
        dialect.prepareForChanges(connection);
        execute("CREATE TABLE word (id BYTEA PRIMARY KEY, version INT NOT NULL, text VARCHAR(20))");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private ArrayStatement update() {
        return messages.forRows(UPDATE, TYPES).orElseThrow();
    }

    private PreparedStatement prepare(ArrayStatement statement, List<JDBCType> types, List<List<?>> columns)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement.sql());
        int position = 0;
        for (int column : statement.columns()) {
            prepared.setArray(++position, messages.array(connection, types.get(column), columns.get(column)));
        }
        return prepared;
    }

    private static byte[] id(int number) {
        return new byte[] {(byte) number};
    }

    @Test
    void newRowsComeFromArraysNullAmongThem() throws SQLException {
        ArrayStatement insert = messages.forRows(
                        "INSERT INTO word (id, version, text) VALUES (?,?,?)",
                        List.of(JDBCType.VARBINARY, JDBCType.INTEGER, JDBCType.VARCHAR))
                .orElseThrow();
        List<JDBCType> types = List.of(JDBCType.VARBINARY, JDBCType.INTEGER, JDBCType.VARCHAR);
        String odd = "{\"a\\\\b', NULL}";
        try (PreparedStatement rows = prepare(
                insert, types, List.of(List.of(id(1), id(2), id(3)), List.of(1, 2, 3), Arrays.asList(odd, null, "")))) {
            assertThat(rows.executeUpdate()).isEqualTo(3);
        }
        assertThat(texts()).containsExactly(odd, null, "");
    }

    @Test
    void anUpdateTellsWhichRowsItChanged() throws SQLException {
        execute("INSERT INTO word SELECT decode(lpad(to_hex(n), 2, '0'), 'hex'), 1, '' FROM generate_series(1, 3) n");
        execute("UPDATE word SET version = 7 WHERE id = '\\x02'");
        List<Integer> changed = new ArrayList<>();
        try (PreparedStatement rows = prepare(
                        update(),
                        TYPES,
                        List.of(
                                List.of("c", "b", "none", "a"),
                                List.of(2, 2, 2, 2),
                                List.of(id(3), id(2), id(9), id(1)),
                                List.of(1, 1, 1, 1)));
                ResultSet numbers = rows.executeQuery()) {
            while (numbers.next()) {
                changed.add(numbers.getInt(1));
            }
        }
        assertThat(update().isNumbered()).isTrue();
        assertThat(changed).containsExactlyInAnyOrder(1, 4);
        assertThat(texts()).containsExactly("a", "", "c");
    }

    private List<String> texts() throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT text FROM word ORDER BY id")) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    @Test
    void whatIsNotFoundByAnIdHasNoArrays() {
        assertThat(messages.forRows("DELETE FROM timer WHERE due_at = ?", List.of(JDBCType.BIGINT)))
                .isEmpty();
        assertThat(messages.forRows("UPDATE sealed SET seal = ? WHERE incarnation = ?", TYPES))
                .isEmpty();
    }

    /** A plan that is made while the table is small stays when it has grown: it must look for the ids of the list alone. */
    @Test
    void anUpdateLooksForItsIdsAloneHoweverLargeTheTableWasWhenItWasPlanned() throws SQLException {
        looksForIdsAlone("that was never analysed");
        execute("INSERT INTO word SELECT decode(md5(n::text), 'hex'), 1, '' FROM generate_series(1, 20) n");
        execute("ANALYZE word");
        looksForIdsAlone("of 20 rows");
        execute("INSERT INTO word SELECT decode(md5(n::text), 'hex'), 1, '' FROM generate_series(21, 50000) n");
        execute("ANALYZE word");
        looksForIdsAlone("of 50,000 rows");
    }

    private void looksForIdsAlone(String table) throws SQLException {
        execute("DEALLOCATE ALL");
        StringBuilder sql = new StringBuilder("PREPARE change AS ");
        int next = 0;
        for (char each : update().sql().toCharArray()) {
            sql.append(each == '?' ? "$" + ++next : String.valueOf(each));
        }
        execute(sql.toString());
        StringBuilder plan = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN EXECUTE change('{}', '{}', '{}', '{}', '{}')")) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        assertThat(plan.toString())
                .as(table)
                .doesNotContain("Seq Scan")
                .containsPattern("(Index|Bitmap Index) Scan (using|on) word_pkey.*\\n *Index Cond: \\(.*\\bid = ");
    }
}
