// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

/**
 * End of the feed, as far as this host knows.
 *
 * @param end position after this host's own rows
 * @param others number of reads that found rows of other hosts
 */
public record FeedEnd(FeedPosition end, long others) {}
