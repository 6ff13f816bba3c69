// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.StepKind;
import io.jobyard.api.handler.Callback;
import io.jobyard.api.handler.CallbackFailedException;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RunSuspended;
import io.jobyard.api.handler.TypeOf;
import io.jobyard.spi.steps.CallbackToken;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import java.lang.reflect.Type;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Waits for time, signals and external answers that occupy no worker. For one thread at a time. */
final class RunWaits {

    /** Upper bound for the waits of a job. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern SIGNAL = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final Run run;
    private final WorkStore store;
    private final StepPositions positions;
    private final StepValues values;
    private final StepKeeper keeper;

    RunWaits(Run run, WorkStore store, StepPositions positions, StepValues values, StepKeeper keeper) {
        this.run = run;
        this.store = store;
        this.positions = positions;
        this.values = values;
        this.keeper = keeper;
    }

    void sleep(Duration duration) {
        requireTime("sleep", duration);
        StepPositions.StepPosition position = positions.wait(StepKind.SLEEP);
        StoredStep stored = position.stored();
        if (stored == null) {
            throw suspended(begun(position, duration, null));
        } else if (!stored.isFinished()) { // including a wait that a signal ended
            keeper.end(stored.ended(keeper.now(), null, null));
        }
    }

    <T> Optional<T> signal(String name, TypeOf<T> type, Duration atMost) {
        if (!SIGNAL.matcher(name).matches()) {
            throw new IllegalArgumentException("signal '" + ErrorText.cut(name)
                    + "': invalid signal name: use 1 to 100 of the characters A-Z a-z 0-9 . _ -");
        }
        requireTime("signal", atMost);
        StepPositions.StepPosition position = positions.signal(name);
        StoredStep stored = position.stored();
        return value(over(stored == null ? begun(position, atMost, name) : stored, stored != null), type.type());
    }

    Callback callback(Duration atMost) {
        requireTime("callback", atMost);
        StepPositions.StepPosition position = positions.wait(StepKind.CALLBACK);
        StoredStep wait = position.stored();
        if (wait == null) {
            wait = begun(
                    position,
                    atMost,
                    CallbackToken.of(run.id(), new SecureRandom()).signal());
            keeper.keep(wait); // before the handler can pass the token on
        }
        return new StoredCallback(wait);
    }

    /** Ends the run. The job waits for the step. */
    RunSuspended suspended(StoredStep wait) {
        run.during(wait.name(), () -> run.suspension.suspend(wait));
        return new RunSuspended(wait.name());
    }

    StoredStep begun(StepPositions.StepPosition position, Duration atMost, @Nullable String awaits) {
        Instant now = keeper.now();
        Instant due = now.plus(atMost.compareTo(LONGEST) < 0 ? atMost : LONGEST).truncatedTo(ChronoUnit.MICROS);
        return StoredStep.begun(position.number(), position.name(), position.kind(), run.number(), now, due, awaits);
    }

    /** Returns the wait once it has ended by its time or its signal, which may have arrived earlier; null before. */
    private StoredStep over(StoredStep wait, boolean isStored) {
        if (wait.isFinished()) {
            return wait;
        }
        Optional<StoredSignal> signal = store.signals(run.id()).stream()
                .filter(told -> told.name().equals(wait.awaits()))
                .findFirst();
        Instant now = keeper.now();
        if (signal.isEmpty() && now.isBefore(Objects.requireNonNull(wait.dueAt(), "such a wait has a timeout"))) {
            throw suspended(wait);
        }
        StoredStep over = wait.ended(
                now, signal.orElse(null), signal.map(StoredSignal::value).orElse(null));
        if (isStored) {
            keeper.end(over);
        } else {
            keeper.keep(over);
        }
        return over;
    }

    private <T> Optional<T> value(StoredStep over, Type type) {
        if (over.signal() == 0) {
            return Optional.empty();
        }
        T value = values.read(over, type);
        if (value == null) {
            throw new PermanentException("'" + over.name() + "' received null instead of a value of type "
                    + values.name(type) + ": retry the job from there, and send a value");
        }
        return Optional.of(value);
    }

    private static void requireTime(String call, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(call + "(…" + time + ") is out of range: use a time of 0 or more");
        }
    }

    /** Callback whose wait is stored. */
    private final class StoredCallback implements Callback {

        private StoredStep wait;

        StoredCallback(StoredStep wait) {
            this.wait = wait;
        }

        @Override
        public String token() {
            return new CallbackToken(run.id(), Objects.requireNonNull(wait.awaits(), "a callback has a signal")).text();
        }

        @Override
        public <T> Optional<T> await(TypeOf<T> type) {
            positions.requireWait(wait.name());
            wait = over(wait, true);
            if (wait.failed()) {
                throw new CallbackFailedException(String.valueOf(values.<String>read(wait, String.class)));
            }
            return value(wait, type.type());
        }
    }
}
