// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementMessageTest {

    private static final String INSERT = "INSERT INTO job (id, name, total, done) VALUES (?,?,?,?)";
    private static final String UPDATE = "UPDATE job SET name = ? WHERE id = ?";
    private static final String ANY = "SELECT 1 FROM job WHERE name = ?";

    private final PostgresDialect dialect = new PostgresDialect();
    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();
    private Connection connection;
    private Session session;

    @BeforeEach
    void open() throws SQLException {
        connection = server.connect(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE job (id INT PRIMARY KEY, name VARCHAR(200), total BIGINT, done BOOLEAN)");
        }
        connection.setAutoCommit(false);
        session = new Session(connection, dialect.messages().orElseThrow());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void insert(int id) throws SQLException {
        session.batch(INSERT)
                .number(id)
                .text(id % 2 == 0 ? null : "n" + id)
                .number(1L << 40)
                .truth(true)
                .add();
    }

    private List<String> names() throws SQLException {
        try (Connection other = server.connect(url)) {
            return new Session(other)
                    .list("SELECT id, name FROM job ORDER BY id", row -> row.getInt(1) + row.getString(2));
        }
    }

    @Test
    void isStoredByACommitInTheSameMessage() throws SQLException {
        insert(1);
        session.batch(INSERT).later();
        assertThat(names()).isEmpty();
        assertThat(session.commitFinding(ANY, "n1")).isTrue();
        assertThat(names()).containsExactly("1n1");
    }

    @Test
    void tellsOfEachRowWhetherItHasChangedOne() throws SQLException {
        insert(1);
        insert(2);
        session.batch(INSERT).later();
        StatementBatch update = session.batch(UPDATE);
        for (int id : new int[] {1, 7, 2}) {
            update.text("x").number(id).add();
        }
        assertThat(update.run()).containsExactly(1, 0, 1);
        for (int id = 0; id < 9; id++) {
            update.text("y").number(id).add();
        }
        assertThat(update.run()).containsExactly(0, 1, 1, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void anErrorInTheMiddleUndoesTheRestToo() throws SQLException {
        insert(1);
        insert(1);
        insert(3);
        session.batch(INSERT).later();
        assertThatThrownBy(() -> session.commitFinding(ANY, "n1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(dialect.isUndone(e)).isTrue());
        assertThat(names()).isEmpty();
    }

    @Test
    void answersBeforeItCommits() throws SQLException {
        insert(1);
        session.batch(INSERT).later();
        List<Boolean> found = new ArrayList<>();
        session.finds(ANY, found::add, "n1");
        session.finds(
                ANY,
                isFound -> {
                    throw new SQLException("not without it");
                },
                "n2");
        assertThatThrownBy(() -> session.commitFinding(ANY, "n1")).hasMessage("not without it");
        assertThat(found).containsExactly(true);
        connection.rollback();
        assertThat(names()).isEmpty();
    }

    @Test
    void takesManyNewRowsAsArrays() throws SQLException {
        for (int id = 0; id < 100; id++) {
            insert(id);
        }
        assertThat(session.batch(INSERT).run()).hasSize(100).containsOnly(1);
        session.commit();
        assertThat(names()).hasSize(100).startsWith("0null", "1n1", "2null");
    }

    @Test
    void aQuestionSeesWhatWasCollected() throws SQLException {
        insert(5);
        session.batch(INSERT).later();
        assertThat(session.list(ANY, row -> row.getInt(1), "n5")).hasSize(1);
    }
}
