// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

/**
 * A ready job that was taken from its lane in memory; the start's compare-and-set decides whether it may run.
 *
 * @param lane the lane
 * @param place its place there
 */
public record Taken(LaneKey lane, ReadyJob place) {}
