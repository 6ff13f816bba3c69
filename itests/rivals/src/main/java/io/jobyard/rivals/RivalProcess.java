// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The process of a library: does one task and answers with a line of JSON. */
final class RivalProcess {

    /** Workers, submitters, and what the library looks after. */
    private static final int CONNECTIONS = 12;

    private RivalProcess() {}

    /**
     * Reads the database's password from standard input.
     *
     * @param arguments library, database's address, task, how many jobs
     */
    public static void main(String[] arguments) throws Exception {
        BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl(arguments[1]);
        settings.setUsername(Postgres.USER);
        settings.setPassword(asked.readLine());
        settings.setMaximumPoolSize(CONNECTIONS);
        int jobs = Integer.parseInt(arguments[3]);
        Runs runs = new Runs(jobs);
        try (HikariDataSource database = new HikariDataSource(settings);
                Rival rival = Library.valueOf(arguments[0]).on(database, runs)) {
            String answer = new ObjectMapper()
                    .writeValueAsString(new Measurement(rival, runs, jobs).of(Task.valueOf(arguments[2])));
            System.out.println(answer);
        }
    }
}
