// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.StoreException;
import io.jobyard.store.api.StoreDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the database up to the schema of this version, by the numbered scripts in {@code schema/}. */
final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    /** The number of the last script. */
    static final int CURRENT = 5;
    /** SQLSTATE's class "syntax error or access rule violation": for a sound statement, a name that is not there or not granted. */
    private static final String NO_SUCH_NAME = "42";

    private final Connection connection;
    private final StoreDialect dialect;
    private final Consumer<String> doing;

    Schema(Connection connection, StoreDialect dialect, Consumer<String> doing) {
        this.connection = connection;
        this.dialect = dialect;
        this.doing = doing;
    }

    /**
     * Takes the steps that are missing, each in a transaction of its own. If it fails, what was not committed is still on the
     * connection, which must be ended.
     */
    void migrate() throws SQLException {
        migrate(CURRENT);
    }

    /** As far as that step. */
    void migrate(int last) throws SQLException {
        connection.setAutoCommit(false);
        Map<Integer, String> taken = taken();
        refuseWhatIsNotOurs(taken);
        for (int step = taken.size() + 1; step <= last; step++) {
            doing.accept("taking step " + step + " of " + last + " of the schema of the database");
            take(step);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private Map<Integer, String> taken() throws SQLException {
        try {
            return read();
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith(NO_SUCH_NAME)) {
                throw e;
            }
            connection.rollback(); // some databases take nothing more after an error
            begin(e);
            return Map.of();
        }
    }

    /** Makes the table that could not be read; if it is there all the same, why it could not be read goes along. */
    private void begin(SQLException unread) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE schema_version (step INT NOT NULL PRIMARY KEY,"
                    + " checksum VARCHAR(64) NOT NULL, taken_at BIGINT NOT NULL)");
        } catch (SQLException e) {
            e.addSuppressed(unread);
            throw e;
        }
    }

    private Map<Integer, String> read() throws SQLException {
        Map<Integer, String> taken = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT step, checksum FROM schema_version")) {
            while (rows.next()) {
                taken.put(rows.getInt(1), rows.getString(2));
            }
        }
        return taken;
    }

    private void refuseWhatIsNotOurs(Map<Integer, String> taken) {
        taken.forEach((step, checksum) -> {
            if (step > CURRENT) {
                throw new StoreException(
                        "the database has schema " + step + ", this Jobyard knows schemas up to " + CURRENT
                                + ": it was written by a newer version; start that one, or restore a backup",
                        null);
            }
            if (!checksum.equals(checksum(script(step)))) {
                throw new StoreException(
                        "step " + step + " of the database's schema is not the one of this Jobyard:"
                                + " it was written by a changed version; start that one, or restore a backup",
                        null);
            }
        });
    }

    private void take(int step) throws SQLException {
        String script = script(step);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(script)) {
                statement.execute(sql);
            }
        }
        try (StatementBatch row = new StatementBatch(
                connection.prepareStatement("INSERT INTO schema_version (step, checksum, taken_at) VALUES (?,?,?)"))) {
            row.number(step).text(checksum(script)).instant(Instant.now()).add();
            row.run();
        }
        connection.commit();
        LOG.info("The database has schema {} now", step);
    }

    private String[] statements(String script) {
        String sql = script.replaceAll("(?m)^--.*$", "");
        for (Map.Entry<String, String> type : dialect.columnTypes().entrySet()) {
            sql = sql.replace("${" + type.getKey() + "}", type.getValue());
        }
        return sql.strip().split(";\\s*");
    }

    private static String script(int step) {
        String name = "/schema/%04d.sql".formatted(step);
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in this bundle");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String checksum(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
