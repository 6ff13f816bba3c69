// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

/**
 * End of the feed, as far as this host knows.
 *
 * @param end of its own rows
 * @param others how many times it has read rows of other hosts
 */
public record FeedEnd(FeedPosition end, long others) {}
