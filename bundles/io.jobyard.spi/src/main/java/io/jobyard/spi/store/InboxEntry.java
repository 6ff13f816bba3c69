// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Submission from SQL.
 *
 * @param number number, which rises with the order of the calls
 * @param id ID that the application got, with the millisecond of the call
 * @param submitter database role of the caller
 * @param specification JSON of a specification; null if it is longer than the reader allowed
 */
public record InboxEntry(
        long number, JobId id, String submitter, @Nullable String specification) {}
