// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.feed;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Size of the retained feed.
 *
 * @param bytes size of its content, without the overhead of the database
 * @param since commit time of the oldest entry; null if the feed is empty
 */
public record FeedSize(long bytes, @Nullable Instant since) {}
