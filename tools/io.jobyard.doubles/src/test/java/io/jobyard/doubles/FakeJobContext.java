// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.handler.AsyncStep;
import io.jobyard.api.handler.Callback;
import io.jobyard.api.handler.CallbackFailedException;
import io.jobyard.api.handler.ChildJob;
import io.jobyard.api.handler.EndReason;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.SleepException;
import io.jobyard.api.handler.Step;
import io.jobyard.api.handler.TypeOf;
import io.jobyard.spi.redaction.SecretRedactor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A run without a host, its first attempt if a test does not say otherwise. */
public final class FakeJobContext implements JobContext {

    public int attempt = 1;
    public boolean cancelled;
    public @Nullable EndReason endReason;
    public Instant endsBy = Instant.MAX;
    public int heartbeats;
    /** What the handler asked for; {@link #endsBy} stays. */
    public final List<Duration> extended = new ArrayList<>();
    /** Null until a test has set it. */
    public @Nullable Job job;

    /** The jobs it submitted without waiting for them. */
    public final List<JobSpecification> submitted = new ArrayList<>();

    /** How a child ends. */
    public Function<JobSpecification, ChildJob> child = specification -> {
        throw new Unexpected("JobContext.children", "set child");
    };

    /** What the host gives by name. */
    public final Map<String, String> secrets = new HashMap<>();

    /** What steps gave, by name; what a test puts there an earlier run has stored. */
    public final Map<String, @Nullable Object> steps = new LinkedHashMap<>();

    public final StringBuilder emitted = new StringBuilder();
    /** Each sleep is over at once. */
    public final List<Duration> slept = new ArrayList<>();

    public final Map<JobId, Map<String, Object>> dependencyResults = new LinkedHashMap<>();
    /** Each such as {@code 1/2 half}. */
    public final List<String> progress = new ArrayList<>();

    public final List<String> log = new ArrayList<>();
    /** Each such as {@code tokens 2.0}. */
    public final List<String> used = new ArrayList<>();

    /** Each such as {@code tokens 2.0 until 2030-01-01T00:00:00Z}. */
    public final List<String> remaining = new ArrayList<>();
    /** How often a provider refused a call because of its load. */
    public int overloads;
    /** The units whose budgets are past their warning threshold. */
    public final Set<String> lowBudgets = new HashSet<>();

    private final Map<String, Object> payload;
    /** A signal that is not given does not come in time. */
    private final Map<String, Deque<Object>> signals = new HashMap<>();

    private int callbacks;

    public FakeJobContext(Map<String, Object> payload) {
        this.payload = payload;
    }

    public FakeJobContext(Map<String, Object> payload, int attempt) {
        this.payload = payload;
        this.attempt = attempt;
    }

    @Override
    public Job job() {
        if (job == null) {
            throw new Unexpected("JobContext.job", "set job");
        }
        return job;
    }

    @Override
    public Map<String, Object> payload() {
        return payload;
    }

    @Override
    public <T> T payload(TypeOf<T> type) {
        return converted(payload, type);
    }

    private static <T> T converted(Object value, TypeOf<T> type) {
        ObjectMapper json = new ObjectMapper();
        return json.convertValue(value, json.constructType(type.type()));
    }

    @Override
    public Map<String, Object> result(Object value) {
        throw new Unexpected("JobContext.result", "this double makes no results of records");
    }

    @Override
    public String secret(String name) {
        String secret = secrets.get(name);
        if (secret == null) {
            throw new RetryableException("secret " + name + " is none of the test's", Duration.ofSeconds(30), null);
        }
        return secret;
    }

    @Override
    public String redact(String text) {
        SecretRedactor redactor = new SecretRedactor();
        secrets.forEach((name, secret) -> redactor.add(secret, "${secret:" + name + "}"));
        return redactor.redact(text);
    }

