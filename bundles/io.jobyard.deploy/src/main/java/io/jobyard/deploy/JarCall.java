// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call into a bundle of one jar that has not returned yet. */
final class JarCall {

    static final String FIX = "fix its activator, constructor or stop method, replace the jar and restart the host";

    private final Thread thread;
    private final long since;
    private @Nullable String stack;

    JarCall(Thread thread, long since) {
        this.thread = thread;
        this.since = since;
    }

    /** Says that it has taken longer than the timeout, and where it stood then; empty before. */
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
