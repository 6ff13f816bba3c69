// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Declares the job type that a {@link JobEstimator} component estimates. The plain service property {@value #TYPE} is equivalent. */
@ComponentPropertyType
@Requirement(namespace = "osgi.implementation", name = HandlesJob.IMPLEMENTATION, version = HandlesJob.API_VERSION)
@Retention(RetentionPolicy.RUNTIME) // tests read it from the class, before bnd has written the property
@Target(ElementType.TYPE)
public @interface EstimatesJob {

    /** Prefix of the service property. */
    String PREFIX_ = "job.";

    /** Service property: the job type. */
    String TYPE = "job.estimates";

    /** Property that this annotation writes for {@link #value()}: Declarative Services names it after the annotation. */
    String ANNOTATED_TYPE = "job.estimates.job";

    /** Returns the job type. */
    String value();
}
