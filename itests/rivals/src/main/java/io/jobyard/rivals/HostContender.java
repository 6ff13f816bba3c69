// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.benchmarks.CodeLocation;
import io.jobyard.benchmarks.MeasuredHost;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The built host with its default settings, on Derby or on another database. */
final class HostContender implements Contender {

    private final Path program;
    private final Path directory;
    private final @Nullable Postgres postgres;
    private int started;

    /** @param postgres the server; null for the host's own Derby */
    HostContender(Path program, Path directory, @Nullable Postgres postgres) {
        this.program = program;
        this.directory = directory;
        this.postgres = postgres;
    }

    @Override
    public String title() {
        return "Jobyard, " + (postgres == null ? "Derby" : postgres.title());
    }

    @Override
    public Session open() throws Exception {
        Path instance = directory.resolve((postgres == null ? "derby-host" : "postgres-host") + ++started);
        Databases.Empty database = postgres == null ? embedded(instance) : postgres.create();
        MeasuredHost host = MeasuredHost.at(program, instance);
        if (postgres != null) {
            host.configure(
                    "io.jobyard.store",
                    "url = " + database.url() + "\nuser = " + Postgres.USER + "\npassword = " + database.password());
        }
        host.startWith(CodeLocation.of(MeasuredHost.class));
        return new HostSession(host, database);
    }

    private static Databases.Empty embedded(Path instance) {
        return new Databases.Empty(
                "", "", () -> new Usage(0, 0, Usage.diskBytes(instance.resolve("data/db"))), () -> {});
    }

    private record HostSession(MeasuredHost host, Databases.Empty database) implements Session {

        @Override
        public Done submit(int jobs, int threads, int batch) throws Exception {
            return measured(jobs, "submit", jobs, threads, batch, Commands.BYTES);
        }

        @Override
        public Done drain(int jobs) throws Exception {
            return measured(jobs, "drain", jobs);
        }

        @Override
        public Done work(int jobs, int threads) throws Exception {
            return measured(jobs, "work", jobs, threads, 1, Commands.BYTES);
        }

        private Done measured(int jobs, String command, Object... arguments) throws Exception {
            return Done.of(host.measure(command, arguments), jobs);
        }

        @Override
        public Done latency(int jobs, long everyMillis) throws Exception {
            JsonNode seen = host.ask("latency", jobs, everyMillis, Commands.BYTES);
            return new Done(
                    jobs, 0, 0, seen.get("p50").asDouble(), seen.get("p99").asDouble());
        }

        @Override
        public Usage usage() throws Exception {
            return database.usage();
        }

        @Override
        public void close() throws IOException {
            host.close();
            database.close();
        }
    }
}
