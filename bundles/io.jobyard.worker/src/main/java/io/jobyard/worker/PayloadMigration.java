// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.HandlerName;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.PayloadHistory;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.SleepException;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.jobs.JobVersions;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.running.JobScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** Conversion of a run's payload to its handler's version, if the payload was made for another version. Used by the threads of runs. */
final class PayloadMigration {

    private static final String WAITS = "waits for a migrator";
    private static final int LONGEST_WAIT_SECONDS = 600;
    private static final int MOST_DOUBLINGS = 10;

    private final MigratorRegistry migrators;
    private final JobReads reads;
    private final JobScheduler scheduler;
    private final SizeLimits limits;
    private final NewerPayload newer;

    PayloadMigration(
            MigratorRegistry migrators, NewerPayload newer, JobReads reads, JobScheduler scheduler, SizeLimits limits) {
        this.newer = newer;
        this.migrators = migrators;
        this.reads = reads;
        this.scheduler = scheduler;
        this.limits = limits;
    }

    /**
     * Migrates the payload of a run if necessary, and records it in the history before the handler begins. For a type without a known
     * migrator, now or at the submit, it checks only payloads of a newer version.
     *
     * @throws PermanentException if a migration is necessary and impossible, or the payload was made for a newer version
     * @throws SleepException if a migrator of the handler's own bundle is unavailable now, or another host has the newer version
     */
    void migrate(Run run, Handler handler, RunContext context) throws InterruptedException {
        JobVersions kept = run.assignment.stored().books().versions();
        Supplier<List<HistoryEvent>> history = () -> reads.history(run.id());
        if (kept.madeFor() != null) {
            Version madeFor = Version.parseVersion(kept.madeFor());
            newer.require(run.assignment.stored().job(), handler, madeFor, reason -> wait(reason, history));
        }
        List<Migrator> all = new ArrayList<>(migrators.of(handler.type));
        Set<Version> forms = all.stream().map(migrator -> migrator.to).collect(Collectors.toSet());
        forms.addAll(handler.migratesTo);
        Stream.ofNullable(kept.form()).map(Version::parseVersion).forEach(forms::add);
        if (forms.isEmpty() && kept.madeFor() == null) {
            return;
        }
        Optional<Version> madeFor = Optional.ofNullable(kept.madeFor())
                .or(() -> PayloadHistory.madeFor(reads.history(run.id())).map(HandlerName::version))
                .map(Version::parseVersion);
        MigrationPath paths = new MigrationPath(forms);
        if (madeFor.isEmpty()) {
            return;
        } else if (!paths.isNeeded(madeFor.get(), handler.version)) {
            requireFitOfNewer(handler, madeFor.get(), run.assignment.payload());
            return;
        }
        all.sort(Comparator.comparing(
                migrator -> migrator.bundleId != handler.bundleId)); // prefers migrators of the handler's own bundle
        Version from = madeFor.get();
        List<Migrator> path =
                paths.find(all, from, handler.version).orElseThrow(() -> noPath(handler, all, from, history));
        String payload = run.assignment.payload();
        for (Migrator migrator : path) {
            payload = step(migrator, run, payload, context, history);
        }
        requireFit(handler, payload, path);
        tell(run, "from " + from + " to " + path.get(path.size() - 1).to + " by " + names(path));
        context.migrated(payload);
    }

    private RuntimeException noPath(
            Handler handler, List<Migrator> all, Version from, Supplier<List<HistoryEvent>> history) {
        Set<Version> missing = new HashSet<>(handler.migratesTo);
        all.stream()
                .filter(migrator -> migrator.bundleId == handler.bundleId)
                .forEach(migrator -> missing.remove(migrator.to));
        missing.removeIf(to -> to.compareTo(from) <= 0 || to.compareTo(handler.version) > 0);
        if (!missing.isEmpty()) {
            return absent("to " + missing.iterator().next() + " that " + handler.bundle + " says it has", history);
        }
        return new PermanentException("the payload was made for " + handler.type + " " + from
                + ", and no migrators convert it"
                + " to " + handler.version + ": register the missing migrators and retry the job, or let"
                + " the job run on " + handler.type + " " + from + "; registered migrators: "
                + (all.isEmpty()
                        ? "none"
                        : all.stream()
                                .map(migrator -> migrator.from + " to " + migrator.to)
                                .distinct()
                                .collect(Collectors.joining(", "))));
    }

    /** Delays the run, because the migrator's bundle is starting or stopping, or its component fails. The delay grows. */
    private static SleepException absent(String which, Supplier<List<HistoryEvent>> history) {
        return new SleepException(WAITS + " " + which, wait(WAITS, history));
    }

    private static Duration wait(String reason, Supplier<List<HistoryEvent>> history) {
        long times = history.get().stream()
                .filter(event -> event.why().startsWith(reason))
                .limit(MOST_DOUBLINGS)
                .count();
        return Duration.ofSeconds(Math.min(1L << times, LONGEST_WAIT_SECONDS));
    }

    private String step(
            Migrator migrator, Run run, String payload, RunContext context, Supplier<List<HistoryEvent>> history)
            throws InterruptedException {
        if (!migrator.runs.enter(run)) {
            throw absent("to " + migrator.to + " that is leaving", history);
        }
        try {
            return migrator.migrate(payload, limits.maxPayloadBytes(), context.texts::line);
        } finally {
            migrator.runs.exit(run);
        }
    }

    /**
     * Checks a handler that is older only by its micro version. No migrator changes the form, but the handler may still need another
     * form.
     */
    private static void requireFitOfNewer(Handler handler, Version madeFor, String payload) {
        if (madeFor.compareTo(handler.version) <= 0) {
            return;
        }
        String problems = problems(handler, payload);
        if (!problems.isEmpty()) {
            throw new PermanentException("the payload was made for " + handler.type + " " + madeFor
                    + ", and does not fit " + handler.version + ": " + problems);
        }
    }

    private static void requireFit(Handler handler, String payload, List<Migrator> path) {
        String problems = problems(handler, payload);
        if (!problems.isEmpty()) {
            throw new PermanentException("what " + names(path) + " made of the payload does not fit " + handler.type
                    + " " + handler.version + ": " + problems);
        }
    }

    private static String problems(Handler handler, String payload) {
        return handler.schema.problems(payload).stream()
                .map(FieldProblem::message)
                .collect(Collectors.joining("; "));
    }

    private static String names(List<Migrator> path) {
        return path.stream().map(Migrator::name).collect(Collectors.joining(", then "));
    }

    private void tell(Run run, String how) throws InterruptedException {
        try {
            scheduler.note(run.assignment, PayloadHistory.MIGRATED + how).get();
        } catch (ExecutionException e) {
            throw new SleepException(
                    "cannot store the migrated payload: "
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
                    Duration.ofSeconds(1));
        }
    }
}
