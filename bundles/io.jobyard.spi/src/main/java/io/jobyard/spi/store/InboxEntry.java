// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import org.jspecify.annotations.Nullable;

/**
 * A submission from SQL.
 *
 * @param number rises with the order of the calls
 * @param id the id that the application got, with the millisecond of the call
 * @param submitter the calling database role
 * @param specification the JSON of a specification; null if it is longer than the reader allowed
 */
public record InboxEntry(
        long number, JobId id, String submitter, @Nullable String specification) {}
