// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.JobId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The product did what the model forbids. */
final class Violation extends Error {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable JobId job;

    Violation(@Nullable JobId job, String what) {
        super(what);
        this.job = job;
    }

    /** The job at fault; null if it is not about one. */
    @Nullable
    JobId job() {
        return job;
    }

    static void unless(boolean holds, @Nullable JobId job, String what) {
        if (!holds) {
            throw new Violation(job, what);
        }
    }

    static void unless(boolean holds, @Nullable JobId job, Supplier<String> what) {
        if (!holds) {
            throw new Violation(job, what.get());
        }
    }
}
