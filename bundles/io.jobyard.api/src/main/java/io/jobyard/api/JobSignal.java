// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * A signal that was given to a job, without its value.
 *
 * @param by who gave it
 */
public record JobSignal(String name, Instant at, String by) {}
