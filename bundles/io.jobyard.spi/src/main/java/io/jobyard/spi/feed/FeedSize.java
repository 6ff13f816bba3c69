// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of the feed is kept.
 *
 * @param bytes what its content takes, without the database's own share
 * @param since when the oldest of it was committed; null if there is none
 */
public record FeedSize(long bytes, @Nullable Instant since) {}
