// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.Progress;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.SizeLimits;
import io.jobyard.api.spi.StackLines;
import io.jobyard.api.spi.limiting.Unit;
import io.jobyard.api.spi.reading.JobReads;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a handler sees of its run. */
final class RunContext implements JobContext {

    /** Where a longer text were cut before its redaction, the cut could leave a part of a secret that nobody knows. */
    private static final int MAX_REDACTED = 100_000;

    private final Run run;
    private final JobReads reads;
    private final QueueManager queue;
    private final RunUses uses;
    private final SizeLimits limits;
    private final Handler handler;
    private final Clock clock;
    private volatile @Nullable Map<String, Object> payload;
    private volatile boolean replaced;
    private volatile @Nullable UnaryOperator<String> redaction;

    RunContext(
            Run run,
            JobReads reads,
            QueueManager queue,
            RunUses uses,
            SizeLimits limits,
            Handler handler,
            Clock clock) {
        this.uses = uses;
        this.limits = limits;
        this.queue = queue;
        this.run = run;
        this.reads = reads;
        this.handler = handler;
        this.clock = clock;
    }

    /** The handler's first line is next. */
    void begins() {
        queue.begun(run.id());
    }

    @Override
    public Job job() {
        return run.assignment.stored().job();
    }

    @Override
    public Map<String, Object> payload() {
        Map<String, Object> read = payload;
        if (read == null) {
            read = handler.payloads.object(run.assignment.payload());
            payload = read;
        }
        return read;
    }

    @Override
    public <T> T payload(Class<T> type) {
        return replaced
                ? handler.payloads.payload(payload(), type)
                : handler.payloads.payload(run.assignment.payload(), type);
    }

    @Override
    public Map<String, Object> result(Object value) {
        return handler.results.object(value, limits.maxResultBytes());
    }

    @Override
    public int run() {
        return job().state().run();
    }

    @Override
    public int attempt() {
        return job().state().attempt();
    }

    @Override
    public Map<JobId, Map<String, Object>> dependencyResults() {
        List<JobId> dependencies = reads.dependencies(job().id());
        Map<JobId, Map<String, Object>> results = new LinkedHashMap<>();
        reads.results(dependencies).forEach((id, result) -> results.put(id, handler.payloads.object(result)));
        return results;
    }

    @Override
    public void progress(long done, long total, String text) {
        String told = redacted(text);
        run.during("progress", () -> run.progress(new Progress(done, total, told, clock.instant())));
    }

    @Override
    public void log(String text) {
        String told = redacted(text);
        run.during("log", () -> run.log(new LogLine(clock.instant(), run(), StackLines.asNone(told))));
    }

    @Override
    public void used(String unit, double amount) {
        if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("used(\"" + unit + "\", " + amount + "): an amount is 0 or more");
        }
        if (!Unit.isName(unit)) {
            throw new IllegalArgumentException("used(\"" + unit + "\", …): a unit is " + Unit.FORM);
        }
        run.during("used", () -> {
            run.use(unit, amount, model());
            uses.keep(run);
        });
        queue.used(
                run.id(), unit,
                amount); // not under the run's lock: the queue asks the runs how much room there is under its own
    }

    /** As the job was submitted, before secrets came into its payload. */
    private @Nullable String model() {
        String known = run.model();
        return known != null ? known : RunUses.model(handler.payloads.object(run.assignment.payload()));
    }

    void replacePayload(Map<String, Object> other) {
        handler.payloads.requirePayload(other, limits.maxPayloadBytes());
        payload = Collections.unmodifiableMap(other);
        replaced = true;
    }

    /** What migrators made of the payload, for the interceptors and the handler. */
    void migrated(String json) {
        payload = handler.payloads.object(json);
        replaced = true;
    }

    void redact(UnaryOperator<String> further) {
        UnaryOperator<String> before = redaction;
        redaction = before == null ? further : text -> further.apply(before.apply(text));
    }

    /** What the run's texts pass through before anybody sees them; null if they may be seen as they are. */
    @Nullable
    UnaryOperator<String> redaction() {
        return redaction;
    }

    /** Where the run failed, for whoever looks at the job later. It throws nothing: the outcome comes after it. */
    void keepStack(Throwable thrown) {
        Instant now = clock.instant();
        stack(thrown).forEach(piece -> run.log(StackLines.of(now, run(), piece)));
    }

    private List<String> stack(Throwable thrown) {
        try {
            Throwable shown = ErrorText.shown(thrown);
            return redaction != null && shown != thrown
                    ? List.of("(withheld: it is too large to look for secrets in)")
                    : StackTrace.pieces(shown, this::redacted);
        } catch (RuntimeException | Error e) {
            return List.of("(withheld: it threw " + e.getClass().getSimpleName() + ")");
        }
    }

    /** For people to read, and no longer than that. Withheld if the redaction cannot tell what of it may be seen. */
    String redacted(String text) {
        UnaryOperator<String> all = redaction;
        if (all == null) {
            return ErrorText.cut(text);
        } else if (text.length() > MAX_REDACTED) {
            return "(withheld: its " + text.length() + " characters are too many to look for secrets in)";
        }
        try {
            return ErrorText.cut(all.apply(text));
        } catch (RuntimeException | Error e) {
            return "(withheld: its redaction threw " + e.getClass().getSimpleName() + ")";
        }
    }

    @Override
    public boolean cancelled() {
        return run.ending() != null;
    }
}
