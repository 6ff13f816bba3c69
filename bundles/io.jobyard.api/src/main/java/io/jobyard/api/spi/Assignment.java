// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

/**
 * A run that is durable and now to be done. Only its holder may finish it.
 *
 * @param stored the job, running
 * @param payload a JSON object
 */
public record Assignment(StoredJob stored, String payload) {}
