// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The process of a library for Java. Reads commands from its input, and answers each with a line of JSON. */
final class RivalProcess {

    /** Connections for workers, submitters and the library's own threads. */
    private static final int CONNECTIONS = 12;

    private static final int MOST_JOBS = 2_000_000;

    private RivalProcess() {}

    /**
     * Reads the database's password from the first line of the input.
     *
     * @param arguments library, address of the database
     */
    public static void main(String[] arguments) throws Exception {
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(arguments[1]);
        settings.setUsername(Postgres.USER);
        settings.setPassword(asked.readLine());
        settings.setMaximumPoolSize(CONNECTIONS);
        ObjectMapper json = new ObjectMapper();
        Runs runs = new Runs(MOST_JOBS);
        try (HikariDataSource database = new HikariDataSource(settings);
                Rival rival = Library.valueOf(arguments[0]).on(database, runs)) {
            Commands commands = new Commands(rival, runs);
            for (String line = asked.readLine(); line != null; line = asked.readLine()) {
                System.out.println(json.writeValueAsString(commands.run(line)));
            }
        }
    }
}
