// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.StepKind;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RunSuspended;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of the steps and waits in a handler's calls, and the results that an earlier run has stored for them. Only for the handler's own
 * thread, except for asynchronous steps, and waits of asynchronous handlers; other threads are rejected.
 */
final class StepPositions {

    private static final int LONGEST_NAME = 200;
    private static final String SUBMIT = "submit";
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cs}]");
    private static final Pattern OF_A_WAIT = Pattern.compile("(?:sleep|signal|children|callback) .*");

    /**
     * Position of a call of the handler.
     *
     * @param stored step of an earlier run; null if it is new
     */
    record StepPosition(
            int number,
            String name,
            StepKind kind,
            @Nullable StoredStep stored) {}

    private final Run run;
    private final WorkStore store;
    private final boolean isAsync;
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> waits = new HashMap<>();
    private final NavigableMap<Integer, StoredStep> stored = new TreeMap<>();
    private final Map<String, StoredStep> storedByName = new HashMap<>();
    private int latest;
    private boolean isRead;
    private volatile boolean inWork;

    /** @param isAsync whether the handler is asynchronous, so that no thread belongs to its run */
    StepPositions(Run run, WorkStore store, boolean isAsync) {
        this.run = run;
        this.store = store;
        this.isAsync = isAsync;
    }

    /** Returns the position of the next call, which is a step with this name. */
    StepPosition step(String name) {
        require(name, false);
        return named(name);
    }

    /** Returns the position of the next call like {@link #step}, on any thread. */
    StepPosition asyncStep(String name) {
        require(name, true);
        return named(name);
    }

    private StepPosition named(String name) {
        if (name.isEmpty()
                || name.length() > LONGEST_NAME
                || CONTROL.matcher(name).find()
                || OF_A_WAIT.matcher(name).matches()) {
            throw new IllegalArgumentException("step '" + ErrorText.cut(name) + "': invalid name: use 1 to "
                    + LONGEST_NAME
                    + " characters without line breaks; it must not start with the name of a wait (sleep,"
                    + " signal, children, callback) and a space");
        }
        return next(name, StepKind.STEP);
    }

    /** Returns the position of the next call, which submits a job and stores its ID as a step. */
    StepPosition submit() {
        requireWait(SUBMIT);
        return next(SUBMIT + " " + count(SUBMIT), StepKind.STEP);
    }

    /** Returns the position of the next call, which is a wait. */
    StepPosition wait(StepKind kind) {
        requireWait(kind.text());
        return next(kind.text() + " " + count(kind.text()), kind);
    }

    /** Returns the position of the next call, which is a wait for a signal. */
    StepPosition signal(String signal) {
        String name = StepKind.SIGNAL.text() + " " + signal;
        requireWait(name);
        int count = count(name);
        return next(count == 1 ? name : name + " " + count, StepKind.SIGNAL);
    }

    private synchronized int count(String wait) {
        return waits.merge(wait, 1, Integer::sum);
    }

    /** Executes the work of a step. The work may not call other steps or waits. */
    <T> T inWork(Callable<T> work) throws Exception {
        inWork = true;
        try {
            return work.call();
        } finally {
            inWork = false;
        }
    }

    /** Rejects a wait from another thread than the handler's own, if it has one. */
    void requireWait(String call) {
        require(call, isAsync);
    }

    /** Rejects a call from another thread, and a call of a handler that ignored the exception which ends its run. */
    private void require(String call, boolean onAnyThread) {
        boolean isOnItsThread = run.isOnItsThread(call);
        if (!isOnItsThread && !onAnyThread || inWork) {
            throw new IllegalStateException(
                    "'" + call + "' is not allowed: only the handler's own thread may call steps and waits, and"
                            + " not within a step");
        }
        String end = run.suspension.suspendedAt();
        if (end != null) {
            throw new RunSuspended(end);
        }
    }

    /** Returns whether this is the last stored step. */
    synchronized boolean isLast(StoredStep step) {
        return stored.lastKey() == step.number();
    }

    private synchronized StepPosition next(String name, StepKind kind) {
        read();
        if (latest == WorkStore.MAX_STEPS) {
            throw new PermanentException(
                    "a job can have at most " + WorkStore.MAX_STEPS + " steps and waits: split it into several jobs");
        }
        latest++;
        if (!names.add(name)) {
            throw new PermanentException(
                    "step '" + name + "' is called twice: use a different name for each step, for example '" + name
                            + " " + latest + "'");
        }
        StoredStep here = stored.get(latest);
        StoredStep same = storedByName.get(name);
        StoredStep other = here != null ? here : same;
        if (here != same && other != null) {
            throw isOther(name, other);
        }
        return new StepPosition(latest, name, kind, here);
    }

    private void read() {
        if (isRead) {
            return;
        }
        if (run.number() > 1) { // nothing is stored before the first run
            for (StoredStep step : store.steps(run.id())) {
                if (!step.isDropped()) {
                    stored.put(step.number(), step);
                    storedByName.put(step.name(), step);
                }
            }
        }
        isRead = true;
    }

    private PermanentException isOther(String name, StoredStep was) {
        String now = was.number() == latest
                ? "step " + latest + " was '" + was.name() + "' in run " + was.run() + " and is '" + name + "' now"
                : "step '" + name + "' was number " + was.number() + " in run " + was.run() + " and is number " + latest
                        + " now";
        String from = stored.ceilingEntry(latest).getValue().name();
        return new PermanentException(now
                + ": a job must call its steps in the same order in every run; finish the job with the version"
                + " that started it (handlerVersion), or retry the job from step '" + from + "'");
    }
}
