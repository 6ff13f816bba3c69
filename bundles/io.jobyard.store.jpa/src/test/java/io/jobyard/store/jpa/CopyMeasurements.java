// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.derby.EmbeddedDerby;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.osgi.service.jdbc.DataSourceFactory;

/** How long a store of many jobs takes for the new layout, and how much disk meanwhile. Not a test: {@code main FOLDER JOBS}. */
final class CopyMeasurements {

    private static final int BEFORE = 5;
    private static final double MEGABYTE = 1e6;

    private CopyMeasurements() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int jobs = Integer.parseInt(arguments[1]);
        try (EmbeddedDerby derby = new EmbeddedDerby(folder)) {
            Properties properties = new Properties();
            properties.setProperty(DataSourceFactory.JDBC_URL, "jdbc:derby:" + folder.resolve("db") + ";create=true");
            try (Connection connection =
                    derby.sources().createDataSource(properties).getConnection()) {
                new Schema(connection, derby.dialect(), step -> {}).migrate(BEFORE);
                fill(connection, jobs);
                say(folder, "filled", System.nanoTime());
                long begun = System.nanoTime();
                new Schema(connection, derby.dialect(), said -> say(folder, said, begun)).migrate();
                say(folder, "done", begun);
            }
        }
    }

    /** As a store has them after a while: most are completed, one in twenty is queued. */
    private static void fill(Connection connection, int jobs) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO incarnation (id, host, started_at, lease_until, number)"
                    + " VALUES (X'00000000000000000000000000000001', 'here:1', 0, 0, 1)");
        }
        String payload = "{\"text\":\"" + "x".repeat(190) + "\"}";
        Random random = new Random(1);
        try (PreparedStatement row = connection.prepareStatement(
                "INSERT INTO job (id, submitter, created_at, type, queue, priority, timeout_millis, max_retries,"
                        + " if_dependency_fails, status, run, attempt, changed_at, started_at, completed_at, host, version,"
                        + " pending, losses, lane, ready_at, payload, result, ran_in)"
                        + " VALUES (?,'root',0,'echo',NULL,5,60000,3,'fail',?,1,1,1,1,1,'here:1',3,0,0,?,1,?,?,'default')")) {
            for (int n = 0; n < jobs; n++) {
                boolean queued = n % 20 == 0;
                row.setBytes(1, Ids.bytes(new UUID(((long) n << 16) | 0x7000, random.nextLong())));
                row.setString(2, queued ? "queued" : "completed");
                row.setObject(3, queued ? 1 : null, java.sql.Types.INTEGER);
                row.setString(4, payload);
                row.setString(5, queued ? null : payload);
                row.addBatch();
                if (n % 1000 == 999) {
                    row.executeBatch();
                    connection.commit();
                }
            }
            row.executeBatch();
            connection.commit();
        }
    }

    private static void say(Path folder, String what, long since) {
        System.out.printf(
                "%6.1f s %8.0f MB data %6.0f MB log %5.0f MB memory  %s%n",
                (System.nanoTime() - since) / 1e9,
                bytes(folder.resolve("db/seg0")) / MEGABYTE,
                bytes(folder.resolve("db/log")) / MEGABYTE,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MEGABYTE,
                what);
    }

    private static long bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
