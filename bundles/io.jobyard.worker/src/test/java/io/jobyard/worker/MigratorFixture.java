// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.JobStatus;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.MigratesJob;
import io.jobyard.api.handler.PayloadMigrator;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.running.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** Migrators of the type {@code work}, whose handler is 1.0.0 of bundle 1, and a run of a job of it. */
final class MigratorFixture {

    static final long HANDLERS_BUNDLE = 1;

    final WorkerFixture workers = new WorkerFixture();
    private final List<Object> came = new ArrayList<>();

    /** Comes as a service of that bundle. */
    ServiceReference<PayloadMigrator> come(long bundle, String from, String to, PayloadMigrator migrator) {
        ServiceReference<PayloadMigrator> reference =
                reference(bundle, Map.of(MigratesJob.TYPE, "work", MigratesJob.FROM, from, MigratesJob.TO, to));
        workers.migrators.bind(migrator, reference);
        return reference;
    }

    /** Earlier ones rank higher. */
    ServiceReference<PayloadMigrator> reference(long bundle, Map<String, Object> properties) {
        int rank = came.size();
        Bundle owner = Stub.<Bundle>of(Bundle.class)
                .with("getSymbolicName", "com.acme.b" + bundle)
                .with("getVersion", Version.parseVersion("1.0.0"))
                .with("getBundleId", bundle)
                .get();
        ServiceReference<PayloadMigrator> reference = Stub.<ServiceReference<PayloadMigrator>>of(ServiceReference.class)
                .on("getProperty", arguments -> properties.get(arguments[0]))
                .with("getBundle", owner)
                .on("compareTo", other -> Integer.compare(came.indexOf(other[0]), rank))
                .get();
        came.add(reference);
        return reference;
    }

    /** The payload was made for that version. */
    void madeFor(String version) {
        workers.history = List.of(event(null, JobStatus.QUEUED, version, ""));
    }

    /** And then this happened. */
    void then(String why) {
        workers.history = Stream.concat(
                        workers.history.stream(), Stream.of(event(JobStatus.RUNNING, JobStatus.WAITING, null, why)))
                .toList();
    }

    private static HistoryEvent event(@Nullable JobStatus from, JobStatus to, @Nullable String version, String why) {
        HandlerName handler = version == null ? null : new HandlerName(version, "test " + version);
        return new HistoryEvent(
                WorkerFixture.START, "alice", from, to, null, new HistoryEvent.HistoryRun(null, 0, 0, handler), why);
    }

    Outcome run(String payload, JobHandler handler) {
        return run(payload, PayloadSchema.NONE, Set.of(), handler);
    }

    /** Of a handler whose bundle says that it has migrators to these versions. */
    Outcome run(String payload, PayloadSchema schema, Set<Version> migratesTo, JobHandler handler) {
        Handler only = new Handler(
                "work",
                Version.parseVersion("1.0.0"),
                "test 1.0.0",
                HANDLERS_BUNDLE,
                handler,
                new HandlerTerms(schema, Set.of(), migratesTo, RunTerms.NONE, "", Set.of(), null, false));
        workers.handlers.add(only);
        try {
            return workers.execute(workers.run(workers.assignment("work", null, payload)));
        } finally {
            workers.handlers.remove(only);
        }
    }
}
