// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

/**
 * How far this host knows the feed to go.
 *
 * @param end of its own rows
 * @param others how many times it has read rows of other hosts
 */
public record FeedEnd(FeedPosition end, long others) {}
