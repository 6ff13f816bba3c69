// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.Fire;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobTerms;
import io.jobyard.api.KeyPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Checked specification of a call. It contains the payload only as text, because a payload object may need many times the memory.
 *
 * @param why text for the history
 */
record CheckedSpecification(
        @Nullable String name,
        JobSpecification.AskedDependencies parents,
        JobTerms terms,
        KeyPolicy keyPolicy,
        PayloadWriter.Text payload,
        PayloadVersion madeFor,
        String why) {

    static CheckedSpecification of(
            JobSpecification specification,
            JobTerms terms,
            PayloadWriter.Text payload,
            PayloadVersion madeFor,
            String why) {
        return new CheckedSpecification(
                specification.identity().name(),
                specification.dependencies(),
                terms,
                specification.identity().keyPolicy(),
                payload,
                madeFor,
                why);
    }

    /** Returns a copy whose history begins with a text, for example {@code child of job} and the ID of that job. */
    CheckedSpecification because(String reason) {
        String told = reason + (why.isEmpty() ? "" : "; " + why);
        return new CheckedSpecification(name, parents, terms, keyPolicy, payload, madeFor, told);
    }

    /** Returns a copy for a scheduled time. */
    CheckedSpecification at(@Nullable Fire fire) {
        return new CheckedSpecification(name, parents, terms.at(fire), keyPolicy, payload, madeFor, why);
    }
}
