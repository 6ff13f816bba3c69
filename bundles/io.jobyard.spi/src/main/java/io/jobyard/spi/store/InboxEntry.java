// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import org.jspecify.annotations.Nullable;

/**
 * What an application submitted from SQL.
 *
 * @param number rises with the order of the calls
 * @param id the id that the application was told, whose millisecond is the one of the call
 * @param submitter the role of the database that called
 * @param specification the JSON of a specification; null if it is longer than was asked for
 */
public record InboxEntry(
        long number, JobId id, String submitter, @Nullable String specification) {}
