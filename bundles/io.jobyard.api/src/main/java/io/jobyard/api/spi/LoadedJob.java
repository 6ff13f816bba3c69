// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

/**
 * A job with what its handler gets.
 *
 * @param stored the job
 * @param payload a JSON object
 */
public record LoadedJob(StoredJob stored, String payload) {}
