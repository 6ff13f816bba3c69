// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.LogLine;
import io.jobyard.api.Progress;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.handler.AsyncStep;
import io.jobyard.api.handler.Callback;
import io.jobyard.api.handler.ChildJob;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.Step;
import io.jobyard.api.handler.TypeOf;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.text.StackLines;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Context of a run for its handler. */
final class RunContext implements JobContext {

    final RunTexts texts = new RunTexts();
    private final Run run;
    private final Handler handler;
    private final RunServices host;
    private final Clock clock;
    private final RunInputs inputs;
    private final ReportedUsage usage;
    private final RunExtension extension;
    private final RunSteps steps;
    private final RunWaits waits;
    private final ChildWaits children;
    private final RunSubmits submits;
    private volatile UnaryOperator<String> secrets = NoSecrets::refuse;
    private volatile @Nullable AsyncWork stage;

    /** @param longestRun returns the longest duration to which the handler may extend the run */
    RunContext(Run run, Handler handler, RunServices host, Supplier<Duration> longestRun) {
        this.run = run;
        this.handler = handler;
        this.host = host;
        this.clock = host.time().clock();
        inputs = new RunInputs(run, handler.payloads, host.stores().reads());
        usage = new ReportedUsage(run, handler, host);
        extension = new RunExtension(run, longestRun, clock);
        WorkStore store = host.stores().work();
        StepPositions positions = new StepPositions(run, store, handler.isAsync());
        StepKeeper keeper = new StepKeeper(run, store, host.outputs(), clock, this::endStream);
        StepValues values = new StepValues(run, store, handler, host.limits(), texts);
        steps = new RunSteps(run, positions, new StepCalls(run, host.queue()), values, keeper, host, texts);
        waits = new RunWaits(run, store, positions, values, keeper);
        children = new ChildWaits(run, host, positions, values, keeper, waits);
        submits = new RunSubmits(run, host, positions, values, keeper);
    }

    /** Returns the run. Each call of a handler counts as a heartbeat. */
    private Run live() {
        run.signs().give();
        return run;
    }

    /** Continues the handler's work without its thread. */
    void goesOnWith(CompletionStage<Map<String, Object>> work) {
        stage = new AsyncWork(steps.async.cancellable(work));
    }

    @Nullable
    AsyncWork stage() {
        return stage;
    }

    void begins() {
        host.queue().begun(run.id());
    }

    @Override
    public Job job() {
        return live().assignment.stored().job();
    }

    @Override
    public Map<String, Object> payload() {
        live();
        return inputs.payload();
    }

    @Override
    public <T> T payload(TypeOf<T> type) {
        return payload(type.type());
    }

    /** Converts the payload to a type of the handler. */
    <T> T payload(Type type) {
        live();
        return inputs.payload(type);
    }

    @Override
    public Map<String, Object> result(Object value) {
        live();
        return handler.results.object(value, host.limits().maxResultBytes());
    }

    @Override
    public String secret(String name) {
        run.during("secret", () -> {});
        return secrets.apply(name); // not under the run's lock, because it reads a file
    }

    void takeSecretsFrom(UnaryOperator<String> source) {
        secrets = source;
    }

    @Override
    public int run() {
        return job().state().run().number();
    }

    @Override
    public int attempt() {
        return job().state().run().attempt();
    }

    @Override
    public Map<JobId, Map<String, Object>> dependencyResults() {
        live();
        return inputs.dependencyResults();
    }

    @Override
    public <T> Map<JobId, T> dependencyResults(TypeOf<T> type) {
        live();
        return inputs.dependencyResults(type.type());
    }

    @Override
    public String redact(String text) {
        live();
        return texts.whole(text);
    }

    @Override
    public void progress(long done, long total, String text) {
        String told = texts.line(text);
        run.during("progress", () -> run.progress(new Progress(done, total, told, clock.instant())));
    }

    @Override
    public void log(String text) {
        String told = texts.line(text);
        run.during("log", () -> run.lines.add(new LogLine(clock.instant(), run(), StackLines.asNone(told))));
    }

    @Override
    public void used(String unit, double amount) {
        usage.used(unit, amount);
    }

    @Override
    public void remaining(String unit, double left, Instant until) {
        usage.remaining(unit, left, until);
    }

    @Override
    public void overloaded() {
        usage.overloaded();
    }

    @Override
    public boolean isBudgetLow(String unit) {
        return usage.isBudgetLow(unit);
    }

    void replacePayload(Map<String, Object> other) {
        inputs.replace(other, host.limits().maxPayloadBytes());
    }

    /** Sets the migrated payload, for the interceptors and the handler. */
    void migrated(String json) {
        inputs.migrate(json);
    }

    /** Stores the stack trace of the failure with the job. Throws no exception, because the outcome follows. */
    void keepStack(Throwable thrown) {
        Instant now = clock.instant();
        texts.stack(thrown).forEach(piece -> run.lines.add(StackLines.of(now, run(), piece)));
    }

    @Override
    public boolean cancelled() {
        return live().ending() != null;
    }

    @Override
    public Optional<EndReason> endReason() {
        return Optional.ofNullable(live().ending());
    }

    @Override
    public Instant endsBy() {
        return live().endsBy();
    }

    @Override
    public Instant extend(Duration more) {
        return extension.extend(more);
    }

    @Override
    public void heartbeat() {
        live();
    }

    @Override
    public void emit(String text) {
        if (text.length() > WorkStore.MAX_STREAM_CHARACTERS) {
            throw new PermanentException("emit(…) received " + text.length()
                    + " characters; a job's stream can have at most " + WorkStore.MAX_STREAM_CHARACTERS);
        }
        tell(texts.emitted(text));
    }

    /** Emits the withheld rest of the stream, because the handler has ended, or the output is stored with a step. */
    void endStream() {
        tell(texts.lastEmitted());
    }

    private void tell(String text) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<StreamPiece> pieces = EmittedText.pieces(text).stream()
                .map(piece -> new StreamPiece(0, run(), now, piece))
                .toList();
        if (!pieces.isEmpty()) {
            host.outputs().streams().emit(run, pieces);
        }
    }

    @Override
    public <T> T step(Step<T> step) throws Exception {
        return steps.step(step);
    }

    @Override
    public <T> List<T> steps(List<Step<T>> all, int parallelism) throws Exception {
        return steps.steps(all, parallelism);
    }

    @Override
    public <T> CompletionStage<T> stepAsync(AsyncStep<T> step) {
        return steps.async.step(step);
    }

    @Override
    public <T> CompletionStage<List<T>> stepsAsync(List<AsyncStep<T>> all, int parallelism) {
        return steps.async.steps(all, parallelism);
    }

    @Override
    public void sleep(Duration duration) {
        waits.sleep(duration);
    }

    @Override
    public <T> Optional<T> signal(String name, TypeOf<T> type, Duration atMost) {
        return waits.signal(name, type, atMost);
    }

    @Override
    public List<ChildJob> children(List<JobSpecification> specifications) {
        return children.children(specifications);
    }

    @Override
    public JobId submit(JobSpecification specification) {
        return submits.submit(specification);
    }

    @Override
    public Callback callback(Duration atMost) {
        return waits.callback(atMost);
    }
}
