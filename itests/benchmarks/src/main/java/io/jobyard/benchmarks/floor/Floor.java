// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;

/**
 * A program of one thread that writes the rows of jobs, on the host's database with the host's settings, in batches and
 * a commit for each batch: the rows that the host writes, or the least that any durable queue does.
 * It decides nothing, reads nothing, and knows its jobs: nobody who keeps these rows can be much faster.
 */
public final class Floor {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those of the host's Derby. */
    private static final Map<String, String> SETTINGS = Map.of(
            "derby.storage.logBufferSize", "524288",
            "derby.storage.checkpointInterval", "67108864",
            "derby.storage.logSwitchInterval", "67108864",
            "derby.locks.waitTimeout", "10",
            "derby.locks.deadlockTimeout", "1",
            "derby.storage.indexStats.auto", "true");

    private Floor() {}

    /**
     * Works off lines of standard input, each {@code COUNT BYTES SHAPE JOBS_PER_COMMIT}, and answers each with a line of JSON.
     *
     * @param arguments the URL of an empty database, and for the host's rows its store bundle, which has the schema
     */
    public static void main(String[] arguments) throws Exception {
        SETTINGS.forEach(System::setProperty);
        System.setProperty("derby.stream.error.method", "java.io.OutputStream.nullOutputStream");
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            Dialect dialect = Dialect.of(arguments[0]);
            try (Rows rows = arguments.length == 1
                    ? new QueueRows(connection, dialect)
                    : hostRows(connection, dialect, Path.of(arguments[1]))) {
                connection.setAutoCommit(false);
                serve(new Round(connection, rows));
            }
            connection.rollback();
        }
    }

    private static Rows hostRows(Connection connection, Dialect dialect, Path storeBundle) throws Exception {
        new BaselineSchema(dialect).create(connection, storeBundle);
        return new HostRows(connection, dialect);
    }

    private static void serve(Round round) throws Exception {
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            String[] words = line.split(" ");
            System.out.println(JSON.writeValueAsString(round.run(
                    Integer.parseInt(words[0]),
                    Integer.parseInt(words[1]),
                    Shape.valueOf(words[2]),
                    Integer.parseInt(words[3]))));
        }
    }
}
