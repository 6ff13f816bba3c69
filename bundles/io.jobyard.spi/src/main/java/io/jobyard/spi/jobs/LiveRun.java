// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.Progress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Current run on this host.
 *
 * @param startedAt the handler's first line; null while it waits for a thread
 * @param progress the latest progress that its handler reported; null for none
 * @param ending why it must end before its handler is done, and since or until when, in words; null if it need not
 */
public record LiveRun(
        int run,
        @Nullable Instant startedAt,
        @Nullable Progress progress,
        @Nullable String ending) {}
