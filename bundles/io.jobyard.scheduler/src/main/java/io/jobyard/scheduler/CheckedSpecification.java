// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobTerms;
import io.jobyard.api.KeyPolicy;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One specification of a call, checked. Without its payload as it was handed in, which may take many times the memory of
 * its text.
 *
 * @param why what is to stand in the history
 */
record CheckedSpecification(
        @Nullable String name,
        Set<JobId> dependencies,
        Set<String> dependencyNames,
        Map<JobId, DependencyPolicy> dependencyPolicies,
        Map<String, DependencyPolicy> dependencyNamePolicies,
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
                specification.dependencies().ids(),
                specification.dependencies().names(),
                specification.dependencies().policies(),
                specification.dependencies().namePolicies(),
                terms,
                specification.identity().keyPolicy(),
                payload,
                madeFor,
                why);
    }

    /** Which a job submits. */
    CheckedSpecification childOf(JobId parent) {
        return new CheckedSpecification(
                name,
                dependencies,
                dependencyNames,
                dependencyPolicies,
                dependencyNamePolicies,
                terms,
                keyPolicy,
                payload,
                madeFor,
                "child of job " + parent + (why.isEmpty() ? "" : "; " + why));
    }

    /** For a time of a schedule. */
    CheckedSpecification at(@Nullable Fire fire) {
        return new CheckedSpecification(
                name,
                dependencies,
                dependencyNames,
                dependencyPolicies,
                dependencyNamePolicies,
                terms.at(fire),
                keyPolicy,
                payload,
                madeFor,
                why);
    }
}
