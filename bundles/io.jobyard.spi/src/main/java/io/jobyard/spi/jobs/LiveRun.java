// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Current run on this host.
 *
 * @param startedAt time at which the handler began; null while it waits for a thread
 * @param progress latest progress that its handler reported; null for none
 * @param extendedTo latest end of the run, if its handler has extended its timeout; otherwise null
 * @param ending reason why it must end early, and since or until when, in words; null if it need not
 */
public record LiveRun(
        int run,
        @Nullable Instant startedAt,
        @Nullable Progress progress,
        @Nullable Instant extendedTo,
        @Nullable String ending) {}
