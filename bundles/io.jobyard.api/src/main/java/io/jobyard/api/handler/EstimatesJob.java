// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Says which job type a {@link JobEstimator} component estimates. The same can be said with the plain service property {@value #TYPE}. */
@ComponentPropertyType
@Requirement(namespace = "osgi.implementation", name = HandlesJob.IMPLEMENTATION, version = HandlesJob.API_VERSION)
@Retention(RetentionPolicy.RUNTIME) // a test reads it: there bnd has not written it down yet
@Target(ElementType.TYPE)
public @interface EstimatesJob {

    /** Put before the annotation's name to make the service property. */
    String PREFIX_ = "job.";

    /** Service property: the job type. */
    String TYPE = "job.estimates";

    /** The property this annotation writes for {@link #value()}: Declarative Services names it after the annotation. */
    String ANNOTATED_TYPE = "job.estimates.job";

    /** The job type. */
    String value();
}
