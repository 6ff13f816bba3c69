// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * Signal to a job, without its value.
 *
 * @param by the sender
 */
public record JobSignal(String name, Instant at, String by) {}
