// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Call into a bundle of one jar that has not returned yet. */
final class JarCall {

    static final String FIX = "fix its activator, constructor or stop method, replace the jar and restart the host";

    private final Thread thread;
    private final long since;
    private @Nullable String stack;

    JarCall(Thread thread, long since) {
        this.thread = thread;
        this.since = since;
    }

    /** Describes a call that exceeded its timeout, with its stack at that time; empty before. */
    synchronized Optional<String> hang(String doing, Duration timeout, long now) {
        if (now - since < timeout.toNanos()) {
            return Optional.empty();
        }
        if (stack == null) {
            stack = BundleStack.of(thread.getStackTrace());
        }
        return Optional.of(doing + " did not return within " + timeout.toSeconds() + " s, in " + stack);
    }

    boolean isInExit() {
        return BundleStack.isInExit(thread.getStackTrace());
    }
}
