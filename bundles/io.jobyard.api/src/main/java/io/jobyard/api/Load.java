// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * How many jobs a host had to do at one moment of the last quarter of an hour. Kept in memory: it begins anew when the host starts.
 *
 * @param queued how many were ready
 * @param running how many ran
 */
public record Load(Instant at, long queued, long running) {}
