// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.LogLine;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RateLimitedException;
import io.jobyard.api.handler.RetryableException;
import io.jobyard.api.handler.SleepException;
import io.jobyard.api.handler.Step;
import io.jobyard.spi.text.StackLines;
import java.time.Duration;

/** Executes the work of a step, with retries within the run. */
final class StepTries {

    private final Run run;
    private final StepCalls calls;
    private final RunTexts texts;
    private final WorkerTime time;

    StepTries(Run run, StepCalls calls, RunTexts texts, WorkerTime time) {
        this.run = run;
        this.calls = calls;
        this.texts = texts;
        this.time = time;
    }

    <T> T call(Step<T> step) throws Exception {
        Duration backoff = step.backoff();
        for (int retry = 1; ; retry++) {
            try {
                return calls.call(step);
            } catch (Exception e) { // any exception of users' code may be temporary
                Duration wait = longer(backoff, e);
                if (retry > step.retries() || !isRetried(e, wait)) {
                    throw e;
                }
                tell(step, retry, wait, e);
                pause(wait);
            }
            backoff = shorter(backoff.multipliedBy(2), Step.LONGEST_BACKOFF);
        }
    }

    private void pause(Duration wait) throws InterruptedException {
        run.signs().<Boolean, InterruptedException>during(() -> {
            time.pause().take(wait);
            return true;
        });
    }

    private boolean isRetried(Exception e, Duration wait) {
        return run.ending() == null
                && wait.compareTo(Step.LONGEST_BACKOFF) <= 0
                && !(e instanceof PermanentException
                        || e instanceof RateLimitedException
                        || e instanceof SleepException
                        || e instanceof InterruptedException);
    }

    private void tell(Step<?> step, int retry, Duration wait, Exception e) {
        String line = "step '" + step.name() + "' failed; retrying after " + wait.toMillis() / 1_000.0
                + " s (retry " + retry + " of " + step.retries() + "): "
                + ErrorText.text(ErrorText.readable(e), texts::line);
        String told = texts.line(line);
        run.during(
                "step",
                () -> run.lines.add(new LogLine(time.clock().instant(), run.number(), StackLines.asNone(told))));
    }

    private static Duration longer(Duration backoff, Exception e) {
        return e instanceof RetryableException told && told.delay().compareTo(backoff) > 0 ? told.delay() : backoff;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
