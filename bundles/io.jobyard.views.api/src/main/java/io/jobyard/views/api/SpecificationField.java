// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.JobSpecification;

/** One thing that a specification may say. */
record SpecificationField(String name, String type, String meaning, Setter setter) {

    /** Puts a value into a specification. */
    interface Setter {

        void set(JobSpecification.Builder job, SpecificationValue value);
    }
}