    @Override
    public int run() {
        return 1;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Map<JobId, Map<String, Object>> dependencyResults() {
        return dependencyResults;
    }

    @Override
    public <T> Map<JobId, T> dependencyResults(TypeOf<T> type) {
        Map<JobId, T> results = new LinkedHashMap<>();
        dependencyResults.forEach((id, result) -> results.put(id, converted(result, type)));
        return results;
    }

    @Override
    public void progress(long done, long total, String text) {
        progress.add(done + "/" + total + " " + text);
    }

    @Override
    public void log(String text) {
        log.add(text);
    }

    @Override
    public void used(String unit, double amount) {
        used.add(unit + " " + amount);
    }

    @Override
    public void remaining(String unit, double left, Instant until) {
        remaining.add(unit + " " + left + " until " + until);
    }

    @Override
    public void overloaded() {
        overloads++;
    }

    @Override
    public boolean isBudgetLow(String unit) {
        return lowBudgets.contains(unit);
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public Optional<EndReason> endReason() {
        return Optional.ofNullable(endReason);
    }

    @Override
    public Instant endsBy() {
        return endsBy;
    }

    @Override
    public Instant extend(Duration more) {
        extended.add(more);
        return endsBy;
    }

    @Override
    public void heartbeat() {
        heartbeats++;
    }

    @Override
    public void emit(String text) {
        emitted.append(text);
    }

    @Override
    public <T> T step(Step<T> step) throws Exception {
        if (!steps.containsKey(step.name())) {
            steps.put(step.name(), tried(step, step.retries()));
        }
        return value(step.name(), step.type());
    }

    @SuppressWarnings(
            "unchecked") // the class is checked; a test gives values that match the parameters of a generic type
    private <T> T value(String step, Type type) {
        Object value = steps.get(step);
        Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        return (T) (raw instanceof Class<?> known ? known.cast(value) : value);
    }

    private static <T> T tried(Step<T> step, int retries) throws Exception {
        try {
            return step.work().call();
        } catch (PermanentException | RateLimitedException | SleepException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (retries == 0) {
                throw e;
            }
            return tried(step, retries - 1);
        }
    }

    @Override
    public <T> List<T> steps(List<Step<T>> all, int parallelism) throws Exception {
        List<T> values = new ArrayList<>();
        for (Step<T> step : all) {
            values.add(step(step));
        }
        return values;
    }

    @Override
    public <T> CompletionStage<T> stepAsync(AsyncStep<T> step) {
        if (steps.containsKey(step.name())) {
            return CompletableFuture.completedFuture(value(step.name(), step.type()));
        }
        try {
            return step.work().call().thenApply(value -> {
                steps.put(step.name(), value);
                return value;
            });
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public <T> CompletionStage<List<T>> stepsAsync(List<AsyncStep<T>> all, int parallelism) {
        List<CompletableFuture<T>> values =
                all.stream().map(step -> stepAsync(step).toCompletableFuture()).toList();
        return CompletableFuture.allOf(values.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> values.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public void sleep(Duration duration) {
        slept.add(duration);
    }

    @Override
    public <T> Optional<T> signal(String name, TypeOf<T> type, Duration atMost) {
        return next(name, type);
    }

    @Override
    public Callback callback(Duration atMost) {
        String name = "callback " + ++callbacks;
        return new Callback() {
            @Override
            public String token() {
                return name;
            }

            @Override
            public <T> Optional<T> await(TypeOf<T> type) {
                return next(name, type);
            }
        };
    }

    private <T> Optional<T> next(String name, TypeOf<T> type) {
        Object value = signals.getOrDefault(name, new ArrayDeque<>()).poll();
        if (value instanceof CallbackFailedException failed) {
            throw failed;
        }
        return Optional.ofNullable(value).map(given -> converted(given, type));
    }

    /** Lets a wait for a signal find this value; for {@code callback 1}, that for the answer to the first callback. */
    public FakeJobContext given(String signal, Object value) {
        signals.computeIfAbsent(signal, any -> new ArrayDeque<>()).add(value);
        return this;
    }

    @Override
    public JobId submit(JobSpecification specification) {
        submitted.add(specification);
        return new JobId(new UUID(1, submitted.size()));
    }

    @Override
    public List<ChildJob> children(List<JobSpecification> specifications) {
        return specifications.stream().map(child).toList();
    }
}
