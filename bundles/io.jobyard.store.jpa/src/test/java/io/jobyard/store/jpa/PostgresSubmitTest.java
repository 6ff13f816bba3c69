// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.JobId;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.testkit.store.Draft;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The function of the database by which applications submit, as a role that may do nothing else. */
@Timeout(120)
class PostgresSubmitTest {

    private static final String SUBMIT = "SELECT %s.submit('echo', '{\"n\": 1}')";

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();
    private final String schema = url.substring(url.indexOf('=') + 1);
    private final String role = "shop_" + schema;
    private final List<String> tables = new ArrayList<>();
    private PostgresStore store;
    private Connection shop;

    @BeforeEach
    void open() throws SQLException {
        store = new PostgresStore(folder, server, url, new HostCandidate("here:1", "", Duration.ofSeconds(30)));
        store.awaitElection();
        server.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'secret'");
        server.execute("GRANT USAGE ON SCHEMA " + schema + " TO " + role);
        server.execute("GRANT EXECUTE ON FUNCTION " + schema + ".submit TO " + role);
        shop = DriverManager.getConnection(url, role, "secret");
        try (Connection owner = server.connect(url);
                ResultSet rows = owner.getMetaData().getTables(null, schema, "%", new String[] {"TABLE", "VIEW"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        shop.close();
        store.close();
        server.execute("DROP OWNED BY " + role);
        server.execute("DROP ROLE " + role);
    }

    private JobId ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return new JobId(rows.getObject(1, UUID.class));
        }
    }

    private JobId submit() throws SQLException {
        return ask(shop, SUBMIT.formatted(schema));
    }

    private JobId submit(String key) throws SQLException {
        return ask(shop, "SELECT " + schema + ".submit('echo', '{}', '{\"key\": \"" + key + "\"}')");
    }

    private List<InboxEntry> waiting() {
        return store.submissions().waiting(100, 1_000_000);
    }

    @Test
    void whatIsSubmittedWaitsOnceTheCallerHasCommitted() throws SQLException {
        shop.setAutoCommit(false);
        JobId id = submit();
        assertThat(waiting()).isEmpty();
        shop.commit();
        assertThat(waiting()).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo(id);
            assertThat(entry.submitter()).isEqualTo(role);
            assertThat(entry.specification()).isEqualTo("{\"type\": \"echo\", \"payload\": {\"n\": 1}}");
        });
        submit();
        shop.rollback();
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void idsAreOfVersion7AndOfTheTimeOfTheCall() throws SQLException {
        Instant before = Instant.now().minusMillis(1);
        List<JobId> ids = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            ids.add(submit());
        }
        assertThat(ids).doesNotHaveDuplicates().isSorted().allSatisfy(id -> {
            assertThat(id.value().version()).isEqualTo(7);
            assertThat(id.value().variant()).isEqualTo(2);
            assertThat(Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16))
                    .isBetween(before, Instant.now());
        });
        assertThat(waiting()).extracting(InboxEntry::id).containsExactlyElementsOf(ids);
    }

    @Test
    void aKeyOfAJobThatHasNotEndedGivesItsId() throws SQLException {
        JobId first = submit("mail");
        assertThat(submit("mail")).isEqualTo(first);
        assertThat(submit("other")).isNotEqualTo(first);
        assertThat(waiting()).hasSize(2);
        store.submissions()
                .admit(
                        waiting().get(0),
                        Draft.job().id(first).submitter(role).key("mail").admitted())
                .join();
        assertThat(submit("mail")).isEqualTo(first);
        assertThat(waiting()).hasSize(1);
        try (Connection owner = server.connect(url)) {
            assertThat(ask(owner, "SELECT submit('echo', '{}', '{\"key\": \"mail\"}')"))
                    .as("another submitter's key is another")
                    .isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NULL, '{}' | type must be",
                "'two words', '{}' | type must be",
                "'echo', NULL | payload must be a JSON object",
                "'echo', '[1]' | payload must be a JSON object",
                "'echo', '{}', NULL | options must be a JSON object",
                "'echo', '{}', '2' | options must be a JSON object",
                "'echo', '{}', '{\"type\": \"sleep\"}' | options must not hold type",
                "'echo', '{}', jsonb_build_object('key', repeat('k', 201)) | key must have"
            })
    void whatTheDatabaseSeesIsRefusedAtOnce(String arguments, String why) {
        assertThatThrownBy(() -> ask(shop, "SELECT " + schema + ".submit(" + arguments + ")"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"))
                .hasMessageContaining(why);
    }

    @Test
    void theRoleNeitherReadsNorWritesAnyTable() throws SQLException {
        assertThat(tables).contains("job", "submission", "refused_submission", "job_history");
        for (String table : tables) {
            for (String sql : List.of("SELECT 1 FROM %s", "DELETE FROM %s", "INSERT INTO %s DEFAULT VALUES")) {
                try (Statement statement = shop.createStatement()) {
                    assertThatThrownBy(() -> statement.execute(sql.formatted(schema + "." + table)))
                            .isInstanceOf(SQLException.class)
                            .hasMessageMatching("(?s).*(permission denied|cannot (delete from|insert into) view).*");
                }
            }
        }
        assertThatThrownBy(() -> ask(shop, "SELECT nextval('" + schema + ".submission_number_seq')"))
                .hasMessageContaining("permission denied");
        try (Statement statement = shop.createStatement()) {
            assertThatThrownBy(() -> statement.execute("CREATE TABLE " + schema + ".mine (id INT)"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void nobodyPassesForAnother() throws SQLException {
        String group = "group_" + schema;
        server.execute("CREATE ROLE " + group);
        try {
            server.execute("GRANT USAGE ON SCHEMA " + schema + " TO " + group);
            server.execute("GRANT EXECUTE ON FUNCTION " + schema + ".submit TO " + group);
            server.execute("GRANT " + group + " TO " + role);
            try (Statement statement = shop.createStatement()) {
                statement.execute("SET ROLE " + group);
                submit();
                statement.execute("RESET ROLE");
                assertThatThrownBy(() -> statement.execute("SET SESSION AUTHORIZATION " + PostgresServer.USER))
                        .hasMessageContaining("permission denied");
                statement.execute("CREATE TEMPORARY TABLE submission (id UUID, submitter TEXT, job_key TEXT,"
                        + " specification TEXT)");
                statement.execute("CREATE TEMPORARY TABLE live_key (submitter TEXT, job_key TEXT, job_id BYTEA)");
                statement.execute(
                        "INSERT INTO live_key VALUES ('" + role + "', 'mail', decode(repeat('00', 16), 'hex'))");
                submit("mail");
            }
            assertThat(waiting()).hasSize(2).allMatch(entry -> entry.submitter().equals(role));
        } finally {
            server.execute("DROP OWNED BY " + group);
            server.execute("DROP ROLE " + group);
        }
    }

    @Test
    void aRoleWithoutTheGrantMayNotSubmit() throws SQLException {
        server.execute("REVOKE EXECUTE ON FUNCTION " + schema + ".submit FROM " + role);
        assertThatThrownBy(this::submit).hasMessageContaining("permission denied for function submit");
    }
}
