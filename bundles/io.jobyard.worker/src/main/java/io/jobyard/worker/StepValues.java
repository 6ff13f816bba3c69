// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Conversion of the results of steps and waits to JSON, and to classes of the handler. */
final class StepValues {

    private final Run run;
    private final WorkStore store;
    private final Handler handler;
    private final SizeLimits limits;
    private final RunTexts texts;

    StepValues(Run run, WorkStore store, Handler handler, SizeLimits limits, RunTexts texts) {
        this.run = run;
        this.store = store;
        this.handler = handler;
        this.limits = limits;
        this.texts = texts;
    }

    /** Returns the result of a step as JSON, redacted like a job's result; null for no result. */
    @Nullable
    String write(String step, @Nullable Object value) {
        return value == null
                ? null
                : handler.results.value(what(step), value, texts.redaction(), limits.maxResultBytes());
    }

    /** Returns the value as read from its JSON form. */
    <T> @Nullable T read(String step, @Nullable String json, Type type) {
        return json == null ? null : handler.payloads.value(what(step), json, type);
    }

    /** Reads the result that an earlier run stored. It must match the class of the step. */
    <T> @Nullable T read(StoredStep step, Type type) {
        try {
            return read(step.name(), json(step), type);
        } catch (PermanentException e) {
            throw new PermanentException(
                    e.getMessage() + "; run " + step.run()
                            + " stored it: finish the job with the version that started it"
                            + " (handlerVersion), or retry the job from step '" + step.name() + "'",
                    e);
        }
    }

    /** Returns the name of a type for messages, for example {@code List<Order>}. */
    String name(Type type) {
        return handler.payloads.name(type);
    }

    /** Returns the JSON of the result; null for a step without a result. */
    @Nullable
    String json(StoredStep step) {
        return step.value() == null && step.characters() > 0
                ? store.value(run.id(), step.number())
                        .orElseThrow(() -> new IllegalStateException(what(step.name()) + " no longer exists"))
                : step.value();
    }

    private static String what(String step) {
        return "the value of '" + step + "'";
    }
}
